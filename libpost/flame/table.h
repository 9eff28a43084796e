/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * The table: every frame of the tree, packed into a picture for its script.
 *
 * Base64 of a zlib stream (RFC 1950) of: a JSON object, and columns.  Each of
 * these is its length in bytes, four of them, the lowest first, and then its
 * bytes.  Numbers in columns are LEB128, unsigned.
 *
 *	0  the JSON object: what viewer/table.js needs to know of the picture
 *	1  names, each ended by "\n": plain text as post_xml_plain makes it
 *	2  of each name its colour (red, green, blue), 3 bytes
 *	3  of each name its kind (kind.h), 1 byte
 *	4  of each node but the root: how many levels up from where the node
 *	   before it would have its child; 0 is a child of it
 *	5  of each node but the root: what it is: POST_NODE_MORE, POST_NODE_GAP, or
 *	   POST_NODE_NAMED and on: a name
 *	6  of each node, the root too: its own samples, in units of 10^-scale
 *	7  of each POST_NODE_MORE: how many frames it stands for
 *	8  in a differential, of each node: its own samples before
 *	9  in a comparison, of each node: its own samples after; column 6 is then
 *	   what it is wide of
 *	10 in a comparison, of each node, 1 byte: is the change of its subtree
 *	   significant?  0 of the root, gaps and sums
 *
 * Nodes are in the order of a walk (tree.h): parents first, siblings from left
 * to right, a frame's own samples left of its children, so no gap is a first
 * child.  A name's number is the order of its first use.  Where the scale has
 * not all decimals, the ends of samples are cut to it, one after the other.
 */
#ifndef POST_TABLE_H
#define POST_TABLE_H

#include "tree.h"

enum { POST_NODE_MORE, POST_NODE_GAP, POST_NODE_NAMED };

/* Set all of { 0 }; borrowed. */
struct post_table_conf {
	struct post_count	 drawn;		/* frames of at least this many samples are never merged */
	uint64_t		 limit;		/* bytes of base64, about; 0: keep only what is drawn */
	struct post_str		 meta;		/* members of the JSON object, `"a":1,"b":2`; the writer adds its own */
	uint32_t		(*color)(void *arg, uint32_t name);	/* 0xRRGGBB */
	bool			(*significant)(void *arg, uint32_t edge, const struct post_frame *);	/* of a comparison, else not called: in the order of a walk, ancestors first */
	void			*arg;
};

/* Neighbours too small to be kept, in one: as wide as something that is drawn. */
struct post_more {
	struct post_count	start, count;
	struct post_count	before, after;	/* in a comparison */
	uint32_t		depth;
	uint64_t		frames;
};

struct post_table {
	uint64_t		 nodes;		/* in the table, the root too */
	uint64_t		 narrow;	/* frames in it that are not drawn */
	struct post_count	 narrow_samples;	/* and the own samples of these */
	uint64_t		 merged;	/* frames that are in no table, only in a sum */
	struct post_more	*more;		/* of at least conf.drawn samples, in the order of a walk */
	size_t			 nmore, cap;
};

/*
 * Append the table of TREE to OUT and describe it.  Where the whole tree
 * would pass the limit, runs of neighbours that are the smallest subtrees are
 * each one "(N more)" node with their exact sum, where they stand.
 * The members that the writer adds: "nodes", "names", "scale" (0 to 18) and
 * "total" (a number in those units), "frames" (of the whole tree, without its root), "diff".
 * Cost: one walk and one pass of zlib; with a limit that is passed, a few.
 */
void	post_table_write(struct post_tree *tree, const struct post_table_conf *, struct post_buf *out, struct post_table *);

void	post_table_free(struct post_table *);

#endif
