/* SPDX-License-Identifier: BSD-2-Clause */
/* The page of a site. */
#ifndef BATCH_PAGE_H
#define BATCH_PAGE_H

#include "batch-outputs.h"

/* Write index.html and functions.js of what P has, groups and all. */
void	publish_page(struct publishing *);

#endif
