/* SPDX-License-Identifier: BSD-2-Clause */
/* What the files of a traced machine have, module by module, and whether they are those of the trace. */
#ifndef POST_INSPECT_H
#define POST_INSPECT_H

#include "../elf/contents.h"
#include "../elf/maps.h"
#include "../elf/process.h"
#include "../trace/finding.h"
#include "modules.h"

/* Is the file the one that the trace, or the process, has? */
enum post_match {
	POST_MATCH_TRACED,	/* it is: three names or more agree with their sizes; of a running process: it is the mapped one */
	POST_MATCH_PROBABLE,	/* nothing speaks against it */
	POST_MATCH_UNSURE,	/* too little is known to tell; of a process: it is at the path of the mapped one */
	POST_MATCH_REPLACED,	/* of a running process: it is the mapped one, but it was deleted, and its path leads elsewhere or nowhere */
	POST_MATCH_OTHER,	/* it is not */
	POST_MATCH_MISSING,	/* there is no file, or it cannot be read: see why */
	POST_MATCH_NOT_ASKED,	/* the kernel or a module of it, and nobody said where they are; the vdso, which no file has */
	POST_MATCH_TRACER,	/* SystemTap's own module, which is gone with the run */
	POST_MATCHES
};

struct post_inspected {
	char			*name;		/* as in the trace, or the maps, "/x (deleted)"; any bytes but NUL */
	enum post_match		 match;
	bool			 kernel;	/* the kernel or a module of it */
	bool			 vdso;
	bool			 deleted;	/* of a process: it is mapped, and was deleted or replaced */
	char			*file;		/* its path on this machine; NULL: none */
	char			*why;		/* why there is no file; NULL: there is */
	bool			 has_contents;
	struct post_contents	 contents;

	/* In a trace; frames are lines. */
	uint64_t		 frames;
	uint64_t		 outside;	/* those in none of its code */
	uint64_t		 unknown;	/* those whose name the file does not know */
	uint64_t		 named;		/* distinct names that the file knows, */
	uint64_t		 agree;		/* that fit where it was loaded, */
	uint64_t		 sized;		/* with a size that is the file's, */
	uint64_t		 against;	/* and that fit nowhere */

	/* In a process: bytes of code, and mappings of them, all, if no segment holds one. */
	uint64_t		 code, unfit;
};

/* { 0 } is empty. */
struct post_inspection {
	struct post_inspected	*v;		/* of a trace by frames, most first; of a process in the order of the maps */
	size_t			 n, cap;
	bool			 of_process;
	uint64_t		 data;		/* of a process: mapped executable, and no ELF files: left out */
	uint64_t		 anonymous;	/* of a process: bytes of code that is in no file */
};

/*
 * Look at the file of every module of FRAMES, found as CONF says, with up to
 * JOBS threads.  FINDINGS, unless NULL, gets what post_inspection_find tells.
 * Returns 0, or -1 with *err: as post_modules_open.
 * Cost: that of post_modules_open, and of post_object_contents for each file.
 */
int	post_inspect_trace(struct post_inspection *, const struct post_frames *frames, struct post_modules_conf *conf, unsigned jobs,
	    struct post_findings *findings, struct post_err *err);

/*
 * Append a finding for each module that is not the traced one (then it is
 * judged no further), is missing, or lacks symbols, DWARF or unwind tables.
 * Of nine modules of a kind or more, the eight with most frames have one each,
 * and the others one together, whose subject is "12 more modules" and whose value,
 * where it has no other meaning, is 12.
 */
void	post_inspection_find(const struct post_inspection *, struct post_findings *);

/*
 * Look at the files of the executable objects of MAPS.  With PROCESS their files are
 * its own, and without they are found as CONF says.  FIND is where debug files are, too.
 * What is mapped executable and is no ELF file is left out.
 * Returns 0, or -1 with *err: a directory of CONF.
 */
int	post_inspect_maps(struct post_inspection *, const struct post_maps *maps, const struct post_process *process,
	    const struct post_find_conf *find, unsigned jobs, struct post_err *err);

void	post_inspection_free(struct post_inspection *);

/* What it lacks; of what was not read, or is not the traced file, nothing. */
bool	post_inspected_lacks_symbols(const struct post_inspected *);	/* it has .dynsym at most */
bool	post_inspected_lacks_dwarf(const struct post_inspected *);	/* of the vdso it is not expected */
bool	post_inspected_lacks_unwind(const struct post_inspected *);

/* Why the verdict is what it is, in a clause: "34 of 35 names fit, with their sizes". */
void	post_inspected_put(struct post_buf *, const struct post_inspected *, bool of_process, enum post_lang);

/*
 * Append WHY, a message on why there is no file or what is amiss with one, as
 * post_put_shown does.  What has no translation stays English.
 */
void	post_reason_put(struct post_buf *, const char *why, enum post_lang);

#endif
