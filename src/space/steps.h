/* The steps of a count: issue by issue, and what each option of the next issue does.
 *
 * Everything here depends on where the issues stand that the rest depends on (the separator), not on the sums reached
 * so far: it is worked out once for all states that share a separator. */
#ifndef DT__SPACE_STEPS_H
#define DT__SPACE_STEPS_H

#include "space/search.h"

/* Assigned variables on which the rest depends, after some depth. */
typedef struct dt__separator {
    uint32_t count;
    uint32_t *vars;
    uint64_t *strides;
    uint64_t size; /* assignments */
} dt__separator;

/* One option of the next variable. */
typedef struct dt__step {
    bool dead;              /* crosses a hard bit, or leaves no outcome that crosses none */
    uint64_t next;          /* separator after it */
    dt__int128 *added;      /* per bound: what is decided by it */
    dt__int128 *high, *low; /* per bound: most and least that can follow */
    dt__party_set crossing; /* parties whose soft red lines it crosses */
    dt__limb *ways;         /* outcomes that can follow and cross no hard bit */
} dt__step;

typedef struct dt__steps {
    dt__guide guide;
    dt__count_context count_context;
    dt__algebra count_algebra;
    dt__elimination completions;
    size_t limbs;
    dt__separator *separators; /* per depth */
    uint32_t *last_soft_depth; /* per bound: depth from which its party's soft red lines are all decided */
    dt__party_set *soft_owner; /* per entry of guide.soft */
    dt__step *steps;           /* of one separator: room for the options of any variable */
    dt__step start;            /* before anything is assigned; next is 0 */
    dt__option *assignment;
} dt__steps;

/* DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED, DT_ERR_LIMIT (a separator of more than 2^63 assignments).
 * Owns: *s, clear with dt__steps_clear also after a failure. */
DT_NODISCARD dt_status dt__steps_init(dt__steps *s, const dt__query *query, dt_env *env);
void dt__steps_clear(dt__steps *s, dt_env *env);

/* After DT_ERR_LIMIT: how many outcomes cross no hard bit, or a bound on it from above. */
DT_NODISCARD dt_status dt__steps_bound(const dt__steps *s, dt__limb *bound);
/* Room for more steps, to be set as s->steps; NULL when there is no memory. */
dt__step *dt__steps_room(dt__steps *s, uint32_t count);

/* Fills s->steps with the options of the variable assigned after `depth` others, from a separator. */
DT_NODISCARD dt_status dt__steps_from(dt__steps *s, uint32_t depth, uint64_t separator);

/* Is the number of ways to go on exact, or everything assigned? */
static inline bool dt__steps_can_close(const dt__steps *s, uint32_t depth) {
    return s->completions.exact || depth == s->guide.var_count;
}

#endif
