/* SPDX-License-Identifier: BSD-2-Clause */
/* The numbers of an independent program, testdata/diff/model, to 1e-9; cmd/tests/model makes new ones where it can. */
#include <dirent.h>
#include "comparing.h"

enum { WORDS = 32 };

static struct post_runs runs;
static struct post_diff d;
static struct post_diff_conf conf;
static size_t culprits, funcs;

static void
near(double got, double want)
{
	if (fabs(got - want) > 1e-9 * fabs(want) + 1e-300)
		print_error("got %.17g, want %.17g\n", got, want);
	assert_true(fabs(got - want) <= 1e-9 * fabs(want) + 1e-300);
}

/* The words of LINE between tabs; how many. */
static size_t
split(char *line, char **word)
{
	size_t n = 0;

	for (char *at = strtok(line, "\t\n"); at != NULL && n < WORDS; at = strtok(NULL, "\t\n"))
		word[n++] = at;
	return n;
}

static void
take_stack(char **word, size_t n)
{
	struct post_unfolder u = { .names = &runs.names };
	struct post_err err;

	assert_int_equal(n, runs.n + 2);
	post_unfold(&u, post_str_of(word[1]));
	for (size_t i = 0; i < runs.n; i++)
		if (strcmp(word[i + 2], "0") != 0)
			assert_int_equal(post_runs_count(&runs, i, u.frame, u.n, (struct post_count){ strtoull(word[i + 2], NULL, 10), 0 }, &err), 0);
	post_unfolder_free(&u);
}

static void
check_function(char **word)
{
	const struct post_function *f = function(&d, &runs, word[1]);

	assert_non_null(f);
	near(f->seen.before, strtod(word[2], NULL));
	near(f->seen.after, strtod(word[3], NULL));
	near(f->seen.t, strtod(word[4], NULL));
	near(f->seen.p, strtod(word[5], NULL));
	near(f->seen.q, strtod(word[6], NULL));
	funcs++;
}

static void
put_culprit(struct post_buf *b, const struct post_culprit *k)
{
	if (k->path.n == 0)
		post_put(b, post_name(&runs.names, k->name));
	for (size_t i = 0; i < k->path.n; i++) {
		post_puts(b, i > 0 ? ";" : "");
		post_put(b, post_name(&runs.names, k->path.frame[i]));
	}
}

static void
check_culprit(char **word)
{
	const struct post_culprit *k = &d.culprit[culprits];
	struct post_buf name = { 0 };

	assert_true(culprits < d.culprits);
	assert_string_equal(post_set_name(k->kind), word[1]);
	put_culprit(&name, k);
	assert_string_equal(name.s, word[2]);
	near(k->seen.delta, strtod(word[3], NULL));
	near(k->seen.t, strtod(word[4], NULL));
	near(k->seen.p, strtod(word[5], NULL));
	post_buf_free(&name);
	culprits++;
}

/* What is expected comes behind what is compared. */
static void
take_line(char **word, size_t n)
{
	bool expects = strcmp(word[0], "mode") != 0 && strcmp(word[0], "run") != 0 && strcmp(word[0], "stack") != 0;

	if (expects && d.funcs == 0)
		post_diff(&d, &runs, &conf, NULL, 0);
	if (strcmp(word[0], "mode") == 0)
		conf.work = strcmp(word[1], "work") == 0;
	else if (strcmp(word[0], "run") == 0) {
		post_runs_begin(&runs, "run", strcmp(word[1], "base") == 0 ? POST_BEFORE : POST_AFTER);
		runs.run[runs.n - 1].exposure = strtod(word[3], NULL);
	} else if (strcmp(word[0], "stack") == 0)
		take_stack(word, n);
	else if (strcmp(word[0], "sigma") == 0)
		near(d.noise.sigma, strtod(word[1], NULL));
	else if (strcmp(word[0], "d0") == 0)
		near(d.noise.d0, strtod(word[1], NULL));
	else if (strcmp(word[0], "s0") == 0)
		near(d.noise.s0, strtod(word[1], NULL));
	else if (strcmp(word[0], "func") == 0)
		check_function(word);
	else if (strcmp(word[0], "culprit") == 0)
		check_culprit(word);
	else
		fail_msg("a line of no kind: %s", word[0]);
}

static void
check_table(const char *path)
{
	FILE *f = fopen(path, "r");
	char *line = NULL, *word[WORDS];
	size_t cap = 0;

	assert_non_null(f);
	print_message("# %s\n", path);
	post_diff_defaults(&conf);
	culprits = funcs = 0;
	while (getline(&line, &cap, f) > 0)
		if (line[0] != '#')
			take_line(word, split(line, word));
	fclose(f);
	free(line);
	assert_int_equal(funcs, d.funcs);
	assert_int_equal(culprits, d.culprits);
	post_diff_free(&d);
	post_runs_free(&runs);
}

static void
tables(void **state)
{
	static const char dir[] = "testdata/diff/model";
	DIR *open = opendir(dir);
	const struct dirent *e;
	char path[512];
	size_t n = 0;

	(void)state;
	assert_non_null(open);
	while ((e = readdir(open)) != NULL)
		if (e->d_name[0] != '.') {
			snprintf(path, sizeof path, "%s/%s", dir, e->d_name);
			check_table(path);
			n++;
		}
	closedir(open);
	assert_true(n >= 10);
}

int
main(void)
{
	const struct CMUnitTest tests[] = { cmocka_unit_test(tables) };

	return cmocka_run_group_tests_name("diff-model", tests, NULL, NULL);
}
