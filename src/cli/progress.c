#include "cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { BAR = 30 };

static double seconds(void) {
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void cli_progress_start(cli_progress *p, bool quiet) {
    p->wanted = !quiet && isatty(STDERR_FILENO);
    p->shown = false;
    p->started = p->last = seconds();
    atomic_flag_clear(&p->busy);
}

static void draw(const char *what, double share) {
    int full = (int)(share * BAR);

    fputs("\r[", stderr);
    for (int i = 0; i < BAR; i++) fputc(i < full ? '#' : ' ', stderr);
    fprintf(stderr, "] %3d%% %s\033[K", (int)(share * 100), what);
    fflush(stderr);
}

void cli_progress_report(void *payload, const char *what, double share) {
    cli_progress *p = payload;
    double now;

    if (!p->wanted || atomic_flag_test_and_set(&p->busy)) return;
    now = seconds();
    if (now - p->started > 1 && now - p->last > 0.1) {
        draw(what, share < 0 ? 0 : share > 1 ? 1 : share);
        p->last = now;
        p->shown = true;
    }
    atomic_flag_clear(&p->busy);
}

void cli_progress_end(cli_progress *p) {
    if (p->shown) fputs("\r\033[K", stderr);
    p->shown = false;
}
