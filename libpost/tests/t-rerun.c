/* SPDX-License-Identifier: BSD-2-Clause */
/* The command of the next run: what each finding asks for, and that a shell, or two, takes words of the trace as they are. */
#include "support.h"
#include "audit.h"
#include "../trace/rerun.h"

#define F(id) POST_FOUND_ ## id

static struct post_account a;
static struct post_findings findings;
static struct post_buf line;

static int
forget(void **state)
{
	(void)state;
	post_account_free(&a);
	post_findings_free(&findings);
	post_buf_free(&line);
	return 0;
}

static void
trace(const char *s)
{
	post_account_free(&a);
	post_findings_free(&findings);
	audit(&a, post_str_of(s));
	post_said_join(&a.said);
}

static void
find(enum post_finding_id id, uint64_t value, enum post_severity severity)
{
	post_findings_add(&findings, id, severity)->value = value;
}

static const char *
command(enum post_rerun_form form)
{
	line.n = 0;
	return post_rerun_put(&line, form, &a, &findings) ? line.s : NULL;
}

static void
is(enum post_rerun_form form, const char *want)
{
	const char *got = command(form);

	if (got == NULL || strcmp(got, want) != 0)
		fail_msg("got  %s\nwant %s", got != NULL ? got : "nothing", want);
}

#define USER	" 0x401000 : f+0x1/0x9 [/bin/a]\n\t7\n"
#define KERNEL	" 0xffffffff81000130 : k+0x1/0x9 [kernel]\n\t7\n"
#define BOTH	" 0xffffffff81000130 : k+0x1/0x9 [kernel]\n 0x401000 : f+0x1/0x9 [/bin/a]\n\t7\n"
#define LUA	"@a.lua:7\n@main.lua:1\n\t7\n"

static void
settings(void **state)
{
	static const struct {
		enum post_finding_id	 id;
		uint64_t		 value;
		const char		*toolkit, *stapxx;
	} rows[] = {
		{ F(TRUNCATED_STACKS), 512, "sed -e s/MAXSTRINGLEN=2048/MAXSTRINGLEN=4096/ sample-bt | perl - -p PID -t SECONDS -u", " -D MAXSTRINGLEN=4096" },
		{ F(TRUNCATED_STACKS), 0, "sed -e s/MAXSTRINGLEN=2048/MAXSTRINGLEN=4096/ sample-bt | perl - -p PID -t SECONDS -u", " -D MAXSTRINGLEN=4096" },
		{ F(TRUNCATED_STACKS), 4096, "sed -e s/MAXSTRINGLEN=2048/MAXSTRINGLEN=8192/ sample-bt | perl - -p PID -t SECONDS -u", " -D MAXSTRINGLEN=8192" },
		{ F(TRUNCATED_STACKS), 1 << 20, "sed -e s/MAXSTRINGLEN=2048/MAXSTRINGLEN=65536/ sample-bt | perl - -p PID -t SECONDS -u", " -D MAXSTRINGLEN=65536" },
		{ F(MAX_BACKTRACE), 20, "sed -e s/MAXSTRINGLEN=2048/MAXSTRINGLEN=4096/ sample-bt | perl - -p PID -t SECONDS -u -a '-DMAXBACKTRACE=200'",
		    " -D MAXSTRINGLEN=4096 -D MAXBACKTRACE=200" },
		{ F(MAX_BACKTRACE), 200, "sed -e s/MAXSTRINGLEN=2048/MAXSTRINGLEN=8192/ sample-bt | perl - -p PID -t SECONDS -u -a '-DMAXBACKTRACE=400'",
		    " -D MAXSTRINGLEN=8192 -D MAXBACKTRACE=400" },
		{ F(LIMIT_REACHED), 1024, "sample-bt -p PID -t SECONDS -u -l 10000 -a '-DMAXACTION=10000000'", " --arg limit=10000 -D MAXACTION=10000000" },
		{ F(MAX_ACTION), 0, "sample-bt -p PID -t SECONDS -u -a '-DMAXACTION=1000000'", " -D MAXACTION=1000000" },
		{ F(ARRAY_OVERFLOW), 0, "sample-bt -p PID -t SECONDS -u -a '-DMAXMAPENTRIES=20000'", " -D MAXMAPENTRIES=20000" },
		{ F(MAX_SKIPPED), 0, "sample-bt -p PID -t SECONDS -u -a '-DMAXSKIPPED=100000'", " -D MAXSKIPPED=100000" },
		{ F(LOCK_TIMEOUT), 7, "sample-bt -p PID -t SECONDS -u -a '-DMAXTRYLOCK=1000'", " -D MAXTRYLOCK=1000" },
		{ F(OVERLOAD), 0, "sample-bt -p PID -t SECONDS -u -a '-DSTP_NO_OVERLOAD'", " -D STP_NO_OVERLOAD" },
		{ F(TRANSPORT_FAILURES), 7, "sample-bt -p PID -t SECONDS -u -a '-s 64'", NULL },
		{ F(SPLICED_LINES), 0, "sample-bt -p PID -t SECONDS -u -a '-s 64'", NULL },
		{ F(LOW_TOTAL), 7, "sample-bt -p PID -t LONGER -u", "" },
		{ F(DEBUG_UNWIND), 0, "sample-bt -p PID -t SECONDS -u", "" },
		{ F(DEBUG_LINES), 0, "sample-bt -p PID -t SECONDS -u", "" },
		{ F(BULK_MODE), 0, "sample-bt -p PID -t SECONDS -u", "" },
	};
	char want[256];

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++) {
		trace(USER);
		find(rows[i].id, rows[i].value, POST_BIASED);
		is(POST_RERUN_TOOLKIT, rows[i].toolkit);
		if (rows[i].stapxx == NULL) {	/* it hands no -s on */
			assert_null(command(POST_RERUN_STAPXX));
			continue;
		}
		snprintf(want, sizeof want, "stap++ sample-bt.sxx -x PID --arg time=%s%s",
		    rows[i].id == F(LOW_TOTAL) ? "LONGER" : "SECONDS", rows[i].stapxx);
		is(POST_RERUN_STAPXX, want);
	}
}

static void
settings_of_lua(void **state)
{
	(void)state;
	trace(LUA);
	find(F(TRUNCATED_LUA), 2048, POST_SHALLOW);
	find(F(MAX_SKIPPED), 0, POST_PARTIAL);
	is(POST_RERUN_TOOLKIT, "sed -e s/MAXSTRINGLEN=2048/MAXSTRINGLEN=4096/ -e s/MAXSKIPPED=1024/MAXSKIPPED=100000/ ngx-sample-lua-bt | perl - "
	    "-p PID -t SECONDS --luajit20");
	is(POST_RERUN_STAPXX, "stap++ lj-lua-stacks.sxx --skip-badvars -x PID --arg time=SECONDS -D MAXSTRINGLEN=4096 -D MAXSKIPPED=100000");
	trace(LUA);
	find(F(MAX_SKIPPED), 0, POST_PARTIAL);
	is(POST_RERUN_TOOLKIT, "sed -e s/MAXSKIPPED=1024/MAXSKIPPED=100000/ ngx-sample-lua-bt | perl - -p PID -t SECONDS --luajit20");
	trace(LUA);
	find(F(SMALL_DROPPED), 3, POST_INFO);
	is(POST_RERUN_TOOLKIT, "ngx-sample-lua-bt -p PID -t SECONDS --luajit20");
	is(POST_RERUN_STAPXX, "stap++ lj-lua-stacks.sxx --skip-badvars -x PID --arg time=SECONDS --arg min=0");
	trace(LUA);
	find(F(LUA_DEPTH), 150, POST_SHALLOW);
	is(POST_RERUN_STAPXX, "stap++ lj-lua-stacks.sxx --skip-badvars -x PID --arg time=SECONDS --arg depth=300 -D MAXSTRINGLEN=4096");
}

static void
whom_and_where(void **state)
{
	(void)state;
	trace("WARNING: Tracing 4102 (/bin/a) in kernel-space only...\n" KERNEL);
	find(F(MAX_ACTION), 0, POST_PARTIAL);
	is(POST_RERUN_TOOLKIT, "sample-bt -p 4102 -t SECONDS -k -a '-DMAXACTION=1000000'");
	assert_null(command(POST_RERUN_STAPXX));	/* sample-bt.sxx has no frames of the kernel */
	trace("WARNING: Start tracing 4102 (/bin/a)\n" USER);
	find(F(MAX_ACTION), 0, POST_PARTIAL);
	is(POST_RERUN_STAPXX, "stap++ sample-bt.sxx -x 4102 --arg time=SECONDS -D MAXACTION=1000000");
	trace("[tail]\n" LUA);
	find(F(MAX_ACTION), 0, POST_PARTIAL);
	is(POST_RERUN_TOOLKIT, "ngx-sample-lua-bt -p PID -t SECONDS --lua51 -a '-DMAXACTION=1000000'");
	trace(BOTH);
	find(F(MAX_ACTION), 0, POST_PARTIAL);
	is(POST_RERUN_TOOLKIT, "sample-bt -p PID -t SECONDS -u -k -a '-DMAXACTION=1000000'");
	trace("");
	find(F(MAX_ACTION), 0, POST_FATAL);
	is(POST_RERUN_TOOLKIT, "sample-bt -p PID -t SECONDS -u -a '-DMAXACTION=1000000'");
}

static void
several_at_once(void **state)
{
	(void)state;
	trace(USER);
	find(F(TRUNCATED_STACKS), 512, POST_SHALLOW);
	find(F(MAX_BACKTRACE), 300, POST_SHALLOW);
	find(F(MAX_ACTION), 0, POST_PARTIAL);
	find(F(LIMIT_REACHED), 1024, POST_BIASED);
	is(POST_RERUN_TOOLKIT, "sed -e s/MAXSTRINGLEN=2048/MAXSTRINGLEN=16384/ sample-bt | perl - -p PID -t SECONDS -u -l 10000 "
	    "-a '-DMAXBACKTRACE=600 -DMAXACTION=10000000'");
}

static void
nothing_to_do(void **state)
{
	static const enum post_finding_id ids[] = { F(NO_STACKS), F(PARTIAL_STACK), F(EMPTY_STACKS), F(UNRESOLVED), F(CONCATENATED), F(NO_END) };

	(void)state;
	trace(USER);
	assert_null(command(POST_RERUN_TOOLKIT));
	for (size_t i = 0; i < ROWS(ids); i++)
		find(ids[i], 7, POST_PARTIAL);
	find(F(LOW_TOTAL), 500, POST_INFO);	/* some are enough for most */
	assert_null(command(POST_RERUN_TOOLKIT));
	assert_null(command(POST_RERUN_STAPXX));
	assert_int_equal(line.n, 0);
}

/* Names that are worse than files have. */
static const char *const hostile[] = {
	"/opt/a'$(touch pwned)`touch pwned`;touch pwned;.so", "/opt/a b.so", "/opt/\"q\".so", "/opt/$HOME.so", "/opt/*", "-rf", "/opt/\\.so",
	"/opt/a&touch pwned|touch pwned>pwned", "~root", "/opt/{a,b}", "/opt/!!", "#x", "''", "'", "\\'", "/opt/\xe6\xa8\xa1\xe5\x9d\x97.so", "=x", "a=b",
	"/opt/%s%n", "@ARGV", "$ENV{HOME}", "(x)", "/opt/a'\\''b.so",
};

/* stap++ cannot hand on what needs quoting. */
static bool
is_plain(const char *s)
{
	return s[0] != '-' && s[strspn(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789/._+=:@%,-")] == '\0';
}

static void
trace_hostile(void)
{
	struct post_buf b = { 0 };

	post_puts(&b, USER);
	for (size_t i = 0; i < ROWS(hostile); i++)
		post_putf(&b, "WARNING: Missing unwind data for a module, rerun with 'stap -d %s'\n", hostile[i]);
	trace(b.s);
	post_buf_free(&b);
}

/* A tool that prints each of its words, and scripts that give theirs to a shell as sample-bt does. */
static void
make_tools(void)
{
	static const char words[] = "#!/bin/sh\nprintf '%s\\n' \"$@\" >words\n",
	    script[] = "#!/usr/bin/perl\nuse strict; use Getopt::Std; my %o; getopts('a:p:t:l:uk', \\%o) or die; my $more = $o{a} || '';\n"
	    "$more .= ' -DMAXSTRINGLEN=2048' if $more !~ /MAXSTRINGLEN=2048/;\n"
	    "open my $out, \"|stap -x $o{p} $more -\" or die; close $out; exit($? ? 1 : 0);\n";

	put_file("stap", post_str_of(words));
	put_file("stap++", post_str_of(words));
	put_file("sample-bt", post_str_of(script));
	assert_int_equal(chmod(scratch("stap"), 0755) | chmod(scratch("stap++"), 0755) | chmod(scratch("sample-bt"), 0755), 0);
}

/* Runs the command of FORM in the scratch directory; then *got has the words that stap was given. */
static void
run(enum post_rerun_form form, struct post_buf *got)
{
	char shell[512];

	assert_non_null(command(form));
	put_file("command", post_buf_str(&line));
	snprintf(shell, sizeof shell, "cd '%s' && rm -f words && sh -n command && PATH=\"$PWD:$PATH\" sh command", scratch_dir);
	assert_int_equal(system(shell), 0);
	get_file(scratch("words"), got);
	assert_int_not_equal(access(scratch("pwned"), F_OK), 0);
}

static void
expect(struct post_buf *want, const char *before, const char *after)
{
	want->n = 0;
	post_puts(want, before);
	for (size_t i = 0; i < ROWS(hostile); i++)
		if (is_plain(hostile[i]))
			post_putf(want, "-d\n%s\n", hostile[i]);
	post_puts(want, after);
}

static void
words_come_back(void **state)
{
	struct post_buf want = { 0 }, got = { 0 };

	(void)state;
	make_tools();
	trace_hostile();
	run(POST_RERUN_STAPXX, &got);
	expect(&want, "sample-bt.sxx\n-x\nPID\n--arg\ntime=SECONDS\n", "");
	same_str(post_buf_str(&got), post_buf_str(&want));
	run(POST_RERUN_TOOLKIT, &got);
	expect(&want, "-x\nPID\n", "-DMAXSTRINGLEN=2048\n-\n");
	same_str(post_buf_str(&got), post_buf_str(&want));
	find(F(TRUNCATED_STACKS), 2048, POST_SHALLOW);		/* a changed copy of the script is run */
	run(POST_RERUN_TOOLKIT, &got);
	expect(&want, "-x\nPID\n", "-DMAXSTRINGLEN=4096\n-\n");
	same_str(post_buf_str(&got), post_buf_str(&want));
	post_buf_free(&want);
	post_buf_free(&got);
}

static void
left_out(void **state)
{
	static const struct {
		const char	*module;
		enum post_dash_d why;
	} rows[] = {
		{ "stap_9c06a36d86727c27ca7267a58004402_4120", POST_DASH_D_TRACER }, { "/lib/b.so (deleted)", POST_DASH_D_GONE },
		{ "/lib/b.so.#prelink#.x81kQz", POST_DASH_D_GONE }, { "/lib/\a.so", POST_DASH_D }, { "/lib/\xc2\x9b.so", POST_DASH_D },
		{ "/lib/\xff.so", POST_DASH_D },
	};
	struct post_buf b = { 0 };
	struct post_str module;
	enum post_dash_d why;
	uint32_t at = 0;

	(void)state;
	for (size_t i = 0; i < ROWS(rows); i++)
		post_putf(&b, "WARNING: Missing unwind data for a module, rerun with 'stap -d %s'\n", rows[i].module);
	post_puts(&b, "WARNING: Missing unwind data for a module, rerun with 'stap -d (unknown; retry with -DDEBUG_UNWIND)'\n");
	trace(b.s);
	assert_null(command(POST_RERUN_STAPXX));	/* none of these is a reason to run again */
	for (size_t i = 0; i < ROWS(rows); i++) {
		assert_true(post_rerun_left_out(&a, &at, &module, &why));
		same(module, rows[i].module);
		assert_int_equal(why, rows[i].why);
	}
	assert_false(post_rerun_left_out(&a, &at, &module, &why));
	post_puts(&b, "WARNING: Missing unwind data for a module, rerun with 'stap -d kernel'\n");
	trace(b.s);
	is(POST_RERUN_STAPXX, "stap++ sample-bt.sxx -x PID --arg time=SECONDS -d kernel");
	post_buf_free(&b);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_teardown(settings, forget),
		cmocka_unit_test_teardown(settings_of_lua, forget),
		cmocka_unit_test_teardown(whom_and_where, forget),
		cmocka_unit_test_teardown(several_at_once, forget),
		cmocka_unit_test_teardown(nothing_to_do, forget),
		cmocka_unit_test_teardown(words_come_back, forget),
		cmocka_unit_test_teardown(left_out, forget),
	};

	return cmocka_run_group_tests(tests, scratch_make, scratch_remove);
}
