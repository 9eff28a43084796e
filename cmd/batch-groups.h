/* SPDX-License-Identifier: BSD-2-Clause */
/* The groups of a site: their sums, pictures and comparisons. */
#ifndef BATCH_GROUPS_H
#define BATCH_GROUPS_H

#include "batch-outputs.h"

/* Set what P knows of groups, and bring their outputs and comparisons up to date; those of groups that are gone go. */
void	publish_groups(struct publishing *);

/* Are all outputs there that the run before left? */
bool	publish_groups_are_there(struct publishing *);

#endif
