/* SPDX-License-Identifier: BSD-2-Clause */
/* Findings: what is wrong with a trace, or worth knowing before one believes it. */
#ifndef POST_FINDING_H
#define POST_FINDING_H

#include "../base/buf.h"
#include "notes.h"

/* What it does to the picture; the order is that of badness. */
enum post_severity {
	POST_INFO,		/* nothing: good to know */
	POST_SHALLOW,		/* stacks are short, or frames have wrong names or none */
	POST_BIASED,		/* the samples kept are not a fair choice of those taken */
	POST_PARTIAL,		/* a part of the output is missing */
	POST_FATAL,		/* this is no profile */
	POST_SEVERITIES
};

/*
 * What was found.  Behind each: what n counts, what value is, whom subject
 * names; "-" where there is none.  Each has a name for machines, which never
 * changes: "truncated-stacks" of POST_FOUND_TRUNCATED_STACKS.
 */
enum post_finding_id {
	POST_FOUND_NOTHING,

	/* In the stacks. */
	POST_FOUND_NO_STACKS,		/* stacks that count 0, -, - */
	POST_FOUND_DEBUG_UNWIND,	/* debug lines, -, -: the profile is destroyed */
	POST_FOUND_DEBUG_LINES,		/* debug lines, -, -: the stacks between them are whole */
	POST_FOUND_BULK_MODE,		/* -, -, - */
	POST_FOUND_DAMAGED_INPUT,	/* operands, -, the message of the reader */
	POST_FOUND_PARTIAL_STACK,	/* stacks without a count, -, - */
	POST_FOUND_SPLICED_LINES,	/* lines, -, - */
	POST_FOUND_NEGATIVE_COUNTS,	/* stacks, -, - */
	POST_FOUND_COUNT_OVERFLOW,	/* counts, -, - */
	POST_FOUND_TOO_DEEP,		/* stacks, POST_STACK_MAX, - */
	POST_FOUND_MALFORMED_LINES,	/* folded lines, -, - */
	POST_FOUND_TRUNCATED_STACKS,	/* stacks, MAXSTRINGLEN or 0 when unknown, - */
	POST_FOUND_TRUNCATED_LUA,	/* stacks, MAXSTRINGLEN or 0, - */
	POST_FOUND_MAX_BACKTRACE,	/* stacks, MAXBACKTRACE, - */
	POST_FOUND_LUA_DEPTH,		/* stacks, the tool's limit of frames, - */
	POST_FOUND_EMPTY_STACKS,	/* counts without a stack, -, - */
	POST_FOUND_LIMIT_REACHED,	/* stacks, the limit of -l, - */
	POST_FOUND_SMALL_DROPPED,	/* stacks, the smallest count, -: the tool drops what it saw less often */
	POST_FOUND_SUMMED_WEIGHTS,	/* counts larger than the one before, -, - */
	POST_FOUND_CONCATENATED,	/* -, dumps in the file, - */
	POST_FOUND_LOW_TOTAL,		/* -, the total, the 95 % intervals of a 1 % and a 10 % frame */
	POST_FOUND_UNRESOLVED,		/* frames, -, the worst modules with their shares */
	POST_FOUND_BARE_MODULES,	/* modules without one resolved frame, -, their names */
	POST_FOUND_NORETURN_CALLERS,	/* frames shown as the start of the next function, -, - */
	POST_FOUND_TRACER_FRAMES,	/* frames of the tracer itself, -, - */
	POST_FOUND_GARBAGE_FRAMES,	/* stacks that end in addresses of nothing, -, - */
	POST_FOUND_MIXED_LAYOUTS,	/* -, -, the layouts */
	POST_FOUND_KERNEL_AND_USER,	/* stacks with kernel frames, -, - */
	POST_FOUND_UNNAMED_LUA,		/* frames whose chunk has no name, -, - */
	POST_FOUND_UNKNOWN_LINES,	/* lines that belong to no stack, -, - */

	/* In what stap said; n counts messages, but for value. */
	POST_FOUND_MAX_ACTION,		/* ERROR: MAXACTION exceeded */
	POST_FOUND_ARRAY_OVERFLOW,	/* ERROR: Array overflow; value: the declared size or 0; subject: the array */
	POST_FOUND_MAX_SKIPPED,		/* ERROR: Skipped too many probes */
	POST_FOUND_SKIPPED_PROBES,	/* WARNING: Number of errors: E, skipped probes: S; value: S */
	POST_FOUND_SCRIPT_ERRORS,	/* the same; value: E */
	POST_FOUND_OVERLOAD,		/* ERROR: probe overhead ... exceeded threshold */
	POST_FOUND_LOCK_TIMEOUT,	/* Skipped due to global lock timeout; value: probes; subject: the variable */
	POST_FOUND_LOCK_CONTENTION,	/* lock contention occurred N times; value: N; subject: the variable */
	POST_FOUND_LOW_STACK,		/* Skipped due to low stack; value */
	POST_FOUND_REENTRANCY,		/* Skipped due to reentrancy; value */
	POST_FOUND_UPROBE_FAILURE,	/* Skipped due to uprobe (un)register failure; value */
	POST_FOUND_MISSED_PROBES,	/* Skipped due to missed kretprobe or kprobe; value; subject: the probe */
	POST_FOUND_MISSING_UNWIND,	/* Missing unwind data; subject: the module; see message.h */
	POST_FOUND_UNKNOWN_UNWIND,	/* Missing unwind data for (unknown): JIT code, vdso or garbage */
	POST_FOUND_MISSING_SYMBOLS,	/* missing unwind/symbol data for module 'X', when translating; subject */
	POST_FOUND_SLOW_UNWIND,		/* no binary search table, bad debug frame hdr: harmless */
	POST_FOUND_UNREADABLE_MEMORY,	/* _stp_read_address failed */
	POST_FOUND_BAD_CFI,		/* DWARF expression stack underflow in CFI, and its kind */
	POST_FOUND_TABLE_TOO_BIG,	/* skipping module X ... table (too big); subject */
	POST_FOUND_BUILD_ID_MISMATCH,	/* subject: the file */
	POST_FOUND_TRANSPORT_FAILURES,	/* transport failures, lost messages; value: how many */
	POST_FOUND_LOST_DIAGNOSTICS,	/* too many pending ... messages; deduplication table full */
	POST_FOUND_USER_STRING_FAULT,	/* WARNING: user string copy fault */
	POST_FOUND_READ_FAULT,		/* ERROR: read fault, ERROR: user string copy fault */
	POST_FOUND_EMPTY_AGGREGATE,	/* ERROR: empty aggregate */
	POST_FOUND_SCRIPT_ERROR,	/* ERROR: division by 0, MAXNESTING, ...; subject: the text */
	POST_FOUND_STACK_END,		/* ERROR: reached end of stack before unwinding to level N */
	POST_FOUND_NOT_PLACED,		/* probe registration error; subject: the probe */
	POST_FOUND_NOT_STARTED,		/* Couldn't insert module, semantic and parse errors; subject: the text */
	POST_FOUND_RUN_FAILED,		/* Pass 5: run failed, staprun exited with status */
	POST_FOUND_NO_BACKTRACES,	/* No backtraces found, Too few backtraces */
	POST_FOUND_JITTED,		/* Found N JITted samples; value: N */
	POST_FOUND_NO_END,		/* a sampler said that it began, none that its time is up */
	POST_FOUND_OTHER_ERROR,		/* any other ERROR; subject: the text of the first */
	POST_FOUND_OTHER_WARNING,	/* any other WARNING; subject: the text of the first */

	/* In the files of the traced machine; subject: the module. */
	POST_FOUND_NOT_THE_TRACED,	/* names that contradict the file, names compared */
	POST_FOUND_MODULE_MISSING,	/* frames, modules when it is of several */
	POST_FOUND_NO_SYMBOLS,		/* frames, modules when it is of several */
	POST_FOUND_NO_DWARF,		/* frames, modules when it is of several */
	POST_FOUND_NO_UNWIND,		/* frames, modules when it is of several */

	POST_FINDINGS
};

struct post_finding {
	enum post_finding_id	id;
	enum post_severity	severity;
	uint64_t		n;		/* see the list */
	uint64_t		value;
	double			stacks, weight;	/* the share of all stacks, and of the total: 0 to 1, or -1 for none */
	char			*subject;	/* owned; NULL: none */
	struct post_place	first;		/* where it was seen first */
	bool			has_place;
	bool			aside;		/* the place is in a file of messages, not in the trace */
};

/* { 0 } is empty. */
struct post_findings {
	struct post_finding	*v;
	size_t			 n, cap;
};

/* One more, of ID, with no shares, subject or place: the caller's to fill in until the next one is added. */
struct post_finding	*post_findings_add(struct post_findings *, enum post_finding_id, enum post_severity);

/* Append a share, 0 to 1, as "12.3%"; what is neither 0 nor seen so is "under 0.1%". */
void			 post_put_percent(struct post_buf *, double share);

/* Worst first; among equals the larger share of weight, then the order of the list above. */
void			 post_findings_sort(struct post_findings *);

/* NULL: there is none. */
const struct post_finding	*post_findings_get(const struct post_findings *, enum post_finding_id);

/* The worst severity, POST_INFO when there is nothing. */
enum post_severity	 post_findings_worst(const struct post_findings *);
void			 post_findings_free(struct post_findings *);

/* Texts, in a language. */
enum post_lang { POST_ENGLISH, POST_CHINESE, POST_LANGS };

const char	*post_finding_name(enum post_finding_id);			/* "truncated-stacks" */
const char	*post_severity_name(enum post_severity, enum post_lang);	/* "shallow" */
void		 post_finding_put(struct post_buf *, const struct post_finding *, enum post_lang);	/* what was found: "2 stacks were cut by MAXSTRINGLEN=512" */
const char	*post_finding_meaning(enum post_finding_id, enum post_lang);	/* what it means for the picture */
const char	*post_finding_remedy(enum post_finding_id, enum post_lang);	/* what to do; "" where nothing is to be done */

#endif
