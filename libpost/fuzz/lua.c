/* SPDX-License-Identifier: BSD-2-Clause */
/* Any bytes as a Lua source, as a builtins file, and as a frame. */
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include "../lua/builtins.h"
#include "../lua/frame.h"
#include "../lua/funcs.h"
#include "../lua/lex.h"
#include "../lua/lua.h"

/* Tokens lie in the input, in order; the line of each is the line ends before it, and never goes back. */
static void
lex(struct post_str src)
{
	struct post_lex lx;
	struct post_token t;
	const char *end = src.p;
	uint32_t line = 1;

	post_lex_file(&lx, src);
	while (post_lex_next(&lx, &t) != LEX_END) {
		assert(t.text.n > 0 && t.text.p >= end && t.text.p + t.text.n <= src.p + src.n);
		assert(t.line >= line && t.line <= src.n + 1);
		end = t.text.p + t.text.n;
		line = t.line;
	}
	assert(lx.at == src.n && t.text.n == 0 && t.line >= line);
}

static void
functions(struct post_str src)
{
	struct post_lua_funcs fs = { 0 };
	struct post_arena names = { 0 };
	size_t i, k, n;

	post_lua_funcs_read(&fs, src, &names);
	for (i = 0; i < fs.n; i++) {
		const struct post_lua_func *f = &fs.f[i], *first = post_lua_funcs_at(&fs, f->line, &n);

		assert(f->line > 0 && (i == 0 || fs.f[i - 1].line <= f->line));
		assert(f->within == POST_LUA_MAIN || (f->within < i && fs.f[f->within].name.n > 0));
		assert(first != NULL && f >= first && f < first + n);
		assert(f->name.n <= POST_LUA_NAME_MAX);
		for (k = 0; k < f->name.n; k++)
			assert((unsigned char)f->name.p[k] >= 0x20 && f->name.p[k] != 0x7f);
	}
	post_lua_funcs_free(&fs);
	post_drop(&names);
}

static void
builtins(struct post_str src)
{
	struct post_lua_builtins b = { 0 };
	struct post_err err;

	assert((post_lua_builtins_read(&b, src, &err) == 0) == (b.n > 0));
	assert(b.n <= POST_LUA_BUILTINS_MAX);
	post_lua_builtins_free(&b);
}

/* No file is opened: a frame of a file is asked for its module only. */
static void
frame(struct post_str text)
{
	struct post_lua_frame f = post_lua_frame_of(text);
	struct post_buf out = { 0 };

	if (f.kind == POST_LUA_FILE)
		post_lua_put_module(&out, f.path);
	else if (f.kind == POST_LUA_TEXT)
		post_lua_put_text(&out, f.path);
	assert((f.kind == POST_LUA_FILE || f.kind == POST_LUA_TEXT) == (out.n > 0));
	assert(out.n == 0 || memchr(out.s, '\n', out.n) == NULL);
	post_buf_free(&out);
}

int	LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct post_str src = { (const char *)data, size };

	lex(src);
	functions(src);
	builtins(src);
	frame(src);
	return 0;
}
