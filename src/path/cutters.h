/* Who cuts every way: the least sets of holds without which there is one. */
#ifndef DT__PATH_CUTTERS_H
#define DT__PATH_CUTTERS_H

#include "path/wayfind.h"

typedef struct dt__cut_found {
    const dt__gait *gait; /* whose holds the mask numbers */
    dt__mask mask;        /* holds of the gait */
    uint32_t steps;       /* of the shortest way that it opens */
} dt__cut_found;

typedef struct dt__cut_search {
    dt__vector found; /* dt__cut_found, all of one size */
    bool complete;    /* these are all of the least size */
    bool incoherent;  /* no outcome that keeps the rules is the destination */
    bool barred;      /* every one of them crosses a hold itself */
} dt__cut_search;

/* For walkers to whom no way leads.  Clear also after a failure. */
DT_NODISCARD dt_status dt__find_cutters(dt__cut_search *out, const dt__gait *gait, const dt__destination *destination,
                                        const dt__limits *limits, dt_env *env);
void dt__cut_search_clear(dt__cut_search *s, dt_env *env);

#endif
