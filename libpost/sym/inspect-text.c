/* SPDX-License-Identifier: BSD-2-Clause */
/* Judgements on what was inspected, and the words for them. */
#include "inspect.h"

static bool
was_read(const struct post_inspected *one)
{
	return one->has_contents && one->match != POST_MATCH_OTHER;
}

bool
post_inspected_lacks_symbols(const struct post_inspected *one)
{
	return was_read(one) && !one->vdso && one->contents.symbols < POST_SYMBOLS_MINI;
}

bool
post_inspected_lacks_dwarf(const struct post_inspected *one)
{
	return was_read(one) && !one->vdso && !post_contents_has_dwarf(&one->contents);
}

bool
post_inspected_lacks_unwind(const struct post_inspected *one)
{
	return was_read(one) && !post_contents_can_unwind(&one->contents);
}

/* Where %1, %2 and %3 stand for numbers. */
enum text {
	TEXT_SIZES, TEXT_ONE_SIZE, TEXT_FEW_SIZES, TEXT_PROBABLE, TEXT_BY_ADDRESS, TEXT_NAMELESS, TEXT_NO_NAME, TEXT_UNSURE, TEXT_OTHER, TEXT_NOT_ASKED,
	TEXT_VDSO, TEXT_TRACER, TEXT_MAPPED, TEXT_FITS, TEXT_CAME, TEXT_INODE, TEXT_REPLACED, TEXT_UNFIT, TEXT_AGAINST, TEXT_OUTSIDE, TEXT_UNKNOWN, TEXTS
};

static const char *const texts[TEXTS][POST_LANGS] = {
	[TEXT_SIZES] = { "%1 of %2 names fit, with their sizes", "%2 个函数名中有 %1 个与该文件的地址和大小相符" },
	[TEXT_ONE_SIZE] = { "the one name that it knows fits, with its size", "该文件所知的唯一函数名与其地址和大小相符" },
	[TEXT_FEW_SIZES] = { "%1 of %2 names fit, %3 with their sizes: too few to be sure",
	    "%2 个函数名中有 %1 个与该文件的地址相符，其中 %3 个大小也相符：太少，不能确定" },
	[TEXT_PROBABLE] = { "%1 of %2 names fit, but none by its size",
	    "%2 个函数名中有 %1 个与该文件的地址相符，但大小均不能证实" },
	[TEXT_BY_ADDRESS] = { "no name tells, only where it was mapped", "没有函数名可作比较，仅有映射地址相符" },
	[TEXT_NAMELESS] = { "its frames have no names to compare", "该模块的帧没有函数名可作比较" },
	[TEXT_NO_NAME] = { "none of its names is a symbol of the file", "该模块的函数名都不在此文件的符号表中" },
	[TEXT_UNSURE] = { "the file knows %2 of its names, too few to tell", "该文件只认得 %2 个函数名，不足以判断" },
	[TEXT_OTHER] = { "%1 of %2 names contradict the file", "%2 个函数名中有 %1 个与该文件矛盾" },
	[TEXT_NOT_ASKED] = { "nobody said where its file is", "未指定其文件的位置" },
	[TEXT_VDSO] = { "no file has it: it is the kernel's", "由内核提供，没有对应的文件" },
	[TEXT_TRACER] = { "the tracer's own module", "追踪器自身的模块" },
	[TEXT_MAPPED] = { "the mapped file itself", "即进程所映射的文件" },
	[TEXT_FITS] = { "its segments fit the mappings", "其各段与映射相符" },
	[TEXT_CAME] = { "it came in place of the mapped one, which was deleted; its segments fit the mappings",
	    "原映射的文件已被删除，这是后来的文件；其各段与映射相符" },
	[TEXT_INODE] = { "it is at the path of the mapped one, but has another inode; its segments fit the mappings",
	    "它在被映射文件的路径上，但 inode 不同；其各段与映射相符" },
	[TEXT_REPLACED] = { "the mapped file itself, which was deleted or replaced: its path leads to another file, or to none",
	    "即进程所映射的文件，但它已被删除或替换：其路径指向另一个文件，或已不存在" },
	[TEXT_UNFIT] = { "%1 of its mappings fit no segment of the file", "有 %1 处映射与该文件的任何段都不相符" },
	[TEXT_AGAINST] = { "; names that contradict it: %1", "；与之矛盾的函数名：%1" },
	[TEXT_OUTSIDE] = { "; frames outside its code: %1", "；落在其代码之外的帧：%1" },
	[TEXT_UNKNOWN] = { "; frames with a name that it does not have: %1", "；名字不在其中的帧：%1" },
};

static void
put_text(struct post_buf *b, enum text text, enum post_lang lang, const uint64_t numbers[3])
{
	for (const char *s = texts[text][lang]; *s != '\0'; s++)
		if (*s == '%')
			post_putu(b, numbers[*++s - '1']);
		else
			post_putc(b, *s);
}

static void
put_one(struct post_buf *b, enum text text, enum post_lang lang, uint64_t number)
{
	put_text(b, text, lang, (const uint64_t[3]){ number });
}

static void
put_of_process(struct post_buf *b, const struct post_inspected *one, enum post_lang lang)
{
	static const enum text of[] = {
		[POST_MATCH_TRACED] = TEXT_MAPPED, [POST_MATCH_PROBABLE] = TEXT_FITS, [POST_MATCH_UNSURE] = TEXT_INODE,
		[POST_MATCH_REPLACED] = TEXT_REPLACED, [POST_MATCH_OTHER] = TEXT_UNFIT,
	};

	put_one(b, one->match == POST_MATCH_UNSURE && one->deleted ? TEXT_CAME : of[one->match], lang, one->unfit);
}

static enum text
text_of_probable(const struct post_inspected *one)
{
	if (one->named == 0)
		return TEXT_BY_ADDRESS;
	if (one->sized == 0)
		return TEXT_PROBABLE;
	return one->agree == 1 && one->named == 1 ? TEXT_ONE_SIZE : TEXT_FEW_SIZES;
}

static enum text
text_of(const struct post_inspected *one)
{
	switch (one->match) {
	case POST_MATCH_TRACED:
		return TEXT_SIZES;
	case POST_MATCH_PROBABLE:
		return text_of_probable(one);
	case POST_MATCH_UNSURE:
		return one->named > 0 ? TEXT_UNSURE : one->unknown > 0 ? TEXT_NO_NAME : TEXT_NAMELESS;
	case POST_MATCH_TRACER:
		return TEXT_TRACER;
	default:
		return one->vdso ? TEXT_VDSO : TEXT_NOT_ASKED;
	}
}

void
post_inspected_put(struct post_buf *b, const struct post_inspected *one, bool of_process, enum post_lang lang)
{
	if (one->match == POST_MATCH_MISSING || (of_process && one->why != NULL))
		post_reason_put(b, one->why != NULL ? one->why : "", lang);
	else if (of_process && one->match <= POST_MATCH_OTHER)
		put_of_process(b, one, lang);
	else if (one->match == POST_MATCH_OTHER)
		put_text(b, TEXT_OTHER, lang, (const uint64_t[3]){ one->against, one->agree + one->against });
	else
		put_text(b, text_of(one), lang, (const uint64_t[3]){ one->agree, one->named, one->sized });
	if (one->against > 0 && one->match != POST_MATCH_OTHER)
		put_one(b, TEXT_AGAINST, lang, one->against);
	if (one->outside > 0 && one->match != POST_MATCH_OTHER)
		put_one(b, TEXT_OUTSIDE, lang, one->outside);
	if (one->unknown > 0 && !post_inspected_lacks_symbols(one))
		put_one(b, TEXT_UNKNOWN, lang, one->unknown);
}
