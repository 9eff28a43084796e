/* SPDX-License-Identifier: BSD-2-Clause */
/* The texts of findings, as finding-put.c reads them. */
#ifndef POST_FINDING_TEXT_H
#define POST_FINDING_TEXT_H

#include "finding.h"

/*
 * "what" is a template: {n}, {value} and {subject} are those of the finding;
 * {n?stack|stacks} and {value?a|b} are the first for 1 and the second for all
 * else; {if value}...{else}...{end}, of n and subject too, is what stands
 * first unless the number is 0 or the subject empty.  These do not nest.
 */
struct post_finding_text {
	const char	*name;
	struct {
		const char	*what, *meaning, *remedy;
	}		 in[POST_LANGS];
};

extern const struct post_finding_text post_finding_texts[POST_FINDINGS];

#endif
