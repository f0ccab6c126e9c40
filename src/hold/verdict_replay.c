/* The check that --verify asks for: every verdict is replayed from the definitions, and small graphs are computed again
 * by the definitional engine and by the matrix method. */
#include <string.h>

#include "base/catalog.h"
#include "graph/certificate.h"
#include "graph/definition.h"
#include "graph/matrix.h"
#include "hold/work.h"

enum { MATRIX_STATES = 300 };
static const uint64_t most_certificates = 200000, most_work = UINT64_C(1) << 31;

typedef struct replay {
    dt__hold_work *w;
    uint64_t certificates, work;
    bool complete, holds, by_definition, by_matrix;
} replay;

static dt_status replay_one(replay *r, uint32_t party, dt__state state, dt__concept concept) {
    bool stable = dt__in_set(dt__stable_set(&r->w->stability, party, concept), state), holds = false;
    dt__certificate c;
    dt_status st = dt__certificate_init(&c, &r->w->graph, NULL, party, state, concept, 0, r->w->env);

    if (st == DT_OK) st = dt__certificate_check(&holds, &c, &r->w->graph, NULL, r->w->env);
    if (st == DT_OK) r->holds &= holds && c.stable == stable;
    for (size_t i = 0; st == DT_OK && i < c.count; i++) r->work += c.answers[i].reached + c.answers[i].path_count + 1;
    r->certificates++;
    dt__certificate_clear(&c);
    return st;
}

static dt_status replay_all(replay *r) {
    dt_status st = DT_OK;

    for (dt__state s = 0; s < r->w->graph.state_count; s++) {
        for (size_t i = 0; i < r->w->who_count; i++) {
            for (int c = 0; c < DT_CONCEPT_COUNT && st == DT_OK; c++)
                st = replay_one(r, r->w->who[i], s, (dt__concept)c);
            if (st != DT_OK) return st;
        }
        if (r->certificates > most_certificates || r->work > most_work) return DT_OK;
    }
    r->complete = true;
    return st;
}

static bool same_verdicts(const dt__hold_work *w, const dt__stability *other) {
    for (size_t i = 0; i < w->who_count; i++) {
        for (int c = 0; c < DT_CONCEPT_COUNT; c++) {
            if (memcmp(dt__stable_set(&w->stability, w->who[i], (dt__concept)c),
                       dt__stable_set(other, w->who[i], (dt__concept)c), w->stability.words * sizeof(uint64_t)) != 0)
                return false;
        }
    }
    return true;
}

static dt_status compare(replay *r) {
    dt__rank_judge ranks = {.graph = &r->w->graph};
    dt__judge judge = dt__judge_by_ranks(&ranks);
    dt__stability defined = {0}, matrix = {0};
    dt_status st;

    if (r->w->graph.state_count > MATRIX_STATES) return DT_OK;
    DT__TRY(dt__definition_compute(&defined, &r->w->graph, &judge, r->w->env));
    DT__TRY(dt__matrix_compute(&matrix, &r->w->graph, NULL, r->w->env));
    r->by_definition = r->by_matrix = true;
    r->holds &= same_verdicts(r->w, &defined) && same_verdicts(r->w, &matrix);
done:
    dt__stability_clear(&defined, r->w->env);
    dt__stability_clear(&matrix, r->w->env);
    return st;
}

static void tell(replay *r) {
    dt__text *note = dt__builder_scratch(&r->w->builder);
    dt__text count;

    dt__text_init(&count, r->w->env);
    dt__text_add_unsigned(&count, r->certificates);
    if (!r->holds) dt__text_message(note, "a verdict was not confirmed; please report this.", NULL);
    else if (r->by_matrix)
        dt__text_message(note, "{0} verdicts were replayed from the definitions, and the matrix method agrees.",
                         dt__text_get(&count), NULL);
    else if (r->complete)
        dt__text_message(note, "{0} verdicts were replayed from the definitions.", dt__text_get(&count), NULL);
    else
        dt__text_message(note,
                         "{0} verdicts, those of the first states, were replayed from the definitions; there are too "
                         "many to replay all.",
                         dt__text_get(&count), NULL);
    if (count.failed) r->w->builder.failed = true;
    dt__text_clear(&count);
    r->w->answer->verify_note = dt__builder_take(&r->w->builder);
}

/* With unknown preferences the verdicts come from the definitional engine already. */
static void tell_unknown(dt__hold_work *w) {
    dt__text *note = dt__builder_scratch(&w->builder);

    dt__text_message(note, "with unknown preferences the verdicts were made straight from the definitions.", NULL);
    w->answer->verify_note = dt__builder_take(&w->builder);
    w->answer->verified = true;
}

dt_status dt__hold_verify(dt__hold_work *w) {
    replay r = {.w = w, .holds = true};
    dt_status st;

    if (!w->opts->verify) return DT_OK;
    if (w->partial != 0 && w->answer->unknown != NULL) {
        tell_unknown(w);
        return DT_OK;
    }
    if ((st = replay_all(&r)) != DT_OK || (st = compare(&r)) != DT_OK) return st;
    w->answer->verified = r.holds;
    tell(&r);
    return DT_OK;
}
