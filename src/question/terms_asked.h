/* A deal named by the caller: a proposal, or ISSUE=OPTION,ISSUE=OPTION. */
#ifndef DT__QUESTION_TERMS_ASKED_H
#define DT__QUESTION_TERMS_ASKED_H

#include "model/model.h"

/* The options it names, per issue; DT__NO_OPTION where it names none.  *proposal: its index, or DT__NO_INDEX.
 * DT_ERR_ARGUMENT with a diagnostic when it is neither; DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__terms_asked(dt__option *named, uint32_t *proposal, const dt_model *model, const char *text,
                                       dt_env *env);

#endif
