/* SPDX-License-Identifier: BSD-2-Clause */
/* A palette file: colours that names keep from picture to picture (flamegraph.pl --cp). */
#ifndef POST_COLORMAP_H
#define POST_COLORMAP_H

#include "../base/buf.h"
#include "../base/err.h"
#include "../base/names.h"

/*
 * Lines "NAME->COLOUR" by their last "->", names as in folded lines
 * (bt-folded(5)); "" is the root.  Colours are rgb(r,g,b), #rrggbb and #rgb.
 * The file keeps lines of other colours as they are; they colour nothing.
 */
struct post_colormap {
	struct post_names	 names;
	struct post_buf		*text;		/* by id: the colour as the file has it, or is to have it */
	uint32_t		*rgb;		/* by id: 0xRRGGBB, or POST_NO_COLOR */
	size_t			 n, cap;	/* of both */
};

#define POST_NO_COLOR	UINT32_MAX

/* Read PATH; a file that is not there is an empty one.  Returns 0, or -1 with *err: POST_EIO. */
int		post_colormap_read(struct post_colormap *, const char *path, struct post_err *err);

uint32_t	post_colormap_get(struct post_colormap *, struct post_str name);	/* or POST_NO_COLOR */

/* NAME has this colour from now on, unless the file has one for it, of whatever form. */
void		post_colormap_set(struct post_colormap *, struct post_str name, uint32_t rgb);

/* Append all lines, sorted by the bytes of their names: what the file is to hold. */
void		post_colormap_put(const struct post_colormap *, struct post_buf *);

void		post_colormap_free(struct post_colormap *);

#endif
