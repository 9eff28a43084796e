/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-check -p and --maps: what the objects that a process has mapped lack. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>
#include "../libpost/io/beneath.h"
#include "check-files.h"

enum { MAPS_MAX = 256 << 20 };		/* bytes of a file of maps */

/* The process, or what was saved of it. */
struct subject {
	struct post_process	process;
	struct post_maps	maps;
	bool			alive;
};

static int
read_file(const char *path, struct post_buf *text, struct post_err *err)
{
	enum { STEP = 1 << 16 };
	bool input = strcmp(path, "-") == 0;
	int fd = input ? STDIN_FILENO : open(path, POST_OPEN_FLAGS & ~O_NONBLOCK), error;
	ssize_t n = -1;

	while (fd != -1 && text->n <= MAPS_MAX) {
		post_buf_grow(text, STEP);
		n = read(fd, text->s + text->n, STEP);
		if (n == 0 || (n == -1 && errno != EINTR))
			break;
		text->n += n > 0 ? (size_t)n : 0;
	}
	error = errno;
	if (fd != -1 && !input)
		close(fd);
	if (text->n > MAPS_MAX)
		return post_fail(err, POST_ELIMIT, "%s: too large for a file of maps", path);
	return n == 0 ? 0 : post_fail(err, POST_EIO, "%s: %s", path, strerror(error));
}

static int
read_maps(struct subject *s, const struct check_files_conf *c, struct post_err *err)
{
	struct post_buf text = { 0 };
	int got;

	s->alive = c->pid != NULL;
	s->process = (struct post_process){ .dir = -1 };
	if (s->alive)
		got = post_process_open(&s->process, c->pid, err) == -1 ? -1 : post_process_maps(&s->process, &text, err);
	else
		got = read_file(c->maps, &text, err);
	if (got == 0) {
		post_maps_read(&s->maps, post_buf_str(&text));
		if (s->maps.n == 0)
			got = post_fail(err, POST_EFORMAT, "%s: no line of it is one of /proc/PID/maps", s->alive ? c->pid : c->maps);
	}
	post_buf_free(&text);
	return got;
}

static void
free_subject(struct subject *s)
{
	post_maps_free(&s->maps);
	if (s->alive)
		post_process_close(&s->process);
}

/* A process in another root has its debug files there, or here. */
static int
inspect(struct post_inspection *in, const struct subject *s, const struct check_files_conf *c, struct post_err *err)
{
	const char *const both[] = { s->process.root.path, "/" };
	struct post_find_conf find = { .sysroot = c->sysroot.v, .n_sysroot = c->sysroot.n, .debug_dir = c->debug_dir.v,
		.n_debug_dir = c->debug_dir.n, .kernel = c->kernel, .modules = c->modules, .debuginfod = c->debuginfod };

	if (s->alive && c->sysroot.n == 0 && !s->process.own_root && s->process.root.path != NULL) {
		find.sysroot = both;
		find.n_sysroot = 2;
	}
	return post_inspect_maps(in, &s->maps, s->alive ? &s->process : NULL, &find, tool_jobs(0), err);
}

enum lack { LACK_NOTHING, LACK_FILE, LACK_THE_MAPPED, LACK_PATH, LACK_BOTH, LACK_DWARF, LACK_UNWIND };

static const char *const lacks[][POST_LANGS] = {
	[LACK_THE_MAPPED] = { "not the file that was mapped", "不是进程所映射的文件" },
	[LACK_PATH] = { "it was replaced, or deleted: restart the target before tracing it",
	    "该文件已被替换或删除：请先重启目标进程，再进行追踪" },
	[LACK_BOTH] = { "no debug information, and no unwind tables", "没有调试信息，也没有展开表" },
	[LACK_DWARF] = { "no debug information, in it or in a separate file", "没有调试信息：文件自身没有，也没有另存的文件" },
	[LACK_UNWIND] = { "no unwind tables, or of little of its code", "没有展开表，或者展开表只覆盖很少的代码" },
};
static const char *const more_lack[POST_LANGS] = { " more lack something: --json tells", " 个文件也有所欠缺，见 --json" };

static enum lack
lack(const struct post_inspected *one)
{
	bool dwarf = post_inspected_lacks_dwarf(one), unwind = post_inspected_lacks_unwind(one);

	if (one->deleted)
		return LACK_PATH;
	if (one->match == POST_MATCH_MISSING)
		return LACK_FILE;
	if (one->match == POST_MATCH_OTHER)
		return LACK_THE_MAPPED;
	if (dwarf && unwind)
		return LACK_BOTH;
	return dwarf ? LACK_DWARF : unwind ? LACK_UNWIND : LACK_NOTHING;
}

static void
warn(const struct post_tool *t, const char *name, const struct post_buf *text)
{
	struct post_err err;

	post_fail(&err, POST_EIO, "%s", text->s);
	tool_warn(t, name, &err);
}

static void
warn_lack(const struct post_tool *t, const struct post_inspected *one, enum post_lang lang)
{
	enum lack what = lack(one);
	struct post_buf text = { 0 };

	post_puts(&text, "");
	if (what == LACK_FILE)
		post_reason_put(&text, one->why, lang);
	else
		post_puts(&text, lacks[what][lang]);
	warn(t, one->name, &text);
	post_buf_free(&text);
}

static uint64_t
tell_lacking(const struct post_tool *t, const struct check_files_conf *c, const struct post_inspection *in)
{
	struct post_buf rest = { 0 };
	uint64_t n = 0;

	for (size_t i = 0; i < in->n; i++)
		if (lack(&in->v[i]) != LACK_NOTHING && n++ < CHECK_FILES_SHOWN && !c->common.quiet)
			warn_lack(t, &in->v[i], (enum post_lang)c->lang);
	if (n > CHECK_FILES_SHOWN && !c->common.quiet) {
		post_putu(&rest, n - CHECK_FILES_SHOWN);
		post_puts(&rest, more_lack[c->lang]);
		warn(t, NULL, &rest);
	}
	post_buf_free(&rest);
	return n;
}

static void
put_json(struct post_buf *b, const struct post_inspection *in, uint64_t lacking)
{
	post_puts(b, "{\"schema\":\"bt-check/1\"");
	check_files_put_json(b, in);
	post_puts(b, ",\n\"data_files\":");
	post_putu(b, in->data);
	post_puts(b, ",\"anonymous_code\":");
	post_putu(b, in->anonymous);
	post_puts(b, ",\"lacking\":");
	post_putu(b, lacking);
	post_puts(b, "}\n");
}

static int
write_inspection(const struct post_tool *t, const struct check_files_conf *c, const struct post_inspection *in)
{
	struct post_out out;
	uint64_t lacking;

	tool_open(t, &c->common, &out);
	lacking = tell_lacking(t, c, in);
	if (c->json)
		put_json(&out.buf, in, lacking);
	else
		check_files_put_text(&out.buf, in, (enum post_lang)c->lang);
	return tool_close(t, &out, lacking > 0 ? TOOL_PARTLY : TOOL_DONE);
}

static void
warn_trouble(const struct post_tool *t, const struct post_err *err, enum post_lang lang)
{
	struct post_buf text = { 0 };

	post_reason_put(&text, err->msg, lang);
	warn(t, NULL, &text);
	post_buf_free(&text);
}

int
check_process(const struct post_tool *t, const struct check_files_conf *c)
{
	struct post_inspection in = { 0 };
	struct subject s = { 0 };
	struct post_err err;
	int status;

	if (read_maps(&s, c, &err) == -1 || inspect(&in, &s, c, &err) == -1) {
		warn_trouble(t, &err, (enum post_lang)c->lang);
		status = TOOL_TROUBLE;
	} else
		status = write_inspection(t, c, &in);
	post_inspection_free(&in);
	free_subject(&s);
	return status;
}
