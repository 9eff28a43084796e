/* SPDX-License-Identifier: BSD-2-Clause */
#include "notes.h"

static const struct kind {
	enum post_gravity	 gravity;
	const char		*one, *many;
} kinds[POST_NOTES] = {
	[POST_NOTE_NONE]	 = { POST_GRAVITY_INFO, "", "" },
	[POST_NOTE_WARNING]	 = { POST_GRAVITY_INFO, "WARNING line of stap", "WARNING lines of stap" },
	[POST_NOTE_ERROR]	 = { POST_GRAVITY_WARN, "ERROR line of stap: the dump may be incomplete",
	    "ERROR lines of stap: the dump may be incomplete" },
	[POST_NOTE_PASS]	 = { POST_GRAVITY_INFO, "pass line of stap", "pass lines of stap" },
	[POST_NOTE_TRANSLATOR]	 = { POST_GRAVITY_INFO, "line of stap's translator", "lines of stap's translator" },
	[POST_NOTE_BANNER]	 = { POST_GRAVITY_INFO, "banner line of the sampler", "banner lines of the sampler" },
	[POST_NOTE_REPORT]	 = { POST_GRAVITY_INFO, "line of a report", "lines of reports and histograms" },
	[POST_NOTE_NO_BACKTRACE] = { POST_GRAVITY_INFO, "sample without a stack", "samples without a stack" },
	[POST_NOTE_DEBUG]	 = { POST_GRAVITY_WARN, "debug line of stap: made with -DDEBUG_UNWIND this is no profile",
	    "debug lines of stap: made with -DDEBUG_UNWIND this is no profile" },
	[POST_NOTE_TEXT]	 = { POST_GRAVITY_WARN, "line that belongs to no stack is left out",
	    "lines that belong to no stack are left out" },
	[POST_NOTE_CUT]		 = { POST_GRAVITY_WARN, "Lua stack was cut by MAXSTRINGLEN: its root is missing",
	    "Lua stacks were cut by MAXSTRINGLEN: their roots are missing" },
	[POST_NOTE_TRUNCATED]	 = { POST_GRAVITY_WARN, "stack was cut by MAXSTRINGLEN: its root is [truncated]",
	    "stacks were cut by MAXSTRINGLEN: their roots are [truncated]" },
	[POST_NOTE_SPLICED]	 = { POST_GRAVITY_WARN, "spliced line: stap lost a part of its output",
	    "spliced lines: stap lost parts of its output" },
	[POST_NOTE_EMPTY]	 = { POST_GRAVITY_WARN, "count without a stack is kept at the root",
	    "counts without a stack are kept at the root" },
	[POST_NOTE_PARTIAL]	 = { POST_GRAVITY_WARN, "last stack without a count is left out: the dump was aborted",
	    "last stacks without a count are left out: the dumps were aborted" },
	[POST_NOTE_NEGATIVE]	 = { POST_GRAVITY_LOST, "stack with a negative count is left out",
	    "stacks with a negative count are left out" },
	[POST_NOTE_OVERFLOW]	 = { POST_GRAVITY_LOST, "count over 18446744073709551615 or with over 18 decimals is left out",
	    "counts over 18446744073709551615 or with over 18 decimals are left out" },
	[POST_NOTE_TOO_DEEP]	 = { POST_GRAVITY_LOST, "stack of over 1048576 frames is left out",
	    "stacks of over 1048576 frames are left out" },
	[POST_NOTE_MALFORMED]	 = { POST_GRAVITY_LOST, "folded line without a count is left out",
	    "folded lines without a count are left out" },
};

static int
before(const struct post_place *a, const struct post_place *b)
{
	return a->seq != b->seq ? a->seq < b->seq : a->line < b->line;
}

void
post_notes_add(struct post_notes *notes, enum post_note kind, const struct post_place *at)
{
	if (notes->kind[kind].n++ == 0 || before(at, &notes->kind[kind].first))
		notes->kind[kind].first = *at;
}

void
post_notes_merge(struct post_notes *into, const struct post_notes *from)
{
	int k;

	for (k = 0; k < POST_NOTES; k++) {
		if (from->kind[k].n == 0)
			continue;
		if (into->kind[k].n == 0 || before(&from->kind[k].first, &into->kind[k].first))
			into->kind[k].first = from->kind[k].first;
		into->kind[k].n += from->kind[k].n;
	}
}

enum post_gravity
post_note_gravity(enum post_note kind)
{
	return kinds[kind].gravity;
}

const char *
post_note_text(enum post_note kind, uint64_t n)
{
	return n == 1 ? kinds[kind].one : kinds[kind].many;
}
