/* SPDX-License-Identifier: BSD-2-Clause */
#include "str.h"

bool
post_str_has(struct post_str s, struct post_str what)
{
	return memmem(s.p, s.n, what.p, what.n) != NULL;
}
