/* The memory of an answer, and the exact numbers, outcomes and judgements that go into it. */
#ifndef DT__QUESTION_BUILDER_H
#define DT__QUESTION_BUILDER_H

#include "base/arena.h"
#include "base/count.h"
#include "question/setting.h"

/* Builds an answer; once memory fails it stays failed, and dt__builder_finish says so. */
typedef struct dt__builder {
    dt_env *env;
    dt__arena *arena; /* becomes the memory of the answer */
    dt__text scratch;
    bool failed;
} dt__builder;

DT_NODISCARD dt_status dt__builder_init(dt__builder *b, dt_env *env);
/* Hands the arena over (it is then the answer's memory), or frees everything: DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__builder_finish(dt__builder *b);
/* Frees everything that was not handed over. */
void dt__builder_clear(dt__builder *b);
/* Frees the memory of an answer. */
void dt__answer_memory_free(void *memory, dt_env *env);

/* Memory of the answer; NULL and failed when there is none. */
void *dt__builder_alloc(dt__builder *b, size_t count, size_t item);
#define DT__BUILDER_ARRAY(b, type, count) ((type *)dt__builder_alloc((b), (count), sizeof(type)))
const char *dt__builder_text(dt__builder *b, const char *text);
/* An empty scratch text, and what was put into it as lasting text. */
dt__text *dt__builder_scratch(dt__builder *b);
const char *dt__builder_take(dt__builder *b);
dt_exact dt__builder_exact(dt__builder *b, dt__rational value);
dt_exact dt__builder_count(dt__builder *b, const dt__limb *count, size_t limbs);
dt_outcome dt__builder_outcome(dt__builder *b, const dt__option *outcome, size_t count);

/* What every party with preferences makes of an outcome, by the definition.
 * DT_OK, DT_ERR_MODEL, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__builder_judgements(dt__builder *b, const dt_judgement **out, size_t *count,
                                              const dt__setting *setting, const dt__option *outcome);
/* Parties that accept, of such a list. */
dt__party_set dt__accepting(const dt_judgement *judgements, size_t count);

#endif
