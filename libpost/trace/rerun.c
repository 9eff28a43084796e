/* SPDX-License-Identifier: BSD-2-Clause */
#include "rerun.h"
#include "worth.h"

/* What the tools set, and what they are told when that was too little. */
enum {
	STRING_TOOLKIT = 2048, SKIPPED_LUA = 1024,
	STRING_MORE = 4096, STRING_MOST = 65536,
	ADDRESS = 19,			/* bytes of an address of the kernel in such a string */
	BACKTRACE_TOOLS = 200,
	ACTION_MORE = 1000000, ENTRIES_MORE = 20000, SKIPPED_MORE = 100000, TRYLOCK_MORE = 1000,
	LIMIT_MORE = 10000,
	BUFFER_MORE = 64,		/* MB */
	LUA_DEPTH_MORE = 200
};

/* What the next run is given; 0: as the tool has it. */
struct settings {
	uint64_t	string, backtrace, action, entries, skipped, trylock, limit, buffer, lua_depth;
	bool		no_overload, longer, modules, plain;
	bool		lua, lua_all, sums;
};

static uint64_t
larger(uint64_t a, uint64_t b)
{
	return a > b ? a : b;
}

static uint64_t
power_of_two(uint64_t at_least)
{
	uint64_t n = STRING_MORE;

	while (n < at_least && n < STRING_MOST)
		n *= 2;
	return n;
}

static void
want(struct settings *s, const struct post_finding *f)
{
	switch (f->id) {
	case POST_FOUND_TRUNCATED_STACKS:
	case POST_FOUND_TRUNCATED_LUA:
		s->string = larger(s->string, power_of_two(2 * f->value));
		break;
	case POST_FOUND_MAX_BACKTRACE:
		s->backtrace = larger(s->backtrace, larger(2 * f->value, BACKTRACE_TOOLS));
		s->string = larger(s->string, power_of_two(s->backtrace * ADDRESS));
		break;
	case POST_FOUND_LUA_DEPTH:
		s->lua_depth = larger(2 * f->value, LUA_DEPTH_MORE);
		s->string = larger(s->string, STRING_MORE);
		break;
	case POST_FOUND_LIMIT_REACHED:
		s->limit = LIMIT_MORE;
		s->action = ACTION_MORE * 10;
		break;
	case POST_FOUND_SMALL_DROPPED:
		s->lua_all = true;
		break;
	case POST_FOUND_MAX_ACTION:
		s->action = larger(s->action, ACTION_MORE);
		break;
	case POST_FOUND_ARRAY_OVERFLOW:
		s->entries = ENTRIES_MORE;
		break;
	case POST_FOUND_MAX_SKIPPED:
		s->skipped = SKIPPED_MORE;
		break;
	case POST_FOUND_LOCK_TIMEOUT:
		s->trylock = f->severity > POST_INFO ? TRYLOCK_MORE : 0;	/* the probe spins as long, with interrupts off */
		break;
	case POST_FOUND_OVERLOAD:
		s->no_overload = true;
		break;
	case POST_FOUND_TRANSPORT_FAILURES:
	case POST_FOUND_SPLICED_LINES:
		s->buffer = BUFFER_MORE;
		break;
	case POST_FOUND_LOW_TOTAL:
		s->longer = f->severity > POST_INFO;
		break;
	case POST_FOUND_DEBUG_UNWIND:
	case POST_FOUND_DEBUG_LINES:
	case POST_FOUND_BULK_MODE:
		s->plain = true;
		break;
	default:
		break;
	}
}

/* The next module that a message named; *at steps on. */
static bool
next_module(const struct post_account *a, uint32_t *at, struct post_str *module)
{
	while (*at < a->said.names.n) {
		uint32_t i = post_said_at(&a->said, (*at)++);

		*module = a->said.one[i].subject;
		if (post_said_id(&a->said, i) == POST_FOUND_MISSING_UNWIND && module->n > 0)
			return true;
	}
	return false;
}

/*
 * stap++ puts words together again for a shell of its own: a name that needs
 * quoting is not safe there, and so is for no command.
 */
static bool
is_plain(struct post_str s)
{
	static const char safe[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-+=:@%,";

	for (size_t i = 0; i < s.n; i++)
		if (memchr(safe, s.p[i], sizeof safe - 1) == NULL)
			return false;
	return s.n > 0 && s.p[0] != '-';
}

static bool
is_given(struct post_str module)
{
	return post_message_dash_d(module) == POST_DASH_D && is_plain(module);
}

bool
post_rerun_left_out(const struct post_account *a, uint32_t *at, struct post_str *module, enum post_dash_d *why)
{
	while (next_module(a, at, module))
		if (!is_given(*module)) {
			*why = post_message_dash_d(*module);
			return true;
		}
	return false;
}

/* Are the counts such that it may have been sample-bt-off-cpu, or -vfs, as well? */
static bool
may_be_sums(const struct post_account *a)
{
	enum post_weight weight = post_weight_of(a);

	return weight == POST_WEIGHT_SUMS || (weight == POST_WEIGHT_UNKNOWN && a->stacks >= POST_ORDER_MIN);
}

static struct settings
settings_of(const struct post_account *a, const struct post_findings *findings)
{
	struct settings s = { .lua = a->notes.kind[POST_NOTE_LUA].n * 2 > a->stacks, .sums = may_be_sums(a) };
	struct post_str module;
	uint32_t at = 0;

	for (size_t i = 0; i < findings->n; i++)
		want(&s, &findings->v[i]);
	while (!s.modules && next_module(a, &at, &module))
		s.modules = is_given(module);
	return s;
}

static bool
is_nothing(const struct settings *s)
{
	return (s->string | s->backtrace | s->action | s->entries | s->skipped | s->trylock | s->limit | s->buffer |
	    s->lua_depth) == 0 && !s->lua_all && !s->no_overload && !s->longer && !s->modules && !s->plain;
}

static void
put_macro(struct post_buf *b, const char *dash_d, const char *name, uint64_t value)
{
	if (value > 0)
		post_putf(b, " %s%s=%llu", dash_d, name, (unsigned long long)value);
}

static void
put_modules(struct post_buf *b, const struct post_account *a)
{
	struct post_str module;
	uint32_t at = 0;

	while (next_module(a, &at, &module)) {
		if (!is_given(module))
			continue;
		post_puts(b, " -d ");
		post_put(b, module);
	}
}

/* What is given to stap itself, but for the size of strings and skipped probes. */
static void
put_stap(struct post_buf *b, const char *dash_d, const struct settings *s, const struct post_account *a)
{
	put_macro(b, dash_d, "MAXBACKTRACE", s->backtrace);
	put_macro(b, dash_d, "MAXACTION", s->action);
	put_macro(b, dash_d, "MAXMAPENTRIES", s->entries);
	put_macro(b, dash_d, "MAXTRYLOCK", s->trylock);
	if (s->no_overload)
		post_putf(b, " %sSTP_NO_OVERLOAD", dash_d);
	put_modules(b, a);
}

/* The scripts set these two last, whatever -a says: their copy is changed. */
static void
put_edited(struct post_buf *b, const struct settings *s, const char *script)
{
	bool skipped = s->skipped > 0 && s->lua;

	if (s->string == 0 && !skipped) {
		post_puts(b, script);
		return;
	}
	post_puts(b, "sed");
	if (s->string > 0)
		post_putf(b, " -e s/MAXSTRINGLEN=%d/MAXSTRINGLEN=%llu/", STRING_TOOLKIT, (unsigned long long)s->string);
	if (skipped)
		post_putf(b, " -e s/MAXSKIPPED=%d/MAXSKIPPED=%llu/", SKIPPED_LUA, (unsigned long long)s->skipped);
	post_putf(b, " %s | perl -", script);
}

static void
put_pid(struct post_buf *b, const char *option, const struct post_account *a)
{
	post_putf(b, " %s ", option);
	if (a->said.pid > 0)
		post_putu(b, a->said.pid);
	else
		post_puts(b, "PID");
}

/* Which of the samplers it was is known but of stacks that were counted. */
static const char *
tool_of(const struct settings *s)
{
	return s->lua ? "ngx-sample-lua-bt" : s->sums ? "SAMPLER" : "sample-bt";
}

static void
put_space(struct post_buf *b, const struct settings *s, const struct post_account *a)
{
	bool kernel = a->notes.kind[POST_NOTE_KERNEL].n > 0;

	if (s->lua) {
		post_puts(b, a->lua_tail ? " --lua51" : " --luajit20");
		return;
	}
	if (a->notes.kind[POST_NOTE_USER].n > 0 || !kernel)
		post_puts(b, " -u");
	if (kernel)
		post_puts(b, " -k");
}

static void
put_toolkit(struct post_buf *b, const struct settings *s, const struct post_account *a)
{
	struct post_buf stap = { 0 };

	put_edited(b, s, tool_of(s));
	put_pid(b, "-p", a);
	post_puts(b, s->longer ? " -t LONGER" : " -t SECONDS");
	put_space(b, s, a);
	if (s->limit > 0)
		post_putf(b, " -l %llu", (unsigned long long)s->limit);
	if (!s->lua)
		put_macro(&stap, "-D", "MAXSKIPPED", s->skipped);
	if (s->buffer > 0)
		post_putf(&stap, " -s %llu", (unsigned long long)s->buffer);
	put_stap(&stap, "-D", s, a);
	if (stap.n > 0)
		post_putf(b, " -a '%s'", stap.s + 1);
	post_buf_free(&stap);
}

static void
put_argument(struct post_buf *b, const char *name, uint64_t value)
{
	if (value > 0)
		post_putf(b, " --arg %s=%llu", name, (unsigned long long)value);
}

static void
put_stapxx(struct post_buf *b, const struct settings *s, const struct post_account *a)
{
	post_puts(b, "stap++ ");
	post_puts(b, s->lua ? "lj-lua-stacks.sxx --skip-badvars" : s->sums ? "SAMPLER.sxx" : "sample-bt.sxx");
	put_pid(b, "-x", a);
	post_puts(b, s->longer ? " --arg time=LONGER" : " --arg time=SECONDS");
	put_argument(b, "limit", s->limit);
	if (s->lua)
		put_argument(b, "depth", s->lua_depth);
	if (s->lua && s->lua_all)
		post_puts(b, " --arg min=0");
	put_macro(b, "-D ", "MAXSTRINGLEN", s->string);
	put_macro(b, "-D ", "MAXSKIPPED", s->skipped);
	put_stap(b, "-D ", s, a);
}

bool
post_rerun_put(struct post_buf *b, enum post_rerun_form form, const struct post_account *a, const struct post_findings *findings)
{
	struct settings s = settings_of(a, findings);

	if (form == POST_RERUN_STAPXX)
		s.buffer = 0;	/* stap++ hands no -s on, and samples no frames of the kernel */
	if (is_nothing(&s) || (form == POST_RERUN_STAPXX && a->notes.kind[POST_NOTE_KERNEL].n > 0))
		return false;
	if (form == POST_RERUN_TOOLKIT)
		put_toolkit(b, &s, a);
	else
		put_stapxx(b, &s, a);
	return true;
}
