/* A comparison while it is made. */
#ifndef DT__WHATIF_COMPARE_H
#define DT__WHATIF_COMPARE_H

#include "detente/whatif.h"
#include "question/builder.h"

typedef struct dt__comparing {
    dt__builder *b;
    dt_whatif_answer *answer;
    const dt_model *before, *after;
} dt__comparing;

/* changed_models.c: numbers, items.  DT_OK, DT_ERR_MEMORY, DT_ERR_MODEL. */
DT_NODISCARD dt_status dt__compare_models(dt__comparing *c, const dt_whatif_opts *opts);
/* changed_answers.c: parties, zones, judgements, from the answers. */
void dt__compare_answers(dt__comparing *c);

/* The party of the other model with the same id. */
static inline uint32_t dt__counterpart(const dt_model *of, uint32_t party, const dt_model *in) {
    return dt__model_party(in, of->parties[party].id);
}

#endif
