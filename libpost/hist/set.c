/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "set.h"

/* What is known of a key. */
struct post_hist_slot {
	uint32_t	first, last;	/* its groups, plus 1; 0: none */
	uint32_t	groups;
	uint32_t	file, nth;	/* how many of FILE had this key */
};

/* Runs of a key that fit each other: a panel, or a sum. */
struct post_hist_group {
	struct post_hist_extent	extent;		/* of all in the panel */
	size_t			run;		/* the first one */
	uint32_t		next;		/* of this key, plus 1; 0: none */
};

/* What those that belong together have in common. */
static void
put_key(struct post_buf *b, const struct post_hist *h, uint32_t nth)
{
	__int128 phase = h->interval > 0 ? h->start % h->interval : 0;

	post_putu(b, h->heading.n);
	post_putc(b, ' ');
	post_put(b, h->heading);
	post_putc(b, h->kind == POST_HIST_LOG ? 'l' : 'i');
	if (h->kind == POST_HIST_LINEAR) {
		post_putu(b, (uint64_t)h->interval);
		post_putc(b, '+');
		post_putu(b, (uint64_t)(phase < 0 ? phase + h->interval : phase));
	}
	post_putc(b, '#');
	post_putu(b, nth);
}

static struct post_hist_slot *
find_slot(struct post_hist_set *s, const struct post_hist *h, uint32_t nth)
{
	struct post_buf b = { 0 };
	uint32_t id;

	put_key(&b, h, nth);
	id = post_intern(&s->keys, post_buf_str(&b));
	post_buf_free(&b);
	while (s->nslot <= id) {
		s->slot = post_room(s->slot, s->nslot, &s->slot_cap, sizeof *s->slot);
		s->slot[s->nslot++] = (struct post_hist_slot){ 0 };
	}
	return &s->slot[id];
}

/* The how manieth is H, from 1, of its kind in FILE? */
static uint32_t
count_in_file(struct post_hist_set *s, const struct post_hist *h, uint32_t file)
{
	struct post_hist_slot *slot = find_slot(s, h, 0);

	if (slot->file != file)
		slot->nth = 0;
	slot->file = file;
	return ++slot->nth;
}

static void
add_file(struct post_hist_run *r, uint32_t file)
{
	if (r->nfile > 0 && r->file[r->nfile - 1] == file)
		return;
	r->file = post_resize(r->file, r->nfile + 1, sizeof *r->file);
	r->file[r->nfile++] = file;
}

static void
push(struct post_hist_set *s, struct post_hist *h, uint32_t file, uint32_t panel)
{
	s->run = post_room(s->run, s->n, &s->cap, sizeof *s->run);
	s->run[s->n] = (struct post_hist_run){ .hist = h, .panel = panel };
	add_file(&s->run[s->n++], file);
}

/* H begins a group of SLOT. */
static void
push_group(struct post_hist_set *s, struct post_hist_slot *slot, struct post_hist *h, uint32_t file)
{
	uint32_t *link = slot->last == 0 ? &slot->first : &s->group[slot->last - 1].next;

	if (slot->groups < POST_HIST_SUMS) {
		slot->groups++;
		slot->last = *link = s->npanel + 1;
	}
	s->group = post_room(s->group, s->npanel, &s->group_cap, sizeof *s->group);
	s->group[s->npanel] = (struct post_hist_group){ .extent = post_hist_extent(h), .run = s->n };
	push(s, h, file, s->npanel++);
}

static void
add_to_sum(struct post_hist_set *s, struct post_hist *h, uint32_t file)
{
	struct post_hist_slot *slot = find_slot(s, h, 0);
	enum post_hist_apart why = slot->groups == POST_HIST_SUMS ? POST_HIST_MANY : POST_HIST_OTHER;
	uint32_t i;

	for (i = slot->first; i > 0; i = s->group[i - 1].next) {
		struct post_hist_run *sum = &s->run[s->group[i - 1].run];

		if (!post_hist_fit(sum->hist, h))
			continue;
		if (post_hist_add(sum->hist, h) == 0) {
			add_file(sum, file);
			post_hist_free(h);
			return;
		}
		why = sum->hist->total > UINT64_MAX - h->total ? POST_HIST_OVER : POST_HIST_WIDE;
	}
	s->apart[why] += slot->groups > 0;
	push_group(s, slot, h, file);
}

static void
add_to_panel(struct post_hist_set *s, struct post_hist *h, uint32_t file)
{
	struct post_hist_slot *slot = find_slot(s, h, count_in_file(s, h, file));
	struct post_hist_extent extent = post_hist_extent(h);
	uint32_t i;

	for (i = slot->first; i > 0; i = s->group[i - 1].next)
		if (post_hist_fit(s->run[s->group[i - 1].run].hist, h) && post_hist_join(&s->group[i - 1].extent, &extent) == 0) {
			push(s, h, file, i - 1);
			return;
		}
	push_group(s, slot, h, file);
}

void
post_hist_set_add(struct post_hist_set *s, struct post_hist *h, uint32_t file)
{
	if (s->sum)
		add_to_sum(s, h, file);
	else if (s->single)
		push(s, h, file, s->npanel++);
	else
		add_to_panel(s, h, file);
}

void
post_hist_set_free(struct post_hist_set *s)
{
	size_t i;

	for (i = 0; i < s->n; i++) {
		post_hist_free(s->run[i].hist);
		free(s->run[i].file);
	}
	free(s->run);
	free(s->slot);
	free(s->group);
	post_names_free(&s->keys);
	*s = (struct post_hist_set){ 0 };
}

void
post_records_add(struct post_records *all, const struct post_record *r, uint32_t file)
{
	all->file = post_room(all->file, all->n, &all->file_cap, sizeof *all->file);
	all->file[all->n] = file;
	all->record = post_room(all->record, all->n, &all->cap, sizeof *all->record);
	all->record[all->n] = *r;
	all->record[all->n].name = post_keep(&all->mem, r->name);
	all->record[all->n++].what = post_keep(&all->mem, r->what);
}

void
post_records_free(struct post_records *all)
{
	free(all->record);
	free(all->file);
	post_drop(&all->mem);
	*all = (struct post_records){ 0 };
}

void
post_hist_put_files(struct post_buf *b, const struct post_hist_run *r, post_operand_fn *name, const void *arg)
{
	size_t i;

	for (i = 0; i < r->nfile; i++) {
		if (i > 0)
			post_puts(b, ", ");
		post_puts(b, name(arg, r->file[i]));
	}
}
