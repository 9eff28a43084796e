/* SPDX-License-Identifier: BSD-2-Clause */
/* Text that is put together line by line, and then judged. */
#ifndef JUDGING_H
#define JUDGING_H

#include "audit.h"

#define F(id) POST_FOUND_ ## id

static struct post_account a;
static struct post_findings found;
static struct post_buf text;

static inline int
begin(void **state)
{
	(void)state;
	text.n = 0;
	return 0;
}

static inline int
forget(void **state)
{
	(void)state;
	post_findings_free(&found);
	post_account_free(&a);
	post_buf_free(&text);
	return 0;
}

/* One more stack of COUNT; FRAMES is text of whole lines. */
static inline void
stack(const char *frames, uint64_t count)
{
	post_putf(&text, "%s\t%" PRIu64 "\n", frames, count);
}

static inline void
good(uint64_t count)
{
	stack(" 0x401000 : f+0x1/0x9 [/bin/a]\n 0x402000 : main+0x1/0x9 [/bin/a]\n", count);
}

static inline void
say(const char *line)
{
	post_putf(&text, "%s\n", line);
}

/* The finding ID in the text so far, which is used up; NULL: it has none. */
static inline const struct post_finding *
get(enum post_finding_id id)
{
	post_findings_free(&found);
	post_account_free(&a);
	audit(&a, post_buf_str(&text));
	post_said_join(&a.said);
	post_judge(&found, &a);
	text.n = 0;
	return post_findings_get(&found, id);
}

static inline void
has(enum post_finding_id id, enum post_severity severity)
{
	const struct post_finding *f = get(id);

	if (f == NULL)
		fail_msg("no %s", post_finding_name(id));
	if (f->severity != severity)
		fail_msg("%s is %s, not %s", post_finding_name(id), post_severity_name(f->severity, POST_ENGLISH),
		    post_severity_name(severity, POST_ENGLISH));
}

static inline void
has_not(enum post_finding_id id)
{
	if (get(id) != NULL)
		fail_msg("%s", post_finding_name(id));
}

#endif
