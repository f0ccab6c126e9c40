/* What the utilities of a model are added up from: fixed amounts, and those that differ from draw to draw.
 *
 * Compiled once.  A party's utilities are whole numbers in a unit that all draws share: the common denominator of all
 * that can be drawn, so that they are exact, or, where their sums would leave 64 bits, a power of ten.  A draw fills in
 * the uncertain amounts and allocates nothing. */
#ifndef DT__ENSEMBLE_AMOUNTS_H
#define DT__ENSEMBLE_AMOUNTS_H

#include "ensemble/uncertainty.h"

enum { DT__MAX_AMOUNTS = 1024, DT__AMOUNT_WORDS = DT__MAX_AMOUNTS / 64 };
#define DT__FIXED_AMOUNT UINT32_MAX

/* One uncertain amount: a cell (weight x value of an option) or what an adjustment adds. */
typedef struct dt__amount {
    uint32_t party, term, adjust; /* of the party; term DT__NO_INDEX: an adjustment */
    dt__option option;
    int64_t low, high; /* no draw lies outside */
} dt__amount;

/* A cell or adjustment: fixed, or one of the uncertain amounts. */
typedef struct dt__share {
    uint32_t amount; /* or DT__FIXED_AMOUNT */
    int64_t fixed;
} dt__share;

typedef struct dt__party_amounts {
    bool cardinal; /* it has utilities: false for ranks and for parties without preferences */
    bool rounded;  /* the unit is a power of ten: amounts are rounded to it */
    dt__int128 unit;
    dt__share **cells; /* per term, per option */
    dt__share *adjusts;
} dt__party_amounts;

typedef struct dt__amounts {
    const dt_model *model;
    const dt__uncertainty *uncertainty;
    dt__party_amounts *parties;
    size_t count;
    dt__amount *list;
    bool bounded; /* false: some amount has no known ends, or there are too many: no draws can be prepared */
} dt__amounts;

/* Compiles; `dates` are months from as_of at which drift is asked for.  Everything lies in `arena`.
 * DT_OK, DT_ERR_MEMORY, DT_ERR_MODEL. */
DT_NODISCARD dt_status dt__amounts_init(dt__amounts *a, const dt__setting *setting, const dt__uncertainty *uncertainty,
                                        const dt__rational *dates, size_t date_count, dt__arena *arena, dt_env *env);

/* The amounts of a draw.  values has room for a->count. */
DT_NODISCARD dt_status dt__amounts_draw(int64_t *values, const dt__amounts *a, const dt__valuation *v, dt_env *env);
/* What no deal is worth beside what its outcome is worth: the number given instead of it, and the drift. */
DT_NODISCARD dt_status dt__amounts_reservation(int64_t *value, const dt__amounts *a, uint32_t party,
                                               const dt__valuation *v, dt__rational months, dt_env *env);
/* Least that dt__amounts_reservation can give at a date. */
int64_t dt__amounts_least_reservation(const dt__amounts *a, uint32_t party, dt__rational months);

#endif
