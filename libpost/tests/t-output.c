/* SPDX-License-Identifier: BSD-2-Clause */
/* Output: a file appears whole or not at all, and no failed write is silent. */
#include <dirent.h>
#include <pthread.h>
#include <stdatomic.h>
#include <zstd.h>
#include "support.h"

static struct post_err err;

/* Files in the scratch directory whose names begin with PREFIX. */
static int
files(const char *prefix)
{
	DIR *d = opendir(scratch_dir);
	struct dirent *e;
	int n = 0;

	while ((e = readdir(d)) != NULL)
		n += strncmp(e->d_name, prefix, strlen(prefix)) == 0;
	closedir(d);
	return n;
}

static void
holds(const char *path, const char *want)
{
	struct post_buf b = { 0 };

	get_file(path, &b);
	assert_string_equal(b.s, want);
	post_buf_free(&b);
}

static void
new_file(void **state)
{
	char *path = scratch("new");
	struct post_out out;
	struct stat st;
	mode_t mask = umask(027);

	(void)state;
	assert_int_equal(post_out_open(&out, path, &err), 0);
	post_puts(&out.buf, "text\n");
	post_out_flush(&out);
	assert_int_equal(access(path, F_OK), -1);
	post_puts(&out.buf, "more\n");
	assert_int_equal(post_out_close(&out, &err), 0);
	holds(path, "text\nmore\n");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0640);
	assert_int_equal(files("new"), 1);
	umask(mask);
}

static void
replaced_file(void **state)
{
	char *path = put_file("old", BYTES("before"));
	struct post_out out;
	struct stat st;

	(void)state;
	chmod(path, 0604);
	assert_int_equal(post_out_open(&out, path, &err), 0);
	post_puts(&out.buf, "after");
	post_out_flush(&out);
	holds(path, "before");
	assert_int_equal(post_out_close(&out, &err), 0);
	holds(path, "after");
	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(st.st_mode & 0777, 0604);
	assert_int_equal(files("old"), 1);
}

static void
empty_file(void **state)
{
	char *path = put_file("empty", BYTES("before"));
	struct post_out out;

	(void)state;
	assert_int_equal(post_out_open(&out, path, &err), 0);
	assert_int_equal(post_out_close(&out, &err), 0);
	holds(path, "");
}

static void
discarded(void **state)
{
	char *old = put_file("kept", BYTES("before"));
	struct post_out out;

	(void)state;
	assert_int_equal(post_out_open(&out, old, &err), 0);
	post_puts(&out.buf, "after");
	post_out_flush(&out);
	post_out_discard(&out);
	holds(old, "before");
	assert_int_equal(files("kept"), 1);
	assert_int_equal(post_out_open(&out, scratch("gone"), &err), 0);
	post_puts(&out.buf, "after");
	post_out_discard(&out);
	assert_int_equal(files("gone"), 0);
}

static void
many_bytes(void **state)
{
	char *path = scratch("many"), line[40];
	struct post_out out;
	struct post_buf b = { 0 };
	int i;

	(void)state;
	assert_int_equal(post_out_open(&out, path, &err), 0);
	for (i = 0; i < 100000; i++) {
		snprintf(line, sizeof line, "line %d\n", i);
		post_puts(&out.buf, line);
		post_out_tick(&out);
		assert_true(out.buf.n < POST_OUT_LARGE);
	}
	assert_int_equal(post_out_close(&out, &err), 0);
	get_file(path, &b);
	assert_int_equal(b.n, 1088890);
	assert_string_equal(b.s + b.n - 11, "line 99999\n");
	post_buf_free(&b);
}

static void
full_disk(void **state)
{
	struct post_out out;

	(void)state;
	assert_int_equal(post_out_open(&out, "/dev/full", &err), 0);
	assert_false(post_out_failed(&out));
	post_puts(&out.buf, "text");
	post_out_flush(&out);
	assert_true(post_out_failed(&out));
	assert_int_equal(out.buf.n, 0);
	post_puts(&out.buf, "more");
	assert_int_equal(post_out_close(&out, &err), -1);
	assert_int_equal(err.code, POST_EIO);
	assert_non_null(strstr(err.msg, "/dev/full: No space left on device"));
	assert_int_equal(access("/dev/full", F_OK), 0);
}

/* A write that fails leaves the old file and no other. */
static void
failed_write(void **state)
{
	char *path = put_file("failed", BYTES("before"));
	struct post_out out;
	int fd;

	(void)state;
	assert_int_equal(post_out_open(&out, path, &err), 0);
	fd = open("/dev/full", O_WRONLY);
	dup2(fd, out.fd);
	close(fd);
	post_puts(&out.buf, "after");
	assert_int_equal(post_out_close(&out, &err), -1);
	assert_non_null(strstr(err.msg, path));
	holds(path, "before");
	assert_int_equal(files("failed"), 1);
}

static void
devices(void **state)
{
	struct post_out out;
	struct stat st;

	(void)state;
	assert_int_equal(post_out_open(&out, "/dev/null", &err), 0);
	post_puts(&out.buf, "text");
	assert_int_equal(post_out_close(&out, &err), 0);
	assert_int_equal(stat("/dev/null", &st), 0);
	assert_true(S_ISCHR(st.st_mode));
}

static void *
read_all(void *path)
{
	static struct post_buf b;

	get_file(path, &b);
	return &b;
}

static void
pipes(void **state)
{
	char *path = scratch("fifo");
	struct post_out out;
	struct stat st;
	pthread_t reader;
	void *got;

	(void)state;
	assert_int_equal(mkfifo(path, 0600), 0);
	assert_int_equal(pthread_create(&reader, NULL, read_all, path), 0);
	assert_int_equal(post_out_open(&out, path, &err), 0);
	post_puts(&out.buf, "text");
	assert_int_equal(post_out_close(&out, &err), 0);
	pthread_join(reader, &got);
	assert_string_equal(((struct post_buf *)got)->s, "text");
	post_buf_free(got);
	assert_int_equal(stat(path, &st), 0);
	assert_true(S_ISFIFO(st.st_mode));
	assert_int_equal(files("fifo"), 1);
}

static void
cannot_open(void **state)
{
	static const char *const names[] = { "", "no/such/directory" };
	struct post_out out;
	size_t i;

	(void)state;
	for (i = 0; i < ROWS(names); i++) {
		char *path = scratch(names[i]);

		assert_int_equal(post_out_open(&out, path, &err), -1);
		assert_int_equal(err.code, POST_EIO);
		assert_non_null(strstr(err.msg, path));
		assert_null(out.path);
		assert_null(out.temp);
	}
}

/* A name as long as the file system allows needs a temporary name, too. */
static void
long_name(void **state)
{
	struct post_out out;
	char name[256];

	(void)state;
	memset(name, 'n', 255);
	name[255] = '\0';
	assert_int_equal(post_out_open(&out, scratch(name), &err), 0);
	post_puts(&out.buf, "text");
	assert_int_equal(post_out_close(&out, &err), 0);
	holds(scratch(name), "text");
}

static void
standard_output(void **state)
{
	static const char *const paths[] = { NULL, "-" };
	struct post_out out;
	size_t i;
	int saved = dup(STDOUT_FILENO);

	(void)state;
	fflush(stdout);
	for (i = 0; i < 2; i++) {
		char *path = scratch("stdout");
		int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);

		dup2(fd, STDOUT_FILENO);
		close(fd);
		assert_int_equal(post_out_open(&out, paths[i], &err), 0);
		post_puts(&out.buf, "text");
		assert_int_equal(post_out_close(&out, &err), 0);
		dup2(saved, STDOUT_FILENO);
		holds(path, "text");
	}
	dup2(open("/dev/full", O_WRONLY | O_CLOEXEC), STDOUT_FILENO);
	post_out_open(&out, NULL, &err);
	post_puts(&out.buf, "text");
	i = (size_t)post_out_close(&out, &err);
	dup2(saved, STDOUT_FILENO);
	close(saved);
	assert_int_equal((int)i, -1);
	assert_non_null(strstr(err.msg, "standard output: No space"));
}

/* Packed, in two writes and none. */
static void
packed_file(void **state)
{
	static const size_t sizes[] = { 0, 1, 100, 200000 };
	char *path = scratch("packed"), *plain = malloc(400000);
	struct post_out out;
	struct post_buf b = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
		size_t n = sizes[i];

		b.n = 0;
		for (size_t k = 0; k < n; k++)
			post_putc(&b, (char)('a' + k % 7));
		assert_int_equal(post_out_open(&out, path, &err), 0);
		assert_int_equal(post_out_pack(&out, &err), 0);
		post_put(&out.buf, post_buf_str(&b));
		post_out_tick(&out);
		post_out_copy(&out, post_buf_str(&b));
		assert_int_equal(post_out_close(&out, &err), 0);
		b.n = 0;
		get_file(path, &b);
		assert_int_equal(ZSTD_decompress(plain, 400000, b.s, b.n), 2 * n);
		for (size_t k = 0; k < 2 * n; k++)
			assert_int_equal(plain[k], 'a' + k % n % 7);
	}
	post_buf_free(&b);
	free(plain);
}

enum { ROUNDS = 3000 };
static pthread_barrier_t round_begins, round_ends;

static void
write_line(const char *path, int delay)
{
	struct post_out out;
	struct post_err bad;

	(void)pthread_barrier_wait(&round_begins);
	for (volatile int i = 0; i < delay; i++)
		;
	if (post_out_open(&out, path, &bad) == 0) {
		post_puts(&out.buf, "one line\n");
		(void)post_out_close(&out, &bad);
	}
	(void)pthread_barrier_wait(&round_ends);
}

/* A little later each time. */
static void *
write_lines(void *path)
{
	for (int i = 0; i < ROUNDS; i++)
		write_line(path, i * 20);
	return NULL;
}

/* Two that write a file which is not there: it is that of one of them, whole and once. */
static void
two_writers(void **state)
{
	char *path = strdup(scratch("both"));
	pthread_t other;

	(void)state;
	pthread_barrier_init(&round_begins, NULL, 2);
	pthread_barrier_init(&round_ends, NULL, 2);
	assert_int_equal(pthread_create(&other, NULL, write_lines, path), 0);
	for (int i = 0; i < ROUNDS; i++) {
		write_line(path, 0);
		holds(path, "one line\n");
		unlink(path);
	}
	pthread_join(other, NULL);
	free(path);
}

static atomic_bool enough;

/* What other threads make meanwhile has the mode that the umask gives. */
static void *
make_directories(void *arg)
{
	struct stat st;
	int *wrong = arg;

	for (int i = 0; !enough && *wrong == 0; i++) {
		char name[32];

		snprintf(name, sizeof name, "dir%d", i);
		if (mkdir(scratch(name), 0777) == 0 && stat(scratch(name), &st) == 0)
			*wrong = (st.st_mode & 0777) != 0755;
		rmdir(scratch(name));
	}
	return NULL;
}

static void
umask_of_others(void **state)
{
	mode_t mask = umask(022);
	char *path = strdup(scratch("mode"));
	struct post_out out;
	pthread_t maker;
	int wrong = 0;

	(void)state;
	enough = false;
	assert_int_equal(pthread_create(&maker, NULL, make_directories, &wrong), 0);
	for (int i = 0; i < 4000; i++) {
		assert_int_equal(post_out_open(&out, path, &err), 0);
		post_out_discard(&out);
	}
	enough = true;
	pthread_join(maker, NULL);
	assert_int_equal(wrong, 0);
	free(path);
	umask(mask);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(new_file), cmocka_unit_test(replaced_file), cmocka_unit_test(empty_file),
		cmocka_unit_test(discarded), cmocka_unit_test(many_bytes), cmocka_unit_test(full_disk),
		cmocka_unit_test(failed_write), cmocka_unit_test(devices), cmocka_unit_test(pipes), cmocka_unit_test(cannot_open),
		cmocka_unit_test(long_name), cmocka_unit_test(standard_output), cmocka_unit_test(packed_file),
		cmocka_unit_test(two_writers), cmocka_unit_test(umask_of_others),
	};

	return cmocka_run_group_tests_name("output", tests, scratch_make, scratch_remove);
}
