/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "../libpost/base/utf8.h"
#include "check-files.h"

enum column { COLUMN_FRAMES, COLUMN_BUILD_ID, COLUMN_SYMBOLS, COLUMN_DEBUG, COLUMN_UNWIND, COLUMN_MATCH, COLUMN_NAME, COLUMNS };
enum { ID_SHOWN = 6, GAP = 2 };		/* bytes of a build-id; blanks between columns */

static const char *const heads[COLUMNS][POST_LANGS] = {
	[COLUMN_FRAMES] = { "frames", "帧数" },
	[COLUMN_BUILD_ID] = { "build-id", "build-id" },
	[COLUMN_SYMBOLS] = { "symbols", "符号表" },
	[COLUMN_DEBUG] = { "debug info", "调试信息" },
	[COLUMN_UNWIND] = { "unwind tables", "展开表" },
	[COLUMN_MATCH] = { "verdict", "判断" },
	[COLUMN_NAME] = { "object", "文件" },
};

static const char *const matches[POST_MATCHES][POST_LANGS] = {
	[POST_MATCH_TRACED] = { "traced", "是" },
	[POST_MATCH_PROBABLE] = { "probable", "很可能是" },
	[POST_MATCH_UNSURE] = { "unsure", "不能确定" },
	[POST_MATCH_REPLACED] = { "replaced", "已被替换" },
	[POST_MATCH_OTHER] = { "other", "不是" },
	[POST_MATCH_MISSING] = { "missing", "缺失" },
	[POST_MATCH_NOT_ASKED] = { "-", "-" },
	[POST_MATCH_TRACER] = { "tracer", "追踪器" },
};

static const char *const mapped[POST_LANGS] = { "mapped", "是" };
static const char *const none[POST_LANGS] = { "none", "无" };
static const char *const apart[POST_LANGS] = { ", separate", "，另存" };
static const char *const debug_places[][POST_LANGS] = {
	[POST_DEBUG_NONE] = { "none", "无" },
	[POST_DEBUG_OWN] = { "own", "自带" },
	[POST_DEBUG_BY_BUILD_ID] = { "by build-id", "另存（build-id）" },
	[POST_DEBUG_BY_LINK] = { "by debuglink", "另存（debuglink）" },
};
static const char *const alts[][POST_LANGS] = {
	[POST_ALT_NONE] = { "", "" },
	[POST_ALT_FOUND] = { ", dwz", "，dwz" },
	[POST_ALT_MISSING] = { ", dwz missing", "，缺 dwz 文件" },
};
static const char *const split[POST_LANGS] = { ", split", "，分离" };
static const char *const no_dwo[POST_LANGS] = { ", no .dwo: ", "，缺 .dwo：" };
static const char *const symbols[] = { "none", ".dynsym", ".gnu_debugdata", ".symtab" };
static const char *const unwinds[] = { ".eh_frame", "hdr", ".debug_frame" };

/* Behind the number of those that are not shown. */
static const char *const more[POST_LANGS] = { " more, which --json tells", " 个未列出，见 --json" };

/* Behind the number of bytes. */
static const char *const anonymous[POST_LANGS] = {
	" bytes of executable memory are in no file: frames there, of code compiled at run time, have no names, and stacks end at them",
	" 字节的可执行内存不属于任何文件：那里是运行时编译的代码，其帧没有名字，栈到此为止",
};

static bool
is_wide(uint32_t c)
{
	return (c >= 0x1100 && c < 0x1160) || (c >= 0x2e80 && c < 0xa4d0) || (c >= 0xac00 && c < 0xd7a4) || (c >= 0xf900 && c < 0xfb00) ||
	    (c >= 0xfe30 && c < 0xfe70) || (c >= 0xff00 && c < 0xff61) || (c >= 0x1f300 && c < 0x1f650) || (c >= 0x20000 && c < 0x40000);
}

/* How many columns of a terminal S takes. */
static size_t
width(struct post_str s)
{
	size_t n, w = 0;

	for (; s.n > 0; s = post_str_from(s, n)) {
		n = post_utf8(s);
		w += n > 1 && is_wide(post_utf8_code(s.p, n)) ? 2 : 1;
		n = n == 0 ? 1 : n;
	}
	return w;
}

static void
put_symbols(struct post_buf *b, const struct post_contents *c, enum post_lang lang)
{
	post_puts(b, c->symbols == POST_SYMBOLS_NONE ? none[lang] : symbols[c->symbols]);
	post_puts(b, c->symbols_apart ? apart[lang] : "");
}

static void
put_debug(struct post_buf *b, const struct post_contents *c, enum post_lang lang)
{
	post_puts(b, debug_places[c->debug][lang]);
	post_puts(b, alts[c->alt][lang]);
	post_puts(b, c->split > 0 ? split[lang] : "");
	if (c->dwo_missing > 0) {
		post_puts(b, no_dwo[lang]);
		post_putu(b, c->dwo_missing);
	}
}

static void
put_unwind(struct post_buf *b, const struct post_contents *c, enum post_lang lang)
{
	size_t from = b->n;

	for (unsigned i = 0; i < sizeof unwinds / sizeof *unwinds; i++)
		if ((c->unwind & 1u << i) != 0) {
			post_puts(b, b->n > from ? "+" : "");
			post_puts(b, unwinds[i]);
		}
	post_puts(b, c->unwind == 0 ? none[lang] : "");
	if (c->unwind != 0 && !post_contents_can_unwind(c))
		post_putf(b, " (%u%%)", (unsigned)(c->covered * 100.0 / (double)c->code));
}

static void
put_build_id(struct post_buf *b, const struct post_contents *c, size_t most)
{
	for (size_t i = 0; i < c->n_build_id && i < most; i++)
		post_putx(b, c->build_id[i], 2);
}

static void
put_cell(struct post_buf *b, enum column column, const struct post_inspection *in, const struct post_inspected *one, enum post_lang lang)
{
	const struct post_contents *c = one->has_contents ? &one->contents : NULL;

	if (column == COLUMN_FRAMES)
		post_putu(b, one->frames);
	else if (column == COLUMN_NAME)
		post_put_shown(b, post_str_of(one->name));
	else if (column == COLUMN_MATCH)
		post_puts(b, in->of_process && one->match == POST_MATCH_TRACED ? mapped[lang] : matches[one->match][lang]);
	else if (c == NULL || (column == COLUMN_BUILD_ID && c->n_build_id == 0))
		post_putc(b, '-');
	else if (column == COLUMN_BUILD_ID)
		put_build_id(b, c, ID_SHOWN);
	else if (column == COLUMN_SYMBOLS)
		put_symbols(b, c, lang);
	else if (column == COLUMN_DEBUG)
		put_debug(b, c, lang);
	else
		put_unwind(b, c, lang);
}

/* A cell and the blanks behind it; frames are to the right. */
static void
put_padded(struct post_buf *b, enum column column, struct post_str cell, size_t wide)
{
	size_t n = width(cell), blanks = n < wide ? wide - n : 0;

	if (column != COLUMN_FRAMES)
		post_put(b, cell);
	for (size_t i = 0; i < blanks && column != COLUMN_NAME; i++)
		post_putc(b, ' ');
	if (column == COLUMN_FRAMES)
		post_put(b, cell);
	for (size_t i = 0; i < GAP && column != COLUMN_NAME; i++)
		post_putc(b, ' ');
}

/* Row 0 has the heads. */
static void
put_any(struct post_buf *b, enum column column, const struct post_inspection *in, size_t row, enum post_lang lang)
{
	b->n = 0;
	if (row == 0)
		post_puts(b, heads[column][lang]);
	else
		put_cell(b, column, in, &in->v[row - 1], lang);
}

static void
put_table(struct post_buf *b, const struct post_inspection *in, size_t shown, enum post_lang lang)
{
	enum column first = in->of_process ? COLUMN_BUILD_ID : COLUMN_FRAMES, i;
	size_t wide[COLUMNS] = { 0 }, row, n;
	struct post_buf cell = { 0 };

	for (row = 0; row <= shown; row++)
		for (i = first; i < COLUMN_NAME; i++) {
			put_any(&cell, i, in, row, lang);
			n = width(post_buf_str(&cell));
			wide[i] = n > wide[i] ? n : wide[i];
		}
	for (row = 0; row <= shown; row++) {
		for (i = first; i < COLUMNS; i++) {
			put_any(&cell, i, in, row, lang);
			put_padded(b, i, post_buf_str(&cell), wide[i]);
		}
		post_putc(b, '\n');
	}
	post_buf_free(&cell);
}

static void
put_number_of(struct post_buf *b, uint64_t n, const char *what)
{
	post_putu(b, n);
	post_puts(b, what);
	post_putc(b, '\n');
}

static void
put_remark(struct post_buf *b, const struct post_inspection *in, const struct post_inspected *one, enum post_lang lang)
{
	const char *note = one->has_contents ? one->contents.note : NULL;
	bool as_hoped = one->match == POST_MATCH_TRACED || (in->of_process && one->match == POST_MATCH_PROBABLE);

	if (as_hoped && note == NULL && one->against == 0 && one->outside == 0 &&
	    (one->unknown == 0 || post_inspected_lacks_symbols(one)))
		return;
	post_put_shown(b, post_str_of(one->name));
	post_puts(b, ": ");
	post_inspected_put(b, one, in->of_process, lang);
	if (note != NULL) {
		post_puts(b, lang == POST_CHINESE ? "；" : "; ");
		post_reason_put(b, note, lang);
	}
	post_putc(b, '\n');
}

void
check_files_put_text(struct post_buf *b, const struct post_inspection *in, enum post_lang lang)
{
	size_t shown = in->n < CHECK_FILES_SHOWN ? in->n : CHECK_FILES_SHOWN;

	put_table(b, in, shown, lang);
	if (shown < in->n)
		put_number_of(b, in->n - shown, more[lang]);
	for (size_t i = 0; i < shown; i++)
		put_remark(b, in, &in->v[i], lang);
	if (in->anonymous > 0)
		put_number_of(b, in->anonymous, anonymous[lang]);
}
