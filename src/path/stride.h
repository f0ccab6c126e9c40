/* Steps out of one outcome: which there are, who takes them, and what forbids them. */
#ifndef DT__PATH_STRIDE_H
#define DT__PATH_STRIDE_H

#include "path/ground.h"

/* An outcome laid open: where every variable stands, and what follows for sums and bits. */
typedef struct dt__stance {
    const dt__gait *gait;
    dt__option *at;         /* per variable */
    dt__option *outcome;    /* per issue */
    size_t *index;          /* per factor: into its table */
    dt__int128 *sums;       /* per coordinate */
    uint32_t *crossed;      /* per bit: factors that cross it */
    uint32_t violations;    /* rules crossed */
    uint64_t mended;        /* bit m: the m-th principle to be mended was kept once */
    uint64_t mended_before; /* the same before the step under way */
    dt__option *from;       /* per variable: before the step under way */
    dt__option *before;     /* per issue */
    dt__int128 *sums_before;
    uint32_t changed_count;
    uint32_t *changed; /* variables */
} dt__stance;

/* Memory lies in the arena. */
DT_NODISCARD dt_status dt__stance_init(dt__stance *s, const dt__gait *gait, dt__arena *arena);
/* Lays open another outcome. */
void dt__stance_open(dt__stance *s, const dt__option *at, uint64_t mended);
/* No deal, with the principles that it keeps. */
void dt__stance_start(dt__stance *s);

/* A step that rules, irreversible options and barriers leave, and what it comes to. */
typedef struct dt__stride {
    bool joint, irreversible;
    uint32_t mover;   /* when not joint */
    bool barred;      /* it crosses something that is not left out */
    dt__mask crossed; /* what: holds.  Filled in only on demand */
} dt__stride;

/* The least gain of any walker, in the common unit; 0 without utilities.  False when it leaves 128 bits. */
DT_NODISCARD bool dt__stance_floor(const dt__stance *s, dt__int128 *floor);
/* What the outcome itself crosses, as a stop on the way (rules excepted). */
dt__mask dt__stance_crossed(const dt__stance *s);

/* Calls `taken` for every step out of the outcome laid open: the stance then stands after it.  Steps that nobody can
 * take are left out; steps that holds forbid are left out too, unless tell_barred. */
typedef dt_status (*dt__taken)(void *payload, dt__stance *s, const dt__stride *stride);
DT_NODISCARD dt_status dt__each_stride(dt__stance *s, bool tell_barred, dt__taken taken, void *payload);

#endif
