/* SPDX-License-Identifier: BSD-2-Clause */
#include <fcntl.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include "../libpost/io/beneath.h"
#include "../libpost/io/spool.h"
#include "symbols.h"
#include "symbols-report.h"

static const char *const layouts[] = { "old", "stap", NULL };

#define AT(field)	offsetof(struct symbols_conf, field)
const struct post_opt symbols_opts[] = {
	{ 'e', "exe", "[MODULE=]FILE", "FILE is the program or library MODULE, or the one that it fits", POST_OPT_LIST, AT(exe), NULL },
	{ 's', "sysroot", "DIR", "the traced machine's files are below DIR", POST_OPT_LIST, AT(sysroot), NULL },
	{ 'D', "debug-dir", "DIR", "look for debug files in DIR, too", POST_OPT_LIST, AT(debug_dir), NULL },
	{ 'k', "kernel", "FILE", "the kernel's vmlinux", POST_OPT_FILE, AT(kernel), NULL },
	{ 'M', "modules", "DIR", "kernel modules are below DIR", POST_OPT_FILE, AT(modules), NULL },
	{ 0, "debuginfod", NULL, "ask the servers of $DEBUGINFOD_URLS for debug files, too", POST_OPT_FLAG, AT(debuginfod), NULL },
	{ 'l', "layout", "old|stap", "write frames as the old scripts did, or as SystemTap does, with module", POST_OPT_CHOICE, AT(layout), layouts },
	{ 'd', "demangle", NULL, "demangle C++ and Rust names", POST_OPT_FLAG, AT(demangle), NULL },
	{ 'p', "full-paths", NULL, "source files with their directories", POST_OPT_FLAG, AT(full_paths), NULL },
	{ 'i', "mark", NULL, "put _[i] behind the names of inlined functions", POST_OPT_FLAG, AT(mark), NULL },
	{ 'O', "only", "MODULE", "look up the frames of MODULE alone", POST_OPT_LIST, AT(only), NULL },
	{ 0, "force", NULL, "use a file although the frames say that it is not the traced one", POST_OPT_FLAG, AT(force), NULL },
	{ 'r', "report", "FILE", "write to FILE what became of each module", POST_OPT_FILE, AT(report), NULL },
	{ 'j', "jobs", "N", "work with N threads; by default as many as there are cores", POST_OPT_COUNT, AT(jobs), NULL },
	{ 0 }
};

/* The command line taken apart, and the work on it. */
struct work {
	const struct post_tool	*tool;
	struct symbols_conf	*conf;
	char			**trace;	/* operands that are traces */
	int			 n_trace;
	bool			 again;		/* they can be read twice */
	struct post_exe		*exe;
	size_t			 n_exe;
	struct post_spool	 spool;		/* of what cannot */
	uint64_t		 bytes;		/* that were read */
	int			 read_status;	/* of the reading */
	struct post_frames	 frames;
	struct post_modules	 modules;
	struct post_texts	 texts;
	struct post_render_conf	 render;
	unsigned		 jobs;
};

static bool
is_regular(const char *path)
{
	struct stat st;

	return strcmp(path, "-") != 0 && stat(path, &st) == 0 && S_ISREG(st.st_mode);
}

static bool
is_elf(const char *path)
{
	char magic[4] = { 0 };
	int fd = is_regular(path) ? open(path, POST_OPEN_FLAGS) : -1;
	bool elf = fd != -1 && read(fd, magic, sizeof magic) == (ssize_t)sizeof magic && memcmp(magic, "\177ELF", 4) == 0;

	if (fd != -1)
		close(fd);
	return elf;
}

/* "MODULE=FILE" or "FILE"; a file of that whole name comes first. */
static void
add_exe(struct work *w, const char *s)
{
	const char *equals = access(s, F_OK) == 0 ? NULL : strchr(s, '=');
	struct post_exe exe = { .path = s };

	if (equals != NULL) {
		exe.module = (struct post_str){ s, (size_t)(equals - s) };
		exe.path = equals + 1;
	}
	w->exe[w->n_exe++] = exe;
}

static void
take_operands(struct work *w, int n, char **operand)
{
	size_t i, total = (size_t)n + w->conf->exe.n;

	w->exe = post_resize(NULL, total, sizeof *w->exe);
	w->trace = post_resize(NULL, (size_t)n, sizeof *w->trace);
	w->again = true;
	for (i = 0; i < w->conf->exe.n; i++)
		add_exe(w, w->conf->exe.v[i]);
	for (i = 0; i < (size_t)n; i++) {
		if (is_elf(operand[i])) {
			w->exe[w->n_exe++] = (struct post_exe){ .path = operand[i] };
			continue;
		}
		w->trace[w->n_trace++] = operand[i];
		w->again &= is_regular(operand[i]);
	}
	w->again &= w->n_trace > 0;
}

static void
keep(void *arg, const struct post_block *b)
{
	post_spool_add(arg, b);
}

static void
refuse_folded(const struct work *w)
{
	struct post_err err;

	if (w->frames.folded == 0)
		return;
	post_fail(&err, POST_EFORMAT, "folded stacks have no addresses; pipe the raw trace through %s before bt-collapse", w->tool->name);
	tool_fail(w->tool, &err);
}

static void
on_resolved(void *arg, uint32_t id, enum post_frame_kind kind, const struct post_resolved *r)
{
	struct work *w = arg;

	post_render(&w->texts, &w->render, post_name(&w->frames.text, id), id, kind, r);
}

/* What no file tells of has names to demangle, too. */
static void
render_rest(struct work *w)
{
	for (uint32_t id = 0; w->conf->demangle && id < w->texts.n; id++)
		for (int kind = 0; kind < POST_FRAME_KINDS; kind++)
			if (post_text(&w->texts, id, (enum post_frame_kind)kind).p == NULL)
				post_render(&w->texts, &w->render, post_name(&w->frames.text, id), id, (enum post_frame_kind)kind, NULL);
}

static void
look_up(struct work *w)
{
	const struct symbols_conf *c = w->conf;
	struct post_modules_conf conf = {
		.find = { .sysroot = c->sysroot.v, .n_sysroot = c->sysroot.n, .debug_dir = c->debug_dir.v, .n_debug_dir = c->debug_dir.n,
		    .kernel = c->kernel, .modules = c->modules, .debuginfod = c->debuginfod },
		.exe = w->exe, .n_exe = w->n_exe, .only = c->only.v, .n_only = c->only.n, .force = c->force,
	};
	struct post_err err;

	post_texts_init(&w->texts, &w->frames);
	if (post_modules_open(&w->modules, &w->frames, &conf, &err) == -1)
		tool_fail(w->tool, &err);
	post_resolve(&w->modules, &w->frames, w->jobs, on_resolved, w);
	render_rest(w);
}

static void
write_spooled(struct work *w, struct post_rewriter *to)
{
	const struct post_block *b;
	struct post_err err;

	while (!post_out_failed(to->out) && (b = post_spool_next(&w->spool)) != NULL)
		post_rewrite(to, b);
	if (w->spool.error != 0) {
		post_fail(&err, POST_EIO, "temporary file in %s: %s", post_spool_dir(), strerror(w->spool.error));
		tool_fail(w->tool, &err);
	}
}

/* Is the trace the one that was read first?  When it has grown the rest was not looked up; with less there is no output. */
static int
compare_readings(const struct work *w, uint64_t bytes, int read_status)
{
	struct post_err err;

	if (bytes == w->bytes && read_status == w->read_status)
		return TOOL_DONE;
	post_fail(&err, POST_EIO, "the trace was changed while it was read");
	if (bytes < w->bytes || read_status > w->read_status)
		tool_fail(w->tool, &err);
	tool_warn(w->tool, NULL, &err);
	return TOOL_PARTLY;
}

/* Returns an exit status. */
static int
write_again(const struct work *w, struct post_rewriter *to)
{
	struct post_input *in = tool_input_again(w->tool, &w->conf->common, w->trace, w->n_trace);
	struct post_block *b;
	uint64_t bytes;
	int status;

	while (!post_out_failed(to->out) && (b = post_input_next(in)) != NULL) {
		post_rewrite(to, b);
		post_input_release(in, b);
	}
	bytes = post_input_bytes(in);
	status = post_input_status(in);
	post_input_free(in);
	return post_out_failed(to->out) ? TOOL_DONE : compare_readings(w, bytes, status);
}

/* Read the trace once more, from where it is, and write it. */
static int
write_trace(struct work *w, struct post_out *out)
{
	struct post_rewriter to = { .frames = &w->frames, .texts = &w->texts, .out = out };
	int status = TOOL_DONE;

	if (w->again)
		status = write_again(w, &to);
	else
		write_spooled(w, &to);
	post_rewriter_free(&to);
	return status;
}

static void
free_work(struct work *w)
{
	struct symbols_conf *c = w->conf;

	post_texts_free(&w->texts);
	post_modules_free(&w->modules);
	post_frames_free(&w->frames);
	post_spool_free(&w->spool);
	free(w->trace);
	free(w->exe);
	free(c->exe.v);
	free(c->sysroot.v);
	free(c->debug_dir.v);
	free(c->only.v);
}

/* Returns an exit status. */
static int
read_trace(struct work *w)
{
	struct post_input *in = tool_input_kept(w->tool, &w->conf->common, w->trace, w->n_trace, w->jobs, w->again ? NULL : keep, &w->spool);
	struct post_run run = { 0 };
	struct post_findings findings = { 0 };
	int status;

	post_frames_read(&w->frames, &run, in, w->jobs);
	w->bytes = post_input_bytes(in);
	w->read_status = post_input_status(in);
	status = tool_status(w->tool, in, TOOL_DONE, w->frames.seen > 0 || w->frames.folded > 0);
	if (w->frames.folded == 0)
		(void)tool_findings(w->tool, &w->conf->common, in, &run.account, TOOL_RESOLVES, &findings);
	post_findings_free(&findings);
	post_run_free(&run);
	post_input_free(in);
	refuse_folded(w);
	return status;
}

static int
worse(int a, int b)
{
	return a > b ? a : b;
}

int
symbols_main(const struct post_tool *t, bool lines, int argc, char **argv)
{
	struct symbols_conf c = { 0 };
	int first = tool_options(t, argc, argv, &c), status;
	struct work w = { .tool = t, .conf = &c, .spool = { .fd = -1 }, .jobs = tool_jobs(c.jobs),
		.render = { .layout = c.layout, .lines = lines, .full_paths = c.full_paths, .demangle = c.demangle, .mark = c.mark } };
	struct post_out out;

	take_operands(&w, argc - first, argv + first);
	tool_open(t, &c.common, &out);
	status = read_trace(&w);
	if (status != TOOL_TROUBLE) {
		look_up(&w);
		status = worse(status, symbols_tell(t, &c, &w.modules, w.exe, w.n_exe));
	}
	status = worse(status, write_trace(&w, &out));
	free_work(&w);
	return tool_close(t, &out, status);
}
