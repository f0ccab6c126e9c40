/* The algebras: one elimination, several questions. */
#ifndef DT__SPACE_ALGEBRA_H
#define DT__SPACE_ALGEBRA_H

#include "base/count.h"
#include "space/eliminate.h"
#include "space/mask.h"

/* Entries of one table.  Counts have to be exact; bounds may be loose where a bucket is wide. */
enum { DT__COUNT_TABLE = 1 << 20, DT__BEST_TABLE = 1 << 16, DT__CONFLICT_TABLE = 1 << 14 };

/* ---- count: how many outcomes cross no hard bit (x, +) ---- */

typedef struct dt__count_context {
    const dt__query *query;
    size_t limbs;
} dt__count_context;

dt__algebra dt__algebra_count(const dt__count_context *context);

/* ---- best: the largest (sign 1), or minus the smallest (sign -1), sum of a coordinate (+, max) ---- */

#define DT__NEVER_REACHED (-((dt__int128)1 << 125)) /* below every sum, and far enough from the end to be added to */

typedef struct dt__best_context {
    const dt__query *query;
    uint32_t coordinate; /* DT__NO_INDEX: 0 where any outcome is left */
    int sign;
} dt__best_context;

dt__algebra dt__algebra_best(const dt__best_context *context);

/* ---- conflict: the minimal sets of soft bits crossed (or, minimal union) ---- */

/* Soft bits, then soft coordinates, numbered for masks. */
typedef struct dt__soft_numbers {
    uint32_t count;
    uint32_t *of_bit, *of_coordinate; /* DT__NO_INDEX: not soft */
} dt__soft_numbers;

/* DT_ERR_LIMIT when there are more than DT__MAX_SOFT_BITS. */
DT_NODISCARD dt_status dt__soft_numbers_init(dt__soft_numbers *numbers, const dt__query *query, dt__arena *arena);

typedef struct dt__mask_list {
    size_t count;
    const dt__mask *masks;
} dt__mask_list;

enum { DT__MAX_MASK_LIST = 4096 };

typedef struct dt__conflict_context {
    const dt__query *query;
    const dt__soft_numbers *numbers;
    dt__arena *arena;
} dt__conflict_context;

/* Elements are dt__mask_list.  Operations return DT_ERR_LIMIT past DT__MAX_MASK_LIST masks. */
dt__algebra dt__algebra_conflict(const dt__conflict_context *context);

#endif
