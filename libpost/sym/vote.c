/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "../base/names.h"
#include "vote.h"

enum {
	PAGE = 4096,
	CROWD = 4,		/* so many names with their sizes are a process of their own, whatever it overlaps */
	NAMESAKES_MAX = 256,	/* symbols of one name that are looked at */
	VOTES_MAX = 8		/* of a voter: more choices tell nothing */
};

/* A frame that can vote, with what tells its voter. */
struct ref {
	uint64_t	start, size;
	size_t		frame;
	uint32_t	name;		/* UINT32_MAX: none */
};

/* What is needed to cast votes. */
struct booth {
	const struct post_object	*object;
	const struct post_range		*code;
	size_t				 n_code;
	struct post_poll		*poll;
};

bool
post_in_code(const struct post_range *code, size_t n, uint64_t at, bool or_end)
{
	size_t lo = 0, hi = n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (code[mid].lo <= at)
			lo = mid + 1;
		else
			hi = mid;
	}
	return lo > 0 && (at < code[lo - 1].hi || (or_end && at == code[lo - 1].hi));
}

/* Those with a size come first: one of them speaks for all. */
static int
ref_cmp(const void *a, const void *b)
{
	const struct ref *x = a, *y = b;

	if (x->name != y->name)
		return x->name < y->name ? -1 : 1;
	if (x->start != y->start)
		return x->start < y->start ? -1 : 1;
	if (x->size != y->size)
		return x->size > y->size ? -1 : 1;
	return (x->frame > y->frame) - (x->frame < y->frame);
}

/* The frames that can vote: those that say how far they are from what they name. */
static size_t
collect(struct ref *ref, struct post_names *names, const struct post_object *o, const struct post_sighting *seen,
    size_t n)
{
	size_t n_ref = 0;

	for (size_t i = 0; i < n; i++) {
		const struct post_sighting *s = &seen[i];
		uint64_t size = s->has_size ? s->size : 0;

		if (!s->has_offset || (size > 0 && s->offset >= size))
			continue;
		if (s->name.n == 0 && (o->kernel || o->type == POST_OBJECT_REL))
			continue;	/* what begins there is not the file */
		ref[n_ref++] = (struct ref){ s->addr - s->offset, size, i,
		    s->name.n > 0 ? post_intern(names, s->name) : UINT32_MAX };
	}
	qsort(ref, n_ref, sizeof *ref, ref_cmp);
	return n_ref;
}

static void
make_voters(struct post_poll *p, const struct ref *ref, size_t n_ref, const struct post_sighting *seen)
{
	for (size_t i = 0; i < n_ref; i++) {
		const struct post_sighting *s = &seen[ref[i].frame];

		if (i == 0 || ref[i].name != ref[i - 1].name || ref[i].start != ref[i - 1].start)
			p->voter[p->n_voter++] = (struct post_voter){ .name = s->name, .start = ref[i].start,
			    .size = ref[i].size, .offset = s->offset };
		p->of[ref[i].frame] = p->n_voter - 1;
	}
}

static void
cast(struct post_poll *p, size_t voter, struct post_vote vote)
{
	struct post_voter *v = &p->voter[voter];

	if (v->n_votes++ == 0)
		v->vote = p->n_vote;
	vote.voter = voter;
	p->vote = post_room(p->vote, p->n_vote, &p->cap_vote, sizeof *p->vote);
	p->vote[p->n_vote++] = vote;
}

/*
 * Could another choice of the file's symbols have SIZE for S?  With more of
 * them it is smaller, but none has more than a file that has all.  With fewer
 * the next one is one of ours, too, or (size 0) none is next.
 */
static bool
size_possible(const struct post_object *o, const struct post_symbol *s, uint64_t size)
{
	const struct post_symbol *next;

	if (size == 0 || size == s->gap)
		return true;
	if (size < s->gap || s->gap == 0)
		return !o->full_symbols;
	next = s->addr + size > s->addr ? post_symtab_at(&o->symtab, s->addr + size, s->span) : NULL;
	return next != NULL && next->addr == s->addr + size;
}

static bool
moved_right(const struct post_object *o, const struct post_span *span, uint64_t bias)
{
	if (o->type == POST_OBJECT_EXEC && !o->kernel)
		return bias == 0;
	return (span->align == 0 || bias % span->align == 0) && bias + span->lo < bias + span->hi;
}

/* Can V be of the symbol S?  Then *VOTE is its vote. */
static bool
fits(const struct booth *b, const struct post_voter *v, const struct post_symbol *s, struct post_vote *vote)
{
	const struct post_object *o = b->object;

	if (s->span >= o->n_span || !moved_right(o, &o->span[s->span], v->start - s->addr) ||
	    !post_in_code(b->code, b->n_code, s->addr + v->offset, true) || !size_possible(o, s, v->size))
		return false;
	*vote = (struct post_vote){ .bias = v->start - s->addr, .span = s->span,
	    .exact = v->size > 0 && v->size == s->gap };
	return true;
}

/* Take the votes of the voter AT back: they say nothing. */
static void
annul(struct post_poll *p, size_t at)
{
	p->n_vote = p->voter[at].vote;
	p->voter[at].n_votes = 0;
	p->voter[at].kind = POST_VOTER_VAGUE;
}

/* An old version's symbol and a new one's can be one place. */
static bool
voted(const struct post_poll *p, const struct post_voter *v, const struct post_vote *vote)
{
	for (size_t i = 0; i < v->n_votes; i++)
		if (p->vote[v->vote + i].bias == vote->bias && p->vote[v->vote + i].span == vote->span)
			return true;
	return false;
}

/*
 * A false bias overlaps the true one, and loses to it, as long as both are of
 * one span.  So names that could be in several have no voice.
 */
static void
hush(struct post_poll *p, const struct post_voter *v)
{
	bool several = false;

	for (size_t i = 1; i < v->n_votes; i++)
		several |= p->vote[v->vote + i].span != p->vote[v->vote].span;
	for (size_t i = 0; several && i < v->n_votes; i++)
		p->vote[v->vote + i].silent = true;
}

static bool
one_place(const struct post_symbol *const *s, size_t n)
{
	for (size_t i = 1; i < n; i++)
		if (s[i]->addr != s[0]->addr || s[i]->span != s[0]->span)
			return false;
	return true;
}

static void
vote_name(const struct booth *b, size_t at, const struct post_symbol *const *namesake, size_t n)
{
	struct post_voter *v = &b->poll->voter[at];
	struct post_vote vote;

	v->kind = POST_VOTER_NAMED;
	v->only = one_place(namesake, n);
	for (size_t i = 0; i < n; i++) {
		if (!fits(b, v, namesake[i], &vote) || voted(b->poll, v, &vote))
			continue;
		if (v->n_votes == VOTES_MAX) {
			annul(b->poll, at);
			return;
		}
		cast(b->poll, at, vote);
	}
	hush(b->poll, v);
}

/* A mapping that begins at the file's first byte, and is as large as the code needs at least. */
static void
vote_mapping(const struct booth *b, size_t at)
{
	const struct post_object *o = b->object;
	struct post_voter *v = &b->poll->voter[at];
	uint64_t end = b->n_code > 0 ? b->code[b->n_code - 1].hi : 0, bias = v->start - o->first_page;

	v->kind = POST_VOTER_MAPPING;
	if (o->n_span == 0 || (v->size > 0 && v->size < end - o->first_page) || !moved_right(o, &o->span[0], bias) ||
	    !post_in_code(b->code, b->n_code, o->first_page + v->offset, true))
		return;
	cast(b->poll, at, (struct post_vote){ .bias = bias, .exact = v->size > 0 && v->size == o->image_size });
}

/* The votes of all voters of the name that the voter AT has.  Returns the next voter. */
static size_t
vote_namesakes(const struct booth *b, size_t at)
{
	const struct post_symbol *namesake[NAMESAKES_MAX], *s = NULL;
	struct post_poll *p = b->poll;
	struct post_str name = p->voter[at].name;
	size_t n = 0;

	while (n < NAMESAKES_MAX && (s = post_symtab_named(&b->object->symtab, name, s)) != NULL)
		namesake[n++] = s;
	if (n == NAMESAKES_MAX && post_symtab_named(&b->object->symtab, name, s) == NULL)
		s = NULL;
	for (; at < p->n_voter && post_str_eq(p->voter[at].name, name); at++) {
		if (s != NULL)
			p->voter[at].kind = POST_VOTER_VAGUE;
		else if (n == 0)
			p->voter[at].kind = POST_VOTER_UNKNOWN;
		else
			vote_name(b, at, namesake, n);
	}
	return at;
}

static int
vote_cmp(const void *a, const void *b)
{
	const struct post_vote *x = a, *y = b;

	if (x->span != y->span)
		return x->span < y->span ? -1 : 1;
	if (x->bias != y->bias)
		return x->bias < y->bias ? -1 : 1;
	return (x->voter > y->voter) - (x->voter < y->voter);
}

static void
add_vote(const struct post_poll *p, struct post_candidate *c, const struct post_vote *vote)
{
	const struct post_voter *v = &p->voter[vote->voter];

	c->n_votes++;
	if (vote->silent)
		return;
	if (v->kind == POST_VOTER_MAPPING) {
		c->mapping = vote->exact ? 2 : 1;
		return;
	}
	c->names++;
	c->exact += vote->exact;
	c->sure |= v->only;
}

static void
count_votes(struct post_poll *p)
{
	size_t cap = 0;

	if (p->n_vote > 0)
		qsort(p->vote, p->n_vote, sizeof *p->vote, vote_cmp);
	for (size_t i = 0; i < p->n_vote; i++) {
		const struct post_vote *v = &p->vote[i];

		if (i == 0 || v->span != v[-1].span || v->bias != v[-1].bias) {
			p->candidate = post_room(p->candidate, p->n_candidate, &cap, sizeof *p->candidate);
			p->candidate[p->n_candidate++] = (struct post_candidate){ .bias = v->bias, .span = v->span, .vote = i };
		}
		add_vote(p, &p->candidate[p->n_candidate - 1], v);
	}
}

/* By how many stand for it: a name that has several symbols stands for the true one of them, too. */
int
post_candidate_cmp(const struct post_candidate *a, const struct post_candidate *b)
{
	uint64_t x = a->names + (a->mapping > 0), y = b->names + (b->mapping > 0);

	if (x == y)
		x = post_candidate_weight(a), y = post_candidate_weight(b);
	return (x > y) - (x < y);
}

/*
 * Would it be believed if nothing else were there?  In another build names of
 * several symbols can fit by chance, and together when they stand in one order
 * twice; so one must be of a symbol that has it alone.
 */
static bool
believable(const struct post_candidate *c)
{
	if (c->mapping == 2)
		return true;
	return c->names + (c->mapping > 0) > 1 ? c->sure || c->mapping > 0 : c->sure && c->exact == 1;
}

/*
 * Images of several processes may overlap, as those of one cannot.  Where they
 * are moved by pages no more than a few names agree by chance.
 */
static bool
is_crowd(const struct post_candidate *c, const struct post_span *span)
{
	return span->align >= PAGE && c->sure && c->exact >= CROWD && c->exact == c->names;
}

/*
 * Does another bias have as much, at which the span would lie over the one
 * of the candidate AT?  A step to both sides at once costs n log n in all:
 * who goes far on both sides outdoes all between, and who finds nothing has
 * its reach for itself.
 */
static bool
is_beaten(const struct post_poll *p, const struct post_span *span, size_t at)
{
	const struct post_candidate *c = &p->candidate[at];
	bool left = true, right = true;

	for (size_t i = 1; left || right; i++) {
		left = left && i <= at && (c - i)->span == c->span &&
		    c->bias - (c - i)->bias < span->hi - span->lo;
		right = right && i < p->n_candidate - at && (c + i)->span == c->span &&
		    (c + i)->bias - c->bias < span->hi - span->lo;
		if ((left && post_candidate_cmp(c - i, c) >= 0) || (right && post_candidate_cmp(c + i, c) >= 0))
			return true;
	}
	return false;
}

static void
tell_voters(struct post_poll *p, size_t at)
{
	const struct post_candidate *c = &p->candidate[at];

	for (size_t i = c->vote; i < c->vote + c->n_votes; i++) {
		struct post_voter *v = &p->voter[p->vote[i].voter];

		v->open |= !c->lost;
		if (!c->winner)
			continue;
		v->n_winners++;
		v->winner = at;
		v->exact = p->vote[i].exact;
	}
}

/* Which candidates lie over a winner?  Those of the others have not been heard. */
static void
find_losers(struct post_poll *p, const struct post_object *o)
{
	const struct post_candidate *winner = NULL;

	for (size_t i = 0; i < p->n_candidate; i++) {
		struct post_candidate *c = &p->candidate[i];

		winner = c->winner ? c : winner;
		c->lost = winner != NULL && winner->span == c->span &&
		    c->bias - winner->bias < o->span[c->span].hi - o->span[c->span].lo;
	}
	winner = NULL;
	for (size_t i = p->n_candidate; i-- > 0;) {
		struct post_candidate *c = &p->candidate[i];

		winner = c->winner ? c : winner;
		c->lost |= winner != NULL && winner->span == c->span &&
		    winner->bias - c->bias < o->span[c->span].hi - o->span[c->span].lo;
	}
}

static void
decide(struct post_poll *p, const struct post_object *o)
{
	for (size_t i = 0; i < p->n_candidate; i++) {
		struct post_candidate *c = &p->candidate[i];

		c->winner = c->names + c->mapping > 0 && believable(c) && (is_crowd(c, &o->span[c->span]) || !is_beaten(p, &o->span[c->span], i));
	}
	find_losers(p, o);
	for (size_t i = 0; i < p->n_candidate; i++)
		tell_voters(p, i);
}

void
post_poll_hold(struct post_poll *p, const struct post_object *o, const struct post_range *code, size_t n_code,
    const struct post_sighting *seen, size_t n)
{
	struct booth b = { o, code, n_code, p };
	struct ref *ref = post_resize(NULL, n, sizeof *ref);
	struct post_names names = { 0 };
	size_t n_ref = collect(ref, &names, o, seen, n);

	*p = (struct post_poll){ .voter = post_resize(NULL, n_ref, sizeof *p->voter),
	    .of = post_resize(NULL, n, sizeof *p->of) };
	for (size_t i = 0; i < n; i++)
		p->of[i] = POST_NO_VOTER;
	make_voters(p, ref, n_ref, seen);
	post_names_free(&names);
	free(ref);
	for (size_t i = 0; i < p->n_voter;)
		if (p->voter[i].name.n == 0)
			vote_mapping(&b, i++);
		else
			i = vote_namesakes(&b, i);
	count_votes(p);
	decide(p, o);
}

void
post_poll_free(struct post_poll *p)
{
	free(p->voter);
	free(p->of);
	free(p->vote);
	free(p->candidate);
	*p = (struct post_poll){ 0 };
}
