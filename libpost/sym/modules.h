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
	struct post_placement	 placement;
	struct post_buf		 file, debug;	/* paths; empty: none */
	struct post_buf		 message;	/* why there is no file, or no debug information or less; may be empty */
	uint64_t		 bad_units;	/* of its debug information */
	uint64_t		 bad_byte;	/* where the first of them is */
	bool			 has_bad_byte;

	/* Lines of the trace: all, with source lines, of these with inlined calls, by symbol alone. */
	uint64_t		 frames, with_lines, inlined, by_symbol;
	uint64_t		 outside, differ;	/* left: in none of its code; of another place than its name */

	/* Nothing of these when it is skipped, or has neither a file nor, perhaps, one that the user gave. */
	uint32_t		*frame;		/* ids of its frames */
	struct post_sighting	*seen;		/* and what they say, by the same index */
	struct post_placed	*placed;
	size_t			 n, cap;

	/* Private to modules.c. */
	struct post_object	*object;	/* NULL: no file, of no use, or given back */
	bool			 counted;	/* it has no file and no hope: its frames are counted only */
	bool			 fixed;		/* its file is at the addresses that the linker gave it */
};

struct post_modules {
	struct post_module	*module;
	size_t			 n;

	/* Private to modules.c. */
	struct post_finder	*finder;
	struct post_names	 names;
	size_t			 cap, n_open;
};

/* Is NAME that of MODULE as a trace has it, or the last part of it? */
bool	post_module_goes_by(struct post_str module, struct post_str name);

/*
 * Group FRAMES, which outlive the modules, by module; find and open the files;
 * place the frames, those without module or name in the one module whose
 * code holds their address.  Returns 0, or -1 with *err: a directory or
 * file of CONF that cannot be used.
 * Cost: of many files few are held open; the others are opened again when they are asked for.
 */
int	post_modules_open(struct post_modules *, const struct post_frames *frames, struct post_modules_conf *, struct post_err *err);

/* The file of a traced module, and giving it back.  NULL: it is not there any more; then the module has no file. */
struct post_object	*post_module_object(struct post_modules *, struct post_module *);
void			 post_module_close(struct post_modules *, struct post_module *);

void	post_modules_free(struct post_modules *);

#endif
