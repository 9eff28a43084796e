/* SPDX-License-Identifier: BSD-2-Clause */
/* gentrace SIZE SEED TRACE...: a raw trace of SIZE bytes and some more out of small ones, as of many runs under ASLR. */
#include <err.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct stanza {
	char	*text;		/* frame lines, NUL-terminated */
	long	 count;
};

static struct stanza *stanzas;
static size_t n_stanzas;
static uint64_t state;

static uint64_t
next_random(void)
{
	state ^= state << 13;
	state ^= state >> 7;
	return state ^= state << 17;
}

static void
keep(const char *text, size_t n, long count)
{
	if ((n_stanzas & (n_stanzas - 1)) == 0 &&
	    (stanzas = realloc(stanzas, (n_stanzas ? 2 * n_stanzas : 1) * sizeof *stanzas)) == NULL)
		err(2, NULL);
	stanzas[n_stanzas++] = (struct stanza){ strndup(text, n), count };
}

static void
load(const char *path)
{
	FILE *f = fopen(path, "r");
	char *line = NULL, *text = NULL;
	size_t cap = 0, n = 0;
	ssize_t got;

	if (f == NULL)
		err(2, "%s", path);
	while ((got = getline(&line, &cap, f)) > 0) {
		if (line[0] == '\t') {
			keep(text, n, strtol(line, NULL, 10));
			n = 0;
			continue;
		}
		if ((text = realloc(text, n + (size_t)got)) == NULL)
			err(2, NULL);
		memcpy(text + n, line, (size_t)got);
		n += (size_t)got;
	}
	free(line);
	free(text);
	fclose(f);
}

/* A frame line, with its address moved when it is one that ASLR moves. */
static size_t
put_line(const char *line, size_t n, uint64_t shift)
{
	char *rest;
	uint64_t addr = strtoull(line, &rest, 16);

	if (line[0] != ' ' || addr < UINT64_C(0x550000000000) || addr >> 47 != 0)
		return fwrite(line, 1, n, stdout);
	return (size_t)printf(" 0x%" PRIx64, addr + shift) + fwrite(rest, 1, n - (size_t)(rest - line), stdout);
}

static size_t
put_stanza(const struct stanza *s, uint64_t shift)
{
	size_t out = 0;
	const char *p, *nl;

	for (p = s->text; (nl = strchr(p, '\n')) != NULL; p = nl + 1)
		out += put_line(p, (size_t)(nl + 1 - p), shift);
	return out + (size_t)printf("\t%ld\n", 1 + (long)(next_random() % (uint64_t)(2 * s->count + 1)));
}

int
main(int argc, char *argv[])
{
	size_t want, done = 0, i;

	if (argc < 4 || (state = strtoul(argv[2], NULL, 10)) == 0)
		errx(2, "usage: gentrace size seed trace ..., the seed not being 0");
	want = strtoul(argv[1], NULL, 10);
	for (i = 3; i < (size_t)argc; i++)
		load(argv[i]);
	if (n_stanzas == 0)
		errx(2, "no stacks");
	while (done < want) {
		uint64_t shift = (next_random() % 0x10000) << 12;

		for (i = 0; i < n_stanzas && done < want; i++)
			if (next_random() % 4 != 0)
				done += put_stanza(&stanzas[i], shift);
	}
	return fflush(stdout) == 0 && !ferror(stdout) ? 0 : 2;
}
