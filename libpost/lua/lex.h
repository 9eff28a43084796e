/* SPDX-License-Identifier: BSD-2-Clause */
/* Lua source to tokens: Lua 5.1 and LuaJIT, with the tokens of later versions known. */
#ifndef POST_LUA_LEX_H
#define POST_LUA_LEX_H

#include <stdint.h>
#include "../base/str.h"

/* A token of one byte is that byte; the others count from here. */
enum {
	LEX_END = 256,		/* the input is at its end, now and on every later call */
	LEX_NAME,		/* "goto" too: LuaJIT lets it be a name */
	LEX_NUMBER,
	LEX_STRING,		/* with its quotes or brackets */
	LEX_DOTS,		/* ... */
	LEX_LABEL,		/* :: */
	LEX_OP,			/* any other operator of two bytes: == ~= <= >= != .. // << >> */
	LEX_AND, LEX_BREAK, LEX_DO, LEX_ELSE, LEX_ELSEIF, LEX_CLOSE, LEX_FALSE, LEX_FOR, LEX_FUNCTION, LEX_IF, LEX_IN,
	LEX_LOCAL, LEX_NIL, LEX_NOT, LEX_OR, LEX_REPEAT, LEX_RETURN, LEX_THEN, LEX_TRUE, LEX_UNTIL, LEX_WHILE
};				/* LEX_CLOSE is "end" */

struct post_token {
	int		 kind;
	uint32_t	 line;	/* from 1: where the token begins */
	struct post_str	 text;	/* a view into the input */
};

/* { src, 0, 1 } lexes SRC from its first byte. */
struct post_lex {
	struct post_str	 src;
	size_t		 at;	/* in src: where the next token is looked for */
	uint32_t	 line;
};

/* Begin with a whole file: a byte order mark is no token, nor is a first line that begins with "#". */
void	post_lex_file(struct post_lex *, struct post_str src);

/*
 * The next token; blanks and comments are left out.  Any bytes are taken: a
 * string that is not closed ends with its line, a long string or comment with
 * the input, and a byte that is no Lua is a token of its own.
 * Returns the token's kind.  Cost: linear in the bytes passed, no memory.
 */
int	post_lex_next(struct post_lex *, struct post_token *);

#endif
