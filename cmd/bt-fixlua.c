/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-fixlua - name the Lua frames of a trace by the functions that their lines define. */
#include <inttypes.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include "../libpost/lua/lua.h"
#include "../libpost/trace/map.h"
#include "tool.h"

struct conf {
	struct tool_common	 common;
	struct post_list	 lua_path, map;
	const char		*root, *builtins;
	bool			 main_name, keep_lines, all_names, strict;
};

#define AT(field)	offsetof(struct conf, field)
static const struct post_opt opts[] = {
	{ 'p', "lua-path", "DIR", "look for sources in DIR too, by the longest tail of their path", POST_OPT_LIST, AT(lua_path), NULL },
	{ 'm', "map", "OLD=NEW", "sources that the trace has below OLD are below NEW here", POST_OPT_LIST, AT(map), NULL },
	{ 'r', "root", "DIR", "open nothing outside DIR", POST_OPT_FILE, AT(root), NULL },
	{ 'l', "builtins", "FILE", "name builtin#N by FILE, LuaJIT's jit/vmdef.lua", POST_OPT_FILE, AT(builtins), NULL },
	{ 0, "main", NULL, "a main chunk is <main> instead of 0", POST_OPT_FLAG, AT(main_name), NULL },
	{ 'k', "keep-lines", NULL, "put :LINE behind the names", POST_OPT_FLAG, AT(keep_lines), NULL },
	{ 'a', "all-names", NULL, "name all functions of a line, with | between them, instead of the first", POST_OPT_FLAG, AT(all_names), NULL },
	{ 's', "strict", NULL, "exit 2 when a source is missing", POST_OPT_FLAG, AT(strict), NULL },
	{ 0 }
};
static const struct post_tool tool = {
	.name = "bt-fixlua", .operands = "[file ...]", .opts = opts, .shared = tool_shared,
	.does = "Name the Lua frames of a trace by the functions that their lines define.",
};

static bool
rename_frame(void *arg, struct post_str frame, struct post_buf *out)
{
	return post_lua_rename(arg, frame, out);
}

static const char *
outcome(bool one, bool by_line)
{
	if (by_line)
		return one ? "frame is named by its line" : "frames are named by their lines";
	return one ? "frame stays as it is" : "frames stay as they are";
}

/* Once a file, however often its frames came.  Was a source missing? */
static bool
tell_problems(const struct conf *c, const struct post_lua *lua)
{
	struct post_lua_problem p;
	size_t at = 0;
	bool missing = false;

	while (post_lua_problem(lua, &at, &p)) {
		struct post_err e;
		char *path = strndup(p.path.p, p.path.n);
		bool by_line = p.trouble == POST_LUA_NO_FUNCTION;

		missing |= !by_line;
		post_fail(&e, POST_EIO, "%s: %" PRIu64 " %s", p.error != 0 ? strerror(p.error) : post_lua_trouble_text(p.trouble),
		    p.frames, outcome(p.frames == 1, by_line));
		e.line = p.trouble == POST_LUA_NO_BUILTIN ? 0 : p.line;
		if (!c->common.quiet || (c->strict && !by_line))
			tool_warn(&tool, path, &e);
		free(path);
	}
	return missing;
}

int
main(int argc, char *argv[])
{
	struct conf c = { 0 };
	int first = tool_options(&tool, argc, argv, &c), status;
	struct post_lua_conf conf = {
		.lua_path = c.lua_path.v, .n_lua_path = c.lua_path.n, .map = c.map.v, .n_map = c.map.n,
		.root = c.root, .builtins = c.builtins,
		.main_name = c.main_name, .keep_lines = c.keep_lines, .all_names = c.all_names,
	};
	struct post_input *in = tool_input(&tool, &c.common, argv + first, argc - first, 1);
	struct post_lua *lua;
	struct post_run run = { 0 };
	struct post_findings findings = { 0 };
	struct post_out out;
	struct post_err err;
	bool missing;

	if ((lua = post_lua_new(&conf, &err)) == NULL)
		tool_fail(&tool, &err);
	tool_open(&tool, &c.common, &out);
	status = tool_status(&tool, in, TOOL_DONE, post_map(&run, in, rename_frame, lua, &out) > 0);
	(void)tool_findings(&tool, &c.common, in, &run.account, TOOL_COPIES, &findings);
	missing = tell_problems(&c, lua);
	post_findings_free(&findings);
	post_run_free(&run);
	post_lua_free(lua);
	post_input_free(in);
	free(c.lua_path.v);
	free(c.map.v);
	status = tool_close(&tool, &out, status);
	return missing && c.strict ? TOOL_TROUBLE : status;
}
