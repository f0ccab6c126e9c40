/* What a party makes of an outcome, straight from the model: the definition that every faster way is checked against.
 */
#ifndef DT__MODEL_UTILITY_H
#define DT__MODEL_UTILITY_H

#include "model/model.h"

/* Utility of an outcome to a party with additive or spatial preferences.
 * DT_ERR_MODEL with a diagnostic when a value leaves 128 bits or the weights sum to zero. */
DT_NODISCARD dt_status dt__utility(dt__rational *out, const dt_model *model, const dt__valuation *v, uint32_t party,
                                   const dt__option *outcome, dt_env *env);
/* Sum of a party's weights; DT_ERR_MODEL when it is zero. */
DT_NODISCARD dt_status dt__weight_sum(dt__rational *out, const dt_model *model, const dt__valuation *v, uint32_t party,
                                      dt_env *env);
/* Contribution of one option of one issue, weight x value / sum of weights. */
DT_NODISCARD dt_status dt__term_utility(dt__rational *out, const dt_model *model, const dt__valuation *v,
                                        uint32_t party, const dt__term *term, dt__option option,
                                        dt__rational weight_sum, dt_env *env);
/* Any form of preferences: 1 when x is better for the party, -1 when y is, 0 when neither. */
DT_NODISCARD dt_status dt__compare_outcomes(int *out, const dt_model *model, const dt__valuation *v, uint32_t party,
                                            const dt__option *x, const dt__option *y, dt_env *env);
dt__rational dt__periods_in_month(dt__period period);
/* What `months` of drift add to what no deal is worth to a party; 0 when nothing drifts. */
DT_NODISCARD dt_status dt__drift(dt__rational *out, const dt_model *model, const dt__valuation *v, uint32_t party,
                                 dt__rational months, dt_env *env);
/* Reservation value: what no deal is worth to a party with utilities, after `months` of drift. */
DT_NODISCARD dt_status dt__reservation(dt__rational *out, const dt_model *model, const dt__valuation *v, uint32_t party,
                                       const dt__option *no_deal, dt__rational months, dt_env *env);
/* Place of an outcome in an explicit ranking, 0 is best. */
uint32_t dt__ranking_place(const dt_model *model, const dt__preferences *preferences, const dt__option *outcome);

/* Says that a party's preferences are known only in part; returns DT_ERR_MODEL. */
dt_status dt__needs_ranking(const dt_model *model, uint32_t party, dt_env *env);
/* Says that a number of a party left 128 bits; returns DT_ERR_MODEL. */
dt_status dt__too_large_number(const dt_model *model, uint32_t party, dt_env *env);

#endif
