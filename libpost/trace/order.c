/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "folded.h"
#include "order.h"

/* Compare A and B as if END_A and END_B (";", or -1 for nothing) followed them. */
static int
cmp_ended(struct post_str a, int end_a, struct post_str b, int end_b)
{
	size_t n = a.n < b.n ? a.n : b.n;
	int d = n > 0 ? memcmp(a.p, b.p, n) : 0, next_a, next_b;

	if (d != 0)
		return d;
	next_a = a.n > n ? (unsigned char)a.p[n] : end_a;
	next_b = b.n > n ? (unsigned char)b.p[n] : end_b;
	return next_a - next_b;
}

static int
cmp_names(const void *a, const void *b, void *arg)
{
	const struct post_order *o = arg;

	return cmp_ended(o->written[*(const uint32_t *)a], ';', o->written[*(const uint32_t *)b], ';');
}

/* Where two stacks part, ";" or the end of a stack follows the names. */
int
post_order_cmp(const struct post_order *o, const uint32_t *a, size_t na, const uint32_t *b, size_t nb)
{
	size_t n = na < nb ? na : nb, i = 0;

	while (i < n && a[i] == b[i])
		i++;
	if (i == n)
		return (na > n) - (nb > n);
	if (i + 1 < na && i + 1 < nb)
		return o->rank[a[i]] < o->rank[b[i]] ? -1 : 1;
	return cmp_ended(o->written[a[i]], i + 1 < na ? ';' : -1, o->written[b[i]], i + 1 < nb ? ';' : -1);
}

/* Each name as the folded form has it; most are as they are. */
static void
escape_names(struct post_order *o, const struct post_names *names)
{
	struct post_buf buf = { 0 };
	uint32_t i;

	o->written = post_resize(o->written, names->n, sizeof *o->written);
	for (i = 0; i < names->n; i++) {
		struct post_str name = post_name(names, i);

		buf.n = 0;
		post_put_folded(&buf, name);
		o->written[i] = name.n == buf.n ? name : post_keep(&o->escaped, post_buf_str(&buf));
	}
	post_buf_free(&buf);
}

void
post_order_make(struct post_order *o, const struct post_names *names)
{
	uint32_t *by_rank = post_resize(NULL, names->n, sizeof *by_rank), i;

	escape_names(o, names);
	o->rank = post_resize(o->rank, names->n, sizeof *o->rank);
	for (i = 0; i < names->n; i++)
		by_rank[i] = i;
	qsort_r(by_rank, names->n, sizeof *by_rank, cmp_names, o);
	for (i = 0; i < names->n; i++)
		o->rank[by_rank[i]] = i;
	free(by_rank);
}

void
post_order_put(const struct post_order *o, const uint32_t *frame, size_t n, struct post_buf *b)
{
	for (size_t i = 0; i < n; i++) {
		if (i > 0)
			post_putc(b, ';');
		post_put(b, o->written[frame[i]]);
	}
}

void
post_order_free(struct post_order *o)
{
	post_drop(&o->escaped);
	free(o->written);
	free(o->rank);
	*o = (struct post_order){ 0 };
}
