/* SPDX-License-Identifier: BSD-2-Clause */
#include <math.h>
#include "worth.h"

enum { SMALL = 3 };	/* a trace of samples has stacks that were seen no oftener */

enum post_weight
post_weight_of(const struct post_account *a)
{
	uint64_t n = 0, rises = 0, least = UINT64_MAX;

	for (size_t i = 0; i < a->counts.n; i++) {
		const struct post_counts_run *r = &a->counts.run[i];

		n += r->n;
		rises += r->rises - r->restarts;
		least = r->least < least ? r->least : least;
	}
	if (n < POST_ORDER_MIN)
		return POST_WEIGHT_UNKNOWN;
	if (rises > 0 && rises * 100 >= n)
		return POST_WEIGHT_SUMS;
	return least <= SMALL ? POST_WEIGHT_SAMPLES : POST_WEIGHT_UNKNOWN;
}

void
post_share_interval(double p, double total, double *low, double *high)
{
	const double z = 1.959963984540054;	/* of a normal distribution, 95 % */
	double d = 1 + z * z / total, mid = (p + z * z / (2 * total)) / d;
	double half = z / d * sqrt(p * (1 - p) / total + z * z / (4 * total * total));

	*low = mid - half > 0 ? mid - half : 0;
	*high = mid + half < 1 ? mid + half : 1;
}

enum post_worth
post_worth_of(enum post_severity worst)
{
	return worst == POST_FATAL ? POST_NO_PROFILE : worst > POST_INFO ? POST_WITH_CARE : POST_USABLE;
}

enum post_severity
post_remarks_worst(const struct post_account *a)
{
	enum post_severity worst = POST_INFO;

	for (size_t i = 0; i < a->n_remark; i++)
		for (enum post_severity s = worst; s < POST_SEVERITIES; s++) {
			struct post_str text = a->remark[i].text, name = post_str_of(post_severity_name(s, POST_ENGLISH));

			if (text.n > name.n + 1 && text.p[0] == '[' && text.p[name.n + 1] == ']' && memcmp(text.p + 1, name.p, name.n) == 0)
				worst = s;
		}
	return worst;
}
