/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * Each rule takes something off the end of a name, by a strict form, and
 * leaves something: a blank, a bracket or a number inside a name of C++ is
 * never one.  They are tried until none fits, so that what is left is what
 * they leave alone, whatever the order in which a tool put the ends there.
 *
 *   name                                    is compared as
 *   f+0x12/0x34, f+0x12                     f               offsets, of up to 16 digits, or "..." after difffolded.pl -s
 *   f [libc.so.6], f [/lib/libc.so.6+0x1]   f               modules; with them kept "f [libc.so.6]", without directory,
 *                                                           offset, " (deleted)" and ".#prelink#..."
 *   0x7f12, <unknown>                       [unknown]       addresses; [kernel] from 0x8000000000000000 on
 *   C:0x7f12                                C:[unknown]
 *   0x7f12 [/lib/libc.so.6+0x12/0x34]       [libc.so.6]     those of a module
 *   [/lib/libc.so.6]                        [libc.so.6]
 *   f.isra.0, f.part.1.cold                 f               what compilers add: isra constprop part cold lto_priv llvm clone
 *   f() [clone .isra.0], f() (.isra.0)      f()             localalias specialized __uniq __part; as demanglers write it, too
 *   f@plt, f@@GLIBC_2.17, f@GLIBC_2.2.5     f               entries of the PLT, versions of symbols
 *   a::b::h0123456789abcdef                 a::b            hashes of Rust
 *   _ZN1a1b17h0123456789abcdefE             _ZN1a1bE
 *   f(a.c:7), f(a.c)                        f               lines; bucketed "f(a.c:0-49)"
 *   f (a.py:7), f (a.js:7:12)               f (a.py)        the file is how other profilers tell functions apart
 *   @/a/b.lua:12                            @/a/b.lua       lines of Lua; so =stdin:1, access_by_lua:3, [string "..."]:1;
 *   api.lua:30                              api.lua         line 0 stays, it is the main chunk
 *   resty.re:match:12                       resty.re:match
 *   api.lua:<anon in get>:29                as it is        the line is the function's name
 *   f_[k], f_[j], f_[w]                     as it is        kinds of code, behind all else
 *   f_[i], f (inlined)                      f               or the frame is left out
 *   f (inexact)                             f
 *   perf-123.map, [jitted-123-4.so]         perf-N.map      ids of processes; also [stap_HASH_123] and "[JIT] tid 123"
 */
#include "../base/ascii.h"
#include "../trace/native.h"
#include "canon-name.h"

enum { OFFSET_MAX = 16, HASH = 16, VERSION_MAX = 256 };	/* digits, bytes */

static bool
take_tail(struct post_parts *p, struct post_str tail)
{
	return post_str_ends(p->left, tail) && post_parts_keep(p, p->left.n - tail.n);
}

static bool
take_mark(struct post_parts *p)
{
	struct post_str s = p->left;
	const char *mark;

	if (s.n < 5 || s.p[s.n - 1] != ']' || s.p[s.n - 3] != '[' || s.p[s.n - 4] != '_')
		return false;
	if (s.p[s.n - 2] == 'i')
		p->inlined = true;
	else if (s.p[s.n - 2] != '\0' && (mark = strchr(POST_CANON_MARKS, s.p[s.n - 2])) != NULL)
		p->marked[mark - POST_CANON_MARKS] = true;
	else
		return false;
	return post_parts_keep(p, s.n - 4);
}

static bool
take_remark(struct post_parts *p)
{
	if (take_tail(p, POST_STR(" (inexact)")))
		return true;
	if (!take_tail(p, POST_STR(" (inlined)")))
		return false;
	p->inlined = true;
	return true;
}

/* Where the hex number that S ends in begins, "0x12" or "0x..."; s.n when it ends in none. */
static size_t
hex_at(struct post_str s)
{
	size_t n = 0;

	if (post_str_ends(s, POST_STR("0x...")))
		return s.n - 5;
	while (n < OFFSET_MAX && n < s.n && post_is(s.p[s.n - n - 1], POST_HEX))
		n++;
	return n > 0 && post_str_ends(post_head(s, s.n - n), POST_STR("0x")) ? s.n - n - 2 : s.n;
}

/* How many bytes of S are left without "+0x12/0x34" or "+0x12" at its end. */
static size_t
without_offset(struct post_str s)
{
	size_t at = hex_at(s);

	if (at < s.n && at > 0 && s.p[at - 1] == '/') {
		struct post_str before = post_head(s, at - 1);

		if ((at = hex_at(before)) == before.n)
			return s.n;
	}
	return at < s.n && at > 0 && s.p[at - 1] == '+' ? at - 1 : s.n;
}

static bool
take_offset(struct post_parts *p)
{
	size_t n = without_offset(p->left);

	return n < p->left.n && post_parts_keep(p, n);
}

/* How many bytes of a compiler's suffix S ends in. */
static size_t
suffix_length(struct post_str s)
{
	static const struct {
		struct post_str	text;
		bool		bare;	/* it stands without a number, too */
	} rows[] = {
		{ POST_STR(".isra"), false }, { POST_STR(".constprop"), false }, { POST_STR(".part"), false }, { POST_STR(".cold"), true },
		{ POST_STR(".lto_priv"), false }, { POST_STR(".llvm"), false }, { POST_STR(".clone"), false },
		{ POST_STR(".localalias"), true }, { POST_STR(".specialized"), false }, { POST_STR(".__uniq"), false },
		{ POST_STR(".__part"), false },
	};
	size_t digits = post_span_back(s, POST_DIGIT), number = digits > 0 ? digits + 1 : 0, i;

	if (number > s.n || (number > 0 && s.p[s.n - number] != '.'))
		return 0;
	for (i = 0; i < sizeof rows / sizeof *rows; i++)
		if ((number > 0 || rows[i].bare) && post_str_ends(post_head(s, s.n - number), rows[i].text))
			return rows[i].text.n + number;
	return 0;
}

static bool
take_suffix(struct post_parts *p)
{
	size_t n = suffix_length(p->left);

	return n > 0 && post_parts_keep(p, p->left.n - n);
}

static bool
all_suffixes(struct post_str s)
{
	size_t n;

	if (s.n == 0)
		return false;
	while (s.n > 0 && (n = suffix_length(s)) > 0)
		s.n -= n;
	return s.n == 0;
}

/* Where a last " [...]" or " (...)" without brackets inside begins; 0: S does not end in one. */
static size_t
bracket_at(struct post_str s, char open, char close)
{
	size_t i = s.n;

	if (s.n < 2 || s.p[s.n - 1] != close)
		return 0;
	for (i--; i > 0 && s.p[i - 1] != open && s.p[i - 1] != close; i--)
		;
	return i > 1 && s.p[i - 1] == open && s.p[i - 2] == ' ' && i < s.n - 1 ? i - 2 : 0;
}

static bool
take_llvm_suffix(struct post_parts *p)
{
	struct post_str s = p->left;
	size_t at = bracket_at(s, '(', ')');

	return at > 0 && all_suffixes((struct post_str){ s.p + at + 2, s.n - at - 3 }) && post_parts_keep(p, at);
}

/* A module as it is shown: without what the trace alone is about. */
static struct post_str
module_name(struct post_str m)
{
	struct post_str last, short_one;

	do {
		last = m;
		for (size_t n = m.n; ; m.n = n) {
			n = without_offset(m);
			if (n == m.n && post_str_ends(m, POST_STR(" (deleted)")))
				n -= sizeof " (deleted)" - 1;
			if (n == m.n || n == 0)
				break;
		}
		short_one = post_module_short(m);
		if (short_one.n > 0)
			m = short_one;
	} while (m.n < last.n);
	return m;
}

static bool
take_module(struct post_parts *p)
{
	struct post_str s = p->left, name;
	size_t at = bracket_at(s, '[', ']');

	if (at == 0)
		return false;
	name = module_name((struct post_str){ s.p + at + 2, s.n - at - 3 });
	if (post_str_starts(name, POST_STR("clone .")))
		return all_suffixes(post_str_from(name, sizeof "clone " - 1)) && post_parts_keep(p, at);
	if (p->c->modules && p->module.n > 0)
		return false;
	if (p->module.n == 0)
		p->module = name;
	return post_parts_keep(p, at);
}

/* "GLIBC_2.2.5", "GLIBC_PRIVATE": what stands behind a single "@" may be anything. */
static bool
is_version(struct post_str s)
{
	bool parted = false;

	if (s.n == 0 || *s.p < 'A' || *s.p > 'Z')
		return false;
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] >= 'a' && s.p[i] <= 'z')
			return false;
		parted |= s.p[i] == '_';
	}
	return parted;
}

static bool
take_version(struct post_parts *p)
{
	struct post_str s = p->left, version;
	size_t n = 0, at;

	while (n < VERSION_MAX && n < s.n && (post_is(s.p[s.n - n - 1], POST_WORD) || s.p[s.n - n - 1] == '.'))
		n++;
	if (n == 0 || n == s.n || s.p[at = s.n - n - 1] != '@')
		return false;
	version = post_str_from(s, at + 1);
	if (at > 0 && s.p[at - 1] == '@')
		return post_parts_keep(p, at - 1);
	return (is_version(version) || post_str_eq(version, POST_STR("plt"))) && post_parts_keep(p, at);
}

/* Does S end in "h" and 16 lower-case hex digits? */
static bool
ends_in_hash(struct post_str s)
{
	size_t i;

	if (s.n <= HASH || s.p[s.n - HASH - 1] != 'h')
		return false;
	for (i = s.n - HASH; i < s.n && post_is(s.p[i], POST_HEX) && !(s.p[i] >= 'A' && s.p[i] <= 'F'); i++)
		;
	return i == s.n;
}

static bool
take_hash(struct post_parts *p)
{
	struct post_str s = p->left;

	return ends_in_hash(s) && post_str_ends(post_head(s, s.n - HASH - 1), POST_STR("::")) && post_parts_keep(p, s.n - HASH - 3);
}

/* The last part of a mangled name of Rust: the name without it is mangled as well. */
static bool
take_mangled_hash(struct post_parts *p)
{
	struct post_str s = p->left, parted;

	if (s.n < HASH + 8 || s.p[s.n - 1] != 'E' || !(post_str_starts(s, POST_STR("_ZN")) || post_str_starts(s, POST_STR("__ZN"))))
		return false;
	parted = post_head(s, s.n - 1);
	if (!ends_in_hash(parted) || !post_str_ends(post_head(parted, parted.n - HASH - 1), POST_STR("17")))
		return false;
	p->bytes[s.n - HASH - 4] = 'E';
	return post_parts_keep(p, s.n - HASH - 3);
}

/* A rule is first when it looks at few bytes to see that it does not fit: all are linear together. */
static bool (*const rules[])(struct post_parts *) = {
	take_mark, take_remark, take_offset, take_suffix, take_hash, take_mangled_hash, take_version, take_llvm_suffix, take_module,
	post_take_line, post_take_lua_line
};

static void
take_apart(struct post_parts *p)
{
	size_t i;

	do
		for (i = 0; i < sizeof rules / sizeof *rules && !rules[i](p); i++)
			;
	while (i < sizeof rules / sizeof *rules);
}

/* An address, or what stands for one. */
static bool
is_unknown(struct post_str s)
{
	return post_str_eq(s, POST_STR("<unknown>")) || post_str_eq(s, POST_STR("[unknown]")) || post_str_eq(s, POST_STR("0x...")) ||
	    (s.n >= 2 && post_addr_token(s) == s.n);
}

/* How many digits stand at AT, of a class in WHAT. */
static size_t
digits_at(struct post_str s, size_t at, int what)
{
	return at < s.n ? post_span(post_str_from(s, at), what) : 0;
}

/* S without the ids of processes. */
static void
put_without_ids(struct post_str s, struct post_buf *out)
{
	static const struct {
		struct post_str	begin;
		int		first;		/* digits behind it: of this class, */
		char		then;		/* this byte, or none, and decimal digits */
		struct post_str	end, becomes;
	} rows[] = {
		{ POST_STR("perf-"), POST_DIGIT, '\0', POST_STR(".map"), POST_STR("perf-N.map") },
		{ POST_STR("jitted-"), POST_DIGIT, '-', POST_STR(".so"), POST_STR("jitted-N.so") },
		{ POST_STR("stap_"), POST_HEX, '_', POST_STR(""), POST_STR("stap_N") },
		{ POST_STR("[JIT] tid "), POST_DIGIT, '\0', POST_STR(""), POST_STR("[JIT] tid N") },
	};
	size_t i, n;

	for (i = 0; i < sizeof rows / sizeof *rows; i++) {
		if (!post_str_starts(s, rows[i].begin) || (n = digits_at(s, rows[i].begin.n, rows[i].first)) == 0)
			continue;
		n += rows[i].begin.n;
		if (rows[i].then != '\0' && (n == s.n || s.p[n++] != rows[i].then || digits_at(s, n, POST_DIGIT) == 0))
			continue;
		n += rows[i].then != '\0' ? digits_at(s, n, POST_DIGIT) : 0;
		if (post_str_eq(post_str_from(s, n), rows[i].end)) {
			post_put(out, rows[i].becomes);
			return;
		}
	}
	post_put(out, s);
}

static void
put_module(struct post_str module, struct post_buf *out)
{
	post_putc(out, '[');
	put_without_ids(module, out);
	post_putc(out, ']');
}

/* What is left: an address, a module or a name. */
static void
put_core(struct post_parts *p, struct post_buf *out)
{
	struct post_str s = p->left;

	if (post_str_starts(s, POST_STR("C:")) && is_unknown(post_str_from(s, 2))) {
		post_puts(out, "C:");
		s = post_str_from(s, 2);
	}
	if (is_unknown(s)) {
		if (p->module.n > 0)
			put_module(p->module, out);
		else
			post_puts(out, post_addr_in_kernel(s) ? "[kernel]" : "[unknown]");
		p->module.n = 0;
	} else if (s.n > 2 && *s.p == '[' && s.p[s.n - 1] == ']' && memchr(s.p + 1, '[', s.n - 1) == NULL &&
	    memchr(s.p, ']', s.n - 1) == NULL)
		put_module(module_name((struct post_str){ s.p + 1, s.n - 2 }), out);
	else
		put_without_ids(s, out);
}

static void
put_parts(struct post_parts *p, struct post_buf *out)
{
	size_t i;

	put_core(p, out);
	post_put(out, p->line);
	if (p->bucketed)
		post_put_bucket(p, out);
	if (p->c->modules && p->module.n > 0) {
		post_putc(out, ' ');
		put_module(p->module, out);
	}
	for (i = 0; i < sizeof p->marked; i++)
		if (p->marked[i])
			post_putf(out, "_[%c]", POST_CANON_MARKS[i]);
}

void
post_canon_put_hex(struct post_str s, struct post_buf *out)
{
	const char *at;

	while (s.n > 2 && (at = memmem(s.p, s.n, "0x", 2)) != NULL) {
		size_t n = (size_t)(at - s.p) + 2, digits = digits_at(s, n, POST_HEX);

		post_put(out, post_head(s, n));
		if (digits > 0)
			post_puts(out, "...");
		s = post_str_from(s, n + digits);
	}
	post_put(out, s);
}

bool
post_canon_by_rules(const struct post_canon *c, struct post_str frame, struct post_buf *work, struct post_buf *out)
{
	struct post_parts p = { .c = c };

	work->n = 0;
	if (c->hex)
		post_canon_put_hex(frame, work);
	else
		post_put(work, frame);
	p.bytes = work->s;
	p.left = post_buf_str(work);
	if (post_canon_is_chunk(p.left))
		(void)post_take_chunk_line(&p);
	else
		take_apart(&p);
	if (p.inlined && c->no_inlines)
		return false;
	put_parts(&p, out);
	return true;
}
