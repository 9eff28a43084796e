/* SPDX-License-Identifier: BSD-2-Clause */
/* Messages about files, in the languages of the reports. */
#include "inspect.h"

/* Where one begins with another, the longer one is first. */
static const struct phrase {
	const char	*english, *chinese;
} phrases[] = {
	{ "No such file or directory in the sysroots", "各 sysroot 中没有该文件" },
	{ "No such file or directory", "没有该文件或目录" },
	{ "Not a directory in the sysroots", "路径中有一部分在各 sysroot 中不是目录" },
	{ "Not a directory", "路径中有一部分不是目录" },
	{ "Permission denied", "没有权限" },
	{ "Operation not permitted", "不允许的操作" },
	{ "Input/output error", "读写错误" },
	{ "Too many levels of symbolic links in the sysroots", "各 sysroot 中符号链接的层数过多" },
	{ "Too many levels of symbolic links", "符号链接的层数过多" },
	{ "no regular file in the sysroots", "各 sysroot 中该路径不是普通文件" },
	{ "no regular file", "不是普通文件" },
	{ "no ELF file is packed in it", "其中没有压缩的 ELF 文件" },
	{ "no ELF file", "不是 ELF 文件" },
	{ "an ELF file that nothing of is loaded", "该 ELF 文件没有可装入的部分" },
	{ "an ELF file that is neither program, library nor module", "该 ELF 文件不是程序、库或内核模块" },
	{ "a damaged section table", "节表已损坏" },
	{ "a segment of a size that cannot be", "有一个段的大小不可能" },
	{ "no file has it", "没有对应的文件" },
	{ "no file of the sysroots ends so", "各 sysroot 中没有路径以此结尾的文件" },
	{ "not found among the first million files of the sysroots", "在各 sysroot 的前一百万个文件中没有找到" },
	{ "not found among the first million files", "在前一百万个文件中没有找到" },
	{ "its path is cut off at the front, and no sysroot was given to look for it", "其路径的前部被截断，又没有给出可供查找的 sysroot" },
	{ "too many paths that are cut off at the front", "前部被截断的路径太多" },
	{ "several files have that name", "有多个文件叫这个名字" },
	{ "no such kernel module", "没有这个内核模块" },
	{ "no kernel modules were given", "没有给出内核模块" },
	{ "no vmlinux was given for the kernel", "没有给出内核的 vmlinux" },
	{ "no name that a file can have", "文件不可能有这样的名字" },
	{ "no .dwo file of", "缺少 .dwo 文件：" },
	{ "another build's .dwo file of", "属于另一次构建的 .dwo 文件：" },
	{ "which has a part of its debug information", "其中有它的一部分调试信息" },
	{ "was not found", "没有找到" },
	{ "no process has such a number", "没有这样的进程号" },
	{ "process", "进程" },
	{ "it does not run", "没有在运行" },
	{ "it has no memory of its own", "没有自己的内存" },
	{ "it has ended, or is the kernel's", "它已结束，或者属于内核" },
	{ "it has ended", "它已结束" },
	{ "its maps cannot be read", "无法读取其 maps" },
	{ "no line of it is one of /proc/PID/maps", "其中没有一行是 /proc/PID/maps 的格式" },
	{ "too large for a file of maps", "作为 maps 文件太大" },
	{ "the file was deleted or replaced since, and the mapped one may not be read", "该文件后来被删除或替换，而原映射的文件无权读取" },
	{ "memory without a path", "没有路径的内存" },
	{ "the root directory of the process may not be read", "无权读取该进程的根目录" },
	{ "the memory of the process may not be read", "无权读取该进程的内存" },
	{ "it is in the memory of a running process alone", "仅存在于运行中进程的内存里" },
};

/* They stand behind a path. */
static const struct phrase path_phrases[] = {
	{ "is of another build, by its build-id", "属于另一次构建（build-id 不同）" },
	{ "is of another build, by its checksum", "属于另一次构建（校验和不同）" },
	{ "has no build-id", "没有 build-id" },
	{ "is no supplementary file", "不是补充文件" },
	{ "is of another build", "属于另一次构建" },
	{ "is for another kind of machine or file", "属于另一种机器或另一类文件" },
};

static bool
ends_word(struct post_str s)
{
	return s.n == 0 || strchr(" :;,", s.p[0]) != NULL;
}

static bool
begins_clause(struct post_str before)
{
	return before.n == 0 || (before.n > 1 && before.p[before.n - 1] == ' ' && strchr(":;,", before.p[before.n - 2]) != NULL);
}

static const struct phrase *
phrase_of(const struct phrase *p, size_t n, struct post_str s)
{
	for (size_t i = 0; i < n; i++) {
		struct post_str english = post_str_of(p[i].english);

		if (post_str_starts(s, english) && ends_word(post_str_from(s, english.n)))
			return &p[i];
	}
	return NULL;
}

/* The phrase at AT of S, as whole words; NULL: none. */
static const struct phrase *
phrase_at(struct post_str s, size_t at)
{
	struct post_str before = post_head(s, at), rest = post_str_from(s, at);

	if (begins_clause(before))
		return phrase_of(phrases, sizeof phrases / sizeof *phrases, rest);
	if (post_str_ends(before, POST_STR(" ")))
		return phrase_of(path_phrases, sizeof path_phrases / sizeof *path_phrases, rest);
	return NULL;
}

static void
put_translated(struct post_buf *b, struct post_str s)
{
	for (size_t i = 0; i < s.n;) {
		const struct phrase *p = phrase_at(s, i);

		post_puts(b, p != NULL ? p->chinese : "");
		if (p == NULL)
			post_putc(b, s.p[i]);
		i += p != NULL ? strlen(p->english) : 1;
	}
}

void
post_reason_put(struct post_buf *b, const char *why, enum post_lang lang)
{
	struct post_buf text = { 0 };

	if (lang == POST_CHINESE)
		put_translated(&text, post_str_of(why));
	else
		post_puts(&text, why);
	post_put_shown(b, post_buf_str(&text));
	post_buf_free(&text);
}
