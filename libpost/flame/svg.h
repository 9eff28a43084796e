/* SPDX-License-Identifier: BSD-2-Clause */
/* Flame graphs: a tree becomes an SVG document, which a browser can zoom and search. */
#ifndef POST_SVG_H
#define POST_SVG_H

#include "../io/output.h"
#include "tree.h"

struct post_colormap;
struct post_attrs;

/* The sides of a comparison; all borrowed. */
struct post_compare {
	const char	*before_name, *after_name;	/* what they are called: names of files, any bytes */
	double		 before, after;	/* what shares are of: samples, or units of work; over 0 */
	bool		 work;		/* samples per unit of work are shown, not percents */

	/*
	 * Is the change of all stacks that begin with PATH, N ids of names, root
	 * first, significant?  Frames of one edge of the tree have the same stacks:
	 * one of them is asked for, once, and only if one is drawn or kept for the
	 * table, or, of neighbours too small for that, the first.  Never the root.
	 * NULL: all are.
	 */
	bool		(*significant)(void *arg, const uint32_t *path, size_t n);
	void		*arg;
};

enum post_theme { POST_LIGHT, POST_DARK, POST_AUTO };	/* auto: prefers-color-scheme */
enum post_document { POST_PAGE_SVG, POST_PAGE_HTML };

/*
 * How the picture is made.  Begin with post_svg_defaults and change what is
 * wanted.  Strings are borrowed, end with NUL, and may hold any bytes: each is
 * escaped for the place where it goes.
 */
struct post_svg_opts {
	const char	*title;		/* NULL: "Flame Graph", "Icicle Graph" when inverted, "Flame Chart" of a chart */
	const char	*subtitle;	/* a second line under it; NULL: none */
	const char	*notes;		/* a comment in the document; NULL: none */
	const char	*countname;	/* what was counted: "samples" */
	const char	*nametype;	/* what stands before a name that is pointed at: "Function:" */
	const char	*fonttype;	/* a CSS font-family: "Verdana" */
	const char	*colors;	/* a palette: "hot" */
	const char	*bgcolors;	/* yellow, blue, green, grey or #rrggbb; NULL: as the palette has it */
	const char	*encoding;	/* what the XML declaration says, as UTF-8 is written; what is another encoding is not used */
	const char	*id_prefix;	/* before every id but "frames", which the script renames: letters, digits, _ . -; NULL: follows from the content */
	const char	*search_color, *ui_color, *stroke_color;	/* CSS: #rgb, #rrggbb or a name; NULL: #e600e6, as the theme has it, none */
	unsigned	 width;		/* of the picture, px: 21 to 1,000,000 */
	bool		 fluid;		/* the script makes it as wide as the window */
	unsigned	 height;	/* of a frame, px: 2 to 10,000 */
	double		 fontsize;	/* px: over 0, to 1,000 */
	double		 fontwidth;	/* mean width of a character / fontsize: over 0, to 100 */
	double		 minwidth;	/* frames narrower than this are left out: px, or with */
	bool		 minwidth_percent;	/* this set, percent of the whole */
	double		 factor;	/* shown counts are multiplied by this: over 0 */
	struct post_count total;	/* what the whole picture stands for; no effect under the real total */
	bool		 hash;		/* colours by the first and last three characters of a name */
	bool		 random;	/* by chance; hash wins */
	bool		 inverted;	/* the root on top */
	bool		 reversed;	/* the stacks of the tree are leaf first: the script says so */
	bool		 cut_left;	/* the script cuts labels at their beginning */
	bool		 negate;	/* differential: the colours and signs swapped */
	bool		 inclusive;	/* differential: coloured by the whole subtree, not by what ends at a frame */
	bool		 blind;		/* differential: orange and blue, for those who do not see red and green apart */
					/* (the last three: not of a comparison, which is inclusive and blind) */
	enum post_theme	 theme;
	enum post_document	 page;
	bool		 no_script;	/* a picture and nothing else: no table either */
	bool		 no_full;	/* the table has only what is drawn */
	uint64_t	 full_limit;	/* bytes of the table, about: 4 MiB */
	struct post_colormap *map;	/* colours kept by name, and to be kept (--cp); NULL: none */
	const struct post_attrs *attrs;	/* NULL: none */
	const struct post_compare *compare;	/* of a tree of post_tree_add_compared, and of no other; else NULL */
	const char *const *remark;	/* what is to be known of the trace, a line each: a badge */
	size_t		 nremark;
	const char	*badge;		/* what stands on it; NULL: how many there are */
	bool		 bare;		/* no style, script and table: for tests that compare bytes */
};

void	post_svg_defaults(struct post_svg_opts *);

/* Are the options sane?  Returns 0, or -1 with *err: POST_EUSAGE, and what is wrong. */
int	post_svg_check(const struct post_svg_opts *, struct post_err *err);

/*
 * Write the picture of TREE.  Its frames come in the order of a walk, so the
 * same stacks and options give the same bytes.  A failing OUT is noticed by
 * post_out_close, not here.
 *
 * Returns 0, or -1 with *err and nothing written:
 *   POST_EUSAGE	as post_svg_check
 *   POST_EFORMAT	the total is zero: post_svg_error can say so in a picture
 * Cost: memory, 4 bytes a name, the table and what one walk needs; time, two
 * walks over the tree and what the frames drawn and the table cost.
 */
int	post_svg_write(struct post_tree *, const struct post_svg_opts *, struct post_out *, struct post_err *err);

/* Write a picture that only says "ERROR: TEXT".  OPTS need not be sane. */
void	post_svg_error(const struct post_svg_opts *, const char *text, struct post_out *);

#endif
