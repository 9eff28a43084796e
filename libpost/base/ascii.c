/* SPDX-License-Identifier: BSD-2-Clause */
#include "ascii.h"

const unsigned char post_class[256] = {
	['\t'] = POST_SPACE, ['\v'] = POST_SPACE, ['\f'] = POST_SPACE, ['\r'] = POST_SPACE, [' '] = POST_SPACE,
	['0' ... '9'] = POST_DIGIT | POST_HEX | POST_WORD | POST_SYMBOL,
	['a' ... 'f'] = POST_HEX | POST_WORD | POST_SYMBOL, ['A' ... 'F'] = POST_HEX | POST_WORD | POST_SYMBOL,
	['g' ... 'z'] = POST_WORD | POST_SYMBOL, ['G' ... 'Z'] = POST_WORD | POST_SYMBOL, ['_'] = POST_WORD | POST_SYMBOL,
	['.'] = POST_SYMBOL, ['$'] = POST_SYMBOL, ['@'] = POST_SYMBOL,
};
