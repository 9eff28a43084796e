/* SPDX-License-Identifier: BSD-2-Clause */
/* Runs a fuzz target over files, and over the files of directories: the corpus as a plain test, with any compiler. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static int tests;

static void
no(const char *path)
{
	perror(path);
	exit(2);
}

/* The bytes are copied to a block of their exact size, so that reading past them is seen. */
static void
run(const char *path)
{
	FILE *f = fopen(path, "rb");
	uint8_t *p;
	long n;

	if (f == NULL || fseek(f, 0, SEEK_END) == -1 || (n = ftell(f)) < 0)
		no(path);
	rewind(f);
	if ((p = malloc(n > 0 ? (size_t)n : 1)) == NULL || fread(p, 1, (size_t)n, f) != (size_t)n)
		no(path);
	fclose(f);
	(void)LLVMFuzzerTestOneInput(p, (size_t)n);
	free(p);
	printf("ok %d - %s\n", ++tests, path);
	fflush(stdout);
}

static int
shown(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

static void
run_all(const char *path)
{
	struct stat st;
	struct dirent **e;
	int i, n;

	if (stat(path, &st) == -1)
		no(path);
	if (!S_ISDIR(st.st_mode)) {
		run(path);
		return;
	}
	if ((n = scandir(path, &e, shown, alphasort)) == -1)
		no(path);
	for (i = 0; i < n; i++) {
		char *file = malloc(strlen(path) + strlen(e[i]->d_name) + 2);

		if (file == NULL)
			no(path);
		sprintf(file, "%s/%s", path, e[i]->d_name);
		run(file);
		free(file);
		free(e[i]);
	}
	free(e);
}

int
main(int argc, char *argv[])
{
	int i;

	for (i = 1; i < argc; i++)
		run_all(argv[i]);
	printf("1..%d\n", tests);
	return 0;
}
