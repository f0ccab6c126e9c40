/* From work to answer: everything is copied into one arena. */
#ifndef DT__DEAL_ANSWER_H
#define DT__DEAL_ANSWER_H

#include "deal/tasks.h"

/* Builds an answer; once memory fails it stays failed, and dt__answer_finish says so. */
typedef struct dt__answer_builder {
    dt_env *env;
    dt__arena *arena; /* becomes answer->memory */
    dt__text scratch;
    dt_deal_answer *answer;
    bool failed;
} dt__answer_builder;

DT_NODISCARD dt_status dt__answer_init(dt__answer_builder *b, dt_env *env);
/* Hands the answer over, or frees everything. */
DT_NODISCARD dt_status dt__answer_finish(dt__answer_builder *b, dt_deal_answer **out);
void dt__answer_abandon(dt__answer_builder *b);

/* Memory of the answer; NULL and failed when there is none. */
void *dt__answer_alloc(dt__answer_builder *b, size_t count, size_t item);
#define DT__ANSWER_ARRAY(b, type, count) ((type *)dt__answer_alloc((b), (count), sizeof(type)))
dt_exact dt__answer_exact(dt__answer_builder *b, dt__rational value);
dt_exact dt__answer_count(dt__answer_builder *b, const dt__limb *count, size_t limbs);
dt_outcome dt__answer_outcome(dt__answer_builder *b, const dt__option *outcome, size_t count);
const char *dt__answer_text(dt__answer_builder *b, const char *text);

dt_zone dt__answer_zone(dt__answer_builder *b, const dt__format_work *w);
/* All that is known about one format but its proposals. */
void dt__answer_format(dt__answer_builder *b, dt_deal_format *out, const dt__format_work *w);

/* What every party with preferences makes of an outcome, by the definition. */
DT_NODISCARD dt_status dt__answer_judgements(dt__answer_builder *b, const dt_judgement **out, size_t *count,
                                             const dt__deal_setting *setting, const dt__option *outcome);
DT_NODISCARD dt_status dt__answer_proposals(dt__answer_builder *b, dt_deal_format *formats, const dt__deal_setting *setting);
void dt__answer_no_deal_breaks(dt__answer_builder *b, const dt__deal_setting *setting);
DT_NODISCARD dt_status dt__answer_oppositions(dt__answer_builder *b, const dt__deal_setting *setting);

#endif
