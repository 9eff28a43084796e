/* SPDX-License-Identifier: BSD-2-Clause */
/* What stap, staprun and the samplers say of a run, and what it means. */
#ifndef POST_MESSAGE_H
#define POST_MESSAGE_H

#include "finding.h"

/* What a line says that is no finding, but worth knowing of the run. */
enum post_banner {
	POST_BANNER_NONE,
	POST_BANNER_BEGIN,	/* Tracing PID (EXE) ...; Start tracing ...: pid, subject is EXE */
	POST_BANNER_END,	/* Time's up; or Hit Ctrl-C to end: no other end will be announced */
	POST_BANNER_NAMED	/* as BEGIN, of tools that do not say when they end */
};

struct post_message {
	enum post_finding_id	id;		/* POST_FOUND_NOTHING: harmless, or no message */
	enum post_banner	banner;
	uint64_t		value;		/* as the list of findings says; 0: none */
	uint64_t		pid;		/* of a banner, the first of several; 0: none */
	struct post_str		subject;	/* view into the line; n of 0: none */
};

/*
 * What LINE says, given without line end.  Colour, and the tags of stap's translations (ATTENTION, UWAGA,
 * VAROVANI, CHYBA, ERREUR), are seen through; texts that stap 1.0 to 5.5 print are known (bt(5)).
 * BUF takes the line when colour has to come out of it; it backs the views then.
 * A second value, of WARNING: Number of errors: E, skipped probes: S, is asked for with post_message_errors.
 * Cost: one look at the beginning, a few searches in what follows.
 */
void	post_message_read(struct post_str line, struct post_buf *buf, struct post_message *out);

/* E of "Number of errors: E, skipped probes: S"; 0 for all other lines. */
uint64_t post_message_errors(struct post_str line);

/* May stap -d be given this module?  Not the tracer's own (stap_HEX_PID), nor a file that was deleted or prelinked since. */
enum post_dash_d {
	POST_DASH_D,		/* yes */
	POST_DASH_D_TRACER,	/* no: the tracer itself */
	POST_DASH_D_GONE,	/* no: the file was replaced while it was mapped; restart the target */
	POST_DASH_D_CUT,	/* no: a path over 60 bytes, of which the beginning is missing */
	POST_DASH_D_UNKNOWN	/* no: no module, "(unknown; ...)" */
};
enum post_dash_d	post_message_dash_d(struct post_str module);

#endif
