/* SPDX-License-Identifier: BSD-2-Clause */
/* The scripts that bt-batch slurm submits. */
#ifndef BATCH_SLURM_SCRIPTS_H
#define BATCH_SLURM_SCRIPTS_H

#include "batch-cluster.h"

#define BATCH_ENDED	"log/reduce.status"	/* below OUT: the number of the reduce job and its exit status */

struct batch_slurm_wish {
	const char	*partition, *time;	/* words for sbatch(1); NULL: its defaults */
	bool		 keep_going;
};

/* The array's script and that of the reduce; both are submitted from OUT. */
void	batch_put_map_script(const struct batch_job *, const struct batch_slurm_wish *, struct post_buf *);
void	batch_put_reduce_script(const struct batch_job *, const struct batch_slurm_wish *, struct post_buf *);

/* The tasks that are not done as sbatch's --array takes them, "1-3,7"; how many they are. */
uint64_t	batch_put_undone(const struct batch_job *, struct post_buf *);

/* All of it as one script: what --dry-run prints. */
void	batch_put_submission(const struct batch_job *, const struct batch_slurm_wish *, struct post_buf *);

#endif
