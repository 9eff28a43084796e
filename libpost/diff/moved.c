/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Cost that only moved: what one function lost another has that stands beside
 * it (renamed, split), calls it or is called by it (inlined, outlined).
 *
 * When one function grows, the shares of all others shrink, and that is no
 * move.  So changes are counted against what became of a share that did not
 * change: the median of all functions' ratios, as DESeq has it for genes (S.
 * Anders and W. Huber, 2010, doi:10.1186/gb-2010-11-10-r106).
 */
#include <math.h>
#include <stdlib.h>
#include "pursuit.h"

static const double balanced = 0.2;	/* of all that changed in a group, what may be left over when it only moved */
static const double mostly = 0.8;	/* of the smaller change, what two neighbours have in common */
static const double half = 0.5;		/* of a growth, what others must have lost */
static const double remains = 0.1;	/* of a function that is as good as gone, or was not there before */

/* Stacks that changed, and where their frame is entered. */
struct mover {
	uint32_t		 name;
	double			 delta;
	double			 noise;		/* what of it may be chance */
	double			 before;	/* what it had */
	bool			 one_sided;	/* it is new or gone, or as good as */
	struct post_place_seen	*place;		/* by path to its callers */
	size_t			 n;
	size_t			 group;
	bool			 moved;
};

enum { BOTH = 1 << POST_BEFORE | 1 << POST_AFTER };

struct moving {
	const struct post_comparison	*c;
	struct mover			*v;
	size_t				 n, cap;
	uint8_t				*sides;		/* by name: bits of the sides that have it */
};

/* Which sides have which names. */
static uint8_t *
sides_of_names(const struct post_comparison *c)
{
	uint8_t *sides = post_resize(NULL, c->runs->names.n, 1);

	memset(sides, 0, c->runs->names.n);
	for (uint32_t cell = 0; cell < c->runs->cells; cell++) {
		const struct post_cell *k = &c->runs->cell[cell];
		uint8_t bits = 0;

		for (uint32_t i = k->counts; i != 0; i = c->runs->count[i - 1].next)
			bits |= (uint8_t)(1 << c->runs->run[c->runs->count[i - 1].run].side);
		for (uint32_t i = 0; i < k->n; i++)
			sides[k->frame[i]] |= bits;
	}
	return sides;
}

static int
by_value(const void *pa, const void *pb)
{
	double a = *(const double *)pa, b = *(const double *)pb;

	return (a > b) - (a < b);
}

/* The lower median: of two ways to see it, that others shrank because one grew. */
static double
scale_of(const struct post_comparison *c)
{
	const struct post_diff *d = c->diff;
	double *ratio = post_resize(NULL, d->funcs, sizeof *ratio), scale = 1;
	size_t i;

	for (i = 0; i < d->funcs; i++)
		ratio[i] = d->func[i].seen.before > 0 ? d->func[i].seen.after / d->func[i].seen.before : INFINITY;
	qsort(ratio, d->funcs, sizeof *ratio, by_value);
	if (d->funcs > 0 && !d->conf.work && ratio[(d->funcs - 1) / 2] > 0 && ratio[(d->funcs - 1) / 2] < INFINITY)
		scale = ratio[(d->funcs - 1) / 2];
	free(ratio);
	return scale;
}

static double
excess(const struct post_comparison *c, const struct post_both *both)
{
	return post_both_rate(both, c, POST_AFTER) - c->scale * post_both_rate(both, c, POST_BEFORE);
}

static void
add_mover(struct moving *m, const struct post_set *set, uint32_t owner, const struct post_change_seen *seen)
{
	struct mover *v;

	m->v = post_room(m->v, m->n, &m->cap, sizeof *m->v);
	v = &m->v[m->n];
	*v = (struct mover){ .name = set->name, .noise = seen->high - seen->delta, .before = seen->before,
	    .one_sided = fmin(seen->before, seen->after) <= remains * fmax(seen->before, seen->after) };
	m->n++;
	v->n = post_places(m->c, set, owner, post_set_entry, &v->place);
	for (size_t i = 0; i < v->n; i++)
		v->delta += excess(m->c, &v->place[i].both);
	if (v->delta > 0 && seen->delta > 0)
		v->delta = fmin(v->delta, seen->delta);	/* what is told of it */
}

/* What A has more and B less, or the other way round, below the same callers: not under 0. */
static double
exchanged(const struct moving *m, const struct mover *a, const struct mover *b)
{
	double sum = 0;
	size_t i = 0, j = 0;

	while (i < a->n && j < b->n) {
		const struct post_place_seen *x = &a->place[i], *y = &b->place[j];
		int order = post_order_cmp(&m->c->order, x->path.frame, x->path.n, y->path.frame, y->path.n);
		double dx = excess(m->c, &x->both), dy = excess(m->c, &y->both);

		if (order == 0 && (dx > 0) != (dy > 0))
			sum += fmin(fabs(dx), fabs(dy));
		i += order <= 0;
		j += order >= 0;
	}
	return sum;
}

/* The nearest caller at the end of PATH that both sides have: those between, which one side has, were inlined with it. */
static uint32_t
caller_in(const struct moving *m, struct post_path path)
{
	while (path.n > 0 && m->sides[path.frame[path.n - 1]] != BOTH)
		path.n--;
	return path.n > 0 ? path.frame[path.n - 1] : UINT32_MAX;
}

/* How much A changed below callers named NAME, over 0 when that was in the direction of all of its change. */
static double
called_by(const struct moving *m, const struct mover *a, uint32_t name)
{
	double sum = 0;

	for (size_t i = 0; i < a->n; i++) {
		struct post_path path = a->place[i].path;

		if (path.n > 0 && (path.frame[path.n - 1] == name || caller_in(m, path) == name))
			sum += excess(m->c, &a->place[i].both);
	}
	return a->delta > 0 ? sum : -sum;
}

static bool
are_neighbours(const struct moving *m, const struct mover *a, const struct mover *b)
{
	double most = mostly * fmin(fabs(a->delta), fabs(b->delta));

	return most > 0 && !a->moved && !b->moved && (a->delta > 0) != (b->delta > 0) &&
	    (((a->one_sided || b->one_sided) && exchanged(m, a, b) >= most) || called_by(m, b, a->name) >= most || called_by(m, a, b->name) >= most);
}

/*
 * Is what grew what others lost?  What is left over may be a fifth of both,
 * and chance; or so little that it would be no change on its own.
 */
static bool
is_balanced(const struct moving *m, double grown, double lost, double before, double noise)
{
	const struct post_diff *d = m->c->diff;
	double rest = fmax(fabs(grown - lost) - fabs(1 - m->c->scale) * lost, 0);	/* the scale is an estimate */

	return grown > 0 && lost >= half * grown && (rest <= fmin(noise, balanced * (grown + lost)) ||
	    rest <= fmax(d->least, d->conf.min_relative * (before + lost)));
}

/* What is left over of two changes, as a part of both; over 1: they are no move. */
static double
imbalance(const struct moving *m, const struct mover *a, const struct mover *b)
{
	const struct mover *grown = a->delta > 0 ? a : b, *lost = a->delta > 0 ? b : a;

	if (!is_balanced(m, grown->delta, -lost->delta, grown->before, grown->noise))
		return 2;
	return fabs(a->delta + b->delta) / (fabs(a->delta) + fabs(b->delta));
}

/* Call the two neighbours moved that balance best; false: there are none. */
static bool
pair_off(struct moving *m)
{
	struct mover *one = NULL, *two = NULL;
	size_t i, j;

	for (i = 0; i < m->n; i++)
		for (j = i + 1; j < m->n; j++) {
			struct mover *a = &m->v[i], *b = &m->v[j];

			if (imbalance(m, a, b) < (one == NULL ? 1 : imbalance(m, one, two)) && are_neighbours(m, a, b)) {
				one = a;
				two = b;
			}
		}
	if (one == NULL)
		return false;
	one->moved = two->moved = true;
	return true;
}

/* A caller that grew by what all those that it called lost below it: they were inlined, perhaps elsewhere, too. */
static void
judge_inlined(struct moving *m)
{
	for (size_t i = 0; i < m->n; i++) {
		struct mover *v = &m->v[i];
		double lost = 0;

		for (size_t j = 0; j < m->n && v->delta > 0; j++)
			if (m->v[j].delta < 0 && !m->v[j].moved)
				lost += fmax(called_by(m, &m->v[j], v->name), 0);
		v->moved = v->moved || is_balanced(m, v->delta, lost, v->before, v->noise);
	}
}

static void
unite(struct moving *m, size_t from, size_t to)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].group == from)
			m->v[i].group = to;
}

/* What a group has more, and what it has less. */
struct balance {
	double	grown, lost, before, noise;
	size_t	n;
};

static struct balance
balance_of(const struct moving *m, size_t g)
{
	struct balance b = { 0 };

	for (size_t i = 0; i < m->n; i++) {
		const struct mover *v = &m->v[i];

		if (v->group != g || v->moved)
			continue;
		*(v->delta > 0 ? &b.grown : &b.lost) += fabs(v->delta);
		b.before += v->delta > 0 ? v->before : 0;
		b.noise = v->delta > 0 ? hypot(b.noise, v->noise) : b.noise;
		b.n++;
	}
	return b;
}

/* The member without which the rest of the group would balance best, and better than with it; or NULL. */
static struct mover *
odd_one(const struct moving *m, size_t g, const struct balance *b)
{
	double rest = b->grown - b->lost, least = fabs(rest);
	struct mover *odd = NULL;

	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].group == g && !m->v[i].moved && fabs(rest - m->v[i].delta) < least) {
			odd = &m->v[i];
			least = fabs(rest - odd->delta);
		}
	return odd;
}

/* Call group G moved when it has as much as before, but for those who only came in with it. */
static void
judge_group(struct moving *m, size_t g)
{
	struct balance b = balance_of(m, g);
	struct mover *odd;

	while (b.n > 2 && (odd = odd_one(m, g, &b)) != NULL) {
		odd->group = m->n;	/* of nobody */
		b = balance_of(m, g);
	}
	for (size_t i = 0; i < m->n && b.n > 1 && is_balanced(m, b.grown, b.lost, b.before, b.noise); i++)
		m->v[i].moved = m->v[i].moved || m->v[i].group == g;
}

/* Judge neighbours, and neighbours of neighbours, together. */
static void
judge_groups(struct moving *m)
{
	size_t i, j;

	for (i = 0; i < m->n; i++)
		m->v[i].group = i;
	for (i = 0; i < m->n; i++)
		for (j = i + 1; j < m->n; j++)
			if (are_neighbours(m, &m->v[i], &m->v[j]))
				unite(m, m->v[j].group, m->v[i].group);
	for (i = 0; i < m->n; i++)
		judge_group(m, i);
}

/* Which of them moved?  Where a group as a whole does not balance, pairs in it may, the rest without them, or one by one. */
static void
judge(struct moving *m)
{
	judge_groups(m);
	while (pair_off(m))
		;
	judge_groups(m);
	judge_inlined(m);
}

static void
moving_free(struct moving *m)
{
	for (size_t i = 0; i < m->n; i++)
		free(m->v[i].place);
	free(m->v);
}

bool
post_is_own_change(const struct post_comparison *c, const struct post_function *f)
{
	struct post_change_seen own = f->seen;

	own.before *= c->scale;
	own.delta = own.after - own.before;
	return f->seen.q < c->diff->conf.q && post_is_large(c->diff, &own) && (own.delta > 0) == (f->seen.delta > 0);
}

/* Functions move to functions: what the gate wants to know. */
static void
judge_functions(struct post_comparison *c, uint8_t *sides)
{
	struct post_diff *d = c->diff;
	struct moving m = { .c = c, .sides = sides };
	size_t i, n = 0;

	for (i = 0; i < d->funcs; i++)
		if (post_is_own_change(c, &d->func[i]))
			add_mover(&m, &(struct post_set){ .kind = POST_SET_FUNC, .name = d->func[i].name }, POST_ANY_OWNER, &d->func[i].seen);
	judge(&m);
	for (i = 0; i < d->funcs; i++)
		if (post_is_own_change(c, &d->func[i]))
			d->func[i].moved = m.v[n++].moved;
	moving_free(&m);
}

/* Culprits move to each other, and to what functions have besides. */
static void
judge_culprits(struct post_comparison *c, uint8_t *sides)
{
	struct post_diff *d = c->diff;
	struct moving m = { .c = c, .sides = sides };
	size_t i;

	for (i = 0; i < d->culprits; i++) {
		struct post_set set = post_culprit_set(&d->culprit[i]);

		add_mover(&m, &set, (uint32_t)i + 1, &d->culprit[i].plain);
	}
	for (i = 0; i < d->funcs; i++)
		if (post_is_own_change(c, &d->func[i]))
			add_mover(&m, &(struct post_set){ .kind = POST_SET_FUNC, .name = d->func[i].name }, 0, &d->func[i].seen);
	judge(&m);
	for (i = 0; i < d->culprits; i++)
		if (m.v[i].moved)
			d->culprit[i].label = POST_LABEL_MOVED;
	moving_free(&m);
}

void
post_find_moved(struct post_comparison *c)
{
	uint8_t *sides = sides_of_names(c);

	c->scale = scale_of(c);
	judge_functions(c, sides);
	judge_culprits(c, sides);
	free(sides);
}
