/* The independent uncertain numbers of a model: what an ensemble varies, one by one.  Everything else is exact or
 * follows from them. */
#ifndef DT__MODEL_INPUTS_H
#define DT__MODEL_INPUTS_H

#include "base/vector.h"
#include "model/model.h"

typedef struct dt__input {
    dt__number_id number;
    uint32_t quantity; /* whose value it is; DT__NO_INDEX: a number on its own */
} dt__input;

/* Those that bear on outcomes: no claims, no past values of series, no quantities that `fixed` (per quantity) holds.
 * By number.  *inputs is an empty vector of dt__input.  DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__inputs_list(dt__vector *inputs, const dt_model *model, const bool *fixed, dt_env *env);
/* The value at quantile u in (0, 1) of its distribution, rounded as draws are.  Coders: equal parts of (0, 1) in their
 * order.  False when it leaves 128 bits. */
DT_NODISCARD bool dt__input_quantile(dt__rational *out, const dt_model *model, const dt__input *input, double u);

#endif
