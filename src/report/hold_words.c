/* States and concepts in words. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/catalog.h"
#include "report/hold_sections.h"

enum { SHORT_TEXT = 48 }; /* what a state is goes into a sentence up to this length */

/* ---- concepts ---- */

dt_concept dt__concept_ranked(unsigned i) {
    static const dt_concept ranked[] = {DT_CONCEPT_NASH, DT_CONCEPT_SSEQ, DT_CONCEPT_SEQ, DT_CONCEPT_SMR,
                                        DT_CONCEPT_GMR};
    return ranked[i];
}

const char *dt__concept_name(dt_document *d, dt_concept concept) {
    static const char *const names[] = {[DT_CONCEPT_NASH] = DT__N("Nash"),
                                        [DT_CONCEPT_GMR] = DT__N("GMR"),
                                        [DT_CONCEPT_SMR] = DT__N("SMR"),
                                        [DT_CONCEPT_SEQ] = DT__N("SEQ"),
                                        [DT_CONCEPT_SSEQ] = DT__N("SSEQ")};
    return dt__word(d, names[concept]);
}

const char *dt__concept_meaning(dt_document *d, dt_concept concept) {
    static const char *const meanings[] = {
        [DT_CONCEPT_NASH] = DT__N("nobody can do better by a move of its own"),
        [DT_CONCEPT_GMR] = DT__N("whoever improves can be led by the others to something no better"),
        [DT_CONCEPT_SMR] = DT__N("as GMR, and the one who improved has no way out of it"),
        [DT_CONCEPT_SEQ] = DT__N("as GMR, by moves from which those who make them gain themselves"),
        [DT_CONCEPT_SSEQ] = DT__N("as SEQ, and the one who improved has no way out of it")};
    return dt__word(d, meanings[concept]);
}

const char *dt__concepts_text(dt_document *d, uint32_t concepts) {
    dt__phrases p = dt__phrases_new(d, DT_CONCEPT_COUNT);

    for (unsigned i = 0; i < DT_CONCEPT_COUNT; i++) {
        dt_concept c = dt__concept_ranked(i);
        if ((concepts >> c) & 1) dt__phrases_add(&p, dt__concept_name(d, c));
    }
    return dt__phrases_and(d, &p);
}

/* ---- states ---- */

static bool is_yes_or_no(const dt__issue *issue) {
    static const char *const pairs[][2] = {{"no", "yes"}, {"n", "y"}, {"false", "true"}, {"off", "on"}};

    for (size_t i = 0; i < sizeof pairs / sizeof *pairs && issue->option_count == 2; i++) {
        if (strcasecmp(issue->options[0].id, pairs[i][0]) == 0 && strcasecmp(issue->options[1].id, pairs[i][1]) == 0)
            return true;
    }
    return false;
}

dt__hold_page dt__hold_page_of(dt_document *d, const dt_hold_answer *answer) {
    dt__hold_page p = {.d = d, .answer = answer, .written_out = d->model->arcs != NULL, .letters = true};

    for (size_t i = 0; i < d->model->issue_count; i++) p.letters &= is_yes_or_no(&d->model->issues[i]);
    return p;
}

static int by_id(const void *key, const void *item) {
    uint32_t x = *(const uint32_t *)key, y = ((const dt_hold_state *)item)->id;
    return (x > y) - (x < y);
}

const dt_hold_state *dt__hold_find(const dt_hold_answer *answer, uint32_t id) {
    if (answer->named_count == 0) return NULL;
    return bsearch(&id, answer->named, answer->named_count, sizeof *answer->named, by_id);
}

static const char *letters_of(dt_document *d, dt_outcome outcome) {
    dt__text text;

    dt__text_init(&text, d->env);
    for (size_t i = 0; i < d->model->issue_count; i++) dt__text_add(&text, outcome[i] == 1 ? "Y" : "N");
    return dt__document_take(d, &text);
}

const char *dt__state_what(const dt__hold_page *p, uint32_t id) {
    const dt_hold_state *state = dt__hold_find(p->answer, id);

    if (state == NULL) return "";
    if (p->written_out) return dt__option_name(p->d, 0, state->outcome[0]);
    if (p->letters) return letters_of(p->d, state->outcome);
    return dt__changes_text(p->d, state->outcome, p->answer->no_deal);
}

const char *dt__state_text(const dt__hold_page *p, uint32_t id) {
    const char *number = dt__say_size(p->d, id), *what = dt__state_what(p, id);

    if (*what == '\0' || strcmp(number, what) == 0 || dt__utf8_width(what) > SHORT_TEXT) return number;
    return dt__say(p->d, "{0} ({1})", number, what, NULL);
}

const char *dt__states_text(const dt__hold_page *p, const dt_states *states, size_t most) {
    size_t shown = states->listed < most ? states->listed : most;
    dt__phrases list = dt__phrases_new(p->d, shown);

    if (states->count == 0) return dt__word(p->d, "none");
    for (size_t i = 0; i < shown; i++) dt__phrases_add(&list, dt__say_size(p->d, states->ids[i]));
    if (shown == states->count) return dt__phrases_and(p->d, &list);
    return dt__say(p->d, "{0} and {1} more", dt__phrases_join(p->d, &list, dt__t(p->d->env, ", ")),
                   dt__say_size(p->d, states->count - shown), NULL);
}

const char *dt__steps_text(const dt__hold_page *p, const dt_hold_step *steps, size_t count) {
    dt__phrases list = dt__phrases_new(p->d, count);

    for (size_t i = 0; i < count; i++)
        dt__phrases_add(&list, dt__say(p->d, "{0} moves to {1}", dt__party_name(p->d, steps[i].party),
                                       dt__state_text(p, steps[i].state), NULL));
    return dt__phrases_join(p->d, &list, dt__t(p->d->env, ", and then "));
}
