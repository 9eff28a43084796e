/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * genfolded N [seed] - N distinct folded stacks to measure with.
 *
 * The same arguments give the same bytes.  Mean depth 29.5, mean line 680
 * bytes, about 5.5 tree nodes a stack, Pareto(0.9) counts, in random order.
 */
#include <err.h>
#include <inttypes.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 64, NAMES = 30000, LONGEST = 64 };

struct node {
	uint32_t	parent, name;
};

static struct node *node;
static uint32_t nodes, *leaf;
static uint32_t *at_depth[DEEPEST + 1], n_at[DEEPEST + 1], cap_at[DEEPEST + 1];
static char name[NAMES][LONGEST];
static uint64_t state;

/* splitmix64 */
static uint64_t
rnd(void)
{
	uint64_t z = state += 0x9e3779b97f4a7c15;

	z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9;
	z = (z ^ z >> 27) * 0x94d049bb133111eb;
	return z ^ z >> 31;
}

static double
unit(void)
{
	return (double)(rnd() >> 11) / 9007199254740992.0;
}

static void *
room(void *p, size_t n, size_t size)
{
	if ((p = reallocarray(p, n, size)) == NULL)
		err(2, NULL);
	return p;
}

/* Names as C++ and Lua have them: words of a small vocabulary. */
static void
make_names(void)
{
	static const char *const word[] = { "alloc", "buf", "cache", "do", "event", "find", "get", "hash",
	    "init", "json", "key", "lua", "map", "ngx", "open", "parse", "queue", "read", "send", "table",
	    "update", "vm", "write", "xdr", "yield", "zone" };
	static const char *const glue[] = { "_", "::", ".", "_" };
	int i;

	for (i = 0; i < NAMES; i++) {
		int words = 1 + (int)(rnd() % 6), n = 0;

		while (words-- > 0)
			n += snprintf(name[i] + n, sizeof name[i] - (size_t)n, "%s%s",
			    word[rnd() % (sizeof word / sizeof *word)], glue[rnd() % 4]);
		snprintf(name[i] + n, sizeof name[i] - (size_t)n, "%x", i);
	}
}

static uint32_t
grow(uint32_t parent, int depth)
{
	if (n_at[depth] == cap_at[depth]) {
		cap_at[depth] = cap_at[depth] == 0 ? 64 : 2 * cap_at[depth];
		at_depth[depth] = room(at_depth[depth], cap_at[depth], sizeof **at_depth);
	}
	at_depth[depth][n_at[depth]++] = nodes;
	node[nodes] = (struct node){ parent, (uint32_t)(unit() * unit() * NAMES) };
	return nodes++;
}

/* A new stack leaves an old one some frames below its top. */
static uint32_t
make_stack(void)
{
	int depth = 18 + (int)(24 * (unit() + unit() + unit()) / 3), fresh = 1, from;
	uint32_t n;

	while (fresh < depth - 1 && unit() > 1 / 5.5)
		fresh++;
	for (from = depth - fresh; from > 0 && n_at[from] == 0; )
		from--;
	n = at_depth[from][rnd() % n_at[from]];
	while (from < depth)
		n = grow(n, ++from);
	return n;
}

static void
print_stack(uint32_t n)
{
	uint32_t stack[DEEPEST];
	double count = floor(pow(1 - unit(), -1 / 0.9));
	int depth = 0;

	for (; n != 0; n = node[n].parent)
		stack[depth++] = node[n].name;
	while (depth-- > 0) {
		fputs(name[stack[depth]], stdout);
		putchar(depth > 0 ? ';' : ' ');
	}
	printf("%" PRIu64 "\n", count < 1e9 ? (uint64_t)count : UINT64_C(1000000000));
}

int
main(int argc, char *argv[])
{
	uint32_t i, n = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : 0;

	if (n == 0 || n > 20000000)
		errx(2, "usage: genfolded N [seed]");
	state = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
	node = room(NULL, (size_t)n * 16 + DEEPEST, sizeof *node);
	leaf = room(NULL, n, sizeof *leaf);
	make_names();
	nodes = 0;
	at_depth[0] = room(NULL, 1, sizeof **at_depth);
	cap_at[0] = 1;
	grow(0, 0);
	for (i = 0; i < n; i++)
		leaf[i] = make_stack();
	for (i = n; i > 1; i--) {
		uint32_t j = (uint32_t)(rnd() % i), t = leaf[j];

		leaf[j] = leaf[i - 1];
		leaf[i - 1] = t;
	}
	for (i = 0; i < n; i++)
		print_stack(leaf[i]);
	fprintf(stderr, "%" PRIu32 " stacks, %.2f nodes a stack\n", n, (double)nodes / n);
	return fflush(stdout) == 0 ? 0 : 2;
}
