/* SPDX-License-Identifier: BSD-2-Clause */
/* The vote behind place.h: which biases do the frames of a module stand for? */
#ifndef POST_VOTE_H
#define POST_VOTE_H

#include "place.h"

#define POST_NO_VOTER	SIZE_MAX

struct post_range {
	uint64_t	lo, hi;
};

enum post_voter_kind {
	POST_VOTER_MAPPING,	/* frames without a name: the start of a mapping */
	POST_VOTER_UNKNOWN,	/* the file has no such name */
	POST_VOTER_VAGUE,	/* so many symbols have that name that it tells nothing */
	POST_VOTER_NAMED
};

/* The frames of one name that began at one address in memory. */
struct post_voter {
	enum post_voter_kind	kind;
	struct post_str		name;
	uint64_t		start;
	uint64_t		size;		/* 0: not known */
	uint64_t		offset;		/* of one of the frames */
	size_t			vote;		/* the first of its votes, until they are sorted */
	unsigned		n_votes;	/* up to 8 */
	bool			only;		/* the file has one such symbol */
	bool			open;		/* one of its votes is for a bias that no winner overlaps */
	unsigned		n_winners;	/* how many winners it voted for */
	size_t			winner;		/* one of them, of the candidates */
	bool			exact;		/* of that vote */
};

struct post_vote {
	uint64_t	bias;
	size_t		voter;
	uint32_t	span;
	bool		silent;		/* it may follow, and does not count */
	bool		exact;		/* the size is the file's */
};

/* A bias that somebody voted for. */
struct post_candidate {
	uint64_t	bias;
	uint32_t	span;
	bool		sure;		/* one of its names is of one symbol only */
	bool		winner;		/* nothing that overlaps it in memory has as much */
	bool		lost;		/* a winner overlaps it */
	unsigned	mapping;	/* the weight of a start of a mapping: 0, 1, or 2 when the size is the file's, too */
	uint64_t	names, exact;	/* voters with names; those whose size fits */
	size_t		vote, n_votes;
};

struct post_poll {
	struct post_voter	*voter;
	size_t			 n_voter;
	size_t			*of;		/* by frame: its voter, or POST_NO_VOTER */
	struct post_vote	*vote;		/* by span, bias, voter */
	size_t			 n_vote, cap_vote;
	struct post_candidate	*candidate;	/* by span, bias */
	size_t			 n_candidate;
};

/* Is the link address AT in the code, or at an end of it?  CODE is sorted and apart. */
bool	post_in_code(const struct post_range *code, size_t n, uint64_t at, bool or_end);

/* Hold the vote of the frames SEEN, and tell each voter how it came out. */
void	post_poll_hold(struct post_poll *, const struct post_object *, const struct post_range *code, size_t n_code,
	    const struct post_sighting *seen, size_t n);
void	post_poll_free(struct post_poll *);

/* Who has more: under 0, 0 or over 0. */
int	post_candidate_cmp(const struct post_candidate *, const struct post_candidate *);

/* What a vote for it weighs in all. */
static inline uint64_t
post_candidate_weight(const struct post_candidate *c)
{
	return c->names + c->exact + c->mapping;
}

#endif
