#!/usr/bin/env bash
# Counts the shards of a study as an array job of Slurm, each on one processor; merge them when it is done:
#   sbatch --array=1-100 slurm_array.sh simulate base.toml --paths 1000000000
#   aigap merge parts/*.part
# A task that fails can be submitted again by its number: the same work makes the same file.
#SBATCH --ntasks=1
#SBATCH --cpus-per-task=1
#SBATCH --mem=1G
#SBATCH --time=01:00:00
#SBATCH --requeue
set -euo pipefail
mkdir -p parts
aigap "$@" --threads 1 --quiet --shard "$SLURM_ARRAY_TASK_ID/$SLURM_ARRAY_TASK_COUNT" --out "parts/$SLURM_ARRAY_TASK_ID.part"
