/* SPDX-License-Identifier: BSD-2-Clause */
/* The account of a trace: all that its reader keeps, besides the stacks, to say what they are worth. */
#ifndef POST_ACCOUNT_H
#define POST_ACCOUNT_H

#include "../base/count.h"
#include "../base/seen.h"
#include "../io/input.h"
#include "counts.h"
#include "depths.h"
#include "folded.h"
#include "facts.h"
#include "parse.h"
#include "said.h"

/* A string of the tracer's, limited by MAXSTRINGLEN each: the addresses of user space, of the kernel, the frames of Lua. */
enum post_side { POST_SIDE_USER, POST_SIDE_KERNEL, POST_SIDE_LUA, POST_SIDES };

enum { POST_SEEN_LINES = 65536, POST_SEEN_BYTES = 8 << 20 };	/* that the account's own memo holds; then it is emptied */
/* Is that a number that people choose for the size of such a string? */
static inline bool
post_is_buffer_size(uint64_t n)
{
	return n >= 128 && ((n & (n - 1)) == 0 || n % 1024 == 0 || n % 1000 == 0);
}

/* How full the strings were: the fullest, and those of one byte less. */
struct post_fill {
	uint32_t	max;		/* bytes, with the NUL: MAXSTRINGLEN when it was cut */
	struct {
		uint64_t	stacks, weight;
	}		at[2];		/* with max, with max - 1 */
};

enum { POST_REMARKS = 16 };	/* that are kept of a folded trace */
enum { POST_REMARK_BYTES = 4096 };	/* of one; the rest of it is cut */
#define POST_REMARK	"# note: "	/* how such a line begins */

/* { 0 } is an account of nothing. */
struct post_account {
	struct post_notes	 notes;
	struct post_facts	 facts;
	struct post_counts	 counts;
	struct post_said	 said;
	struct post_fill	 fill[POST_SIDES];
	struct post_fill	 cut[POST_SIDES];	/* of those that end in what was left of an address */
	struct post_fill	 fill_whole;		/* of Lua stacks with the C function on top */
	struct post_depths	 depth[POST_SIDES];
	uint64_t		 stacks, frames;	/* raw and folded */
	uint64_t		 folded;		/* of these stacks: lines of the folded form */
	uint64_t		 deepest;		/* frames */
	struct post_count	 total;			/* of all counts, at most 2^64-1 */
	bool			 total_full;		/* it was more */
	bool			 lua_tail;		/* a frame "[tail]": Lua 5.1 */
	struct post_remark {				/* in a folded trace: what a filter before found */
		struct post_place	 at;
		struct post_str		 text;
	}			 remark[POST_REMARKS];
	size_t			 n_remark;

	bool			 light;			/* see post_account_light */

	/* Private to account.c, but for what stacks.c reads between a count and the next frame. */
	struct post_arena	 texts;
	struct post_seen	 seen;
	struct post_buf		 scratch;
	struct post_open_stack {
		struct post_same {
			uint32_t	 fact, n;
		}			*same;		/* native frames, leaf first, those of one fact together */
		size_t			 n_same, cap;
		struct post_part	*part;		/* of the last frame, when that was a native one of this stack */
		size_t			 n;		/* frames; over POST_STACK_MAX: too many, and no longer counted */
		bool			 closed;	/* its count came */
		bool			 cfunc;		/* its one frame is a word: a C function on Lua, or the target's output */
		bool			 unnamed;	/* a Lua chunk without a name */
		size_t			 top;		/* bytes of a C function's line on top of Lua */
		size_t			 bare;		/* frames at the root that are addresses and nothing else */
		struct post_place	 place;		/* of its first frame */
		struct post_part {
			size_t		 n, bytes;	/* frames, bytes of them with a blank each */
			size_t		 last_bytes;	/* of its last frame */
			uint32_t	 last_fact, root;
			bool		 kernel;
			bool		 bare;		/* its last frame may be what was left of an address */
			/* When the stack is closed. */
			bool		 cut;		/* by MAXSTRINGLEN */
			size_t		 last;		/* which frame of the stack its last is */
		}			 side[POST_SIDES];
	}			 open;
};

/* Of native frames without a trait it is not to be found out whose they are, nor whether they have a name. */
static inline void
post_account_light(struct post_account *a)
{
	a->light = true;
}

/* A block begins; events of it follow. */
void	post_account_block(struct post_account *, const struct post_block *);

/* What to keep of a native or simple frame that was not seen before. */
static inline struct post_trait
post_account_trait(struct post_account *a, const struct post_line *line)
{
	return post_facts_of(&a->facts, line);
}

/*
 * Take the next event of the parser (parse.h); native and simple frames come
 * with their trait, or with NULL: it is then looked up in a memo of the
 * account's own, unless post_account_light said that it is not wanted.
 * Cost: some additions; no memory but for new modules and messages.
 */
void	post_account_event(struct post_account *, const struct post_event *, const struct post_trait *);

/*
 * The same for a native frame; the one behind another of its kind, as most are, costs the least.
 * Returns false: it is none, but the 0x0 that ends the kernel's (bt(5)).
 */
bool	post_account_any_native(struct post_account *, const struct post_event *, const struct post_trait *);

static inline bool
post_account_native(struct post_account *a, const struct post_event *e, const struct post_trait *t)
{
	struct post_open_stack *o = &a->open;
	struct post_part *part = o->part;
	const struct post_line *line = e->line;

	if (part == NULL || part->last_fact != t->fact || part->kernel != post_addr_in_kernel(line->addr) || o->bare > 0 ||
	    line->count.n > 0 || o->n >= POST_STACK_MAX)
		return post_account_any_native(a, e, t);
	o->n++;
	o->same[o->n_same - 1].n++;
	part->n++;
	part->bytes += line->addr.n + 1;
	part->last_bytes = line->addr.n;
	part->root = t->root;
	return true;
}

/*
 * The same for a count, which ends a stack: is it one, with a *count that can
 * be added?  The open stack can be looked at until the next event.
 */
bool	post_account_close(struct post_account *, const struct post_event *, struct post_count *count);

/* The operand ended: what is open is partial. */
void	post_account_end(struct post_account *);

/*
 * A line of the folded form.  True: it is one, *stack and *count; its frames
 * are then told with post_account_folded, unless they are too many.
 * False: a blank line, a comment, a note of the filter before, or no stack, which is noted.
 */
bool	post_account_line(struct post_account *, struct post_str line, const struct post_place *at, struct post_str *stack,
	    struct post_count *count);
void	post_account_folded(struct post_account *, size_t frames, struct post_count);

/* Lines of a file of messages, what stap wrote to standard error. */
void	post_account_messages(struct post_account *, const struct post_block *, uint64_t *line);	/* *LINE: lines before it, 0 at first */

void	post_account_merge(struct post_account *into, const struct post_account *from);

/* Parts of the account, for its own files. */
void	post_fill_add(struct post_fill *, size_t bytes, uint64_t stacks, uint64_t weight);
void	post_account_total(struct post_account *, struct post_count);

/* Call FN with every place in the trace that the account has, to number lines anew. */
void	post_account_places(struct post_account *, void (*fn)(void *arg, struct post_place *), void *arg);
void	post_account_free(struct post_account *);

#endif
