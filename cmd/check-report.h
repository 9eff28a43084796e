/* SPDX-License-Identifier: BSD-2-Clause */
/* What bt-check found out about one trace, and how it is told. */
#ifndef CHECK_REPORT_H
#define CHECK_REPORT_H

#include "../libpost/sym/inspect.h"
#include "check-words.h"
#include "tool.h"

struct check {
	const char		*name;		/* of the trace */
	char *const		*messages;	/* files of messages, by the number that aside places have */
	const struct post_input	*in;
	struct post_run		 run;
	struct post_findings	 findings;	/* worst first */
	struct post_frames	 frames;
	struct post_inspection	 files;
	bool			 inspected;	/* files has something */
	bool			 unreadable;
	enum post_severity	 worst;		/* of the findings, and of what was found before it was folded */
	int			 status;	/* the exit status for it alone */
};

/* The report on one trace, in words. */
void	check_put_report(struct post_buf *, const struct check *, enum post_lang);

/* The table of several: its head, and a row. */
void	check_put_head(struct post_buf *, size_t name_columns, enum post_lang);
void	check_put_row(struct post_buf *, const struct check *, size_t name_columns, enum post_lang);

/* check-json.c: one object, as bt-check(1) has it. */
void	check_put_json(struct post_buf *, const struct check *, enum post_lang);

#endif
