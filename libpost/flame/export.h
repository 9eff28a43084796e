/* SPDX-License-Identifier: BSD-2-Clause */
/* The tree in the file formats of other viewers: every frame, exact counts. */
#ifndef POST_EXPORT_H
#define POST_EXPORT_H

#include "../io/output.h"
#include "tree.h"

/*
 * d3-flame-graph's form: {"name":"all","value":N,"children":[...]}, values
 * inclusive; in a differential with "delta", after - before, inclusive.
 * Gaps of a chart are in none: its frames move to the left.
 */
void	post_export_json(struct post_tree *, struct post_out *);

/*
 * speedscope's file format (https://www.speedscope.app/file-format-schema.json):
 * one profile of type "sampled" named NAME, in a differential two, before and
 * after.  COUNTNAME is what was counted: a unit of time, or bytes, is one there,
 * too.  Stacks are in the order of a walk;
 * those of no samples are left out.
 * Cost: memory, the weights and the names.
 */
void	post_export_speedscope(struct post_tree *, const char *name, const char *countname, struct post_out *);

#endif
