/* SPDX-License-Identifier: BSD-2-Clause */
/* What the reader's parts tell each other. */
#ifndef POST_HIST_RAW_H
#define POST_HIST_RAW_H

#include "read.h"

/* A row as it was printed. */
struct post_hist_row {
	int64_t		label;
	uint64_t	count, bar;
	uint64_t	line, byte;
	char		mark;		/* '<', '>' or NUL */
	bool		gap;		/* "~", or a row that was left out, stood before it */
	bool		elided;		/* it was "~" */
};

struct post_hist_raw {
	struct post_hist_row	*row;
	size_t			 n, cap;
	bool			 gap, elided;	/* before the next row */
	bool			 lost;		/* a row was left out */
	bool			 damaged;	/* the last row was */
	size_t			 length;	/* of a whole row's line; 0: not known yet */
	size_t			 head;		/* columns in front of " |" in the head */
	unsigned		 bar_width;
	uint64_t		 line, byte;	/* of the head */
};

/* Take PREFIX off *S, if it begins so. */
static inline bool
post_hist_take(struct post_str *s, struct post_str prefix)
{
	if (!post_str_starts(*s, prefix))
		return false;
	*s = post_str_from(*s, prefix.n);
	return true;
}

enum post_row { POST_ROW_NONE, POST_ROW_GOOD, POST_ROW_DAMAGED, POST_ROW_RANGE };

/* Is LINE a row?  DAMAGED: its count is not there; RANGE: a number is too large. */
enum post_row	post_hist_parse_row(struct post_str line, struct post_hist_row *);

/* Is LINE the head of a histogram?  *COLUMNS stand before " |", *WIDTH is that of a full bar. */
bool		post_hist_parse_head(struct post_str line, size_t *columns, unsigned *width);

/* "min/avg/max: 1/2/3", in any order and with text before it: *LABEL is all up to the numbers. */
bool		post_hist_parse_stats(struct post_str line, struct post_str *label, enum post_hist_stat order[],
		    int64_t stat[]);

/* A heading without its decoration. */
struct post_str	post_hist_parse_heading(struct post_str line, enum post_hist_style *, bool *samples);

/* "us" of "... (in us)", or what else is told there; empty when nothing is. */
struct post_str	post_hist_unit(struct post_str heading);

/* All of S as a number with a sign.  Returns 0, or -1: none, or POST_COUNT_RANGE. */
int		post_hist_parse_signed(struct post_str s, int64_t *);

/* Is LINE one of the other reports?  It is then in *R. */
bool		post_hist_parse_record(struct post_str line, struct post_record *r);

/*
 * The histogram of R's rows, with heading and stats; NULL, all told to R's
 * report: nothing is left of it.  ENDED: a blank line stood behind it.
 */
struct post_hist	*post_hist_build(struct post_hist_reader *, bool ended);

/* Tell R's caller what is wrong there. */
static inline void
post_hist_report(struct post_hist_reader *r, uint64_t line, uint64_t byte, bool lost, const char *text)
{
	struct post_err err;

	post_fail(&err, POST_EFORMAT, "%s", text);
	err.line = line;
	err.byte = byte;
	err.has_byte = 1;
	r->report(r->arg, &err, lost);
}

#endif
