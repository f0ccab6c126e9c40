/* Who has to agree: the minimal winning sets of a consent rule. */
#ifndef DT__QUESTION_WINNING_H
#define DT__QUESTION_WINNING_H

#include "base/vector.h"
#include "model/model.h"

/* Minimal winning sets of a consent rule. */
typedef struct dt__winning_sets {
    dt__vector sets;      /* dt__party_set, by size, then by lowest party */
    dt__party_set needed; /* parties in every winning set */
    bool complete, improper;
} dt__winning_sets;

DT_NODISCARD dt_status dt__winning_sets_init(dt__winning_sets *w, const dt__consent *consent, dt_env *env);

#endif
