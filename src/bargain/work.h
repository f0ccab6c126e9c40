/* The work on one question "which deal?": vectors found, and what the solutions choose among them. */
#ifndef DT__BARGAIN_WORK_H
#define DT__BARGAIN_WORK_H

#include "detente/bargain.h"
#include "question/builder.h"
#include "question/winning.h"
#include "space/frontier.h"
#include "space/walk.h"

enum { DT__MAX_FRONTIERS = 64 }; /* minimal winning sets whose frontiers are found apart */

/* Everything about one format. */
typedef struct dt__bargain_work {
    const dt__format *format;
    const dt__setting *setting;
    dt__problem problem;
    size_t count; /* parties whose consent can matter: the dimensions */
    uint32_t parties[DT__MAX_PARTIES];
    uint32_t coordinates[DT__MAX_PARTIES]; /* of each dimension */
    dt__winning_sets winning;
    double epsilon;        /* asked for; 0: exact */
    dt__frontier frontier; /* of all coherent outcomes */
    bool found;            /* the frontier is there; otherwise it was too large */
    size_t coalition_count;
    dt__frontier *coalitions;  /* per minimal winning set, its red lines kept; empty when the frontier serves */
    size_t *coalition_vectors; /* rational vectors of each minimal winning set */
    dt__points rational;       /* vectors of the zone, non-dominated */
    dt__points_kind kind;      /* of `rational` */
    dt__arena arena;
    bool searched; /* some frontier was searched for, not eliminated: multiplicities were not counted */
    bool bounded;  /* the frontier of all coherent outcomes was searched for: */
    dt__int128 bounds[DT__MAX_PARTIES];    /* per dimension: no coherent outcome is worth more */
    bool multiplicities_known;             /* of `rational` */
    bool without_recount;                  /* set by the caller: multiplicities are not wanted */
    bool ordinal;                          /* some dimension holds ranks */
    dt__rational weights[DT__MAX_PARTIES]; /* of the weighted solutions */
} dt__bargain_work;

/* DT_OK, DT_ERR_MEMORY, DT_ERR_MODEL, DT_ERR_LIMIT, DT_ERR_CANCELLED.  Clear also after a failure. */
DT_NODISCARD dt_status dt__bargain_work_init(dt__bargain_work *w, const dt__format *format, const dt__setting *setting,
                                             double epsilon, dt_env *env);
void dt__bargain_work_clear(dt__bargain_work *w, dt_env *env);

/* Finds the frontier and its rational part. */
DT_NODISCARD dt_status dt__find_vectors(dt__bargain_work *w, dt_env *env);

/* Rules, scenario, and the red lines of some parties are hard; all dimensions are looked at. */
DT_NODISCARD dt_status dt__bargain_query(dt__query *q, const dt__bargain_work *w, dt__party_set keeping, dt_env *env);
/* Are all frontiers exact? */
bool dt__all_exact(const dt__bargain_work *w);

/* The frontier that a winning set is read from: its own where red lines differ, otherwise that of all coherent
 * outcomes. */
const dt__frontier *dt__coalition_frontier(const dt__bargain_work *w, size_t set);
/* Is a vector worth at least no deal to every member? */
bool dt__reaches_no_deal(const dt__bargain_work *w, const dt__int128 *values, dt__party_set members);
/* What an outcome gives in each dimension. */
void dt__values_at(dt__int128 *values, const dt__bargain_work *w, const dt__option *outcome);

/* Threshold and unit of a dimension. */
static inline const dt__coordinate *dt__dimension(const dt__bargain_work *w, size_t d) {
    return DT__COORDINATE(&w->problem, w->coordinates[d]);
}

#endif
