/* SPDX-License-Identifier: BSD-2-Clause */
/* The groups and the page of a site. */
#ifndef BATCH_PUBLISH_H
#define BATCH_PUBLISH_H

#include "batch-state.h"

/* Make both anew where something that they are made of changed, or an output of theirs is gone. */
void	batch_publish(struct site *);

#endif
