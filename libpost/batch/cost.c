/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "cost.h"

struct cost {
	struct post_count	self, total;
	uint32_t		name;
	uint32_t		seen;		/* the last stack that has it, + 1 */
};

static struct cost *
sum(const struct post_fold *f)
{
	struct cost *c = post_resize(NULL, f->names.n, sizeof *c);

	for (uint32_t i = 0; i < f->names.n; i++)
		c[i] = (struct cost){ .name = i };
	for (size_t i = 0; i < f->n; i++) {
		const struct post_fold_stack *k = &f->stack[i];

		if (k->n > 0)
			(void)post_count_add(&c[k->frame[k->n - 1]].self, k->count);	/* the trace's total has room */
		for (uint32_t j = 0; j < k->n; j++) {
			if (c[k->frame[j]].seen == i + 1)
				continue;
			c[k->frame[j]].seen = (uint32_t)i + 1;
			(void)post_count_add(&c[k->frame[j]].total, k->count);
		}
	}
	return c;
}

static int
by_total(const void *pa, const void *pb, void *arg)
{
	const struct cost *a = pa, *b = pb;
	int d = post_count_cmp(b->total, a->total);

	return d != 0 ? d : post_str_cmp(post_name(arg, a->name), post_name(arg, b->name));
}

static uint32_t
part(struct post_count n, double whole)
{
	return (uint32_t)(post_count_real(n) / whole * POST_COST_WHOLE + 0.5);
}

void
post_put_costs(struct post_buf *b, const struct post_fold *f)
{
	struct cost *c = sum(f);
	struct post_count all;
	struct post_err err;
	double whole = post_fold_total(f, &all, &err) == 0 ? post_count_real(all) : 0;

	if (f->names.n > 0)
		qsort_r(c, f->names.n, sizeof *c, by_total, (void *)(uintptr_t)&f->names);
	for (uint32_t i = 0; i < f->names.n && whole > 0 && part(c[i].total, whole) >= POST_COST_LEAST; i++) {
		post_putu(b, part(c[i].self, whole));
		post_putc(b, ' ');
		post_putu(b, part(c[i].total, whole));
		post_putc(b, ' ');
		post_put_folded(b, post_name(&f->names, c[i].name));
		post_putc(b, '\n');
	}
	free(c);
}

/* Take a number and the blank behind it off *S. */
static uint32_t
number(struct post_str *s)
{
	uint32_t n = 0;
	size_t i = 0;

	for (; i < s->n && s->p[i] >= '0' && s->p[i] <= '9'; i++)
		n = 10 * n + (uint32_t)(s->p[i] - '0');
	*s = post_str_from(*s, i < s->n ? i + 1 : i);
	return n;
}

bool
post_next_cost(struct post_str *costs, struct post_str *name, uint32_t *self, uint32_t *total)
{
	const char *end = costs->n > 0 ? memchr(costs->p, '\n', costs->n) : NULL;

	if (end == NULL)
		return false;
	*name = (struct post_str){ costs->p, (size_t)(end - costs->p) };
	*costs = post_str_from(*costs, name->n + 1);
	*self = number(name);
	*total = number(name);
	return true;
}
