/* SPDX-License-Identifier: BSD-2-Clause */
/* Which group a trace is of, by its name and its time. */
#ifndef POST_BATCH_GROUP_H
#define POST_BATCH_GROUP_H

#include "../base/buf.h"
#include "../base/err.h"

/*
 * A template: text with {dir} (the directories of the name, "." when there
 * are none), {date} (2026-11-20 or 20261120 in the name, and else the day of
 * the file, UTC), {host} (the last part of the name up to its first "."),
 * {name} (the name without its endings), and, of a regular expression for
 * names, {its named groups}; "{{" is a brace.
 */
struct post_grouping {
	const char	*template;	/* borrowed */

	/* Private to group.c. */
	struct pcre2_real_code_8	*code;
	struct pcre2_real_match_data_8	*data;
};

/* REGEX may be NULL.  Returns 0, or -1 with *err: POST_EUSAGE. */
int	post_grouping_init(struct post_grouping *, const char *template, const char *regex, struct post_err *err);
void	post_grouping_free(struct post_grouping *);

/* Append the group of the trace NAME, whose file is of MTIME (ns since 1970).  Named groups that do not match are empty. */
void	post_put_group(struct post_grouping *, struct post_str name, int64_t mtime, struct post_buf *);

/* Append TEMPLATE with {name} and {group} replaced by these; other braces are text. */
void	post_put_title(struct post_buf *, const char *template, const char *name, const char *group);

/*
 * Seconds since 1970 of the first day that NAME has in it, as 2026-11-20 or
 * 20261120, with the time of day when one follows: T1530, _15-30-00, 153000;
 * without a day of MTIME.  All is UTC.
 */
int64_t	post_time_of(struct post_str name, int64_t mtime);

#endif
