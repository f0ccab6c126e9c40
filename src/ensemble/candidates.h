/* The outcomes that can be a bargaining solution in some draw: found once, looked at in every draw.
 *
 * Issue by issue, as in space/walk.h, but what is remembered of a partial outcome is what it is sure to bring and which
 * uncertain amounts it includes.  It is dropped when no draw lets the parties that have to consent reach no deal with
 * it, or when another one with the same open ends is, in every draw, at least as good to everybody and better to
 * somebody.  Both are proven from the ends of the amounts, so what is left holds every non-dominated outcome of the
 * zone of every draw: exact, and the same whichever draws are made.
 *
 * Of outcomes that are the same to everybody in every draw the one nearest to no deal stays: nobody moves for nothing.
 */
#ifndef DT__ENSEMBLE_CANDIDATES_H
#define DT__ENSEMBLE_CANDIDATES_H

#include "ensemble/amounts.h"
#include "question/winning.h"
#include "space/guide.h"

enum { DT__MAX_WINNING = 64 };

typedef struct dt__candidates {
    size_t dimensions; /* parties whose consent can matter */
    uint32_t parties[DT__MAX_PARTIES];
    size_t winning_count;
    uint64_t winning[DT__MAX_WINNING]; /* minimal winning sets, as bits of dimensions */
    size_t count, issues, words;
    dt__option *outcomes; /* count x issues of the model */
    uint32_t *distances;  /* issues that differ from no deal */
    uint64_t *keeps;      /* winning sets whose red lines it keeps, as bits */
    int64_t *fixed;       /* count x dimensions: gain over the outcome of no deal that every draw gives */
    uint32_t *patterns;   /* which uncertain amounts it includes */
    size_t pattern_count;
    uint64_t *masks;   /* pattern_count x words: amounts included */
    uint64_t *no_deal; /* per dimension x words: amounts that no deal includes; none where it is given as a number */
    bool ordinal;      /* some party has ranks only: nothing is listed */
    bool complete;     /* false: too many to list */
    uint64_t partials; /* looked at: the work it took */
} dt__candidates;

/* Lists them for a format; `dates` as in dt__amounts_init.  Everything lies in `arena`.
 * DT_OK, DT_ERR_MEMORY, DT_ERR_MODEL, DT_ERR_LIMIT, DT_ERR_CANCELLED. */
DT_NODISCARD dt_status dt__candidates_find(dt__candidates *out, const dt__format *format, const dt__setting *setting,
                                           const dt__amounts *amounts, const dt__rational *dates, size_t date_count,
                                           dt__arena *arena, dt_env *env);

#endif
