/* SPDX-License-Identifier: BSD-2-Clause */
/* Load biases by vote: simulated address layouts, right files and wrong ones; never a wrong place. */
#include "support.h"
#include "../sym/place.h"

enum {
	PAGE = 4096,
	FUNCS_MAX = 1200,
	FRAMES_MAX = 256,
	SECTIONS = 3		/* of a kernel module */
};

struct func {
	struct post_str	name, alias;	/* alias may be empty */
	uint64_t	addr, size;
	uint32_t	span;
	bool		exported;
	size_t		was;		/* its number in the build that this one was made from; SIZE_MAX: it is new or edited */
};

/* What a compiler made. */
struct build {
	enum post_object_type	type;
	uint64_t		base;
	struct func		func[FUNCS_MAX];
	size_t			n;
};

/* A frame, and where it was. */
struct trace {
	struct post_sighting	seen[FRAMES_MAX];
	uint64_t		link[FRAMES_MAX];
	size_t			func[FRAMES_MAX], n;
};

static struct post_arena names;

static struct post_str
name_of(const char *kind, uint64_t i)
{
	struct post_buf b = { 0 };
	struct post_str s;

	post_putf(&b, "%s%llu", kind, (unsigned long long)i);
	s = post_keep(&names, post_buf_str(&b));
	post_buf_free(&b);
	return s;
}

static uint64_t
some_size(struct rng *r)
{
	static const size_t most[] = { 3, 8, 40, 400 };

	return 16 * (1 + below(r, most[below(r, ROWS(most))]));
}

/* Functions of one section follow each other; sections begin on pages, those of a kernel module anywhere. */
static void
lay_out(struct build *b)
{
	uint64_t at = b->base + PAGE;

	for (size_t i = 0; i < b->n; i++) {
		if (i > 0 && b->func[i].span != b->func[i - 1].span)
			at = (at | 63) + 1;
		b->func[i].addr = at;
		at += b->func[i].size;
	}
}

static void
compile(struct build *b, struct rng *r, enum post_object_type type, size_t n)
{
	static const size_t shares[] = { 8, 30, 1000 };
	size_t share = shares[below(r, ROWS(shares))], pool = 1 + below(r, 30);

	*b = (struct build){ .type = type, .n = n,
	    .base = type == POST_OBJECT_EXEC ? 0x400000 : below(r, 4) == 0 ? 0x3a00000000 : 0 };
	for (size_t i = 0; i < n; i++) {
		bool dup = below(r, share) == 0;

		b->func[i] = (struct func){ .name = dup ? name_of("static", below(r, pool)) : name_of("f", i),
		    .size = some_size(r), .exported = !dup && below(r, 3) > 0, .was = i,
		    .span = type == POST_OBJECT_REL ? (uint32_t)(i * SECTIONS / n) : 0 };
		if (below(r, 20) == 0)
			b->func[i].alias = name_of("alias", i);
	}
	lay_out(b);
}

static uint64_t
end_of(const struct func *f)
{
	return f->addr + f->size;
}

/* The object of a build, with all symbols or only the exported ones. */
static void
open_object(struct post_object *o, const struct build *b, bool full)
{
	const struct func *f = b->func;
	uint64_t end = end_of(&f[b->n - 1]);

	*o = (struct post_object){ .type = b->type, .full_symbols = full, .first_page = b->base,
	    .image_size = ((end | (PAGE - 1)) + 1 + PAGE) - b->base };
	o->n_span = o->n_code = b->type == POST_OBJECT_REL ? SECTIONS : 1;
	o->span = post_resize(NULL, o->n_span, sizeof *o->span);
	o->code = post_resize(NULL, o->n_code, sizeof *o->code);
	o->span[0] = (struct post_span){ .lo = b->base, .hi = b->base + o->image_size, .align = PAGE };
	o->code[0] = (struct post_span){ .lo = f->addr, .hi = end };
	for (size_t i = 0; i < b->n; i++) {
		if (b->type == POST_OBJECT_REL) {
			if (i == 0 || f[i].span != f[i - 1].span)
				o->span[f[i].span] = (struct post_span){ .lo = f[i].addr, .align = 64 };
			o->span[f[i].span].hi = end_of(&f[i]);
			o->code[f[i].span] = o->span[f[i].span];
		}
		if (full || f[i].exported)
			post_symtab_add(&o->symtab, f[i].name, f[i].addr, f[i].span);
		if ((full || f[i].exported) && f[i].alias.n > 0)
			post_symtab_add(&o->symtab, f[i].alias, f[i].addr, f[i].span);
	}
	if (full && b->type != POST_OBJECT_REL)
		post_symtab_add(&o->symtab, BYTES("some_object"), end + 64, 0);
	post_symtab_ready(&o->symtab);
}

static void
close_object(struct post_object *o)
{
	post_symtab_free(&o->symtab);
	free(o->span);
	free(o->code);
}

/* What SystemTap would print for LINK, moved by BIAS, on a machine that has HOST. */
static struct post_sighting
sight(const struct post_object *host, uint64_t link, uint32_t span, uint64_t bias)
{
	const struct post_symbol *s = post_symtab_at(&host->symtab, link, span);

	while (s != NULL && !s->shown)
		s++;
	if (s == NULL)
		return (struct post_sighting){ .addr = link + bias, .offset = link - host->first_page, .size = host->image_size,
		    .has_offset = true, .has_size = true };
	return (struct post_sighting){ .addr = link + bias, .name = s->name, .offset = link - s->addr, .size = s->gap,
	    .has_offset = true, .has_size = true };
}

/* N frames of a process more; of a kernel module each section is at a place of its own. */
static void
run_process(struct trace *t, const struct build *b, const struct post_object *host, struct rng *r, size_t n)
{
	uint64_t bias[SECTIONS];

	for (size_t i = 0; i < SECTIONS; i++)
		bias[i] = (b->type == POST_OBJECT_EXEC ? 0 : 0x7f0000000000 + (rng(r) >> 30) * PAGE) -
		    (b->type == POST_OBJECT_REL ? host->span[i].lo : 0);
	for (size_t i = 0; i < n && t->n < FRAMES_MAX; i++, t->n++) {
		size_t at = below(r, b->n);
		const struct func *f = &b->func[at];

		t->func[t->n] = at;
		t->link[t->n] = f->addr + below(r, f->size);
		t->seen[t->n] = sight(host, t->link[t->n], f->span, bias[f->span]);
	}
}

/* How many frames were placed, and wrongly. */
struct score {
	uint64_t	frames, placed, wrong;
};

/* NOW is the build that was opened, made from the traced one. */
static void
score(struct score *s, const struct trace *t, const struct build *traced, const struct build *now,
    const struct post_placed *out)
{
	for (size_t i = 0; i < t->n; i++) {
		const struct func *to = NULL;
		uint64_t inside = t->link[i] - traced->func[t->func[i]].addr;

		for (size_t k = 0; k < now->n && to == NULL; k++)
			if (now->func[k].was == t->func[i])
				to = &now->func[k];
		s->frames++;
		if (out[i].how != POST_PLACED)
			continue;
		s->placed++;
		s->wrong += to == NULL || out[i].link != to->addr + inside || out[i].span != to->span;
	}
}

/* One way to trace and to look at it. */
struct cell {
	const char		*what;
	enum post_object_type	 type;
	bool			 host_full, full;
	size_t			 processes, frames;
	double			 least;		/* of the frames are placed */
};

static struct build traced, now;
static struct trace trace;
static struct post_placed out[FRAMES_MAX];

static void
try_right(const struct cell *c, struct rng *r, struct score *s)
{
	struct post_object host, object;
	struct post_placement p;

	compile(&traced, r, c->type, 20 + below(r, FUNCS_MAX - 20));
	open_object(&host, &traced, c->host_full);
	open_object(&object, &traced, c->full);
	trace.n = 0;
	for (size_t i = 0; i < c->processes; i++)
		run_process(&trace, &traced, &host, r, c->frames);
	post_place(&object, trace.seen, trace.n, false, out, &p);
	assert_true(p.verdict != POST_VERDICT_OTHER);
	score(s, &trace, &traced, &traced, out);
	for (size_t i = 0; i < trace.n; i++) {
		struct post_placed bare = post_place_bare(&p, trace.seen[i].addr);

		assert_true(bare.how != POST_PLACED || bare.link == trace.link[i]);
	}
	post_placement_free(&p);
	close_object(&host);
	close_object(&object);
	post_drop(&names);
}

static void
right_files(void **state)
{
	static const struct cell cells[] = {
		{ "1 frame", POST_OBJECT_DYN, true, true, 1, 1, 0.9 },
		{ "2 frames", POST_OBJECT_DYN, true, true, 1, 2, 0.95 },
		{ "30 frames", POST_OBJECT_DYN, true, true, 1, 30, 0.999 },
		{ "4 processes", POST_OBJECT_DYN, true, true, 4, 8, 0.99 },
		{ "40 processes", POST_OBJECT_DYN, true, true, 40, 1, 0.9 },
		{ "traced with exported symbols, 1 frame", POST_OBJECT_DYN, false, true, 1, 1, 0.35 },
		{ "traced with exported symbols, 2 frames", POST_OBJECT_DYN, false, true, 1, 2, 0.95 },
		{ "traced with exported symbols, 30 frames", POST_OBJECT_DYN, false, true, 1, 30, 0.99 },
		{ "a file with exported symbols, 1 frame", POST_OBJECT_DYN, true, false, 1, 1, 0.35 },
		{ "a file with exported symbols, 30 frames", POST_OBJECT_DYN, true, false, 1, 30, 0.55 },
		{ "both with exported symbols, 3 frames", POST_OBJECT_DYN, false, false, 1, 3, 0.97 },
		{ "a program at its address", POST_OBJECT_EXEC, true, true, 2, 8, 0.99 },
		{ "a kernel module, 1 frame", POST_OBJECT_REL, true, true, 1, 1, 0.9 },
		{ "a kernel module, 30 frames", POST_OBJECT_REL, true, true, 1, 30, 0.99 },
	};
	struct rng r = rng_start("right files");

	(void)state;
	for (size_t i = 0; i < ROWS(cells); i++) {
		struct score s = { 0 };

		for (unsigned k = 0; k < 400; k++)
			try_right(&cells[i], &r, &s);
		print_message("# %s: %.2f %% placed\n", cells[i].what, 100.0 * (double)s.placed / (double)s.frames);
		assert_int_equal(s.wrong, 0);
		assert_true((double)s.placed >= cells[i].least * (double)s.frames);
	}
}

/* Another build of the same program: code comes, goes, grows. */
static void
rebuild(struct build *b, const struct build *from, struct rng *r, size_t changes)
{
	*b = *from;
	for (size_t i = 0; i < changes; i++) {
		size_t at = below(r, b->n);
		struct func *f = &b->func[at];

		switch (below(r, 4)) {
		case 0:
			f->size += 16 * (1 + below(r, 20));
			f->was = SIZE_MAX;
			break;
		case 1:
			f->size += PAGE;
			f->was = SIZE_MAX;
			break;
		case 2:
			if (f->size <= 16)
				break;
			f->size -= 16;
			f->was = SIZE_MAX;
			break;
		default:
			if (b->n == FUNCS_MAX)
				break;
			memmove(f + 1, f, (b->n++ - at) * sizeof *f);
			f->name = name_of("new", at);
			f->alias.n = 0;
			f->was = SIZE_MAX;
			f->size = below(r, 4) == 0 ? PAGE : some_size(r);
		}
	}
	lay_out(b);
}

static void
try_wrong(const struct cell *c, struct rng *r, struct score *s, uint64_t *other)
{
	struct post_object host, object;
	struct post_placement p;

	compile(&traced, r, c->type, 20 + below(r, 300));
	rebuild(&now, &traced, r, 1 + below(r, below(r, 2) == 0 ? 2 : 40));
	open_object(&host, &traced, c->host_full);
	open_object(&object, &now, c->full);
	trace.n = 0;
	for (size_t i = 0; i < c->processes; i++)
		run_process(&trace, &traced, &host, r, 1 + below(r, c->frames));
	post_place(&object, trace.seen, trace.n, false, out, &p);
	*other += p.verdict == POST_VERDICT_OTHER;
	score(s, &trace, &traced, &now, out);
	post_placement_free(&p);
	close_object(&host);
	close_object(&object);
	post_drop(&names);
}

/*
 * What is placed in another build is a function that did not change, at the
 * same offset.  All that remains are changes that no frame could tell of:
 * behind the last symbol that the traced machine knew, or hidden by chance.
 */
static void
wrong_files(void **state)
{
	static const struct cell cells[] = {
		{ "30 frames", POST_OBJECT_DYN, true, true, 1, 30, 0 },
		{ "few frames", POST_OBJECT_DYN, true, true, 1, 4, 0 },
		{ "4 processes", POST_OBJECT_DYN, true, true, 4, 4, 0 },
		{ "traced with exported symbols, 30 frames", POST_OBJECT_DYN, false, true, 1, 30, 0 },
		{ "traced with exported symbols, few frames", POST_OBJECT_DYN, false, true, 1, 4, 0 },
		{ "a file with exported symbols, 30 frames", POST_OBJECT_DYN, true, false, 1, 30, 0 },
		{ "both with exported symbols, 30 frames", POST_OBJECT_DYN, false, false, 1, 30, 0 },
		{ "a program at its address", POST_OBJECT_EXEC, true, true, 1, 20, 0 },
		{ "a kernel module", POST_OBJECT_REL, true, true, 1, 20, 0 },
	};
	struct rng r = rng_start("wrong files");

	(void)state;
	for (size_t i = 0; i < ROWS(cells); i++) {
		struct score s = { 0 };
		uint64_t other = 0;

		for (unsigned k = 0; k < 2000; k++)
			try_wrong(&cells[i], &r, &s, &other);
		print_message("# %s: %.1f %% told, %.2f %% placed, %llu of %llu wrong\n", cells[i].what, 100.0 * (double)other / 2000,
		    100.0 * (double)s.placed / (double)s.frames, (unsigned long long)s.wrong, (unsigned long long)s.frames);
		assert_true(s.wrong * 1000 < s.frames);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(right_files),
		cmocka_unit_test(wrong_files),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
