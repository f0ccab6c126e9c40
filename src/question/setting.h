/* What a question is about: a model after its what-ifs, at a date, within a scenario. */
#ifndef DT__QUESTION_SETTING_H
#define DT__QUESTION_SETTING_H

#include "detente/answer.h"
#include "space/search.h"

/* What the caller gave; see the options of the questions. */
typedef struct dt__settings {
    const dt_setting *settings;
    size_t count;
    const char *at, *within; /* NULL: not given */
    size_t list_limit;
} dt__settings;

/* What a question is about, after its settings were applied. */
typedef struct dt__setting {
    dt__valuation valuation;
    dt__option no_deal[DT__MAX_ISSUES];
    bool pinned[DT__MAX_ISSUES]; /* issues that --set placed */
    dt__situation situation;
    dt__limits limits;
    uint32_t within; /* scenario asked for, or DT__NO_INDEX */
} dt__setting;

/* Applies settings, date and limits.  DT_OK, DT_ERR_ARGUMENT, DT_ERR_MODEL, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__setting_init(dt__setting *s, const dt_model *model, const dt__settings *given, dt_env *env);
void dt__setting_clear(dt__setting *s, dt_env *env);

/* The formats asked for: the one named, or all (among NULL).  *formats has room for all of the model's; DT_ERR_ARGUMENT
 * when there is no such format. */
DT_NODISCARD dt_status dt__formats_asked(const dt__format **formats, size_t *count, const dt_model *model,
                                         const char *among, dt_env *env);
/* Questions about agreements have no answer on a graph written out, where nobody signs: DT_ERR_MODEL, said. */
DT_NODISCARD dt_status dt__refuse_graph(const dt_model *model, dt_env *env);
/* Adds an error about an option, with the nearest of the known names as a hint; returns DT_ERR_ARGUMENT. */
dt_status dt__refuse_option(dt_env *env, const char *code, const char *msgid, const char *argument);

#endif
