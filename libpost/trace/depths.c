/* SPDX-License-Identifier: BSD-2-Clause */
#include <stdlib.h>
#include "../base/mem.h"
#include "depths.h"
#include "facts.h"
#include "notes.h"

enum {
	SLOTS		= 2 * POST_ROOTS,
	DEPTH_MIN	= 8,	/* frames: less is no limit */
	SPIKE_MIN	= 5,	/* stacks of one depth */
	RARE		= 200,	/* one of so many stacks is no spike */
	ROOTS_MIN	= 3	/* of stacks that an unusual limit cut */
};

static struct post_ending *
slot_of(const struct post_depths *d, uint32_t root)
{
	size_t i = root % SLOTS;

	while (d->root[i].least != 0 && d->root[i].name != root)
		i = (i + 1) % SLOTS;
	return &d->root[i];
}

static void
add_root(struct post_depths *d, const struct post_ending *more)
{
	struct post_ending *r = slot_of(d, more->name);

	if (r->least == 0) {
		if (d->n_roots == POST_ROOTS)
			return;
		d->n_roots++;
		*r = *more;
		return;
	}
	if (more->least < r->least)
		r->least = more->least;
	if (more->most > r->most) {
		r->most = more->most;
		r->stacks = 0;
	}
	if (more->most == r->most)
		r->stacks += more->stacks;
}

static void
begin(struct post_depths *d)
{
	if (d->at != NULL)
		return;
	d->at = post_resize(NULL, POST_DEPTHS + 1, sizeof *d->at);
	d->root = post_resize(NULL, SLOTS, sizeof *d->root);
	memset(d->at, 0, (POST_DEPTHS + 1) * sizeof *d->at);
	memset(d->root, 0, SLOTS * sizeof *d->root);
}

void
post_depths_add(struct post_depths *d, size_t frames, uint64_t weight, uint32_t root)
{
	uint32_t n = frames < POST_DEPTHS ? (uint32_t)frames : POST_DEPTHS;
	struct post_ending one = { .name = root, .least = n, .most = n, .stacks = 1 };

	begin(d);
	d->stacks++;
	d->at[n].stacks++;
	d->at[n].weight = post_sum(d->at[n].weight, weight);
	add_root(d, &one);
}

void
post_depths_merge(struct post_depths *into, const struct post_depths *from)
{
	if (from->at == NULL)
		return;
	begin(into);
	into->stacks += from->stacks;
	for (size_t n = 0; n <= POST_DEPTHS; n++) {
		into->at[n].stacks += from->at[n].stacks;
		into->at[n].weight = post_sum(into->at[n].weight, from->at[n].weight);
	}
	for (size_t i = 0; i < SLOTS; i++)
		if (from->root[i].least != 0)
			add_root(into, &from->root[i]);
}

void
post_depths_free(struct post_depths *d)
{
	free(d->at);
	free(d->root);
	*d = (struct post_depths){ 0 };
}

/* Does a program, a thread or a system call begin there? */
static bool
is_entry(uint32_t root)
{
	static const struct post_str names[] = {
		POST_STR("_start"), POST_STR("__libc_start_main"), POST_STR("__libc_start_call_main"), POST_STR("__libc_start_main_impl"),
		POST_STR("main"), POST_STR("start_thread"), POST_STR("clone"), POST_STR("__clone"), POST_STR("clone3"), POST_STR("__clone3"),
		POST_STR("thread_start"), POST_STR("runtime.goexit"), POST_STR("runtime.mstart"), POST_STR("runtime.rt0_go"),
		POST_STR("entry_SYSCALL_64"), POST_STR("entry_SYSCALL_64_after_hwframe"), POST_STR("system_call_fastpath"),
		POST_STR("ret_from_fork"), POST_STR("ret_from_fork_asm"), POST_STR("kthread"), POST_STR("start_secondary"),
		POST_STR("cpu_startup_entry"), POST_STR("x86_64_start_kernel"), POST_STR("secondary_startup_64"),
		POST_STR("C:pmain"),
	};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (root == post_trait_hash(names[i]))
			return true;
	return false;
}

/* Of the deepest stacks, of N frames: those whose root no other stack has, and how many such roots there are. */
static uint64_t
rootless(const struct post_depths *d, size_t n, size_t *roots)
{
	uint64_t stacks = 0;

	*roots = 0;
	for (size_t i = 0; i < SLOTS; i++)
		if (d->root[i].least == n && !is_entry(d->root[i].name)) {
			stacks += d->root[i].stacks;
			++*roots;
		}
	return stacks;
}

/* A number that people choose; 127 is the kernel's own. */
static bool
is_usual(size_t n)
{
	return n % 10 == 0 || (n & (n - 1)) == 0 || n == 127;
}

size_t
post_depths_deepest(const struct post_depths *d)
{
	size_t n = d->at != NULL ? POST_DEPTHS : 0;

	while (n > 0 && d->at[n].stacks == 0)
		n--;
	return n;
}

size_t
post_depths_limit(const struct post_depths *d)
{
	size_t n = post_depths_deepest(d), roots;
	uint64_t less, spike;

	if (n == 0)
		return 0;
	spike = d->at[n].stacks;
	if (n < DEPTH_MIN || n == POST_DEPTHS || spike < SPIKE_MIN || spike * RARE < d->stacks)
		return 0;
	if (rootless(d, n, &roots) * 5 < spike * 4 || roots == 0 || (roots < ROOTS_MIN && (spike == d->stacks || !is_usual(n))))
		return 0;
	less = d->at[n - 1].stacks > d->at[n - 2].stacks ? d->at[n - 1].stacks : d->at[n - 2].stacks;
	return spike * 2 > less * (is_usual(n) ? 3 : 6) ? n : 0;
}
