/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "sets.h"

/* What tells sets with the same stacks: a sum of numbers that stand for these, as good as random. */
struct mark {
	uint64_t	a, b;
};

/* What is known of names while sets are made. */
struct making {
	double		*self, *anywhere;	/* by name: samples of all runs */
	struct mark	*self_mark, *anywhere_mark;
	struct mark	*node_mark;		/* by node */
};

static uint64_t
mix(uint64_t z)		/* splitmix64 */
{
	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static struct mark
mark_of(uint32_t cell)
{
	return (struct mark){ mix(2 * (uint64_t)cell + 1), mix(~(2 * (uint64_t)cell)) };
}

static void
add_mark(struct mark *to, struct mark m)
{
	to->a += m.a;
	to->b += m.b;
}

static double
samples_of(const struct post_runs *r, const struct post_cell *c)
{
	double sum = 0;

	for (uint32_t i = c->counts; i != 0; i = r->count[i - 1].next)
		sum += post_count_real(r->count[i - 1].count);
	return sum;
}

/* Is NAME seen in CELL for the first time? */
static bool
first_in(struct post_sets *s, uint32_t cell, uint32_t name)
{
	if (s->stamp[name] == cell + 1)
		return false;
	s->stamp[name] = cell + 1;
	return true;
}

static void
forget_stamps(struct post_sets *s)
{
	memset(s->stamp, 0, s->names * sizeof *s->stamp);
}

/* The samples and marks of all names. */
static void
survey(struct post_sets *s, struct making *m)
{
	const struct post_runs *r = s->runs;

	forget_stamps(s);
	for (uint32_t cell = 0; cell < r->cells; cell++) {
		const struct post_cell *c = &r->cell[cell];
		double samples = samples_of(r, c);
		struct mark mark = mark_of(cell);

		if (samples == 0)
			continue;
		if (c->n > 0) {
			m->self[c->frame[c->n - 1]] += samples;
			add_mark(&m->self_mark[c->frame[c->n - 1]], mark);
		}
		for (uint32_t i = 0; i < c->n; i++)
			if (first_in(s, cell, c->frame[i])) {
				m->anywhere[c->frame[i]] += samples;
				add_mark(&m->anywhere_mark[c->frame[i]], mark);
			}
		add_mark(&m->node_mark[s->home[cell]], mark);
	}
	for (size_t i = s->nodes; i-- > 1;)
		add_mark(&m->node_mark[s->node[i].parent], m->node_mark[i]);
}

static size_t
add_set(struct post_sets *s, struct post_set set)
{
	s->set = post_room(s->set, s->n, &s->cap, sizeof *s->set);
	s->set[s->n] = set;
	return s->n++;
}

/* Sets by their marks, open addressing. */
struct known {
	struct mark	*mark;
	size_t		*set;		/* + 1; 0: free */
	size_t		 mask;
};

/* The set with MARK; or that is the next one to be added, *NEW. */
static size_t
known_set(struct known *k, struct mark mark, size_t next, bool *new)
{
	size_t at = mark.a & k->mask;

	for (; k->set[at] != 0; at = (at + 1) & k->mask)
		if (k->mark[at].a == mark.a && k->mark[at].b == mark.b) {
			*new = false;
			return k->set[at] - 1;
		}
	k->mark[at] = mark;
	k->set[at] = next + 1;
	*new = true;
	return next;
}

static void
known_begin(struct known *k, size_t most)
{
	for (k->mask = 64; k->mask < 2 * most; k->mask *= 2)
		;
	k->mark = post_resize(NULL, k->mask, sizeof *k->mark);
	k->set = post_resize(NULL, k->mask, sizeof *k->set);
	memset(k->set, 0, k->mask * sizeof *k->set);
	k->mask--;
}

/* Functions first, then paths, then frames anywhere: what has the same stacks as one before is none. */
static void
choose(struct post_sets *s, const struct making *m, const uint32_t *by_name)
{
	size_t names = s->runs->names.n, i;
	struct known known;
	bool new;

	known_begin(&known, 2 * names + s->nodes);
	for (i = 0; i < names; i++) {
		uint32_t name = by_name[i];

		if (m->self[name] < s->least)
			continue;
		s->of_func[name] = s->rows++;
		(void)known_set(&known, m->self_mark[name], s->n, &new);
		(void)add_set(s, (struct post_set){ POST_SET_FUNC, name, { NULL, 0 }, s->of_func[name] });
	}
	s->funcs = s->n;
	for (i = 1; i < s->nodes; i++) {
		struct post_path path = s->node[i].path;

		s->node[i].set = known_set(&known, m->node_mark[i], s->n, &new);
		if (new)
			(void)add_set(s, (struct post_set){ POST_SET_PATH, path.frame[path.n - 1], path, s->rows + i });
	}
	s->rows += s->nodes;
	for (i = 0; i < names; i++) {
		uint32_t name = by_name[i];

		if (m->anywhere[name] < s->least)
			continue;
		(void)known_set(&known, m->anywhere_mark[name], s->n, &new);
		if (!new)
			continue;
		s->of_incl[name] = s->rows++;
		(void)add_set(s, (struct post_set){ POST_SET_INCL, name, { NULL, 0 }, s->of_incl[name] });
	}
	free(known.mark);
	free(known.set);
}

/* Add the counts of CELL to a row, or take them away. */
static void
change_row(struct post_sets *s, struct post_count *row, const struct post_cell *c, bool add)
{
	const struct post_runs *r = s->runs;

	for (uint32_t i = c->counts; i != 0; i = r->count[i - 1].next) {
		const struct post_cell_count *k = &r->count[i - 1];

		if (add)
			(void)post_count_add(&row[k->run], k->count);	/* not over the run's sum, which has room */
		else
			post_count_sub(&row[k->run], k->count);
	}
}

/* CELL comes to all the sets that it is in, or goes. */
static void
change(struct post_sets *s, uint32_t cell, bool add)
{
	const struct post_cell *c = &s->runs->cell[cell];
	size_t runs = s->runs->n, first_node = s->funcs;
	uint32_t node;

	if (c->counts == 0)
		return;
	change_row(s, s->live, c, add);
	if (c->n > 0 && s->of_func[c->frame[c->n - 1]] != POST_NO_SET)
		change_row(s, s->sum + s->of_func[c->frame[c->n - 1]] * runs, c, add);
	for (node = s->home[cell]; node != 0; node = s->node[node].parent)
		change_row(s, s->sum + (first_node + node) * runs, c, add);
	for (uint32_t i = 0; i < c->n; i++)
		if (s->of_incl[c->frame[i]] != POST_NO_SET && first_in(s, cell, c->frame[i]))
			change_row(s, s->sum + s->of_incl[c->frame[i]] * runs, c, add);
}

static void
making_begin(struct making *m, size_t names)
{
	m->self = post_resize(NULL, names, sizeof *m->self);
	m->anywhere = post_resize(NULL, names, sizeof *m->anywhere);
	m->self_mark = post_resize(NULL, names, sizeof *m->self_mark);
	m->anywhere_mark = post_resize(NULL, names, sizeof *m->anywhere_mark);
	for (size_t i = 0; i < names; i++) {
		m->self[i] = m->anywhere[i] = 0;
		m->self_mark[i] = m->anywhere_mark[i] = (struct mark){ 0 };
	}
}

static void
making_end(struct making *m)
{
	free(m->self);
	free(m->anywhere);
	free(m->self_mark);
	free(m->anywhere_mark);
	free(m->node_mark);
}

/* Which sets there are. */
static void
find(struct post_sets *s)
{
	size_t names = s->runs->names.n, i;
	uint32_t *by_name = post_names_sorted(&s->runs->names), *rank = post_resize(NULL, names, sizeof *rank);
	struct making m;

	for (i = 0; i < names; i++)
		rank[by_name[i]] = (uint32_t)i;
	post_set_paths(s, rank);
	making_begin(&m, names);
	m.node_mark = post_resize(NULL, s->nodes, sizeof *m.node_mark);
	memset(m.node_mark, 0, s->nodes * sizeof *m.node_mark);
	survey(s, &m);
	choose(s, &m, by_name);
	making_end(&m);
	free(rank);
	free(by_name);
}

void
post_sets_make(struct post_sets *s, const struct post_runs *r)
{
	double samples = 0;
	size_t i;

	*s = (struct post_sets){ .runs = r, .names = r->names.n };
	for (i = 0; i < r->n; i++)
		samples += post_count_real(r->run[i].samples);
	s->least = samples * POST_SET_MIN_SHARE > POST_SET_MIN ? samples * POST_SET_MIN_SHARE : POST_SET_MIN;
	s->order = post_resize(NULL, r->cells, sizeof *s->order);
	s->home = post_resize(NULL, r->cells, sizeof *s->home);
	s->owner = post_resize(NULL, r->cells, sizeof *s->owner);
	memset(s->owner, 0, r->cells * sizeof *s->owner);
	s->stamp = post_resize(NULL, r->names.n, sizeof *s->stamp);
	s->of_func = post_resize(NULL, r->names.n, sizeof *s->of_func);
	s->of_incl = post_resize(NULL, r->names.n, sizeof *s->of_incl);
	for (i = 0; i < r->names.n; i++)
		s->of_func[i] = s->of_incl[i] = POST_NO_SET;
	find(s);
	s->sum = post_resize(NULL, s->rows * r->n, sizeof *s->sum);
	memset(s->sum, 0, s->rows * r->n * sizeof *s->sum);
	s->live = post_resize(NULL, r->n, sizeof *s->live);
	memset(s->live, 0, r->n * sizeof *s->live);
	forget_stamps(s);
	for (uint32_t cell = 0; cell < r->cells; cell++)
		change(s, cell, true);
}

static bool
begins_with(const struct post_cell *c, struct post_path path)
{
	return c->n >= path.n && memcmp(c->frame, path.frame, path.n * sizeof *path.frame) == 0;
}

static size_t
place_of(const struct post_cell *c, uint32_t name)
{
	size_t i = 0;

	while (i < c->n && c->frame[i] != name)
		i++;
	return i;
}

bool
post_set_has(const struct post_set *set, const struct post_cell *c)
{
	switch (set->kind) {
	case POST_SET_FUNC:
		return c->n > 0 && c->frame[c->n - 1] == set->name;
	case POST_SET_PATH:
		return begins_with(c, set->path);
	default:
		return place_of(c, set->name) < c->n;
	}
}

size_t
post_set_entry(const struct post_set *set, const struct post_cell *c)
{
	return set->kind == POST_SET_PATH ? set->path.n - 1 : place_of(c, set->name);
}

void
post_sets_remove(struct post_sets *s, size_t set)
{
	struct post_set gone = s->set[set];

	s->removals++;
	forget_stamps(s);
	for (uint32_t cell = 0; cell < s->runs->cells; cell++)
		if (s->owner[cell] == 0 && post_set_has(&gone, &s->runs->cell[cell])) {
			s->owner[cell] = s->removals;
			change(s, cell, false);
		}
}

/* The child of NODE that goes on with NAME, or 0. */
static uint32_t
child_of(const struct post_sets *s, uint32_t node, uint32_t name)
{
	size_t depth = s->node[node].path.n;
	uint32_t c = s->node[node].child;

	while (c != 0 && s->node[c].path.frame[depth] != name)
		c = s->node[c].next;
	return c;
}

const struct post_set_node *
post_sets_node(const struct post_sets *s, const uint32_t *path, size_t n)
{
	uint32_t node = 0;
	size_t depth = 0, least;

	while (depth < n) {
		if ((node = child_of(s, node, path[depth])) == 0)
			return NULL;
		least = s->node[node].path.n < n ? s->node[node].path.n : n;
		if (memcmp(s->node[node].path.frame + depth, path + depth, (least - depth) * sizeof *path) != 0)
			return NULL;
		depth = least;
	}
	return node != 0 ? &s->node[node] : NULL;
}

void
post_sets_free(struct post_sets *s)
{
	free(s->set);
	free(s->sum);
	free(s->live);
	free(s->owner);
	free(s->node);
	free(s->order);
	free(s->home);
	free(s->of_func);
	free(s->of_incl);
	free(s->stamp);
	*s = (struct post_sets){ 0 };
}
