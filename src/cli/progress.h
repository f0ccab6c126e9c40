/* A progress bar on standard error, for work over a second, on terminals only. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include <stdatomic.h>

#include "detente/env.h"

typedef struct cli_progress {
    bool wanted;
    bool shown;
    double started, last; /* seconds */
    atomic_flag busy;     /* reports may come from several threads */
} cli_progress;

void cli_progress_start(cli_progress *p, bool quiet);
void cli_progress_report(void *payload, const char *what, double share); /* for dt_env_opts */
void cli_progress_end(cli_progress *p);                                  /* wipes it out */

#endif
