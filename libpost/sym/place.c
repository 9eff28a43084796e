/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "vote.h"

enum {
	STRANGE_SHARE = 16	/* one name in so many may be unknown to a file that has all symbols */
};

/* Memory from here to the next piece. */
struct post_piece {
	uint64_t	from;
	uint64_t	n;	/* biases whose span is here */
	size_t		bias;	/* the one, if n is 1 */
};

/* What the frames are judged by. */
struct judge {
	const struct post_object	*object;
	const struct post_poll		*poll;
	struct post_placement		*to;
	bool				 force;
	bool				 won;	/* a bias has won; FORCE may take one that has not */
	bool				 sizes;	/* there are sizes to go by */
	bool				 strict;	/* it may be another build: no more is believed than size and name say */
	bool				 strangers;	/* names that the file does not know are few: they may be placed */
};

static int
range_cmp(const void *a, const void *b)
{
	const struct post_range *x = a, *y = b;

	return (x->lo > y->lo) - (x->lo < y->lo);
}

static void
sort_code(struct post_placement *to, const struct post_object *o)
{
	size_t n = 0;

	to->code = post_resize(NULL, o->n_code, sizeof *to->code);
	for (size_t i = 0; i < o->n_code; i++)
		if (o->code[i].lo < o->code[i].hi)
			to->code[n++] = (struct post_range){ o->code[i].lo, o->code[i].hi };
	if (n > 0)
		qsort(to->code, n, sizeof *to->code, range_cmp);
	for (size_t i = 0; i < n; i++) {
		struct post_range *last = to->n_code > 0 ? &to->code[to->n_code - 1] : NULL;

		if (last == NULL || last->hi < to->code[i].lo)
			to->code[to->n_code++] = to->code[i];
		else if (last->hi < to->code[i].hi)
			last->hi = to->code[i].hi;
	}
}

static void
add_bias(struct post_placement *to, size_t *cap, uint64_t bias, uint32_t span, uint64_t weight)
{
	to->bias = post_room(to->bias, to->n_bias, cap, sizeof *to->bias);
	to->bias[to->n_bias++] = (struct post_bias){ bias, span, weight };
}

/* The one that has more than all others, for want of a winner. */
static const struct post_candidate *
best_candidate(const struct post_poll *p)
{
	const struct post_candidate *best = NULL;
	bool tie = false;

	for (size_t i = 0; i < p->n_candidate; i++) {
		const struct post_candidate *c = &p->candidate[i];
		int d = best == NULL ? 1 : post_candidate_cmp(c, best);

		tie = d > 0 ? false : tie || d == 0;
		best = d > 0 ? c : best;
	}
	return tie ? NULL : best;
}

static int
bias_cmp(const void *a, const void *b)
{
	const struct post_bias *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight > y->weight ? -1 : 1;
	if (x->span != y->span)
		return x->span < y->span ? -1 : 1;
	return (x->bias > y->bias) - (x->bias < y->bias);
}

static void
list_biases(struct judge *j)
{
	const struct post_poll *p = j->poll;
	const struct post_candidate *c;
	size_t cap = 0;

	for (size_t i = 0; i < p->n_candidate; i++)
		if (p->candidate[i].winner)
			add_bias(j->to, &cap, p->candidate[i].bias, p->candidate[i].span, post_candidate_weight(&p->candidate[i]));
	j->won = j->to->n_bias > 0;
	if (j->won)
		qsort(j->to->bias, j->to->n_bias, sizeof *j->to->bias, bias_cmp);
	else if (j->force && j->object->type == POST_OBJECT_EXEC && !j->object->kernel && j->object->n_span > 0)
		add_bias(j->to, &cap, 0, 0, 0);
	else if (j->force && (c = best_candidate(p)) != NULL)
		add_bias(j->to, &cap, c->bias, c->span, post_candidate_weight(c));
}

/* Where a span begins or ends in memory. */
struct edge {
	uint64_t	at;
	size_t		bias;
	int		step;
};

static int
edge_cmp(const void *a, const void *b)
{
	const struct edge *x = a, *y = b;

	return (x->at > y->at) - (x->at < y->at);
}

/* The exclusive or of the biases at a place is the one bias, where there is one. */
static void
cut_pieces(struct post_placement *to, struct edge *edge, size_t n)
{
	uint64_t open = 0;
	size_t which = 0;

	if (n > 0)
		qsort(edge, n, sizeof *edge, edge_cmp);
	to->piece = post_resize(NULL, n, sizeof *to->piece);
	for (size_t i = 0; i < n; i++) {
		open += (uint64_t)edge[i].step;
		which ^= edge[i].bias;
		if (i + 1 < n && edge[i + 1].at == edge[i].at)
			continue;
		to->piece[to->n_piece++] = (struct post_piece){ edge[i].at, open, which };
	}
}

/* One name fits some bias of a section, which may be anywhere: it speaks for itself alone. */
static bool
stands(const struct judge *j, const struct post_bias *b)
{
	return j->object->type != POST_OBJECT_REL || b->weight > 2 || j->force;
}

static void
make_pieces(const struct judge *j)
{
	struct post_placement *to = j->to;
	struct edge *edge = post_resize(NULL, 2 * to->n_bias, sizeof *edge);
	size_t n = 0;

	for (size_t i = 0; i < to->n_bias; i++) {
		const struct post_span *s = &j->object->span[to->bias[i].span];

		if (!stands(j, &to->bias[i]))
			continue;
		edge[n++] = (struct edge){ to->bias[i].bias + s->lo, i, 1 };
		edge[n++] = (struct edge){ to->bias[i].bias + s->hi, i, -1 };
	}
	cut_pieces(to, edge, n);
	free(edge);
}

static struct post_placed
unplaced(enum post_placing how)
{
	return (struct post_placed){ .how = how };
}

static struct post_placed
at_bias(const struct post_placement *p, uint64_t bias, uint32_t span, uint64_t addr, bool or_end)
{
	if (!post_in_code(p->code, p->n_code, addr - bias, or_end))
		return unplaced(POST_UNPLACED_OUTSIDE);
	return (struct post_placed){ POST_PLACED, addr - bias, span };
}

/* By nothing but the address. */
static struct post_placed
by_range(const struct post_placement *p, uint64_t addr)
{
	const struct post_piece *piece;
	size_t lo = 0, hi = p->n_piece;

	if (p->n_bias == 0)
		return unplaced(POST_UNPLACED_NO_BIAS);
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;

		if (p->piece[mid].from <= addr)
			lo = mid + 1;
		else
			hi = mid;
	}
	piece = lo > 0 ? &p->piece[lo - 1] : NULL;
	if (piece == NULL || piece->n == 0)
		return unplaced(POST_UNPLACED_OUTSIDE);
	if (piece->n > 1)
		return unplaced(POST_UNPLACED_AMBIGUOUS);
	if (!p->by_range)
		return unplaced(POST_UNPLACED_DIFFERS);
	return at_bias(p, p->bias[piece->bias].bias, p->bias[piece->bias].span, addr, false);
}

struct post_placed
post_place_bare(const struct post_placement *p, uint64_t addr)
{
	return by_range(p, addr);
}

bool
post_place_extent(const struct post_placement *p, size_t *at, uint64_t *lo, uint64_t *hi)
{
	while (*at < p->n_piece && p->piece[*at].n == 0)
		++*at;
	if (*at == p->n_piece)
		return false;
	*lo = p->piece[*at].from;
	while (*at < p->n_piece && p->piece[*at].n > 0)
		++*at;
	*hi = *at < p->n_piece ? p->piece[*at].from : UINT64_MAX;
	return true;
}

static bool
believed(const struct judge *j, const struct post_voter *v)
{
	if (j->strict)
		return v->exact && v->only;
	return v->exact || (v->only && (v->size > 0 || j->to->by_range));
}

/* A name as a demangler writes it is in no symbol table. */
static bool
is_symbol(struct post_str name)
{
	return name.n > 0 && memchr(name.p, '(', name.n) == NULL && memchr(name.p, ' ', name.n) == NULL &&
	    memmem(name.p, name.n, "::", 2) == NULL;
}

/* How many voters fit, and what that says of the sizes. */
static void
count_voters(struct judge *j)
{
	struct post_placement *to = j->to;
	uint64_t strange = 0, exact = 0, undecided = 0;

	for (size_t i = 0; i < j->poll->n_voter; i++) {
		const struct post_voter *v = &j->poll->voter[i];

		if (v->kind == POST_VOTER_UNKNOWN)
			strange += is_symbol(v->name);
		if (v->kind != POST_VOTER_NAMED)
			continue;
		to->named++;
		if (v->n_winners > 0) {
			to->agree++;
			exact += v->exact;
		} else if (v->open) {
			undecided++;
		}
	}
	to->against = to->named - to->agree - undecided;
	j->strict = to->against > 0;
	j->sizes = exact > 0;
	j->strangers = strange <= to->agree / STRANGE_SHARE;
	to->by_range = j->force || (to->against == 0 && (j->strangers || !j->object->full_symbols));
}

static enum post_verdict
verdict(const struct judge *j)
{
	if (j->to->against > j->to->agree)
		return POST_VERDICT_OTHER;
	if (!j->won)
		return POST_VERDICT_UNSURE;
	return j->sizes ? POST_VERDICT_TRACED : POST_VERDICT_LIKELY;
}

/* A frame whose name, or mapping, had a vote. */
static struct post_placed
by_vote(const struct judge *j, const struct post_voter *v, uint64_t addr)
{
	const struct post_candidate *c;

	if (v->n_winners > 1)
		return unplaced(POST_UNPLACED_AMBIGUOUS);
	if (v->n_winners == 0)
		return v->open ? unplaced(POST_UNPLACED_NO_BIAS) : unplaced(POST_UNPLACED_DIFFERS);
	if (v->kind == POST_VOTER_NAMED ? !j->force && !believed(j, v) : !j->to->by_range)
		return unplaced(POST_UNPLACED_DIFFERS);
	c = &j->poll->candidate[v->winner];
	return at_bias(j->to, c->bias, c->span, addr, true);
}

static struct post_placed
place_one(const struct judge *j, const struct post_sighting *s, const struct post_voter *v)
{
	struct post_placed p = unplaced(POST_UNPLACED_DIFFERS);

	if (v != NULL && v->kind == POST_VOTER_UNKNOWN && is_symbol(v->name) && !j->strangers && !j->force)
		return unplaced(j->to->n_bias > 0 ? POST_UNPLACED_DIFFERS : POST_UNPLACED_NO_BIAS);
	if (v == NULL || v->kind == POST_VOTER_UNKNOWN || v->kind == POST_VOTER_VAGUE)
		return by_range(j->to, s->addr);
	if (j->to->n_bias > 0 || (v->kind == POST_VOTER_NAMED && v->n_votes == 0))
		p = by_vote(j, v, s->addr);
	else
		p = unplaced(POST_UNPLACED_NO_BIAS);
	return p.how != POST_PLACED && j->force ? by_range(j->to, s->addr) : p;
}

void
post_place(const struct post_object *o, const struct post_sighting *seen, size_t n, bool force,
    struct post_placed *out, struct post_placement *to)
{
	struct post_poll poll = { 0 };
	struct judge j = { .object = o, .poll = &poll, .to = to, .force = force };

	*to = (struct post_placement){ 0 };
	sort_code(to, o);
	post_poll_hold(&poll, o, to->code, to->n_code, seen, n);
	list_biases(&j);
	count_voters(&j);
	to->verdict = verdict(&j);
	if (to->verdict == POST_VERDICT_OTHER && !force)
		to->n_bias = 0;
	make_pieces(&j);
	for (size_t i = 0; i < n; i++)
		out[i] = place_one(&j, &seen[i], poll.of[i] == POST_NO_VOTER ? NULL : &poll.voter[poll.of[i]]);
	post_poll_free(&poll);
}

void
post_placement_free(struct post_placement *p)
{
	free(p->bias);
	free(p->piece);
	free(p->code);
	*p = (struct post_placement){ 0 };
}
