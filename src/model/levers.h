/* Levers stand where their owners would have them. */
#ifndef DT__MODEL_LEVERS_H
#define DT__MODEL_LEVERS_H

#include "model/model.h"

/* Is it a lever whose place without a deal is its owner's to choose? */
static inline bool dt__is_open_lever(const dt__issue *issue) {
    return issue->decided_by != DT__NO_INDEX && !issue->no_deal_given;
}

/* Moves every open lever that is not pinned to its owner's best option, everything else as in no_deal, the first of
 * equals; in issue order, again and again until nothing moves.  *settled is false when it never does: the owners chase
 * one another. pinned: per issue, NULL for none.  DT_OK, DT_ERR_MODEL as dt__compare_outcomes. */
DT_NODISCARD dt_status dt__place_open_levers(bool *settled, dt__option *no_deal, const bool *pinned,
                                             const dt_model *model, const dt__valuation *v, dt_env *env);

#endif
