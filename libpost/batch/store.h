/* SPDX-License-Identifier: BSD-2-Clause */
/* What is known of the traces of a batch from the runs before: a small SQLite database beside the outputs. */
#ifndef POST_BATCH_STORE_H
#define POST_BATCH_STORE_H

#include "../base/err.h"
#include "../base/mem.h"

struct post_store;

/* A trace as it was read.  Strings are borrowed from whoever fills it in, or from the arena of post_store_load. */
struct post_trace_record {
	const char	*name;		/* below its root */
	uint64_t	 size;		/* of the file, bytes */
	int64_t		 mtime;		/* nanoseconds since 1970 */
	int64_t		 read;		/* the same, of when it was read */
	uint64_t	 inode;
	uint64_t	 hash[2];	/* XXH3-128 of the file */
	const char	*rules;		/* what the outputs follow besides: options and version, a hash */
	int		 status;	/* 0 all of it was read, 1 a part, 2 nothing: there are no outputs */
	const char	*message;	/* what went wrong, or "" */
	const char	*samples;	/* a decimal number */
	uint64_t	 stacks;
	const char	*verdict;	/* of bt-check */
	const char	*findings;	/* lines "ID<tab>SEVERITY<tab>TEXT" */
	struct post_str	 costs;		/* cost.h */
};

/*
 * Open the database PATH, made when it is not there.  One that is damaged or
 * of another version is an error: it is the user's to remove.
 * Returns 0, or -1 with *err.
 */
int	post_store_open(struct post_store **, const char *path, struct post_err *err);

/* All records, by name in the order of bytes; they live in MEM.  Returns how many, or -1 with *err. */
int64_t	post_store_load(struct post_store *, struct post_arena *mem, struct post_trace_record **all, struct post_err *err);

/* Changes are kept together until post_store_commit; what was not committed is forgotten.  Return 0, or -1 with *err. */
int	post_store_put(struct post_store *, const struct post_trace_record *, struct post_err *err);
int	post_store_void(struct post_store *, const char *name, struct post_err *err);	/* a record without rules: what there is of it is not to be relied on */
int	post_store_remove(struct post_store *, const char *name, struct post_err *err);
int	post_store_commit(struct post_store *, struct post_err *err);

/* A value by key, kept with the same rules; "" when there is none. */
const char	*post_store_get(struct post_store *, const char *key, struct post_arena *mem);
int		 post_store_set(struct post_store *, const char *key, const char *value, struct post_err *err);
int		 post_store_unset(struct post_store *, const char *key, struct post_err *err);

/* The keys that begin with PREFIX, without it and in no order, in an array to be free(3)d; they live in MEM.  Returns how many, or -1 with *err. */
int64_t	post_store_keys(struct post_store *, const char *prefix, struct post_arena *mem, const char ***keys, struct post_err *err);

void	post_store_close(struct post_store *);

#endif
