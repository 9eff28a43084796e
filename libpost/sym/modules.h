/* SPDX-License-Identifier: BSD-2-Clause */
/* The modules of a trace: their frames, their files, and where they were loaded. */
#ifndef POST_MODULES_H
#define POST_MODULES_H

#include "frames.h"
#include "place.h"

/* A file that the user gave. */
struct post_exe {
	struct post_str	 module;	/* whose it is, in full or its last part; empty: the trace tells */
	const char	*path;
	bool		 used;		/* filled in: a module has it */
};

struct post_modules_conf {
	struct post_find_conf	 find;
	struct post_exe		*exe;
	size_t			 n_exe;
	const char *const	*only;		/* modules, in full or their last part; none: all */
	size_t			 n_only;
	bool			 force;		/* take a file although the frames contradict it */
};

enum post_module_state {
	POST_MODULE_TRACED,	/* its file is the traced one, or nothing speaks against it */
	POST_MODULE_NO_FILE,	/* err says why */
	POST_MODULE_UNSURE,	/* the frames do not tell where it was loaded */
	POST_MODULE_OTHER,	/* its file is not the traced one */
	POST_MODULE_SKIPPED	/* not asked for, or nothing to look up: no module, the vdso, source lines */
};

struct post_module {
	struct post_str		 name;		/* as in the trace; empty: frames without a module */
	enum post_module_state	 state;
	struct post_object	*object;	/* NULL: no file, or given back */
	struct post_placement	 placement;
	struct post_buf		 file, debug;	/* paths; empty: none */
	struct post_err		 err;		/* code is not POST_OK: why there is no file, or no debug information */
	uint64_t		 bad_units;	/* of its debug information */

	/* Lines of the trace: all, with source lines, of these with inlined calls, by symbol alone. */
	uint64_t		 frames, with_lines, inlined, by_symbol;
	uint64_t		 outside, differ;	/* left: in none of its code; of another place than its name */

	uint32_t		*frame;		/* ids of its frames */
	struct post_sighting	*seen;		/* and what they say, by the same index */
	struct post_placed	*placed;
	size_t			 n, cap;
};

struct post_modules {
	struct post_module	*module;
	size_t			 n;

	/* Private to modules.c. */
	struct post_finder	*finder;
	struct post_names	 names;
	struct post_arena	 mem;
	size_t			 cap;
};

/*
 * Group FRAMES, which outlive the modules, by module; find and open the files;
 * place the frames, those without module or name in the one module whose
 * code holds their address.  Returns 0, or -1 with *err: a directory or
 * file of CONF that cannot be used.
 */
int	post_modules_open(struct post_modules *, const struct post_frames *frames, struct post_modules_conf *, struct post_err *err);
void	post_modules_free(struct post_modules *);

#endif
