/* All that a model says about outcomes, as small tables over one or a few issues.
 *
 * A problem has variables (the issues on an agenda), factors (tables over some of them) and two kinds of results:
 * bits (a rule, red line, principle or scenario that an outcome keeps or crosses) and coordinates (a party's utility,
 * as an exact integer, with the reservation value as its threshold).  A query says which of them matter, and how.
 * See docs/method/engine.md. */
#ifndef DT__SPACE_PROBLEM_H
#define DT__SPACE_PROBLEM_H

#include "base/count.h"
#include "base/vector.h"
#include "model/model.h"

enum { DT__MAX_TABLE = 1 << 20, DT__MAX_SOFT_BITS = 256 };

typedef enum dt__factor_kind {
    DT__FACTOR_BIT = 0, /* crossed[i]: this combination crosses bit `target` */
    DT__FACTOR_SUM      /* sums[i] is added to coordinate `target` */
} dt__factor_kind;

typedef struct dt__factor {
    dt__factor_kind kind;
    uint32_t target;
    uint32_t var_count;
    const uint32_t *vars;    /* ascending */
    const uint32_t *strides; /* index = sum of stride x option */
    size_t size;             /* product of the options of its variables */
    const uint8_t *crossed;
    const dt__int128 *sums;
} dt__factor;

typedef enum dt__bit_kind { DT__BIT_RULE = 0, DT__BIT_RED_LINE, DT__BIT_PRINCIPLE, DT__BIT_SCENARIO } dt__bit_kind;

typedef struct dt__bit {
    dt__bit_kind kind;
    uint32_t party; /* of a red line */
    uint32_t index; /* red line of the party, or rule, principle, scenario of the model */
} dt__bit;

typedef struct dt__coordinate {
    uint32_t party;       /* DT__NO_INDEX: an objective made of others */
    bool ordinal;         /* sums are ranks; only their order means something */
    dt__int128 unit;      /* sums are utilities times this */
    dt__int128 threshold; /* reservation value times unit */
} dt__coordinate;

typedef struct dt__problem {
    dt__arena arena;
    const dt_model *model;
    size_t var_count;
    uint32_t *issues;        /* of each variable */
    uint32_t *sizes;         /* its options */
    uint32_t *var_of;        /* per issue: its variable, or DT__NO_INDEX */
    dt__option *fixed;       /* an outcome: where issues that are no variables stand */
    dt__vector factors;      /* dt__factor */
    dt__vector bits;         /* dt__bit */
    dt__vector coordinates;  /* dt__coordinate */
    uint32_t *coordinate_of; /* per party, or DT__NO_INDEX */
    uint32_t nearness;       /* coordinate: minus the number of issues that differ from no deal */
    size_t limbs;            /* of a count of outcomes */
} dt__problem;

#define DT__FACTOR(problem, i) DT__AT((problem)->factors, dt__factor, i)
#define DT__BIT(problem, i) DT__AT((problem)->bits, dt__bit, i)
#define DT__COORDINATE(problem, i) DT__AT((problem)->coordinates, dt__coordinate, i)

/* What a model is asked about: its numbers, where it stands without a deal, and by how much time it has drifted. */
typedef struct dt__situation {
    const dt_model *model;
    const dt__valuation *valuation;
    const dt__option *no_deal;
    dt__rational months;
} dt__situation;

/* Compiles what `agenda` leaves open.  Utilities become integers in the unit of their common denominator.
 * DT_ERR_LIMIT with a diagnostic when a condition or ranking spans more than DT__MAX_TABLE combinations or a list of
 * priorities is too long; DT_ERR_MODEL when numbers leave 128 bits; DT_ERR_MEMORY. Owns: *problem, clear with
 * dt__problem_clear (also after a failure). */
DT_NODISCARD dt_status dt__problem_init(dt__problem *problem, const dt__situation *situation,
                                        const dt__issue_set *agenda, dt_env *env);
void dt__problem_clear(dt__problem *problem);

/* Adds a coordinate that is the sum of the utilities of some parties, in their common unit.  *coordinate is its index.
 */
DT_NODISCARD dt_status dt__problem_add_objective(dt__problem *problem, dt__party_set parties, uint32_t *coordinate,
                                                 dt_env *env);

/* The bit of a red line, rule ...; DT__NO_INDEX when there is none. */
uint32_t dt__problem_bit(const dt__problem *problem, dt__bit_kind kind, uint32_t party, uint32_t index);

/* Utility, in a coordinate's unit, as a rational number. */
DT_NODISCARD bool dt__coordinate_value(dt__rational *out, const dt__coordinate *coordinate, dt__int128 sum);

/* Index into a factor's table for an assignment of all its variables. */
static inline size_t dt__factor_index(const dt__factor *factor, const dt__option *assignment) {
    size_t index = 0;
    for (uint32_t i = 0; i < factor->var_count; i++) index += (size_t)factor->strides[i] * assignment[factor->vars[i]];
    return index;
}

#endif
