/* What a forecast is measured against: what anybody could say without a model. */
#ifndef DT__FORECAST_NAIVE_H
#define DT__FORECAST_NAIVE_H

#include "forecast/run.h"

enum { DT__BASELINE_COUNT = 3 }; /* no deal, uniform, the user's base rate */

/* Appends them to a list with room for DT__BASELINE_COUNT. */
DT_NODISCARD dt_status dt__add_baselines(dt__builder *b, dt_forecast_model *list, size_t *count,
                                         const dt_forecast_run *run, dt_env *env);

#endif
