/* SPDX-License-Identifier: BSD-2-Clause */
/* From run-time addresses to link addresses: the load bias of a module, by vote. */
#ifndef POST_PLACE_H
#define POST_PLACE_H

#include "../elf/object.h"

/* A frame of one module: an address, and what SystemTap printed behind it. */
struct post_sighting {
	uint64_t	addr;		/* at run time */
	struct post_str	name;		/* empty: the frame has none */
	uint64_t	offset;		/* from the symbol; without a name from the start of the mapping */
	uint64_t	size;		/* of the symbol, to the next one; without a name of the mapping */
	bool		has_offset, has_size;
};

enum post_placing {
	POST_PLACED,		/* link is its address */
	POST_UNPLACED_NO_BIAS,	/* the module's bias is not known */
	POST_UNPLACED_DIFFERS,	/* what it says of itself fits no bias, or nothing in a file that frames contradict */
	POST_UNPLACED_OUTSIDE,	/* in none of the module's code */
	POST_UNPLACED_AMBIGUOUS	/* two places fit */
};

struct post_placed {
	enum post_placing	how;
	uint64_t		link;	/* may be the end of the code: a call that does not return can end it */
	uint32_t		span;
};

enum post_verdict {
	POST_VERDICT_TRACED,	/* it is the file that was traced */
	POST_VERDICT_LIKELY,	/* nothing speaks against it, but the size of no symbol says so */
	POST_VERDICT_UNSURE,	/* too little was seen to tell a bias */
	POST_VERDICT_OTHER	/* it is not: more frames contradict it than agree */
};

struct post_bias {
	uint64_t	bias;		/* run time minus link address, modulo 2^64 */
	uint32_t	span;		/* of the object */
	uint64_t	weight;		/* of the votes for it */
};

/*
 * What the frames of a module tell about its file.  Frames with one name that
 * began at one address in memory know the same: they are counted, and vote, once.
 */
struct post_placement {
	enum post_verdict	 verdict;
	uint64_t		 named;		/* whose name the file knows */
	uint64_t		 agree;		/* those of them that fit a bias */
	uint64_t		 against;	/* those that fit none; the others had no vote, or one for a bias that few voted for */
	struct post_bias	*bias;		/* heaviest first */
	size_t			 n_bias;

	/* Private to place.c. */
	struct post_piece	*piece;		/* of memory, by address: which bias is it of? */
	size_t			 n_piece;
	struct post_range	*code;		/* link addresses, sorted, apart */
	size_t			 n_code;
	bool			 by_range;	/* an address alone may be placed */
};

/*
 * Place the N frames SEEN in OBJECT; OUT has N.  Each name votes for
 * the biases that its symbols allow and that the object's alignment does, with more weight
 * when the size fits (bt-inlines(1), WHICH ADDRESS).  Frames are left
 * unplaced rather than guessed; with a verdict of OTHER all are, unless FORCE,
 * which takes the best bias there is (of a program that is not moved: 0); the verdict stays.
 * The placement is the caller's to free.
 * Cost: a hash lookup a name, a step for each of up to 256 symbols of that
 * name, and a sort of the votes, of up to 8 a name.
 */
void	post_place(const struct post_object *, const struct post_sighting *seen, size_t n, bool force,
	    struct post_placed *out, struct post_placement *);
void	post_placement_free(struct post_placement *);

/*
 * Place one address more, of a frame that names neither symbol nor module:
 * inside the code of exactly one placement?  Cost: two binary searches.
 */
struct post_placed	post_place_bare(const struct post_placement *, uint64_t addr);

/* The memory that its biases take, range by range: *at is 0 at first.  False: no more. */
bool	post_place_extent(const struct post_placement *, size_t *at, uint64_t *lo, uint64_t *hi);

#endif
