/* SPDX-License-Identifier: BSD-2-Clause */
/* What was inspected, as findings: one for each module, and one for all the rest of them. */
#include "../base/path.h"
#include "inspect.h"

enum { TOLD_EACH = 8 };		/* modules with a finding of their own, of one kind */

struct kind {
	enum post_finding_id	 id;
	enum post_severity	 severity;
	bool			(*is)(const struct post_inspected *);
};

static bool
is_another(const struct post_inspected *one)
{
	return one->match == POST_MATCH_OTHER;
}

static bool
is_missing(const struct post_inspected *one)
{
	return one->match == POST_MATCH_MISSING;
}

static bool
cannot_be_unwound(const struct post_inspected *one)
{
	return post_inspected_lacks_unwind(one) && !one->kernel;
}

static const struct kind kinds[] = {
	{ POST_FOUND_NOT_THE_TRACED, POST_SHALLOW, is_another },
	{ POST_FOUND_MODULE_MISSING, POST_INFO, is_missing },
	{ POST_FOUND_NO_SYMBOLS, POST_INFO, post_inspected_lacks_symbols },
	{ POST_FOUND_NO_DWARF, POST_INFO, post_inspected_lacks_dwarf },
	{ POST_FOUND_NO_UNWIND, POST_SHALLOW, cannot_be_unwound },
};

static void
find(struct post_findings *to, const struct kind *k, const char *subject, uint64_t n, uint64_t value)
{
	struct post_finding *f = post_findings_add(to, k->id, k->severity);

	f->n = n;
	f->value = value;
	f->subject = post_path_copy(subject);
}

static void
find_kind(struct post_findings *to, const struct kind *k, const struct post_inspection *in)
{
	uint64_t told = 0, n = 0, value = 0;
	struct post_buf rest = { 0 };

	for (size_t i = 0; i < in->n; i++) {
		const struct post_inspected *one = &in->v[i];
		bool names = k->id == POST_FOUND_NOT_THE_TRACED;
		uint64_t of_one = names ? one->against : one->frames, of = names ? one->agree + one->against : 0;

		if (!k->is(one))
			continue;
		if (++told <= TOLD_EACH)
			find(to, k, one->name, of_one, of);
		else {
			n += of_one;
			value += of;
		}
	}
	if (told > TOLD_EACH) {
		post_putu(&rest, told - TOLD_EACH);
		post_puts(&rest, " more modules");
		find(to, k, rest.s, n, k->id == POST_FOUND_NOT_THE_TRACED ? value : told - TOLD_EACH);
	}
	post_buf_free(&rest);
}

void
post_inspection_find(const struct post_inspection *in, struct post_findings *to)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		find_kind(to, &kinds[i], in);
}
