/* SPDX-License-Identifier: BSD-2-Clause */
/* Stacks out of blocks, whatever form they are in. */
#ifndef POST_STACKS_H
#define POST_STACKS_H

#include "account.h"
#include "choice.h"
#include "folded.h"
#include "naming.h"

/* The form of an operand: a block's tag. */
enum post_form {
	POST_FORM_DETECT,
	POST_FORM_RAW,
	POST_FORM_FOLDED
};

/*
 * The form that S, the start of an operand, looks like: the first line that
 * can be only one of the two decides; raw when none does.
 */
enum post_form	post_form_detect(struct post_str s);

/* The bytes of a byte order mark at the start of an operand: 3 or 0. */
static inline size_t
post_bom(const struct post_block *b)
{
	return b->first && post_str_starts((struct post_str){ b->p, b->n }, POST_STR("\xef\xbb\xbf")) ? 3 : 0;
}

/* The post_cut_fn (input.h) of stacks: detects the form, and cuts between stacks. */
size_t		post_stacks_cut(struct post_block *);

struct post_stack {
	const uint32_t		*frame;		/* ids of names, root first */
	size_t			 n;
	struct post_count	 count;
};

struct post_stacks_conf {
	struct post_naming_conf	naming;
	bool			reverse;		/* leaf first */
	bool			merge_recursive;	/* "a;b;b;c" is "a;b;c" */
	bool			separator;		/* "-" between kernel and user frames */
	bool			single;			/* a last stack without a count counts 1 */
	const struct post_choice *choice;		/* NULL: all stacks, whole; borrowed */
	/* A stack, valid during the call.  -1 with *err stops the reading. */
	int			(*stack)(void *arg, const struct post_stack *, struct post_err *err);
};

/* Private but for account and names, which are the caller's to read. */
struct post_stacks {
	const struct post_stacks_conf	*conf;
	void				*arg;
	struct post_names		*names;
	struct post_account		 account;
	struct post_naming		 naming;
	struct post_parser		 parser;
	struct post_unfolder		 unfolder;
	struct post_chooser		 chooser;
	uint32_t			*frame;		/* the open stack of the account, leaf first */
	size_t				 cap;
	uint32_t			*shaped;	/* the closed stack, root first */
	size_t				 cap_shaped;
	int				 status;
	struct post_err			*err;
};

/* CONF, NAMES and ARG are borrowed and outlive the reader. */
void	post_stacks_init(struct post_stacks *, const struct post_stacks_conf *conf, struct post_names *names, void *arg);
void	post_stacks_free(struct post_stacks *);

/*
 * Take a block.  Blocks of one operand come in order from one that is first
 * or follows a whole one.  Returns the lines in it, or -1 with *err of
 * stack() or POST_ELIMIT.
 * Cost: no allocation per line or stack once the buffers have their size.
 */
int64_t	post_stacks_block(struct post_stacks *, const struct post_block *, struct post_err *err);

#endif
