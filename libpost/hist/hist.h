/* SPDX-License-Identifier: BSD-2-Clause */
/* Histograms: what @hist_log and @hist_linear counted, bucket by bucket. */
#ifndef POST_HIST_H
#define POST_HIST_H

#include "../base/buf.h"

enum post_hist_kind {
	POST_HIST_LOG,		/* ..., -2, -1, 0, 1, 2, 4, ... */
	POST_HIST_LINEAR	/* start + i * interval, and what is under and over */
};

/* How the heading's line was written. */
enum post_hist_style {
	POST_HEAD_NONE,
	POST_HEAD_TEXT,		/* as it is */
	POST_HEAD_BARS,		/* "=== HEADING ===" */
	POST_HEAD_COLON		/* "HEADING:" */
};

/* The names in "min/avg/max: 1/2/3", in some order. */
enum post_hist_stat { POST_HIST_MIN, POST_HIST_AVG, POST_HIST_MAX, POST_HIST_STATS };

enum { POST_HIST_ROWS = 4096 };	/* buckets of a histogram; stap has at most 128 unless told otherwise */

/*
 * Buckets follow each other without a hole; those that stap did not print
 * ("~") are there with a count of 0.
 */
struct post_hist {
	struct post_str		 heading;	/* without its decoration; empty: none */
	enum post_hist_style	 style;
	bool			 samples;	/* "for N samples" stood behind the heading */
	struct post_str		 unit;		/* "us", "ms", "bytes", ...; empty: not told */
	struct post_str		 stats_label;	/* "min/avg/max: ", as it stood there; empty: no such line */
	enum post_hist_stat	 order[POST_HIST_STATS];	/* of the numbers in that line */
	int64_t			 stat[POST_HIST_STATS];	/* by name; meaningful with a stats_label */

	enum post_hist_kind	 kind;
	int			 first;		/* log: the number of the first bucket; 0 holds 0, 1 holds 1, -1 holds -1, 2 holds 2 and 3 */
	int64_t			 start;		/* linear: the low bound of the first bucket that has one */
	int64_t			 interval;	/* linear: its width; 0: there is just one such bucket, and it is not known */
	bool			 under, over;	/* linear: the first bucket is "<start", the last one ">last" */
	uint64_t		*count;
	size_t			 n;
	uint64_t		 total;		/* the sum of all counts; never over 2^64-1 */

	unsigned		 label_width;	/* columns that labels took; 0: as many as they need */
	unsigned		 bar_width;	/* columns of a full bar: 50 */
	bool			 unelided;	/* every row was printed, as stap before 1.0 does */
	uint64_t		 line;		/* where its head stood */

	char			*text;		/* the memory of the strings */
};

void	post_hist_free(struct post_hist *);	/* and the struct itself; NULL is nothing */

/* A copy that owns all it points to. */
struct post_hist	*post_hist_copy(const struct post_hist *);

/* Give H copies of these strings, which may be its own. */
void	post_hist_keep_strings(struct post_hist *, struct post_str heading, struct post_str unit, struct post_str stats_label);

/* The values that a bucket holds: LOW to LAST, both in it. */
struct post_hist_bounds {
	bool	has_low, has_last;
	int64_t	low, last;
};

/*
 * Of bucket I.  What is under a linear histogram has no low, what is over it
 * no last bound; "over" begins behind the whole of the last bucket, and an
 * unknown interval counts as 1 there.
 */
struct post_hist_bounds	post_hist_bounds(const struct post_hist *, size_t i);

/* The label that stap prints in front of bucket I: "8", "-2", "<0", ">90". */
void	post_hist_put_label(struct post_buf *, const struct post_hist *, size_t i);

/* "[8, 16)", "< 0", ">= 100": V belongs there or it does not. */
void	post_hist_put_bounds(struct post_buf *, const struct post_hist_bounds *);

/* A number with a sign; LAST + 1, even if that is 2^63. */
void	post_hist_put_signed(struct post_buf *, int64_t);
void	post_hist_put_behind(struct post_buf *, int64_t last);

/*
 * The bucket of the nearest rank: the first one up to which there are at
 * least PERCENT (1 to 100) percent of all counts.  Nothing is interpolated.
 * H has a total over 0.
 */
size_t	post_hist_percentile(const struct post_hist *, unsigned percent);

/* "p99 in [8, 16)" or "p99 >= 100". */
void	post_hist_put_percentile(struct post_buf *, const struct post_hist *, unsigned percent);

/* The largest value: "max 42" as the trace says, else "max in [32, 64)". */
void	post_hist_put_max(struct post_buf *, const struct post_hist *);

/* How much of the total N is, in thousandths of a percent, rounded down; 0 of nothing. */
uint64_t	post_hist_share(const struct post_hist *, uint64_t n);

/* "12.3%", rounded down, of thousandths of a percent. */
void	post_hist_put_share(struct post_buf *, uint64_t share);

/* Is bucket I in a run of zeros that stap writes as "~"? */
bool	post_hist_elided(const struct post_hist *, size_t i);

/* Do A and B count the same buckets, so that they can be added, or drawn over each other? */
bool	post_hist_fit(const struct post_hist *a, const struct post_hist *b);

/* Which buckets there are, counted from a place that all that fit share. */
struct post_hist_extent {
	__int128	low, high;	/* of those that have a low bound: the first, and behind the last */
	bool		under, over;
};

struct post_hist_extent	post_hist_extent(const struct post_hist *);

/*
 * Widen A by B, of histograms of the same kind, unit and interval.  Returns 0,
 * or -1 and A is as it was: their ends do not fit, or they have over
 * POST_HIST_ROWS buckets together.
 */
int	post_hist_join(struct post_hist_extent *a, const struct post_hist_extent *b);

/*
 * Add B to A, which fits: counts bucket by bucket, the smaller min, the larger
 * max, and the mean of the averages weighted by the totals, rounded to 0; no
 * stats unless both have them.
 * Returns 0, or -1 when a total passes 2^64-1 or the buckets POST_HIST_ROWS; A is as it was then.
 */
int	post_hist_add(struct post_hist *a, const struct post_hist *b);

/* Widen A's buckets to those of B, which fits.  Returns 0, or -1 and A is as it was: too many. */
int	post_hist_widen(struct post_hist *a, const struct post_hist *b);

/* As stap prints it: the heading's line and the stats, what a terminal would obey escaped, and the rows to the empty line. */
void	post_hist_put_stap(struct post_buf *, const struct post_hist *);

/*
 * Redrawn for a terminal of COLUMNS (at least 40), with the blocks of Unicode
 * or in ASCII.  SOURCE (empty: none) stands behind the heading.  A heading, or
 * labels beside the narrowest bar, may take more columns.
 */
void	post_hist_put_text(struct post_buf *, const struct post_hist *, struct post_str source, unsigned columns, bool unicode);

#endif
