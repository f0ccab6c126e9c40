/* A deal as the draft of an agreement: a model of its own, with what is not known left as remarks to fill in. */
#ifndef DT__LANGUAGE_DRAFT_H
#define DT__LANGUAGE_DRAFT_H

#include "model/model.h"

typedef struct dt__draft {
    const dt_model *model;
    const dt__format *format;  /* whose parties it binds */
    const dt__option *outcome; /* what is agreed */
    const dt__option *no_deal; /* what is as it was becomes no clause */
    const char *deal;          /* what it is called; NULL: nothing */
} dt__draft;

/* DT_OK, DT_ERR_IO, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__draft_write(const dt__draft *draft, const dt_sink *sink, dt_env *env);

#endif
