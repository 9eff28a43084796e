/* SPDX-License-Identifier: BSD-2-Clause */
/* The words of bt-check's reports, in each language; what findings say is libpost's. */
#ifndef CHECK_WORDS_H
#define CHECK_WORDS_H

#include "../libpost/trace/judge.h"

enum check_word {
	CHECK_USABLE, CHECK_WITH_CARE, CHECK_NO_PROFILE, CHECK_UNREADABLE,	/* verdicts */
	CHECK_TOTAL, CHECK_STACKS, CHECK_FRAMES, CHECK_DEEPEST,
	CHECK_SAMPLES, CHECK_SUMS, CHECK_UNKNOWN_WEIGHT, CHECK_FOLDED,
	CHECK_MEANS, CHECK_REMEDY, CHECK_FIRST, CHECK_ASIDE,
	CHECK_NEXT_TIME, CHECK_EDITED, CHECK_NOT_GIVEN,
	CHECK_TRACER, CHECK_GONE, CHECK_CUT, CHECK_NO_MODULE, CHECK_QUOTING,
	CHECK_BEFORE, CHECK_FILES,
	CHECK_TRACE, CHECK_VERDICT, CHECK_FINDINGS,				/* heads of the table */
	CHECK_WORDS
};

const char	*check_word(enum check_word, enum post_lang);
enum check_word	check_worth(enum post_worth);
enum check_word	check_why(enum post_dash_d);

#endif
