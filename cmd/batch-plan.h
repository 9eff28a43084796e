/* SPDX-License-Identifier: BSD-2-Clause */
/* Which traces there are below the roots of a site, and what of them is to do. */
#ifndef BATCH_PLAN_H
#define BATCH_PLAN_H

#include "batch-state.h"

/* Set what is found below the ROOTS and in --list; what cannot be looked at is told, and makes the status TOOL_PARTLY. */
void	site_find(struct site *, char **roots, int n);

/* Set the tasks: what is new, has changed, or has lost an output since the run before. */
void	site_plan(struct site *);

#endif
