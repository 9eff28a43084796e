/* SPDX-License-Identifier: BSD-2-Clause */
/* /proc/PID/maps: lines of all kinds, and the objects that they make; and the maps of this very process. */
#include <sys/wait.h>
#include "support.h"
#include "../elf/maps.h"
#include "../elf/process.h"

static void
lines(void **state)
{
	static const struct {
		const char	*line;
		struct post_mapping	 want;
		const char	*name;		/* NULL: it is none */
	} t[] = {
		{ "00400000-00436000 r-xp 00001000 fe:00 11169353                           /opt/a b/x",
		    { .lo = 0x400000, .hi = 0x436000, .offset = 0x1000, .executable = true, .major = 0xfe, .inode = 11169353 }, "/opt/a b/x" },
		{ "7f-80 rw-s 0 08:1f 1 /x (deleted)", { .lo = 0x7f, .hi = 0x80, .major = 8, .minor = 0x1f, .inode = 1 }, "/x (deleted)" },
		{ "7f6db78f7000-7f6db80f7000 ---p 00000000 00:00 0 ", { .lo = 0x7f6db78f7000, .hi = 0x7f6db80f7000 }, "" },
		{ "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0                  [vsyscall]",
		    { .lo = 0xffffffffff600000, .hi = 0xffffffffff601000, .executable = true }, "[vsyscall]" },
		{ "1511 436000-53b000 r-xp 00036000 /opt/y", { .lo = 0x436000, .hi = 0x53b000, .offset = 0x36000, .executable = true }, "/opt/y" },
		{ "1-2 r-xp 0 /opt/y\r", { .lo = 1, .hi = 2, .executable = true }, "/opt/y" },
		{ "1-2 r-xp 0", { .lo = 1, .hi = 2, .executable = true }, "" },
		{ "1-2 r-xp 0 fe:00 x", { .lo = 1, .hi = 2, .executable = true }, "fe:00 x" },
		{ "2-1 r-xp 0 00:00 0", { 0 }, NULL },
		{ "1-2 rxwp 0 00:00 0", { 0 }, NULL },
		{ "1-2 r-x 0 00:00 0", { 0 }, NULL },
		{ "1-10000000000000000 r-xp 0 00:00 0", { 0 }, NULL },
		{ "1-2 r-xp", { 0 }, NULL },
		{ "Rss:                 132 kB", { 0 }, NULL },
		{ "root:x:0:0:root:/root:/bin/bash", { 0 }, NULL },
		{ "", { 0 }, NULL },
		{ "1511", { 0 }, NULL },
	};

	(void)state;
	for (size_t i = 0; i < ROWS(t); i++) {
		struct post_mapping m;
		bool got = post_mapping_parse(post_str_of(t[i].line), &m);

		assert_int_equal(got, t[i].name != NULL);
		if (!got)
			continue;
		same(m.name, t[i].name);
		assert_int_equal(m.lo, t[i].want.lo);
		assert_int_equal(m.hi, t[i].want.hi);
		assert_int_equal(m.offset, t[i].want.offset);
		assert_int_equal(m.executable, t[i].want.executable);
		assert_int_equal(m.major, t[i].want.major);
		assert_int_equal(m.minor, t[i].want.minor);
		assert_int_equal(m.inode, t[i].want.inode);
	}
}

static const char maps_text[] =
    "1000-2000 r--p 00000000 fe:00 1 /opt/x\n"
    "2000-5000 r-xp 00001000 fe:00 1 /opt/x\n"
    "Size: 12 kB\n"
    "5000-6000 r-xp 00000000 fe:00 2 /opt/x (deleted)\n"
    "6000-7000 r-xp 00000000 00:00 0 \n"
    "7000-7800 rwxp 00000000 00:00 0 [heap]\n"
    "8000-9000 r--p 00000000 fe:00 3 /usr/lib/locale/locale-archive\n"
    "9000-a000 rwxs 00000000 00:01 4 /memfd:jit (deleted)\n"
    "a000-b000 rwxs 00000000 00:01 5 /dev/zero (deleted)\n"
    "b000-c000 r-xp 00000000 fe:00 6 /opt/a\\012b c\n"
    "c000-d000 r--p 00000000 00:00 0 [vvar]\n"
    "d000-e000 r-xp 00000000 00:00 0 [vdso]\n"
    "e000-f000 r-xp 00003000 fe:00 1 /opt/x\n"
    "f000-f100 r-xp 00000000 00:00 0 [anon:js]\n"
    "ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0 [vsyscall]";

static void
objects(void **state)
{
	static const struct {
		enum post_mapped_kind	 kind;
		const char		*name;
		bool			 deleted;
		uint64_t		 code, n, first_lo;
	} want[] = {
		{ POST_MAPPED_FILE, "/opt/x", false, 0x4000, 3, 0x2000 },
		{ POST_MAPPED_FILE, "/opt/x", true, 0x1000, 1, 0x5000 },
		{ POST_MAPPED_ANONYMOUS, "", false, 0x1900, 3, 0x6000 },
		{ POST_MAPPED_FILE, "/usr/lib/locale/locale-archive", false, 0, 1, 0x8000 },
		{ POST_MAPPED_MEMORY, "/memfd:jit", true, 0x1000, 1, 0x9000 },
		{ POST_MAPPED_MEMORY, "/dev/zero", true, 0x1000, 1, 0xa000 },
		{ POST_MAPPED_FILE, "/opt/a\nb c", false, 0x1000, 1, 0xb000 },
		{ POST_MAPPED_SPECIAL, "[vvar]", false, 0, 1, 0xc000 },
		{ POST_MAPPED_VDSO, "[vdso]", false, 0x1000, 1, 0xd000 },
		{ POST_MAPPED_SPECIAL, "[vsyscall]", false, 0x1000, 1, 0xffffffffff600000 },
	};
	struct post_maps maps = { 0 };

	(void)state;
	post_maps_read(&maps, (struct post_str){ maps_text, sizeof maps_text - 1 });
	assert_int_equal(maps.n, ROWS(want));
	assert_int_equal(maps.lines, 15);
	assert_int_equal(maps.other, 1);
	for (size_t i = 0; i < maps.n; i++) {
		const struct post_mapped *m = &maps.mapped[i];

		assert_int_equal(m->kind, want[i].kind);
		same(m->name, want[i].name);
		assert_int_equal(m->deleted, want[i].deleted);
		assert_int_equal(m->code, want[i].code);
		assert_int_equal(m->n, want[i].n);
		assert_int_equal(post_mapped_code(m)->lo, want[i].first_lo);
	}
	post_maps_free(&maps);
}

static const struct post_mapped *
mapping_of(const struct post_maps *maps, uintptr_t at)
{
	for (size_t i = 0; i < maps->n; i++)
		for (size_t j = 0; j < maps->mapped[i].n; j++)
			if (at >= maps->mapped[i].range[j].lo && at < maps->mapped[i].range[j].hi)
				return &maps->mapped[i];
	return NULL;
}

static void
open_is_elf(const struct post_process *p, const struct post_mapped *m, const char *path)
{
	struct post_buf at = { 0 };
	struct post_err err;
	char magic[4];
	enum post_process_how how;
	int fd = post_process_file(p, m, &how, &at, &err);

	if (fd == -1 && m->kind == POST_MAPPED_VDSO) {
		assert_true(err.msg[0] != '\0');	/* it needs a right that we may not have */
		post_buf_free(&at);
		return;
	}
	assert_true(fd != -1);
	assert_int_equal(pread(fd, magic, sizeof magic, 0), sizeof magic);
	assert_memory_equal(magic, "\177ELF", 4);
	if (path != NULL)
		same(post_buf_str(&at), path);
	close(fd);
	post_buf_free(&at);
}

static void
this_process(void **state)
{
	struct post_buf text = { 0 };
	struct post_maps maps = { 0 };
	struct post_process p;
	struct post_err err;
	char pid[24], exe[4096] = { 0 };
	const struct post_mapped *m;

	(void)state;
	snprintf(pid, sizeof pid, "%ld", (long)getpid());
	assert_true(readlink("/proc/self/exe", exe, sizeof exe - 1) > 0);
	assert_int_equal(post_process_open(&p, pid, &err), 0);
	assert_true(p.own_root);
	assert_int_equal(post_process_maps(&p, &text, &err), 0);
	post_maps_read(&maps, post_buf_str(&text));
	assert_int_equal(maps.other, 0);
	assert_non_null(m = mapping_of(&maps, (uintptr_t)&this_process));
	same(m->name, exe);
	assert_int_equal(m->kind, POST_MAPPED_FILE);
	open_is_elf(&p, m, exe);
	for (size_t i = 0; i < maps.n; i++)
		if (maps.mapped[i].kind == POST_MAPPED_VDSO)
			open_is_elf(&p, &maps.mapped[i], "[vdso]");
	post_maps_free(&maps);
	post_buf_free(&text);
	post_process_close(&p);
}

static void
no_process(void **state)
{
	static const char *const pids[] = { "", "0x1", "-1", "1/../2", "self", "4294967295", "99999999999" };
	struct post_process p;
	struct post_err err;

	(void)state;
	for (size_t i = 0; i < ROWS(pids); i++) {
		assert_int_equal(post_process_open(&p, pids[i], &err), -1);
		assert_true(err.msg[0] != '\0');
		post_process_close(&p);
	}
}

/* It has ended, but nobody waited for it yet. */
static void
ended_process(void **state)
{
	struct post_buf text = { 0 }, want = { 0 };
	struct post_process p;
	struct post_err err;
	siginfo_t info;
	char pid[24];
	pid_t child = fork();

	(void)state;
	if (child == 0)
		_exit(0);
	assert_true(child > 0);
	assert_int_equal(waitid(P_PID, (id_t)child, &info, WEXITED | WNOWAIT), 0);
	snprintf(pid, sizeof pid, "%ld", (long)child);
	post_putf(&want, "process %s: it has no memory of its own: it has ended, or is the kernel's", pid);
	assert_int_equal(post_process_open(&p, pid, &err), 0);
	assert_int_equal(post_process_maps(&p, &text, &err), -1);
	assert_string_equal(err.msg, want.s);
	post_process_close(&p);
	assert_int_equal(waitpid(child, NULL, 0), child);
	post_buf_free(&text);
	post_buf_free(&want);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines), cmocka_unit_test(objects), cmocka_unit_test(this_process), cmocka_unit_test(no_process),
		cmocka_unit_test(ended_process),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
