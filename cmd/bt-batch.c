/* SPDX-License-Identifier: BSD-2-Clause */
/* bt-batch - archives of traces, on one machine and on a cluster. */
#include <string.h>
#include "batch.h"
#include "batch-cluster.h"

static const struct {
	const char	*name, *program;
	int		(*main)(int argc, char **argv);
} commands[] = {
	{ "map", "bt-batch map", batch_map }, { "reduce", "bt-batch reduce", batch_reduce }, { "slurm", "bt-batch slurm", batch_slurm },
	{ "parallel", "bt-batch parallel", batch_parallel }, { "pack", "bt-batch pack", batch_pack },
};

static int
site(int argc, char **argv)
{
	struct batch_conf c;
	struct post_err err;
	int first = batch_options(&c, argc, argv), status;

	if (c.common.output == NULL || (first == argc && c.list == NULL)) {
		post_fail(&err, POST_EUSAGE, c.common.output == NULL ? "-o DIR, where the outputs go" : "no traces are named");
		tool_usage(&batch_tool, &err);
	}
	status = batch_site(&c, argv + first, argc - first);
	batch_options_free(&c);
	return status;
}

int
main(int argc, char *argv[])
{
	for (size_t i = 0; argc > 1 && i < sizeof commands / sizeof *commands; i++)
		if (strcmp(argv[1], commands[i].name) == 0) {
			argv[1] = (char *)(uintptr_t)commands[i].program;
			return commands[i].main(argc - 1, argv + 1);
		}
	return site(argc, argv);
}
