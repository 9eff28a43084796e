/* SPDX-License-Identifier: BSD-2-Clause */
/* Where the outputs of a trace, or a group of them, are: names of files that anybody can open. */
#ifndef POST_BATCH_PLACE_H
#define POST_BATCH_PLACE_H

#include "../base/buf.h"
#include "../base/err.h"

/* What is made of a trace or a group, each a file PLACE with an ending. */
enum post_output { POST_FOLDED, POST_SVG, POST_THUMB, POST_OUTPUTS };

/* Of the folded stacks it is another one where they are PACKED. */
const char	*post_output_ending(enum post_output, bool packed);

/*
 * Append the place of what is called NAME, below the directory DIR: bytes
 * other than letters, digits and "-_.,+@/" are "%XX"; so is a "." or "-" that
 * begins a part, and a "." before which a part could be taken for an output of
 * another name ("a.thumb", or "a.svg/b").  An empty part is "%".  A part, or a
 * place, that would be too long for a file system is cut, and has "%_" and a
 * hash of all of it behind.  Two names have two places.
 */
void	post_put_place(struct post_buf *, const char *dir, struct post_str name);

/* Make the directories of the file PATH below the directory BASE.  Returns 0, or -1 with *err. */
int	post_make_directories(const char *base, struct post_str path, struct post_err *err);

/* Are all outputs at PLACE, below BASE, there? */
bool	post_has_outputs(const char *base, const char *place, bool packed);

/*
 * Take them away, packed or not, and the directories that are empty then:
 * all of it, and each alone.  Directories only while no other thread makes one.
 */
void	post_remove_outputs(const char *base, const char *place);
void	post_unlink_outputs(const char *base, const char *place);
void	post_remove_empty(const char *base, const char *place);

#endif
