/* SPDX-License-Identifier: BSD-2-Clause */
/* Input: the operands of a filter as one sequence of blocks of whole lines. */
#ifndef POST_INPUT_H
#define POST_INPUT_H

#include "../base/err.h"
#include "../base/str.h"
#include "seam.h"

struct post_input;

/*
 * A part of an operand, a file, by bytes as stored: what begins behind the
 * first seam (seam.h) from FROM on, up to the first from TO on; FROM of 0 is
 * the operand's beginning, TO of UINT64_MAX its end.  So parts that meet are
 * all of it and nothing twice; one may be empty.  In a packed operand both
 * are where a member or frame begins (frames.h finds them): when the data say
 * that none does, that is reported.
 * Cost: the operand's first block is read for its tag; then only the part,
 * up to the seams.
 */
struct post_shard {
	uint64_t	from, to;
};

/* A run of whole lines out of one operand; only the operand's last line may lack its "\n". */
struct post_block {
	char		*p;
	size_t		 n;	/* 0 is possible: an empty operand is one empty block */
	uint64_t	 seq;	/* blocks count from 0 over all operands */
	uint64_t	 byte;	/* offset of p[0] in the operand's unpacked bytes */
	uint32_t	 file;	/* which operand, from 0 */
	int		 tag;	/* the cutter's: conf->tag in an operand's first block, then as it left it */
	bool		 first, last;	/* of its operand; a shard has a last one, and a first one if it is the beginning */
	bool		 whole;	/* it ends where the cutter says */

	/* Private to input.c. */
	size_t			 cap;
	struct post_block	*next;
};

/*
 * Where may a block be cut?  Called for each block but an operand's last,
 * in order, perhaps in another thread.  Returns how many of b->n bytes are
 * whole for the consumer (0: none, the block is then cut behind its last
 * newline and not "whole"), and may set b->tag.
 */
typedef size_t post_cut_fn(struct post_block *b);

struct post_input_conf {
	post_cut_fn	*cut;		/* NULL: behind the last newline */
	size_t		 block;		/* bytes of a block; 0: 256 KiB */
	int		 window_log;	/* decode.h; 0: the default */
	int		 tag;		/* that the first block of each operand begins with; a shard, with what that block is left with */
	const struct post_shard	*shards;	/* one for each operand, borrowed; NULL: all are whole */
	post_seam_fn	*seam;		/* where shards meet; NULL: behind any line */
	bool		 no_thread;	/* never unpack in a second thread */
	unsigned	 readers;	/* threads that call post_input_next; 0: one */
	/* What could not be read, in order; called inside post_input_next. */
	void		(*report)(void *arg, const char *name, const struct post_err *);
	/* Called inside post_input_next for each block, with the unpacked bytes so far; NULL: not wanted. */
	void		(*progress)(void *arg, uint64_t bytes);
	void		*arg;
	/* Called inside post_input_next for each block before it is given out, in order; NULL: not wanted. */
	void		(*keep)(void *keep_arg, const struct post_block *);
	void		*keep_arg;
};

enum { POST_LINE_MAX = 64 << 20 };	/* bytes; a longer line is left out and reported */

/*
 * Read PATHS in order; "-" is standard input, N of 0 is standard input alone.
 * PATHS and CONF are borrowed and outlive the input.
 */
struct post_input	*post_input_new(char *const *paths, size_t n, const struct post_input_conf *conf);
void			 post_input_free(struct post_input *);

/*
 * The next block, or NULL after the last.  It is the caller's until
 * post_input_release; several may be held at once.  One thread at a time may
 * call post_input_next; any may release.
 * An operand that cannot be opened, ends too early or is damaged is reported
 * and the next one goes on; what could be read was given.
 * Cost: plain files are read straight into the block; packed ones are
 * unpacked ahead in a thread of their own when there is a second core, but
 * zstd is quicker unpacked by the readers when there are several.
 */
struct post_block	*post_input_next(struct post_input *);
void			 post_input_release(struct post_input *, struct post_block *);

/* Is B the last block of all? */
bool			 post_input_at_end(const struct post_input *, const struct post_block *b);

/* The name of an operand for messages: the path, or "<stdin>". */
const char		*post_input_name(const struct post_input *, uint32_t file);

/*
 * How the reading went, as an exit status: 0 all was read; 1 some of it;
 * 2 no operand could be read at all.  Final after post_input_next gave NULL.
 */
int			 post_input_status(const struct post_input *);

/* Unpacked bytes given so far. */
uint64_t		 post_input_bytes(const struct post_input *);

#endif
