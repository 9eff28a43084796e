/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-batch pack: a trace as many frames of zstd, so that "map --split" can take it apart. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>
#include "../libpost/batch/pack.h"
#include "batch.h"

struct pack_conf {
	struct tool_common	common;
	uint64_t		frame, level;
};

#define AT(field)	offsetof(struct pack_conf, field)
static const struct post_opt opts[] = {
	{ 0, "frame", "SIZE", "end a frame behind so much of the trace, 64M by default, 512M at most", POST_OPT_SIZE, AT(frame), NULL },
	{ 0, "level", "N", "of zstd, 1 to 19, 3 by default", POST_OPT_COUNT, AT(level), NULL },
	{ 0 }
};

static const struct post_tool tool = {
	.name = "bt-batch pack", .operands = "[file]", .opts = opts, .shared = tool_shared,
	.does = "Write a trace, byte for byte, as zstd that can be read in parts.",
};

static void
check(const struct pack_conf *c, int operands)
{
	struct post_err err;

	if (operands > 1)
		post_fail(&err, POST_EUSAGE, "one trace at a time");
	else if (c->level > 19 || c->level < 1)
		post_fail(&err, POST_EUSAGE, "--level is 1 to 19");
	else if (c->frame > POST_PACK_FRAME_MAX / 2)
		post_fail(&err, POST_EUSAGE, "--frame is 512M at most");
	else
		return;
	tool_usage(&tool, &err);
}

static int
open_trace(const char *path)
{
	int fd = strcmp(path, "-") == 0 ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC);

	if (fd == -1)
		tool_say(&tool, path, "%s", strerror(errno));
	return fd;
}

/* What lies behind the end of an archive was left out. */
static int
tell_trailing(const char *path, const struct post_packed *done)
{
	struct post_err err;

	if (!done->trailing)
		return TOOL_DONE;
	post_fail(&err, POST_EFORMAT, "bytes behind the end of the archive are left out");
	err.byte = done->trailing_byte;
	err.has_byte = 1;
	tool_warn(&tool, path, &err);
	return TOOL_PARTLY;
}

int
batch_pack(int argc, char **argv)
{
	struct pack_conf c = { .level = 3 };
	int first = tool_options(&tool, argc, argv, &c), fd, status = TOOL_TROUBLE;
	const char *path = first < argc ? argv[first] : "-";
	struct post_pack_conf conf = { .frame = c.frame, .level = (int)c.level, .window_log = tool_window_log(c.common.memory),
	    .tag = c.common.from };
	struct post_packed done;
	struct post_err err;
	struct post_out out;

	check(&c, argc - first);
	if ((fd = open_trace(path)) == -1)
		return TOOL_TROUBLE;
	tool_open(&tool, &c.common, &out);
	if (post_pack(fd, &conf, &out, &done, &err) == -1)
		tool_warn(&tool, path, &err);
	else
		status = tell_trailing(path, &done);
	close(fd);
	return tool_close(&tool, &out, status);
}
