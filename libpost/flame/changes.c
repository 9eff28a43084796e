/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "changes.h"
#include "tree.h"

/* How many counts a stack has; a lone number may be a frame, or the count before of no frames. */
enum counts { ONE, PERHAPS_TWO, TWO };

struct post_changes_kept {
	struct post_tree	 tree;		/* leaves with their number; before: the sum of these */
	uint32_t		*frame;		/* a stack without its number */
	size_t			 cap;
};

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\r';
}

/* Take the number off the end of NAME; *LEFT is what stood before it and its blank. */
static enum counts
take_number(struct post_str name, struct post_str *left, struct post_count *number)
{
	size_t i;

	while (name.n > 0 && is_blank(name.p[name.n - 1]))
		name.n--;
	for (i = name.n; i > 0 && ((name.p[i - 1] >= '0' && name.p[i - 1] <= '9') || name.p[i - 1] == '.'); i--)
		;
	if ((i > 0 && name.p[i - 1] != ' ' && name.p[i - 1] != '\t') || post_count_parse(post_str_from(name, i), number) != 0)
		return ONE;
	*left = (struct post_str){ name.p, i > 0 ? i - 1 : 0 };
	return i > 0 ? TWO : PERHAPS_TWO;
}

static enum counts
counts_of(const struct post_changes *c, const uint32_t *frame, size_t n, struct post_str *left, struct post_count *before)
{
	enum counts got = n > 0 ? take_number(post_name(c->names, frame[n - 1]), left, before) : ONE;

	return got == PERHAPS_TWO && n > 1 ? ONE : got;
}

static struct post_changes_kept *
kept(struct post_changes *c)
{
	if (c->kept == NULL) {
		c->kept = post_resize(NULL, 1, sizeof *c->kept);
		*c->kept = (struct post_changes_kept){ .tree = { .names = c->names, .chart = c->in_order } };
	}
	return c->kept;
}

static int
give_one(struct post_changes *c, const uint32_t *frame, size_t n, struct post_count count, struct post_err *err)
{
	struct post_change change = { frame, n, count, count, c->mode == POST_TWO_YES };

	return c->stack(c->arg, &change, err);
}

/* FRAME without the number at the end of its leaf, of whose name LEFT is left; so are empty frames that come last then. */
static const uint32_t *
without_number(struct post_changes *c, const uint32_t *frame, size_t *n, struct post_str left)
{
	struct post_changes_kept *k = kept(c);

	if (left.n == 0) {
		while (--*n > 0 && post_name(c->names, frame[*n - 1]).n == 0)
			;
		return frame;
	}
	if (k->cap < *n)
		k->frame = post_resize(k->frame, k->cap = 2 * *n, sizeof *k->frame);
	memcpy(k->frame, frame, (*n - 1) * sizeof *frame);
	k->frame[*n - 1] = post_intern(c->names, left);
	return k->frame;
}

static int
give_two(struct post_changes *c, const uint32_t *frame, size_t n, struct post_str left, struct post_count before,
    struct post_count after, struct post_err *err)
{
	struct post_change change = { .n = n, .before = before, .after = after, .both = true };

	change.frame = without_number(c, frame, &change.n, left);
	return c->stack(c->arg, &change, err);
}

static int
give_kept(struct post_changes *c, const uint32_t *frame, size_t n, const struct post_frame *f, bool both, struct post_err *err)
{
	struct post_count number;
	struct post_str left;

	if (!both)
		return give_one(c, frame, n, f->self, err);
	(void)counts_of(c, frame, n, &left, &number);
	return give_two(c, frame, n, left, f->self_before, f->self, err);
}

/* What was kept goes out, and is forgotten. */
static int
release(struct post_changes *c, bool both, struct post_err *err)
{
	struct post_changes_kept *k = kept(c);
	uint32_t *path = NULL;
	size_t cap = 0;
	struct post_walk w;
	struct post_frame f;
	int status = 0;

	post_walk_begin(&w, &k->tree);
	while (status == 0 && post_walk_next(&w, 0, &f)) {
		if (f.depth > 0) {
			path = post_room(path, f.depth - 1, &cap, sizeof *path);
			path[f.depth - 1] = f.name;
		}
		if (f.ends)
			status = give_kept(c, path, f.depth - (f.name == (uint32_t)POST_GAP), &f, both, err);
	}
	post_walk_end(&w);
	free(path);
	post_tree_free(&k->tree);
	return status;
}

static int
keep(struct post_changes *c, const uint32_t *frame, size_t n, struct post_count before, struct post_count after,
    struct post_err *err)
{
	if (post_tree_add_change(&kept(c)->tree, frame, n, before, after) == 0)
		return 0;
	return post_fail(err, POST_ELIMIT, "the sum of all counts passes 18446744073709551615");
}

int
post_changes_add(struct post_changes *c, const uint32_t *frame, size_t n, struct post_count count, struct post_err *err)
{
	struct post_count before;
	struct post_str left;
	enum counts got;

	if (c->mode == POST_TWO_NO)
		return give_one(c, frame, n, count, err);
	got = counts_of(c, frame, n, &left, &before);
	c->one += got == ONE;
	c->two += got == TWO;
	if (c->mode == POST_TWO_YES)
		return got == ONE ? give_one(c, frame, n, count, err) : give_two(c, frame, n, left, before, count, err);
	if (c->one == 0)
		return keep(c, frame, n, before, count, err);
	if (got == ONE && c->one == 1 && c->kept != NULL && release(c, false, err) == -1)
		return -1;
	return give_one(c, frame, n, count, err);
}

int
post_changes_end(struct post_changes *c, bool *both, struct post_err *err)
{
	struct post_changes_kept *k = c->kept;

	*both = c->mode == POST_TWO_YES;
	if (c->mode != POST_TWO_DETECT || k == NULL || c->one > 0)
		return 0;
	*both = c->two > 0;
	return release(c, *both, err);
}

void
post_changes_free(struct post_changes *c)
{
	if (c->kept != NULL) {
		post_tree_free(&c->kept->tree);
		free(c->kept->frame);
	}
	free(c->kept);
	c->kept = NULL;
}
