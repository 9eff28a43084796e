/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "../base/ascii.h"
#include "../base/buf.h"
#include "maps.h"

static const struct post_str deleted_mark = POST_STR(" (deleted)");

/* The part of *s up to a blank, and *s moved behind that. */
static struct post_str
field(struct post_str *s)
{
	struct post_str f;
	size_t n = 0;

	*s = post_str_from(*s, post_span(*s, POST_SPACE));
	while (n < s->n && !post_is(s->p[n], POST_SPACE))
		n++;
	f = post_head(*s, n);
	*s = post_str_from(*s, n);
	return f;
}

/* The number that S begins with, of BASE 10 or 16, and *s moved behind it; false: there is none, or one over 64 bits. */
static bool
number(struct post_str *s, unsigned base, uint64_t *x)
{
	size_t i, n = post_span(*s, base == 10 ? POST_DIGIT : POST_HEX);

	for (*x = 0, i = 0; i < n; i++) {
		char c = s->p[i];
		unsigned digit = (unsigned)(c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10);

		if (*x > (UINT64_MAX - digit) / base)
			return false;
		*x = *x * base + digit;
	}
	*s = post_str_from(*s, n);
	return n > 0;
}

/* "A" and SEP and "B", and no more. */
static bool
pair(struct post_str s, char sep, uint64_t *a, uint64_t *b)
{
	if (!number(&s, 16, a) || s.n == 0 || s.p[0] != sep)
		return false;
	s = post_str_from(s, 1);
	return number(&s, 16, b) && s.n == 0;
}

static bool
all_of(struct post_str s, unsigned base, uint64_t *x)
{
	return number(&s, base, x) && s.n == 0;
}

static bool
permissions(struct post_str s, bool *executable)
{
	*executable = s.n == 4 && s.p[2] == 'x';
	return s.n == 4 && (s.p[0] == 'r' || s.p[0] == '-') && (s.p[1] == 'w' || s.p[1] == '-') && (s.p[2] == 'x' || s.p[2] == '-') &&
	    (s.p[3] == 'p' || s.p[3] == 's');
}

/* Device and inode, where they are; a name begins with no digit. */
static void
read_file_id(struct post_str *rest, struct post_mapping *m)
{
	struct post_str after = *rest, device = field(&after), inode = field(&after);

	if (pair(device, ':', &m->major, &m->minor) && all_of(inode, 10, &m->inode))
		*rest = after;
	else
		m->major = m->minor = m->inode = 0;
}

bool
post_mapping_parse(struct post_str line, struct post_mapping *m)
{
	struct post_str rest = line, f;
	uint64_t process;

	*m = (struct post_mapping){ 0 };
	if (rest.n > 0 && rest.p[rest.n - 1] == '\r')
		rest.n--;
	f = field(&rest);
	if (all_of(f, 10, &process))
		f = field(&rest);
	if (!pair(f, '-', &m->lo, &m->hi) || m->hi < m->lo || !permissions(field(&rest), &m->executable) || !all_of(field(&rest), 16, &m->offset))
		return false;
	read_file_id(&rest, m);
	m->name = post_str_from(rest, post_span(rest, POST_SPACE));
	return true;
}

static bool
starts_with_any(struct post_str s, const struct post_str *with, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (post_str_starts(s, with[i]))
			return true;
	return false;
}

static enum post_mapped_kind
kind_of(struct post_str name)
{
	static const struct post_str anonymous[] = { POST_STR("[heap]"), POST_STR("[stack"), POST_STR("[anon") };
	static const struct post_str memory[] = { POST_STR("/memfd:"), POST_STR("/SYSV"), POST_STR("/dev/zero"), POST_STR("/[aio]"),
		POST_STR("/anon_hugepage"), POST_STR("/dmabuf:") };

	if (name.n == 0 || starts_with_any(name, anonymous, sizeof anonymous / sizeof *anonymous))
		return POST_MAPPED_ANONYMOUS;
	if (post_str_eq(name, POST_STR("[vdso]")))
		return POST_MAPPED_VDSO;
	if (name.p[0] != '/')
		return POST_MAPPED_SPECIAL;
	return starts_with_any(name, memory, sizeof memory / sizeof *memory) ? POST_MAPPED_MEMORY : POST_MAPPED_FILE;
}

/* The kernel writes a newline in a name as "\012". */
static void
put_unescaped(struct post_buf *b, struct post_str s)
{
	static const struct post_str newline = POST_STR("\\012");

	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] == '\\' && post_str_starts(post_str_from(s, i), newline)) {
			post_putc(b, '\n');
			i += newline.n - 1;
		} else
			post_putc(b, s.p[i]);
}

/* Files of one name may be several: one that was replaced, and the one that came. */
static void
put_key(struct post_buf *b, const struct post_mapping *m, enum post_mapped_kind kind)
{
	const uint64_t id[] = { (uint64_t)kind, m->major, m->minor, m->inode };

	if (kind == POST_MAPPED_ANONYMOUS)
		post_put(b, POST_STR("anonymous"));
	else {
		post_put(b, (struct post_str){ (const char *)id, sizeof id });
		post_put(b, m->name);
	}
}

static struct post_mapped *
mapped_of(struct post_maps *maps, const struct post_mapping *m, struct post_buf *room)
{
	enum post_mapped_kind kind = kind_of(m->name);
	struct post_str name = m->name;
	struct post_mapped *to;
	uint32_t id;

	room->n = 0;
	put_key(room, m, kind);
	id = post_intern(&maps->keys, post_buf_str(room));
	if (id < maps->n)
		return &maps->mapped[id];
	maps->mapped = post_room(maps->mapped, maps->n, &maps->cap, sizeof *maps->mapped);
	to = &maps->mapped[maps->n++];
	*to = (struct post_mapped){ .kind = kind, .major = m->major, .minor = m->minor, .inode = m->inode };
	to->deleted = name.n > 0 && name.p[0] == '/' && post_str_ends(name, deleted_mark);
	name.n -= to->deleted ? deleted_mark.n : 0;
	room->n = 0;
	if (kind != POST_MAPPED_ANONYMOUS)
		put_unescaped(room, name);
	to->name = post_keep(&maps->mem, post_buf_str(room));
	return to;
}

static void
add(struct post_maps *maps, const struct post_mapping *m, struct post_buf *room)
{
	struct post_mapped *to = mapped_of(maps, m, room);
	uint64_t size = m->hi - m->lo;

	to->range = post_room(to->range, to->n, &to->cap, sizeof *to->range);
	to->range[to->n++] = (struct post_mapped_range){ m->lo, m->hi, m->offset, m->executable };
	if (m->executable)
		to->code += size < UINT64_MAX - to->code ? size : UINT64_MAX - to->code;
}

void
post_maps_read(struct post_maps *maps, struct post_str text)
{
	struct post_buf room = { 0 };
	struct post_mapping m;
	struct post_str line;

	while (post_next_line(&text, &line)) {
		maps->lines++;
		if (post_mapping_parse(line, &m))
			add(maps, &m, &room);
		else
			maps->other++;
	}
	post_buf_free(&room);
}

void
post_maps_free(struct post_maps *maps)
{
	for (size_t i = 0; i < maps->n; i++)
		free(maps->mapped[i].range);
	free(maps->mapped);
	post_names_free(&maps->keys);
	post_drop(&maps->mem);
	*maps = (struct post_maps){ 0 };
}

const struct post_mapped_range *
post_mapped_code(const struct post_mapped *m)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->range[i].executable)
			return &m->range[i];
	return &m->range[0];
}
