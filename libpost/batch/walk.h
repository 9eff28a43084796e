/* SPDX-License-Identifier: BSD-2-Clause */
/* The traces below directories. */
#ifndef POST_BATCH_WALK_H
#define POST_BATCH_WALK_H

#include "../base/err.h"
#include "../base/mem.h"
#include "../base/names.h"

struct post_found {
	const char	*path;		/* as it is opened */
	const char	*name;		/* below its root; of a file that was named itself its path; without empty parts and "." */
	uint64_t	 size;		/* bytes */
	int64_t		 mtime;		/* nanoseconds since 1970 */
	uint64_t	 inode;
};

/* Set the first four, and all else to zero. */
struct post_finds {
	const char	*site;		/* a directory that has a file of this name is one of outputs, and passed over */
	void		(*report)(void *arg, const char *path, const struct post_err *);	/* what cannot be read, and is passed over */
	void		*arg;
	bool		 as_written;	/* names are whole paths, as the roots are written, and not only what is below these */

	struct post_found	*v;	/* by name, in the order of bytes */
	size_t			 n;
	uint64_t		 alike;		/* files that are no traces by their names, and nearly are: a.bt.xz, a.bt.1 */
	const char		*first_alike;	/* the path of one */

	/* Private to walk.c. */
	size_t			 cap;
	struct post_arena	 mem;
	struct post_names	 seen;	/* directories and files, by what they are */
	const char	**missed;	/* names at and below which there may be more */
	size_t			 misses, misses_cap;
	struct post_link	*link;	/* to be followed when all else was found */
	size_t			 links, links_cap;
};

/*
 * Add the regular files below ROOT that are called *.bt or *.folded, with .gz
 * or .zst behind it or without; a ROOT that is a file is one whatever it is
 * called.
 */
void	post_find(struct post_finds *, const char *root);

/*
 * All roots were looked at: follow the symbolic links that were met, and
 * sort.  A directory is looked into once, and a file found once, however many
 * ways lead there; those without a link go first.  Hard links are files of
 * their own.
 */
void	post_finds_end(struct post_finds *);
void	post_finds_free(struct post_finds *);

/*
 * What is called NAME, or lies below it, may be there and was not seen ("":
 * all): as is noted of what could not be looked at, and of links to nothing.
 */
void	post_finds_miss(struct post_finds *, const char *name);
bool	post_is_missed(const struct post_finds *, const char *name);

#endif
