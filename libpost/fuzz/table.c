/* SPDX-License-Identifier: BSD-2-Clause */
/* Whatever the folded lines, their table is what their tree is, whole and pruned. */
#include <assert.h>
#include <stdint.h>
#include "../tests/table-check.h"

int	LLVMFuzzerTestOneInput(const uint8_t *, size_t);

static uint32_t
color(void *arg, uint32_t id)
{
	(void)arg;
	return id * 0x9e3779b1 >> 8;
}

/* The number that ends LINE is cut off it; without one there is none. */
static struct post_count
take_count(struct post_str *line)
{
	const char *blank = line->n > 0 ? memrchr(line->p, ' ', line->n) : NULL;
	struct post_count count = { 0 };
	size_t n;

	if (blank == NULL)
		return count;
	n = (size_t)(blank - line->p);
	if (post_count_parse(post_str_from(*line, n + 1), &count) == 0)
		line->n = n;
	else
		count = (struct post_count){ 0 };
	return count;
}

static void
add_line(struct post_tree *t, struct post_names *names, struct post_str line, bool both)
{
	struct post_count after = take_count(&line), before = both ? take_count(&line) : after;
	uint32_t frame[64];
	size_t n = 0;

	while (line.n > 0 && n < 64) {
		const char *end = memchr(line.p, ';', line.n);
		size_t len = end != NULL ? (size_t)(end - line.p) : line.n;

		frame[n++] = post_intern(names, (struct post_str){ line.p, len });
		line = post_str_from(line, end != NULL ? len + 1 : len);
	}
	if (both)
		(void)post_tree_add_change(t, frame, n, before, after);
	else
		(void)post_tree_add(t, frame, n, after);
}

static void
check(struct post_tree *t, struct post_count drawn, uint64_t limit)
{
	struct post_table_conf conf = { .drawn = drawn, .limit = limit, .meta = POST_STR("\"unit\":\"samples\""), .color = color };
	struct post_buf text = { 0 };
	struct post_table table;

	post_table_write(t, &conf, &text, &table);
	check_table(t, &conf, post_buf_str(&text), &table);
	post_table_free(&table);
	post_buf_free(&text);
}

/* The first byte says what kind of tree; lines follow. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct post_str s = { (const char *)data, size }, line;
	struct post_names names = { 0 };
	struct post_tree t = { .names = &names };
	unsigned mode;

	if (size == 0 || size > 1 << 16)
		return 0;
	mode = data[0] & 7;
	t.chart = mode & 1;
	s = post_str_from(s, 1);
	while (post_next_line(&s, &line))
		add_line(&t, &names, line, mode & 2);
	check(&t, (struct post_count){ 0 }, UINT64_MAX);
	check(&t, (struct post_count){ t.total.whole / 3, t.total.frac / 3 }, 0);
	check(&t, (struct post_count){ t.total.whole / 3 + 1, 0 }, size / 2);
	post_tree_free(&t);
	post_names_free(&names);
	return 0;
}
