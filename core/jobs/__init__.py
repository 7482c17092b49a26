"""Jobs: work as rows, leased and fenced. Front door: `core.jobs.api`."""
