/* SPDX-License-Identifier: BSD-2-Clause */
/* Reports that are lines, not histograms. */
#include "../base/ascii.h"
#include "../base/count.h"
#include "raw.h"

static bool
take_count(struct post_str *s, uint64_t *n)
{
	size_t digits = post_span(*s, POST_DIGIT);
	struct post_count c;

	if (post_count_parse(post_head(*s, digits), &c) != 0)
		return false;
	*n = c.whole;
	*s = post_str_from(*s, digits);
	return true;
}

/* "#1: 10 times, 720 bytes reads in file index.html." */
static bool
parse_file(struct post_str s, struct post_record *r)
{
	size_t n;

	if (!post_hist_take(&s, POST_STR("#")) || !take_count(&s, &r->rank) || !post_hist_take(&s, POST_STR(": ")) ||
	    !take_count(&s, &r->a) || !post_hist_take(&s, POST_STR(" times, ")) || !take_count(&s, &r->b) || !post_hist_take(&s, POST_STR(" bytes ")))
		return false;
	for (n = 0; n < s.n && s.p[n] != ' '; n++)
		;
	r->what = post_head(s, n);
	s = post_str_from(s, n);
	if (n == 0 || !post_hist_take(&s, POST_STR(" in file ")) || !post_str_ends(s, POST_STR(".")))
		return false;
	r->name = post_head(s, s.n - 1);
	r->kind = POST_RECORD_FILE;
	return true;
}

/* "SYN queue is overflown: 129 > 128", behind its time. */
static bool
parse_queue(struct post_str s, struct post_record *r)
{
	static const struct post_str queues[] = { POST_STR("SYN"), POST_STR("ACK backlog") };
	size_t i;

	for (i = 0; i < sizeof queues / sizeof *queues; i++)
		if (post_hist_take(&s, queues[i]))
			break;
	if (i == sizeof queues / sizeof *queues || !post_hist_take(&s, POST_STR(" queue is overflown: ")) || !take_count(&s, &r->a) ||
	    !post_hist_take(&s, POST_STR(" > ")) || !take_count(&s, &r->b))
		return false;
	r->what = queues[i];
	r->has_b = true;
	r->kind = POST_RECORD_QUEUE;
	return s.n == 0;
}

/* "epoll loop blocked for 15ms (file IO: 7ms)", behind its time. */
static bool
parse_blocked(struct post_str s, struct post_record *r)
{
	if (!post_hist_take(&s, POST_STR("epoll loop blocked for ")) || !take_count(&s, &r->a) || !post_hist_take(&s, POST_STR("ms")))
		return false;
	r->kind = POST_RECORD_BLOCKED;
	r->has_b = post_hist_take(&s, POST_STR(" (file IO: "));
	if (!r->has_b)
		return s.n == 0;
	return take_count(&s, &r->b) && post_hist_take(&s, POST_STR("ms)")) && s.n == 0;
}

bool
post_hist_parse_record(struct post_str s, struct post_record *r)
{
	const char *end;

	*r = (struct post_record){ 0 };
	s = post_trim_end(post_str_from(s, post_span(s, POST_SPACE)));
	if (s.n == 0 || *s.p == '#')
		return parse_file(s, r);
	if (*s.p != '[' || (end = memchr(s.p, ']', s.n)) == NULL)
		return false;
	r->name = (struct post_str){ s.p + 1, (size_t)(end - s.p) - 1 };
	s = post_str_from(s, r->name.n + 2);
	return post_hist_take(&s, POST_STR(" ")) && (parse_queue(s, r) || parse_blocked(s, r));
}
