/* SPDX-License-Identifier: BSD-2-Clause */
/* Histograms, and the other reports of the samplers, out of lines of text. */
#ifndef POST_HIST_READ_H
#define POST_HIST_READ_H

#include "../base/err.h"
#include "hist.h"

/* A line of a report that is no histogram. */
enum post_record_kind {
	POST_RECORD_FILE,	/* accessed-files: "#1: 10 times, 720 bytes reads in file index.html." */
	POST_RECORD_QUEUE,	/* tcp-accept-queue: "[TIME] SYN queue is overflown: 129 > 128" */
	POST_RECORD_BLOCKED,	/* epoll-loop-blocking: "[EPOCH] epoll loop blocked for 15ms (file IO: 7ms)" */
	POST_RECORD_KINDS
};

/* The views are into the reader's memory: keep what is to be kept. */
struct post_record {
	enum post_record_kind	kind;
	struct post_str		what;	/* FILE: "reads", "writes", "reads/writes"; QUEUE: "SYN", "ACK backlog" */
	struct post_str		name;	/* FILE: the file; QUEUE, BLOCKED: the time as it was printed */
	uint64_t		a, b;	/* FILE: times, bytes; QUEUE: length, limit; BLOCKED: ms, ms in file IO */
	uint64_t		rank;	/* FILE: from 1 */
	bool			has_b;	/* BLOCKED: file IO was told */
};

/* The memory of a line of rows: private to read.c and build.c. */
struct post_hist_raw;

/* What is read: set the calls and arg, the rest is 0. */
struct post_hist_reader {
	void	(*hist)(void *arg, struct post_hist *);	/* it is the callee's now */
	void	(*record)(void *arg, const struct post_record *);
	/* What is wrong, with its place; LOST: something had to be left out. */
	void	(*report)(void *arg, const struct post_err *, bool lost);
	void	*arg;

	bool	no_samples;	/* a sampler said that it found nothing; what it said: */
	char	said[160];

	/* Private to read.c. */
	struct post_buf		 plain, heading, stats_label;
	enum post_hist_style	 style;
	bool			 samples;
	enum post_hist_stat	 order[POST_HIST_STATS];
	int64_t			 stat[POST_HIST_STATS];
	size_t			 indent;	/* of the heading or the stats */
	bool			 placed;	/* indent is known */
	struct post_hist_raw	*raw;		/* the rows so far */
	bool			 open;		/* inside a histogram */
	bool			 headless;	/* inside rows that have no head; that was told */
	uint64_t		 line, byte;	/* of the line being read */
};

/*
 * Read a line, given without its "\n"; ENDED: it had one.  BYTE is its offset.
 * A "\r" at its end, colours, and U+FEFF and TABs in front are not looked at.
 * Cost: a look at the first bytes of a line that is nothing here.
 */
void	post_hist_read_line(struct post_hist_reader *, struct post_str line, bool ended, uint64_t byte);

/* The input ends: lines count from 1 again, and nothing of this one is left for the next. */
void	post_hist_read_end(struct post_hist_reader *);

void	post_hist_read_free(struct post_hist_reader *);

#endif
