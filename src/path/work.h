/* The work on one format: what is asked, and what was found, before it becomes an answer. */
#ifndef DT__PATH_WORK_H
#define DT__PATH_WORK_H

#include "path/cutters.h"

/* One step found. */
typedef struct dt__found_step {
    bool joint, irreversible;
    uint32_t mover;
    const dt__option *after; /* per issue */
} dt__found_step;

typedef struct dt__found_walk {
    bool found;
    const dt__gait *gait;
    size_t step_count;
    dt__found_step *steps;
    dt__int128 floor; /* in the unit of the gait; of no step: the largest number */
} dt__found_walk;

typedef struct dt__found_way {
    dt_way_status status;
    bool there;
    uint32_t step_count;
    const dt__option *arrival; /* per issue; NULL: unknown */
    bool detailed;
    dt__found_walk shortest, safest;
    bool safest_known;
    /* none: */
    size_t off_agenda_count;
    uint32_t *off_agenda;
    bool incoherent, barred;
    size_t reached;
    const dt__option *nearest;
    unsigned missing;
    dt__vector cuts; /* dt__cut_found, all of one size */
    bool cuts_sought;
    bool cuts_complete;
    unsigned least_bundle, tried_bundle;
} dt__found_way;

typedef struct dt__path_work {
    const dt__format *format;
    const dt__setting *setting;
    const dt_path_opts *opts;
    dt__ground ground;
    dt__arena arena;
    size_t group_count;
    dt__gait *gaits;
    size_t destination_count;
    const dt__destination *destinations;
    dt__found_way *ways;
    size_t reached;
    bool reached_all, groups_complete;
} dt__path_work;

enum { DT__MOST_GROUPS = 64 };

/* DT_OK, DT_ERR_MODEL, DT_ERR_LIMIT, DT_ERR_MEMORY; clear also after a failure. */
DT_NODISCARD dt_status dt__path_work_init(dt__path_work *w, const dt__format *format, const dt__setting *setting,
                                          const dt_path_opts *opts, const dt__destination *destinations, size_t count,
                                          dt_env *env);
void dt__path_work_clear(dt__path_work *w, dt_env *env);

/* overview.c: every destination, in brief; and everything that can be reached, or no more than it takes to tell.
 * most_strides 0: the usual bound; a time limit lifts both. */
DT_NODISCARD dt_status dt__find_overview(dt__path_work *w, bool everything, uint64_t most_strides, dt_env *env);
/* detail.c: one destination, in full. */
DT_NODISCARD dt_status dt__find_way(dt__path_work *w, size_t destination, dt_env *env);

/* obstacles.c: why there is no way. */
DT_NODISCARD dt_status dt__find_obstacles(dt__path_work *w, size_t destination, dt_env *env);
void dt__find_off_agenda(dt__path_work *w, size_t destination);

#endif
