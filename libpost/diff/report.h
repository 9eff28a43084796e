/* SPDX-License-Identifier: BSD-2-Clause */
/* What was found, for people and for machines.  No byte of a trace gets out unescaped. */
#ifndef POST_REPORT_H
#define POST_REPORT_H

#include "diff.h"

/* All that the reports tell besides the result.  Borrowed. */
struct post_report {
	const struct post_diff	*diff;
	const struct post_runs	*runs;
	const char		*rules;		/* hash of the rules for names */
	const char		*id;		/* of a comment, to be found again: letters, digits, "-", "_", "." */
	const char *const	*remark;	/* what is wrong with the traces: "FILE: [partial] max-action: ...", a line each, any bytes */
	size_t			 remarks;
	const char *const	*place;		/* by id of a name: "src/a.c:12" where the trace tells it; NULL: none does */
	bool			 explain;	/* tell what this design could have found */
	bool			 color;		/* text: for a terminal that shows colours */
	bool			 no_gate;	/* --no-fail: the verdict is told, and changes nothing */
};

enum post_report_form { POST_REPORT_TEXT, POST_REPORT_JSON, POST_REPORT_MD, POST_REPORT_JUNIT, POST_REPORT_GITHUB };

void	post_report_text(const struct post_report *, struct post_buf *);	/* report-text.c: a table, then one line on the gate */
void	post_report_json(const struct post_report *, struct post_buf *);	/* report-json.c: bt-diff/1, see bt-diff(1) */
void	post_report_md(const struct post_report *, struct post_buf *);		/* report-md.c: a comment under 60,000 bytes */
void	post_report_junit(const struct post_report *, struct post_buf *);	/* report-junit.c */
void	post_report_github(const struct post_report *, struct post_buf *);	/* report-github.c: workflow commands */

/*
 * The line on the gate: "fail: 1 function grew: f +5.22 points (5.54% -> 10.76%), q=1.8e-08";
 * "fail (not enforced): ...", "pass: ...", "pass (advisory): ...",
 * "insufficient data: WHY".  Names as they are: the caller escapes the line
 * for where it goes.
 */
void	post_report_verdict(const struct post_report *, struct post_buf *);

#endif
