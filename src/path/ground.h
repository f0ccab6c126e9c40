/* The ground of one format: what can move, by whom, and what every point of a way has to keep. */
#ifndef DT__PATH_GROUND_H
#define DT__PATH_GROUND_H

#include "detente/path.h"
#include "question/builder.h"
#include "question/winning.h"
#include "space/mask.h"
#include "space/problem.h"

enum { DT__LINKED_COMBINATIONS = 4096, DT__MOST_BUNDLE = 8 };

/* Factors that a variable is part of, and by how much it moves their index. */
typedef struct dt__touch {
    uint32_t factor, stride;
} dt__touch;

typedef struct dt__touches {
    size_t count;
    const dt__touch *list;
} dt__touches;

/* Variables that one rule links. */
typedef struct dt__linked {
    uint32_t count;
    const uint32_t *vars;
} dt__linked;

typedef struct dt__ground {
    const dt__format *format;
    const dt__setting *setting;
    dt__problem problem; /* over the agenda and every lever */
    dt__winning_sets winning;
    dt__party_set parties; /* whose consent can matter */
    bool *on_agenda;       /* per variable */
    uint32_t *owner;       /* per variable; DT__NO_INDEX: decided jointly */
    dt__touches *touches;  /* per variable */
    size_t linked_count;
    dt__linked *linked;
    bool too_linked;    /* a rule links more combinations than one step is searched for */
    uint32_t terms_bit; /* crossed by what misses the terms asked for; DT__NO_INDEX: none were */
} dt__ground;

DT_NODISCARD dt_status dt__ground_init(dt__ground *g, const dt__format *format, const dt__setting *setting,
                                       dt_env *env);
/* Adds the bit of terms (DT__NO_OPTION where anything goes); before any gait. */
DT_NODISCARD dt_status dt__ground_add_terms(dt__ground *g, const dt__option *named, dt_env *env);
void dt__ground_clear(dt__ground *g, dt_env *env);

/* Something that walkers hold to, and that may be left out to see what it cuts. */
typedef struct dt__hold {
    dt_cut_kind kind;
    uint32_t party, index;
    uint32_t bit, coordinate; /* DT__NO_INDEX where it is none */
} dt__hold;

enum { DT__MOST_HOLDS = 64 * DT__MASK_WORDS };
#define DT__NO_HOLD UINT16_MAX

/* How walkers walk: who they are, what they hold to, how large their steps are. */
typedef struct dt__gait {
    const dt__ground *ground;
    dt__party_set walkers;
    bool strict;
    unsigned bundle, steps; /* steps 0: no bound */
    size_t hold_count;
    dt__hold holds[DT__MOST_HOLDS];
    bool too_many; /* of them */
    dt__mask left_out;
    /* per bit of the problem: its hold; or DT__NO_HOLD, and hard when it is a rule */
    uint16_t *hold_of_bit;
    bool *hard;
    uint16_t *no_deal_of, *step_of; /* per coordinate: its holds, or DT__NO_HOLD */
    dt__int128 *scale;              /* per coordinate: to the common unit of the walkers; 0: has no part in floors */
    dt__int128 unit;                /* the common unit */
    size_t mend_count;              /* principles that no deal breaks: they bind once they are kept */
    uint32_t mend_bits[64];
} dt__gait;

/* Memory lies in the arena. */
DT_NODISCARD dt_status dt__gait_init(dt__gait *gait, const dt__ground *ground, dt__party_set walkers, bool strict,
                                     dt__arena *arena, dt_env *env);

#endif
