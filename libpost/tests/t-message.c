/* SPDX-License-Identifier: BSD-2-Clause */
/* Each message of stap 1.0 to 5.5 and of the samplers: what does it mean, and of whom does it speak? */
#include "support.h"
#include "../trace/message.h"

#define F(id) POST_FOUND_ ## id

struct row {
	const char		*line;
	enum post_finding_id	 id;
	uint64_t		 value;
	const char		*subject;
};

static struct post_buf buf;
static struct post_message got;

static void
read_line(struct post_str line)
{
	memset(&got, 0xa5, sizeof got);
	post_message_read(line, &buf, &got);
}

static void
check_rows(const struct row *rows, size_t n)
{
	size_t i;

	for (i = 0; i < n; i++) {
		read_line(post_str_of(rows[i].line));
		if (got.id != rows[i].id || got.value != rows[i].value)
			fail_msg("\"%s\" is %d with %llu, not %d with %llu", rows[i].line, (int)got.id,
			    (unsigned long long)got.value, (int)rows[i].id, (unsigned long long)rows[i].value);
		same(got.subject, rows[i].subject != NULL ? rows[i].subject : "");
		assert_int_equal(got.banner, POST_BANNER_NONE);
	}
}

static void
ends_of_runs(void **state)
{
	static const struct row rows[] = {
		{ "ERROR: MAXACTION exceeded near identifier 'print_ustack' at <input>:23:17", F(MAX_ACTION), 0, NULL },
		{ "ERROR: MAXACTION exceeded near keyword at <input>:3:1", F(MAX_ACTION), 0, NULL },
		{ "ERROR: Array overflow, check MAXMAPENTRIES near identifier 'bts' at <input>:17:13", F(ARRAY_OVERFLOW), 0, "bts" },
		{ "ERROR: Array overflow, check size limit (1000) near identifier 'a' at x.stp:1:2", F(ARRAY_OVERFLOW), 1000, "a" },
		{ "ERROR: Array overflow, check size limit (7)", F(ARRAY_OVERFLOW), 7, NULL },
		{ "ERROR: Array overflow", F(ARRAY_OVERFLOW), 0, NULL },
		{ "ERROR: aggregation overflow in __global_bts near identifier 'bts' at <input>:1:1", F(ARRAY_OVERFLOW), 0, "bts" },
		{ "ERROR: aggregation overflow in s", F(ARRAY_OVERFLOW), 0, "s" },
		{ "ERROR: Skipped too many probes, check MAXSKIPPED or try again with stap -t for more details.", F(MAX_SKIPPED), 0, NULL },
		{ "ERROR: probe overhead exceeded threshold", F(OVERLOAD), 0, NULL },
		{ "ERROR: probe overhead (512 cycles) exceeded threshold (500 cycles) in last 1000 cycles", F(OVERLOAD), 0, NULL },
		{ "ERROR: user string copy fault -14 at 00000000deadbeef [man error::fault] near identifier 'user_string' at x.stp:1:1",
		    F(READ_FAULT), 0, NULL },
		{ "ERROR: kernel string copy fault at 0x12 [man error::fault]", F(READ_FAULT), 0, NULL },
		{ "ERROR: read fault [man error::fault] at 0x8 (addr) near operator '@cast' at <input>:12:3", F(READ_FAULT), 0, NULL },
		{ "ERROR: kernel read fault at 0x0000000000000008 (addr) near operator '@cast' at <input>:12:3", F(READ_FAULT), 0, NULL },
		{ "ERROR: empty aggregate near operator '@hist_log' at <input>:2:3", F(EMPTY_AGGREGATE), 0, NULL },
		{ "ERROR: division by 0 near operator '/' at <input>:1:2", F(SCRIPT_ERROR), 0, "division by 0 near operator '/' at <input>:1:2" },
		{ "ERROR: MAXNESTING exceeded", F(SCRIPT_ERROR), 0, "MAXNESTING exceeded" },
		{ "ERROR: histogram index out of range", F(SCRIPT_ERROR), 0, "histogram index out of range" },
		{ "ERROR: reached end of stack before unwinding to level 3", F(STACK_END), 0, NULL },
		{ "ERROR: Couldn't insert module '/tmp/stapX/stap_1.ko': Operation not permitted", F(NOT_STARTED), 0,
		    "Couldn't insert module '/tmp/stapX/stap_1.ko': Operation not permitted" },
		{ "staprun:insert_module:186: ERROR: Couldn't insert module 'm.ko': Unknown symbol in module", F(NOT_STARTED), 0,
		    "Couldn't insert module 'm.ko': Unknown symbol in module" },
		{ "semantic error: while resolving probe point", F(NOT_STARTED), 0, "semantic error: while resolving probe point" },
		{ "parse error: expected statement", F(NOT_STARTED), 0, "parse error: expected statement" },
		{ "Pass 1: parse failed.  [man error::pass1]", F(NOT_STARTED), 0, "Pass 1: parse failed.  [man error::pass1]" },
		{ "Pass 2: analysis failed.  Try again with another '--vp 01' option.", F(NOT_STARTED), 0,
		    "Pass 2: analysis failed.  Try again with another '--vp 01' option." },
		{ "Pass 3: translation failed.", F(NOT_STARTED), 0, "Pass 3: translation failed." },
		{ "Pass 4: compilation failed.  [man error::pass4]", F(NOT_STARTED), 0, "Pass 4: compilation failed.  [man error::pass4]" },
		{ "Checking \"/lib/modules/5.10/build/.config\" failed with error: No such file or directory", F(NOT_STARTED), 0,
		    "Checking \"/lib/modules/5.10/build/.config\" failed with error: No such file or directory" },
		{ "Pass 5: run failed.  [man error::pass5]", F(RUN_FAILED), 0, NULL },
		{ "Pass 5: run failed.  Try again with another '--vp 00001' option.", F(RUN_FAILED), 0, NULL },
		{ "Pass 5: run failed.  Try again with more '-v' (verbose) options.", F(RUN_FAILED), 0, NULL },
		{ "WARNING: /usr/bin/staprun exited with status: 1", F(RUN_FAILED), 0, NULL },
		{ "WARNING: /usr/local/bin/staprun exited with signal: 9 (Killed)", F(RUN_FAILED), 0, NULL },
		{ "WARNING: No backtraces found. Quitting now...", F(NO_BACKTRACES), 0, NULL },
		{ "WARNING: Too few backtraces (0) found. Quitting now...", F(NO_BACKTRACES), 0, NULL },
	};

	(void)state;
	check_rows(rows, ROWS(rows));
}

static void
losses(void **state)
{
	static const struct row rows[] = {
		{ "WARNING: Number of errors: 0, skipped probes: 102", F(SKIPPED_PROBES), 102, NULL },
		{ "WARNING: Number of errors: 3, skipped probes: 0", F(NOTHING), 0, NULL },
		{ "WARNING: Number of errors: 0, skipped probes: 0", F(NOTHING), 0, NULL },
		{ "WARNING: Number of errors: 0, skipped probes: 99999999999999999999", F(SKIPPED_PROBES), UINT64_MAX, NULL },
		{ "WARNING: Number of errors: 0, skipped probes: 18446744073709551615", F(SKIPPED_PROBES), UINT64_MAX, NULL },
		{ "WARNING: Skipped due to global 'bts' lock timeout: 4", F(LOCK_TIMEOUT), 4, "bts" },
		{ "WARNING: Skipped due to global '__global_bts' lock timeout: 292", F(LOCK_TIMEOUT), 292, "bts" },
		{ "'__global_bts' lock contention occurred 17 times", F(LOCK_CONTENTION), 17, "bts" },
		{ "'quit' lock contention occurred 1 times", F(LOCK_CONTENTION), 1, "quit" },
		{ "WARNING: Skipped due to low stack: 1", F(LOW_STACK), 1, NULL },
		{ "WARNING: Skipped due to reentrancy: 62", F(REENTRANCY), 62, NULL },
		{ "WARNING: Skipped due to uprobe register failure: 3", F(UPROBE_FAILURE), 3, NULL },
		{ "WARNING: Skipped due to uprobe unregister failure: 4", F(UPROBE_FAILURE), 4, NULL },
		{ "WARNING: Skipped due to missed kretprobe/1 on 'kernel.function(\"vfs_read@fs/read_write.c:3\").return': 5",
		    F(MISSED_PROBES), 5, "kernel.function(\"vfs_read@fs/read_write.c:3\").return" },
		{ "WARNING: Skipped due to missed kretprobe/2 on 'a's': 6", F(MISSED_PROBES), 6, "a's" },
		{ "WARNING: Skipped due to missed kprobe on 'p': 7", F(MISSED_PROBES), 7, "p" },
		{ "WARNING: There were 186 transport failures.", F(TRANSPORT_FAILURES), 186, NULL },
		{ "WARNING: There were 3 transport failures. Try stap -s to increase the buffer size from 16.", F(TRANSPORT_FAILURES), 3, NULL },
		{ "WARNING: There were 2 lost messages and 4096 lost bytes.", F(TRANSPORT_FAILURES), 2, NULL },
		{ "WARNING: There were 1 lost messages, 8 lost bytes, and 2 unexpected sequences.", F(TRANSPORT_FAILURES), 1, NULL },
		{ "WARNING: too many pending (warning) messages", F(LOST_DIAGNOSTICS), 0, NULL },
		{ "WARNING: too many pending (system) messages", F(LOST_DIAGNOSTICS), 0, NULL },
		{ "ERROR: too many pending (error) messages", F(LOST_DIAGNOSTICS), 0, NULL },
		{ "ERROR: too many pending (realtime) messages", F(LOST_DIAGNOSTICS), 0, NULL },
		{ "WARNING deduplication table full", F(LOST_DIAGNOSTICS), 0, NULL },
		{ "WARNING: user string copy fault -14 at 000000006369641a", F(USER_STRING_FAULT), 0, NULL },
		{ "WARNING: user string copy fault -14 at 000000006369641a [man error::fault]", F(USER_STRING_FAULT), 0, NULL },
		{ "WARNING: user string copy fault -14 at 0x6369641a [man error::fault]", F(USER_STRING_FAULT), 0, NULL },
		{ "WARNING: probe kernel.function(\"f@a.c:1\") (address 0xffffffff81000000) registration error [man warning::pass5] (rc -22)",
		    F(NOT_PLACED), 0, "kernel.function(\"f@a.c:1\")" },
		{ "WARNING: probe kprobe.function(\"f\") (f+0) registration error [man warning::pass5] (rc -2)", F(NOT_PLACED), 0,
		    "kprobe.function(\"f\")" },
		{ "WARNING: probe process(\"/x y\").function(\"f\") at inode-offset 12:0x34 registration error [man warning::pass5] (rc -22)",
		    F(NOT_PLACED), 0, "process(\"/x y\").function(\"f\")" },
		{ "ERROR: probe timer.profile registration error (rc -16)", F(NOT_PLACED), 0, "timer.profile" },
		{ "ERROR: Hwbkpt probe kernel.data(\"x\").write: registration error [man warning::pass5] -28, addr 0x1, name x",
		    F(NOT_PLACED), 0, "kernel.data(\"x\").write" },
		{ "WARNING: u*probe failed nginx[123] 'process(\"/x\").function(\"f\")' addr 0x401000 rc -22", F(NOT_PLACED), 0,
		    "process(\"/x\").function(\"f\")" },
		{ "WARNING: u*probe failed", F(NOT_PLACED), 0, NULL },
		{ "WARNING: Found 12 JITted samples.", F(JITTED), 12, NULL },
		{ "WARNING: Found 0 JITted samples.", F(NOTHING), 0, NULL },
	};

	(void)state;
	check_rows(rows, ROWS(rows));
}

static void
unwinding(void **state)
{
	static const struct row rows[] = {
		{ "WARNING: Missing unwind data for module, rerun with 'stap -d stap_348b6243853d3b3a99c30655c24235c_29272'",
		    F(MISSING_UNWIND), 0, "stap_348b6243853d3b3a99c30655c24235c_29272" },
		{ "WARNING: Missing unwind data for a module, rerun with 'stap -d kernel'", F(MISSING_UNWIND), 0, "kernel" },
		{ "WARNING: Missing unwind data for a module, rerun with 'stap -d /usr/lib64/libc-2.17.so'", F(MISSING_UNWIND), 0,
		    "/usr/lib64/libc-2.17.so" },
		{ "WARNING: Missing unwind data for a module, rerun with 'stap -d /opt/it's a/x (deleted)'", F(MISSING_UNWIND), 0,
		    "/opt/it's a/x (deleted)" },
		{ "WARNING: Missing unwind data for a module, rerun with 'stap -d /a/very/long/path/that/was/cu", F(MISSING_UNWIND), 0, NULL },
		{ "WARNING: Missing unwind data for a module, rerun with 'stap -d (unknown; retry with -DDEBUG_UNWIND)'",
		    F(UNKNOWN_UNWIND), 0, NULL },
		{ "WARNING: missing unwind/symbol data for module 'uprobes'", F(MISSING_SYMBOLS), 0, "uprobes" },
		{ "WARNING: no or bad debug frame hdr", F(SLOW_UNWIND), 0, NULL },
		{ "WARNING: No binary search table for eh frame, doing slow linear search for stap_9c06a36d86727c27ca7267a58004402_66293",
		    F(SLOW_UNWIND), 0, NULL },
		{ "WARNING: No binary search table for debug frame, doing slow linear search for /lib64/libc-2.12.so", F(SLOW_UNWIND), 0, NULL },
		{ "WARNING: _stp_read_address failed to access memory location", F(UNREADABLE_MEMORY), 0, NULL },
		{ "WARNING: _stp_read_address failed to access memory for deref", F(UNREADABLE_MEMORY), 0, NULL },
		{ "WARNING: failed to access memory for deref", F(UNREADABLE_MEMORY), 0, NULL },
		{ "WARNING: skipping module /opt/a b eh_frame table (too big: 7 > 6)", F(TABLE_TOO_BIG), 0, "/opt/a b" },
		{ "WARNING: skipping module /x, section .text symbol table (too big: 7 > 6)", F(TABLE_TOO_BIG), 0, "/x" },
		{ "WARNING: skipping module kernel section .text symbol table (too big: 7 > 6)", F(TABLE_TOO_BIG), 0, "kernel" },
		{ "WARNING: Build-id mismatch [man warning::buildid]: \"/usr/bin/a\" pid 12 address 0x1, expected ab actual cd",
		    F(BUILD_ID_MISMATCH), 0, "/usr/bin/a" },
		{ "WARNING: Build-id mismatch [man error::buildid]: \"/usr/\"bin\" byte 3 (0x1 vs 0x2) address 0x1 rc 0 0",
		    F(BUILD_ID_MISMATCH), 0, "/usr/\"bin" },
		{ "ERROR: Build-id mismatch: \"kernel\" vs. \"vmlinux\"", F(BUILD_ID_MISMATCH), 0, "kernel" },
		{ "WARNING: Build-id mismatch", F(BUILD_ID_MISMATCH), 0, NULL },
	};

	(void)state;
	check_rows(rows, ROWS(rows));
}

static void
call_frame_information(void **state)
{
	static const char *const texts[] = {
		"DWARF expression stack underflow in CFI", "DWARF expression stack overflow in CFI",
		"DWARF expression stack divide by zero in CFI", "invalid (truncated) DWARF expression in CFI",
		"invalid skip 7 in CFI expression", "invalid register number 99 in CFI expression",
		"invalid DW_OP_deref_size 9 in CFI expression", "truncated DWARF expression in CFI",
		"backward branch in CFI expression not supported", "unimplemented CFI expression operation: 0x12",
		"unimplemented call frame instruction: 0x2e", "Unsupported CIE version: 4", "bad fde", "bad fde length",
		"cie is not valid 7f 1 2 3", "CIE end falls outside table", "Unterminated augmentation string",
		"Unknown augmentation char 'B'", "Bogus CIE augmentation length", "Bogus FDE augmentation length",
		"fde found in header, but cie is bad!", "bad unwind table encoding", "Too many CFI instuctions",
		"Too many CFI instructions", "Too many stacked DW_CFA_remember_state", "Unbalanced DW_CFA_restore_state",
		"Unexpected DW_CFA_def_cfa_offset", "BAD DW_CFA_def_cfa_expression value 9", "bad Register size",
		"bad Register width for value state", "case Register bad", "REG_INVALID 3", "Bad retAddrReg value",
		"unwind Bad num=3 end-ptr=4 2*tableSize=5", "eh_frame_ptr in eh_frame_hdr 0x1 not valid; eh_frame_addr = 0x2",
		"Module /x: frame_len=0",
	};
	char line[128];
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(texts); i++) {
		snprintf(line, sizeof line, "WARNING: %s", texts[i]);
		check_rows(&(struct row){ line, F(BAD_CFI), 0, NULL }, 1);
	}
}

static void
banners(void **state)
{
	static const struct {
		const char		*line;
		enum post_banner	 banner;
		uint64_t		 pid;
		const char		*subject;
	} rows[] = {
		{ "WARNING: Tracing 64696 (/usr/sbin/nginx) in user-space only...", POST_BANNER_BEGIN, 64696, "/usr/sbin/nginx" },
		{ "WARNING: Tracing 1 (/x (deleted)) in kernel-space only...", POST_BANNER_BEGIN, 1, "/x (deleted)" },
		{ "WARNING: Tracing 1 (/x) in both user-space and kernel-space...", POST_BANNER_BEGIN, 1, "/x" },
		{ "WARNING: Tracing 12 (/x)...", POST_BANNER_BEGIN, 12, "/x" },
		{ "WARNING: Tracing 10 20 30 (/opt/nginx/sbin/nginx) for standard Lua 5.1...", POST_BANNER_BEGIN, 10, "/opt/nginx/sbin/nginx" },
		{ "WARNING: Tracing 10 (/opt/nginx/sbin/nginx) for LuaJIT 2.0...", POST_BANNER_BEGIN, 10, "/opt/nginx/sbin/nginx" },
		{ "WARNING: Start tracing process 17816 (/usr/local/openresty/nginx/sbin/nginx)...", POST_BANNER_BEGIN, 17816,
		    "/usr/local/openresty/nginx/sbin/nginx" },
		{ "WARNING: Start tracing 6729 (/x)", POST_BANNER_BEGIN, 6729, "/x" },
		{ "WARNING: Start tracing 6729...", POST_BANNER_BEGIN, 6729, "" },
		{ "WARNING: Tracing SYN & ACK backlog queue overflows on the listening port 80...", POST_BANNER_NAMED, 0, "" },
		{ "Tracing 7 (/x)...", POST_BANNER_NAMED, 7, "/x" },
		{ "Start tracing 7 (/x)", POST_BANNER_NAMED, 7, "/x" },
		{ "Start tracing 7...", POST_BANNER_NAMED, 7, "" },
		{ "WARNING: Time's up. Quitting now...(it may take a while)", POST_BANNER_END, 0, "" },
		{ "WARNING: Time's up. Quitting now...", POST_BANNER_END, 0, "" },
		{ "WARNING: Hit Ctrl-C to end.", POST_BANNER_END, 0, "" },
		{ "Hit Ctrl-C to end.", POST_BANNER_END, 0, "" },
		{ "WARNING: Please wait for 10 seconds...", POST_BANNER_NONE, 0, "" },
		{ "WARNING: Wait for 5 sec to complete.", POST_BANNER_END, 0, "" },
		{ "WARNING: Tracing 99999999999999999999 (/x)...", POST_BANNER_BEGIN, UINT64_MAX, "/x" },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++) {
		read_line(post_str_of(rows[i].line));
		if (got.banner != rows[i].banner || got.pid != rows[i].pid || got.id != F(NOTHING))
			fail_msg("\"%s\" is banner %d of %llu", rows[i].line, (int)got.banner, (unsigned long long)got.pid);
		same(got.subject, rows[i].subject);
	}
}

static void
harmless(void **state)
{
	static const struct row rows[] = {
		{ "", F(NOTHING), 0, NULL }, { " ", F(NOTHING), 0, NULL }, { "\r", F(NOTHING), 0, NULL },
		{ "WARNING:", F(NOTHING), 0, NULL }, { "ERROR: ", F(NOTHING), 0, NULL },
		{ "WARNING: free misses: 12", F(NOTHING), 0, NULL },
		{ "WARNING: NULL returned", F(NOTHING), 0, NULL },
		{ "WARNING: Child process exited with status 1", F(NOTHING), 0, NULL },
		{ "ERROR: No stack counts found", F(NOTHING), 0, NULL },
		{ "Pass 5: starting run.", F(NOTHING), 0, NULL },
		{ "Pass 5: run completed in 10usr/20sys/10000real ms.", F(NOTHING), 0, NULL },
		{ "Pass 1: parsed user script and 110 library scripts", F(NOTHING), 0, NULL },
		{ "Found exact match for libluajit: /opt/lib/libluajit-5.1.so.2", F(NOTHING), 0, NULL },
		{ "Please wait for 5 seconds.", F(NOTHING), 0, NULL },
		{ "Missing separate debuginfos, use: debuginfo-install zlib", F(NOTHING), 0, NULL },
		{ "Number of similar warning messages suppressed: 3.", F(NOTHING), 0, NULL },
		{ "stapio:main:120 all done", F(NOTHING), 0, NULL },
		{ "symbolmap: 00000001: invalid section", F(NOTHING), 0, NULL },
		{ "MAXACTION exceeded", F(NOTHING), 0, NULL }, { "WARNINGS: MAXACTION exceeded", F(NOTHING), 0, NULL },
	};

	(void)state;
	check_rows(rows, ROWS(rows));
}

static void
tags(void **state)
{
	static const struct row rows[] = {
		{ "WARNING : Skipped due to reentrancy: 4", F(REENTRANCY), 4, NULL },
		{ "ATTENTION : Skipped due to reentrancy: 4", F(REENTRANCY), 4, NULL },
		{ "ATTENTION: Skipped due to reentrancy: 4", F(REENTRANCY), 4, NULL },
		{ "UWAGA: There were 5 transport failures.", F(TRANSPORT_FAILURES), 5, NULL },
		{ "VAROVÁNÍ: There were 5 transport failures.", F(TRANSPORT_FAILURES), 5, NULL },
		{ "VAROVÁNÍ:There were 5 transport failures.\r", F(TRANSPORT_FAILURES), 5, NULL },
		{ "CHYBA: MAXACTION exceeded near x at y:1:2", F(MAX_ACTION), 0, NULL },
		{ "ERREUR : MAXACTION exceeded near x at y:1:2", F(MAX_ACTION), 0, NULL },
		{ "ERROR : MAXACTION exceeded near x at y:1:2", F(MAX_ACTION), 0, NULL },
		{ "VAROVÁNÍ: chybějící ladicí informace pro modul 'xfs'", F(MISSING_SYMBOLS), 0, "xfs" },
		{ "Fáze 5: chyba při startu modulu. [man error::pass5]", F(RUN_FAILED), 0, NULL },
		{ "Fáze 2: chyba analýzy. [man error::pass2]", F(NOT_STARTED), 0, "Fáze 2: chyba analýzy. [man error::pass2]" },
		{ "Fáze 5: běh dokončen za 10 ms.", F(NOTHING), 0, NULL },
		{ "Passe 2 : échec de l'analyse sémantique.", F(NOT_STARTED), 0, "Passe 2 : échec de l'analyse sémantique." },
		{ "Passe 5 : lancement de l'exécution", F(NOTHING), 0, NULL },
		{ "CHYBA: Fork selhal. Ukončuji se...", F(OTHER_ERROR), 0, "Fork selhal. Ukončuji se..." },
		{ "ERREUR : ne peut créer le répertoire", F(OTHER_ERROR), 0, "ne peut créer le répertoire" },
		{ "ATTENTION : quelque chose", F(OTHER_WARNING), 0, "quelque chose" },
		{ "UWAGA: co innego", F(OTHER_WARNING), 0, "co innego" },
		{ "ERROR: Cannot find the thing", F(OTHER_ERROR), 0, "Cannot find the thing" },
		{ "stapio:init_stapio:12: ERROR: Cannot find the thing", F(OTHER_ERROR), 0, "Cannot find the thing" },
		{ "stap:x:12 WARNING: something", F(OTHER_WARNING), 0, "something" },
		{ "WARNING: $^arg_tme is defined by \"--arg tme=5\", but never used.", F(OTHER_WARNING), 0,
		    "$^arg_tme is defined by \"--arg tme=5\", but never used." },
		/* A text under the other tag is another message. */
		{ "WARNING: MAXACTION exceeded", F(OTHER_WARNING), 0, "MAXACTION exceeded" },
		{ "ERROR: Skipped due to reentrancy: 4", F(OTHER_ERROR), 0, "Skipped due to reentrancy: 4" },
	};

	(void)state;
	check_rows(rows, ROWS(rows));
}

static void
colours(void **state)
{
	static const struct row rows[] = {
		{ "\x1b[01;31m\x1b[KERROR:\x1b[m\x1b[K MAXACTION exceeded near x at y:1:2", F(MAX_ACTION), 0, NULL },
		{ "\x1b[00;33m\x1b[KWARNING:\x1b[m\x1b[K Missing unwind data for a module, rerun with 'stap -d \x1b[01mxfs\x1b[m'",
		    F(MISSING_UNWIND), 0, "xfs" },
		{ "\x1b[00;33m\x1b[KVAROVÁNÍ:\x1b[m\x1b[K Number of errors: 2, skipped probes: 7", F(SKIPPED_PROBES), 7, NULL },
		{ "\x1b[01;31m\x1b[Ksemantic error:\x1b[m\x1b[K no match", F(NOT_STARTED), 0, "semantic error: no match" },
		{ "\x1b[m", F(NOTHING), 0, NULL }, { "\x1b[", F(NOTHING), 0, NULL },
		{ "ERROR: \x1b]0;title", F(OTHER_ERROR), 0, "\x1b]0;title" },
	};

	(void)state;
	check_rows(rows, ROWS(rows));
	read_line(BYTES("\x1b[01;31mERROR:\x1b[m here"));
	assert_true(got.subject.p >= buf.s && got.subject.p + got.subject.n <= buf.s + buf.n);
}

static void
errors(void **state)
{
	static const struct {
		const char	*line;
		uint64_t	 n;
	} rows[] = {
		{ "WARNING: Number of errors: 3, skipped probes: 0", 3 }, { "WARNING: Number of errors: 0, skipped probes: 9", 0 },
		{ "ATTENTION : Number of errors: 3, skipped probes: 4", 3 },
		{ "\x1b[00;33m\x1b[KWARNING:\x1b[m\x1b[K Number of errors: 12, skipped probes: 7", 12 },
		{ "WARNING: Number of errors: 99999999999999999999, skipped probes: 0", UINT64_MAX },
		{ "Number of errors: 3, skipped probes: 0", 0 }, { "ERROR: Number of errors: 3, skipped probes: 0", 0 },
		{ "WARNING: Number of errors: , skipped probes: 0", 0 }, { "WARNING: Number of errors: 3", 0 }, { "", 0 }, { "\x1b[", 0 },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++)
		assert_int_equal(post_message_errors(post_str_of(rows[i].line)), rows[i].n);
	assert_int_equal(post_message_errors((struct post_str){ NULL, 0 }), 0);
	read_line((struct post_str){ NULL, 0 });
	assert_int_equal(got.id, F(NOTHING));
}

/* What people who traced nginx posted: each line in turn. */
static void
posted(void **state)
{
	static const struct row rows[] = {
		{ "[root@10.10.64.58 app]# ./stapxx/samples/sample-bt.sxx --arg limit=1000000 --arg time=10 -x 17816 >resty.bt", F(NOTHING), 0, NULL },
		{ "WARNING: Missing unwind data for a module, rerun with 'stap -d nf_conntrack_ipv4'", F(MISSING_UNWIND), 0, "nf_conntrack_ipv4" },
		{ "WARNING: Missing unwind data for a module, rerun with 'stap -d virtio_net'", F(MISSING_UNWIND), 0, "virtio_net" },
		{ "ERROR: probe overhead exceeded threshold", F(OVERLOAD), 0, NULL },
		{ "WARNING: Number of errors: 1, skipped probes: 292", F(SKIPPED_PROBES), 292, NULL },
		{ "WARNING: Skipped due to global '__global_bts' lock timeout: 102", F(LOCK_TIMEOUT), 102, "bts" },
		{ "WARNING: Skipped due to reentrancy: 4", F(REENTRANCY), 4, NULL },
		{ "WARNING: missing unwind/symbol data for module 'uprobes'", F(MISSING_SYMBOLS), 0, "uprobes" },
	};

	(void)state;
	check_rows(rows, ROWS(rows));
}

static void
dash_d(void **state)
{
	static const struct {
		const char		*module;
		enum post_dash_d	 d;
	} rows[] = {
		{ "kernel", POST_DASH_D }, { "/usr/lib64/libc-2.17.so", POST_DASH_D }, { "stap", POST_DASH_D }, { "/bin/stap_1", POST_DASH_D },
		{ "stap_348b6243853d3b3a99c30655c24235c_29272", POST_DASH_D_TRACER },
		{ "stap_9c06a36d86727c27ca7267a580044021_66293", POST_DASH_D_TRACER },
		{ "stap_9c06a36d86727c27ca7267a58004402", POST_DASH_D }, { "stap_9c06a36d86727c27ca7267a58004402_", POST_DASH_D },
		{ "stap_9c06a36d86727c27ca7267a58004402_1x", POST_DASH_D }, { "stap_9c06_1", POST_DASH_D },
		{ "/opt/x (deleted)", POST_DASH_D_GONE }, { "/lib64/libc-2.12.so.#prelink#.FHp24m", POST_DASH_D_GONE },
		{ "/lib64/libc-2.12.so.#prelink#.FHp24m (deleted)", POST_DASH_D_GONE }, { "/opt/x(deleted)", POST_DASH_D },
		{ "(unknown; retry with -DDEBUG_UNWIND)", POST_DASH_D_UNKNOWN }, { "", POST_DASH_D_UNKNOWN },
	};
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(rows); i++)
		if (post_message_dash_d(post_str_of(rows[i].module)) != rows[i].d)
			fail_msg("\"%s\"", rows[i].module);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ends_of_runs), cmocka_unit_test(losses), cmocka_unit_test(unwinding),
		cmocka_unit_test(call_frame_information), cmocka_unit_test(banners), cmocka_unit_test(harmless),
		cmocka_unit_test(tags), cmocka_unit_test(colours), cmocka_unit_test(errors), cmocka_unit_test(posted),
		cmocka_unit_test(dash_d),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	post_buf_free(&buf);
	return failed;
}
