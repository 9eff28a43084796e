/* SPDX-License-Identifier: BSD-2-Clause */
/* What the reports have in common.  Private to report*.c. */
#ifndef POST_REPORT_PUT_H
#define POST_REPORT_PUT_H

#include "report.h"

/* Appends a name, escaped for where it goes. */
typedef void	post_report_name_fn(struct post_buf *, struct post_str);

/* The names of what the reports call alike. */
struct post_str	 post_report_name(const struct post_report *, uint32_t id);
const char	*post_report_mode(const struct post_report *);		/* "share", "work" */
const char	*post_report_gate(const struct post_report *);		/* "func", "ci", "none" */
const char	*post_report_source(const struct post_report *);	/* of the noise: "replicates", "baseline", "assumed" */
const char	*post_report_unit(const struct post_report *);		/* of a change: "points" */
const char	*post_report_side(enum post_diff_side);			/* "base", "new" */

struct post_count post_report_samples(const struct post_report *, enum post_diff_side);	/* of all its runs */

/* Parts of all samples, of which it is told what change could have been seen. */
enum { POST_REPORT_SHARES = 5 };
extern const double post_report_shares[POST_REPORT_SHARES];

/* What is said of a function. */
enum post_report_said {
	POST_SAID_NOTHING,
	POST_SAID_FAILS,	/* it grew, and so the verdict is "fail" */
	POST_SAID_GREW,		/* it grew, and that changes nothing */
	POST_SAID_MOVED,	/* it grew by what others lost */
	POST_SAID_SHARE		/* only its share grew, because others shrank */
};

enum post_report_said	post_report_said(const struct post_report *, const struct post_function *);
bool			post_report_is_culprit(const struct post_report *, uint32_t name);	/* one that is told, by its own samples */
size_t			post_report_told(const struct post_report *);	/* how many culprits are told */
bool			post_report_enforced(const struct post_report *);	/* the verdict is "fail", and not for --no-fail */
void			post_report_verdict_by(const struct post_report *, struct post_buf *, post_report_name_fn *name);

/* "1 run", "2 runs" */
void	post_report_put_many(struct post_buf *, uint64_t n, const char *one);

/* Numbers.  One that is none (infinite, not a number) is "-". */
void	post_report_put_amount(const struct post_report *, struct post_buf *, double);	/* "5.54%"; of work: "1.234" */
void	post_report_put_change(const struct post_report *, struct post_buf *, double);	/* "+5.22", without its unit */
void	post_report_put_relative(struct post_buf *, const struct post_change_seen *);	/* "+94.2%", "x12.5", "new" */
void	post_report_put_chance(struct post_buf *, double);				/* of a p or q: "1.8e-08" */
/* "+5.22 points (5.54% -> 10.76%), q=0.01" */
void	post_report_put_seen(const struct post_report *, struct post_buf *, const struct post_change_seen *);

/* Sentences and parts of them, without names. */
void	post_report_put_size(const struct post_report *, struct post_buf *, enum post_diff_side);	/* "5 runs, 24981 samples" */
void	post_report_put_noise(const struct post_report *, struct post_buf *);
void	post_report_put_limits(const struct post_report *, struct post_buf *);	/* when a function is called changed */

/*
 * A path as folded lines have it, "a;b;c".  Of more than MOST frames those in
 * the middle are left out.  Names as they are.
 */
void	post_report_put_path(const struct post_report *, struct post_buf *, struct post_path, size_t most);

/*
 * The rule "OLD=NEW" for post_canon_map, names as they are.  Returns false,
 * and appends nothing, when there is none: OLD ends in a backslash.
 */
bool	post_report_put_map(const struct post_report *, struct post_buf *, const struct post_renamed *);

/* --map with that rule, for a shell.  Returns false, and appends nothing, when there is none or a terminal would not show it as it is. */
bool	post_report_put_option(const struct post_report *, struct post_buf *, const struct post_renamed *);

/* For a terminal, and for the log of a CI job. */
post_report_name_fn	post_report_put_log;

/* S, which is well-formed UTF-8, with its middle left out when it has more than MOST characters; MOST is at least 8. */
void	post_report_put_cut(struct post_buf *, struct post_str s, size_t most);

#endif
