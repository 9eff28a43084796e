/* SPDX-License-Identifier: BSD-2-Clause */
#include "../libpost/base/json.h"
#include "check-files.h"

static const char *const matches[POST_MATCHES] = {
	[POST_MATCH_TRACED] = "traced", [POST_MATCH_PROBABLE] = "probable", [POST_MATCH_UNSURE] = "unsure", [POST_MATCH_REPLACED] = "replaced",
	[POST_MATCH_OTHER] = "other", [POST_MATCH_MISSING] = "missing", [POST_MATCH_NOT_ASKED] = "not asked", [POST_MATCH_TRACER] = "tracer",
};
static const char *const symbols[] = { "none", "dynsym", "debugdata", "symtab" };
static const char *const debug_places[] = { "none", "own", "build-id", "debuglink" };
static const char *const alts[] = { "none", "found", "missing" };
static const char *const unwinds[] = { "eh_frame", "eh_frame_hdr", "debug_frame" };

static void
put_build_id(struct post_buf *b, const struct post_contents *c)
{
	post_put_json_key(b, "build_id");
	post_puts(b, c->n_build_id > 0 ? "\"" : "null");
	for (size_t i = 0; i < c->n_build_id; i++)
		post_putx(b, c->build_id[i], 2);
	post_puts(b, c->n_build_id > 0 ? "\"" : "");
}

static void
put_unwind(struct post_buf *b, unsigned unwind)
{
	bool more = false;

	post_put_json_key(b, "unwind");
	post_putc(b, '[');
	for (unsigned i = 0; i < sizeof unwinds / sizeof *unwinds; i++)
		if ((unwind & 1u << i) != 0) {
			post_puts(b, more ? ",\"" : "\"");
			post_puts(b, unwinds[i]);
			post_putc(b, '"');
			more = true;
		}
	post_putc(b, ']');
}

static void
put_contents(struct post_buf *b, const struct post_contents *c)
{
	post_putc(b, '{');
	put_build_id(b, c);
	post_put_json_text(b, "symbols", symbols[c->symbols]);
	post_put_json_flag(b, "symbols_separate", c->symbols_apart);
	post_put_json_text(b, "dwarf", debug_places[c->debug]);
	post_put_json_text(b, "debug_file", c->debug_path);
	post_put_json_text(b, "dwz", alts[c->alt]);
	post_put_json_number(b, "units", c->units);
	post_put_json_number(b, "units_split", c->split);
	post_put_json_number(b, "dwo_missing", c->dwo_missing);
	post_put_json_flag(b, "dwp", c->package);
	put_unwind(b, c->unwind);
	post_put_json_number(b, "code_bytes", c->code);
	post_put_json_number(b, "unwind_bytes", c->covered);
	post_put_json_text(b, "note", c->note);
	post_putc(b, '}');
}

static void
put_numbers(struct post_buf *b, const struct post_inspected *one, bool of_process)
{
	if (of_process) {
		post_put_json_number(b, "code", one->code);
		post_put_json_number(b, "mappings_unfit", one->unfit);
		post_put_json_flag(b, "deleted", one->deleted);
		return;
	}
	post_put_json_number(b, "frames", one->frames);
	post_put_json_number(b, "frames_outside", one->outside);
	post_put_json_number(b, "frames_unknown", one->unknown);
	post_put_json_number(b, "names_known", one->named);
	post_put_json_number(b, "names_agree", one->agree);
	post_put_json_number(b, "names_sized", one->sized);
	post_put_json_number(b, "names_against", one->against);
}

static void
put_one(struct post_buf *b, const struct post_inspected *one, bool of_process)
{
	struct post_buf reason = { 0 };

	post_puts(&reason, "");
	post_inspected_put(&reason, one, of_process, POST_ENGLISH);
	post_putc(b, '{');
	post_put_json_text(b, "name", one->name);
	post_put_json_text(b, "verdict", matches[one->match]);
	post_put_json_text(b, "reason", reason.s);
	post_put_json_text(b, "file", one->file);
	put_numbers(b, one, of_process);
	post_put_json_key(b, "has");
	if (one->has_contents)
		put_contents(b, &one->contents);
	else
		post_puts(b, "null");
	post_putc(b, '}');
	post_buf_free(&reason);
}

void
check_files_put_json(struct post_buf *b, const struct post_inspection *in)
{
	post_put_json_key(b, in->of_process ? "objects" : "modules");
	post_putc(b, '[');
	for (size_t i = 0; i < in->n; i++) {
		post_puts(b, i > 0 ? ",\n" : "\n");
		put_one(b, &in->v[i], in->of_process);
	}
	post_putc(b, ']');
}
