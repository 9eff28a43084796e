/* SPDX-License-Identifier: BSD-2-Clause */
/* The files of a traced machine, as bt-check shows them. */
#ifndef CHECK_FILES_H
#define CHECK_FILES_H

#include "../libpost/sym/inspect.h"
#include "tool.h"

struct check_files_conf {
	struct tool_common	 common;
	struct post_list	 sysroot, debug_dir;
	const char		*kernel, *modules;
	bool			 debuginfod, json;
	int			 lang;		/* enum post_lang */
	const char		*pid;		/* a process that runs, */
	const char		*maps;		/* or a file of its maps, "-" for standard input */
};

enum { CHECK_FILES_SHOWN = 200 };

/* A table, and a line for each module that there is something to say of, of the first CHECK_FILES_SHOWN. */
void	check_files_put_text(struct post_buf *, const struct post_inspection *, enum post_lang);

/*
 * The member "modules" of a JSON object, of a process "objects", with a comma before
 * it unless the buffer ends in "{" or is empty: an array, most frames first, of
 *   name, verdict ("traced", "probable", "unsure", "replaced" (of a process), "other", "missing", "not asked", "tracer"), reason (a clause),
 *   file (null: none), and either
 *   frames, frames_outside, frames_unknown, names_known, names_agree, names_sized, names_against, or of a process
 *   code, mappings_unfit, deleted (bool); and
 *   has, null when no file was read: build_id (hex or null), symbols ("none", "dynsym", "debugdata", "symtab"), symbols_separate,
 *   dwarf ("none", "own", "build-id", "debuglink"), debug_file (or null), dwz ("none", "found", "missing"),
 *   units, units_split, dwo_missing, dwp, unwind (of "eh_frame", "eh_frame_hdr", "debug_frame"), code_bytes,
 *   unwind_bytes, note (or null).
 */
void	check_files_put_json(struct post_buf *, const struct post_inspection *);

/*
 * Write to -o what is mapped in the process of -p or --maps: the table, or with
 * json an object of "schema", "objects", "data_files", "anonymous_code" (bytes) and "lacking" (how many of the objects);
 * and to standard error a line for each of the first CHECK_FILES_SHOWN that
 * were deleted or replaced, or lack debug information or unwind tables.
 * Returns TOOL_DONE, TOOL_PARTLY when there is one of these or one has no file, or
 * TOOL_TROUBLE with a message.  Of the vdso no debug information is expected.
 */
int	check_process(const struct post_tool *, const struct check_files_conf *);

#endif
