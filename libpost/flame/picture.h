/* SPDX-License-Identifier: BSD-2-Clause */
/* What the parts of the document share while it is written.  Private to svg.c and its neighbours. */
#ifndef POST_PICTURE_H
#define POST_PICTURE_H

#include "../base/xml.h"
#include "decimal.h"
#include "layout.h"
#include "table.h"
#include "text.h"

/* Colours of what is no frame. */
struct picture_look {
	uint32_t	ends[2];	/* of the background */
	uint32_t	text, dim;	/* can be read on both */
	bool		dark, follow;	/* follow: dark where the browser is */
};

struct picture {
	const struct post_svg_opts	*opts;
	struct post_tree		*tree;
	struct post_layout		 layout;
	struct post_buf			*out;
	struct picture_look		 look;
	struct post_buf			 prefix;	/* of ids */
	struct post_buf			 packed;	/* the table */
	struct post_table		 table;
	uint32_t			*color;		/* by name id: a colour and COLORED, or 0 */
	int				 palette;
	uint64_t			 seed;		/* of colours by chance */
	struct post_count		 total;
	double				 shown;		/* the total, times the factor */
	/* By picture_survey; the root is not counted. */
	uint64_t			 frames, drawn;
	double				 narrow;	/* samples of what is not drawn */
	double				 max_delta;	/* of a differential, at least 1; of a comparison, a share, of what is significant */
	unsigned			 classes;	/* bits: what of the palette's legend occurs */
	struct post_buf			 attrs;		/* JSON members: attributes of functions */
	/* In a comparison. */
	unsigned char			*mark;		/* by edge: is it significant?  compare.c's */
	uint32_t			*path;		/* to the frame asked for last */
	size_t				 cappath;
	bool				 significant;	/* the frame that is drawn now */
};

static inline void
post_picture_puts(struct post_buf *b, const char *s)
{
	post_xml_text(b, post_str_of(s));
}

static inline bool
post_picture_has_table(const struct post_svg_opts *o)
{
	return !o->no_script && !o->bare;
}

const char	*post_picture_title(const struct post_svg_opts *, bool chart);

/* picture.c */
int	post_picture_next(struct post_walk *, int skip, struct post_frame *);	/* as post_walk_next without gaps, and charts have self too */
double	post_picture_delta(const struct picture *, const struct post_frame *);	/* in samples; not of a comparison */
void	post_picture_put_commas(struct post_buf *, uint64_t);	/* a comma after every three digits */
void	post_picture_put_digits(struct post_buf *, struct post_str digits);	/* the same, of any length */

/* What class I of the palette means here, and its colour; NULL: it does not occur. */
const char	*post_picture_class_text(const struct picture *, int i, uint32_t *rgb);

/* survey.c: what is to be known before the first byte is written. */
void	post_picture_survey(struct picture *);

/* fill.c */
uint32_t	post_picture_name_color(struct picture *, uint32_t id);	/* of a name, POST_ROOT too */
void		post_picture_keep_color(struct picture *, uint32_t id);	/* in the map of --cp, if there is one */
uint32_t	post_picture_fill(struct picture *, const struct post_frame *);

/* look.c */
void	post_picture_look(struct picture_look *, const struct post_svg_opts *, int palette);
void	post_picture_put_style(struct post_buf *, const struct picture_look *, unsigned row);
const char	*post_picture_class(const struct picture_look *);	/* of the svg element */

/* document.c: all around the frames. */
void	post_picture_put_head(struct picture *, struct post_str css);
void	post_picture_put_titles(struct picture *);
void	post_picture_put_error(struct picture *, const char *text);
void	post_picture_put_end(struct picture *, struct post_str script);

/* margin.c: what is said below and beside the frames. */
void	post_picture_put_margin(struct picture *);

/* frames.c */
void	post_picture_put_frames(struct picture *, struct post_out *);

/* meta.c: members of a JSON object that tell the script of the picture. */
void	post_picture_put_meta(struct picture *, struct post_buf *);

#endif
