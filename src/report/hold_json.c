/* The answer of `hold` as a value: the keys of docs/json.md. */
#include "document/facts.h"
#include "report/hold_sections.h"

static dt__value *ids_value(dt_document *d, const uint32_t *ids, size_t count) {
    dt__value *value = dt__value_array(d);
    for (size_t i = 0; i < count; i++) dt__append(value, dt__value_unsigned(d, ids[i]));
    return value;
}

static dt__value *states_value(dt_document *d, const dt_states *states) {
    return ids_value(d, states->ids, states->listed);
}

/* {nash: [id], ...} of concepts from..to-1. */
static dt__value *by_concept(dt_document *d, const dt_states *states, int from, int to) {
    dt__value *value = dt__value_object(d);
    for (int c = from; c < to; c++) dt__put(d, value, dt_concept_id((dt_concept)c), states_value(d, &states[c]));
    return value;
}

static dt__value *all_concepts(dt_document *d, const dt_states *states) {
    return by_concept(d, states, 0, DT_CONCEPT_COUNT);
}

static dt__value *concepts_value(dt_document *d, uint32_t concepts) {
    dt__value *value = dt__value_array(d);
    for (int c = 0; c < DT_CONCEPT_COUNT; c++) {
        if ((concepts >> c) & 1) dt__append(value, dt__value_string(d, dt_concept_id((dt_concept)c)));
    }
    return value;
}

static const char *id_key(dt_document *d, uint32_t id) {
    dt__text text;

    dt__text_init(&text, d->env);
    dt__text_add_unsigned(&text, id);
    return dt__document_take(d, &text);
}

/* A state, or null for 0. */
static dt__value *state_value(dt_document *d, uint32_t id) {
    return id == 0 ? dt__value_null(d) : dt__value_unsigned(d, id);
}

static dt__value *steps_value(dt_document *d, const dt_hold_step *steps, size_t count) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < count; i++) {
        dt__value *step = dt__append(value, dt__value_object(d));
        dt__put(d, step, "party", dt__value_string(d, dt__party_key(d, steps[i].party)));
        dt__put(d, step, "state", dt__value_unsigned(d, steps[i].state));
    }
    return value;
}

/* ---- states and parties ---- */

static void put_states(dt_document *d, dt__value *value, const dt_hold_answer *a) {
    dt__value *states = dt__put(d, value, "states", dt__value_object(d));
    dt__value *places = dt__put(d, value, "places", dt__value_object(d));

    for (size_t i = 0; i < a->named_count; i++) {
        const dt_hold_state *state = &a->named[i];
        const char *key = id_key(d, state->id);
        dt__value *own = dt__value_object(d);
        dt__put(d, states, key, dt__outcome_value(d, state->outcome));
        for (size_t p = 0; p < a->party_count; p++)
            dt__put(d, own, dt__party_key(d, a->parties[p].party), state_value(d, state->places[p]));
        dt__put(d, places, key, own);
    }
}

static void put_parties(dt_document *d, dt__value *value, const dt_hold_answer *a) {
    dt__value *stable = dt__put(d, value, "stable", dt__value_object(d));
    dt__value *parties = dt__put(d, value, "parties", dt__value_object(d));

    for (size_t i = 0; i < a->party_count; i++) {
        const dt_hold_party *p = &a->parties[i];
        const char *key = dt__party_key(d, p->party);
        dt__value *own = dt__put(d, parties, key, dt__value_object(d)), *counts;
        dt__put(d, stable, key, all_concepts(d, p->stable));
        dt__put(d, own, "moves", dt__value_unsigned(d, p->moves));
        dt__put(d, own, "improvements", dt__value_unsigned(d, p->improvements));
        counts = dt__put(d, own, "stable", dt__value_object(d));
        for (int c = 0; c < DT_CONCEPT_COUNT; c++)
            dt__put(d, counts, dt_concept_id((dt_concept)c), dt__value_unsigned(d, p->stable[c].count));
    }
}

/* ---- from the status quo ---- */

static dt__value *way_value(dt_document *d, const dt_hold_way *way) {
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "state", dt__value_unsigned(d, way->state));
    dt__put(d, value, "equilibrium", concepts_value(d, way->equilibrium));
    dt__put(d, value, "reachable", dt__value_bool(d, way->reachable));
    dt__put(d, value, "length", way->reachable ? dt__value_unsigned(d, way->length) : dt__value_null(d));
    dt__put(d, value, "sequences", dt__value_count(d, way->sequences));
    dt__put(d, value, "steps", steps_value(d, way->steps, way->step_count));
    dt__put(d, value, "by_improvements", dt__value_bool(d, way->by_improvements));
    dt__put(d, value, "improving", steps_value(d, way->improving, way->improving_count));
    return value;
}

static dt__value *start_value(dt_document *d, const dt_hold_start *s) {
    dt__value *value, *ways;

    if (s == NULL) return dt__value_null(d);
    value = dt__value_object(d);
    dt__put(d, value, "state", dt__value_unsigned(d, s->state));
    dt__put(d, value, "reachable_count", dt__value_unsigned(d, s->reachable.count));
    dt__put(d, value, "reachable", states_value(d, &s->reachable));
    dt__put(d, value, "by_improvements_count", dt__value_unsigned(d, s->improvable.count));
    dt__put(d, value, "by_improvements", states_value(d, &s->improvable));
    dt__put(d, value, "dead_ends", states_value(d, &s->dead_ends));
    dt__put(d, value, "cycles", dt__value_unsigned(d, s->cycles));
    ways = dt__put(d, value, "ways", dt__value_array(d));
    for (size_t i = 0; i < s->way_count; i++) dt__append(ways, way_value(d, &s->ways[i]));
    return value;
}

/* ---- why ---- */

static dt__value *reply_value(dt_document *d, const dt_hold_reply *r) {
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "improvement", dt__value_unsigned(d, r->improvement));
    dt__put(d, value, "answered", dt__value_bool(d, r->answered));
    dt__put(d, value, "sanction", steps_value(d, r->steps, r->step_count));
    dt__put(d, value, "escapes", ids_value(d, r->escapes, r->escape_count));
    if (r->answered) return value;
    dt__put(d, value, "reachable", dt__value_unsigned(d, r->reachable));
    dt__put(d, value, "least", state_value(d, r->least));
    dt__put(d, value, "way_out", state_value(d, r->way_out));
    return value;
}

static dt__value *view_value(dt_document *d, const dt_hold_view *view) {
    dt__value *value = dt__value_object(d), *concepts, *replies;

    dt__put(d, value, "moves", states_value(d, &view->moves));
    dt__put(d, value, "improvements", states_value(d, &view->improvements));
    concepts = dt__put(d, value, "concepts", dt__value_object(d));
    for (int c = 0; c < DT_CONCEPT_COUNT; c++) {
        const dt_hold_reason *reason = &view->reasons[c];
        dt__value *own = dt__put(d, concepts, dt_concept_id((dt_concept)c), dt__value_object(d));
        dt__put(d, own, "stable", dt__value_bool(d, reason->stable));
        replies = dt__put(d, own, "replies", dt__value_array(d));
        for (size_t i = 0; i < reason->reply_count; i++) dt__append(replies, reply_value(d, &reason->replies[i]));
    }
    return value;
}

static dt__value *explanation_value(dt_document *d, const dt_hold_answer *a) {
    dt__value *value, *parties;

    if (a->explanation == NULL) return dt__value_null(d);
    value = dt__value_object(d);
    dt__put(d, value, "state", dt__value_unsigned(d, a->explanation->state));
    parties = dt__put(d, value, "parties", dt__value_object(d));
    for (size_t i = 0; i < a->party_count; i++)
        dt__put(d, parties, dt__party_key(d, a->parties[i].party), view_value(d, &a->explanation->views[i]));
    return value;
}

/* ---- preferences ---- */

static dt__value *unknown_value(dt_document *d, const dt_hold_unknown *u) {
    static const char *const names[] = {"a", "b", "c", "d"};
    dt__value *value = dt__value_object(d), *extensions, *exact;

    dt__put(d, value, "pairs", dt__value_unsigned(d, u->pairs));
    extensions = dt__put(d, value, "extensions", dt__value_object(d));
    for (size_t e = 0; e < 4; e++) dt__put(d, extensions, names[e], all_concepts(d, u->extensions[e]));
    dt__put(d, value, "every", all_concepts(d, u->every));
    dt__put(d, value, "some", all_concepts(d, u->some));
    exact = dt__put(d, value, "exact", dt__value_object(d));
    for (int c = 0; c < DT_CONCEPT_COUNT; c++)
        dt__put(d, exact, dt_concept_id((dt_concept)c), dt__value_bool(d, u->exact[c]));
    return value;
}

static dt__value *strength_value(dt_document *d, const dt_hold_strength *s) {
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "strong", by_concept(d, s->strong, DT_CONCEPT_GMR, DT_CONCEPT_COUNT));
    dt__put(d, value, "weak", by_concept(d, s->weak, DT_CONCEPT_GMR, DT_CONCEPT_COUNT));
    return value;
}

static dt__value *shares_value(dt_document *d, const dt_hold_answer *a) {
    dt__value *value = dt__value_object(d), *list;

    dt__put(d, value, "n", dt__value_unsigned(d, a->draws));
    dt__put(d, value, "seed", dt__value_unsigned(d, a->seed));
    list = dt__put(d, value, "shares", dt__value_array(d));
    for (size_t i = 0; i < a->share_count; i++) {
        dt__value *own = dt__append(list, dt__value_object(d));
        dt__put(d, own, "state", dt__value_unsigned(d, a->shares[i].state));
        for (int c = 0; c < DT_CONCEPT_COUNT; c++)
            dt__put(d, own, dt_concept_id((dt_concept)c), dt__value_double(d, a->shares[i].shares[c]));
    }
    return value;
}

/* ---- coalitions and foresight ---- */

static dt__value *coalitions_value(dt_document *d, const dt_hold_coalitions *k) {
    dt__value *value, *list;

    if (k == NULL || !k->complete) return dt__value_null(d);
    value = dt__value_object(d);
    list = dt__put(d, value, "list", dt__value_array(d));
    for (size_t i = 0; i < k->count; i++) {
        dt__value *own = dt__append(list, dt__value_object(d));
        dt__put(d, own, "parties", dt__party_set_value(d, k->list[i].parties));
        dt__put(d, own, "unstable", by_concept(d, k->list[i].unstable, 0, DT_CONCEPT_SSEQ));
    }
    dt__put(d, value, "equilibria", by_concept(d, k->equilibria, 0, DT_CONCEPT_SSEQ));
    dt__put(d, value, "universal", states_value(d, &k->universal));
    return value;
}

static dt__value *foresight_value(dt_document *d, const dt_hold_foresight *f) {
    dt__value *value, *limited;

    if (f == NULL) return dt__value_null(d);
    value = dt__value_object(d);
    limited = dt__put(d, value, "limited", f->two_parties ? dt__value_array(d) : dt__value_null(d));
    for (size_t h = 0; f->two_parties && h < f->horizon; h++) dt__append(limited, states_value(d, &f->limited[h]));
    dt__put(d, value, "non_myopic", f->period > 0 ? states_value(d, &f->non_myopic) : dt__value_null(d));
    dt__put(d, value, "period", dt__value_unsigned(d, f->period));
    dt__put(d, value, "simultaneous", f->simultaneous_complete ? all_concepts(d, f->simultaneous) : dt__value_null(d));
    return value;
}

/* ---- what would turn it ---- */

static dt__value *margin_list(dt_document *d, const dt_hold_margin *margins, size_t count) {
    dt__value *value = dt__value_array(d);

    for (size_t i = 0; i < count; i++) {
        const dt_hold_margin *m = &margins[i];
        dt__value *own = dt__append(value, dt__value_object(d));
        dt__put(d, own, "state", dt__value_unsigned(d, m->state));
        dt__put(d, own, "concept", dt__value_string(d, dt_concept_id(m->concept)));
        dt__put(d, own, "possible", dt__value_bool(d, m->possible));
        dt__put(d, own, "party", m->possible ? dt__value_string(d, dt__party_key(d, m->party)) : dt__value_null(d));
        dt__put(d, own, "changes", m->possible ? dt__value_unsigned(d, m->changes) : dt__value_null(d));
        dt__put(d, own, "past", state_value(d, m->past));
    }
    return value;
}

static dt__value *margins_value(dt_document *d, const dt_hold_margins *m) {
    dt__value *value;

    if (m == NULL) return dt__value_null(d);
    value = dt__value_object(d);
    dt__put(d, value, "kept", margin_list(d, m->kept, m->kept_count));
    dt__put(d, value, "near", margin_list(d, m->near, m->near_count));
    return value;
}

static dt__value *make_value(dt_document *d, const dt_hold_answer *a, const dt_hold_make *make) {
    dt__value *value = dt__value_object(d), *parties;

    dt__put(d, value, "equilibrium", dt__value_bool(d, make->equilibrium));
    dt__put(d, value, "changes", dt__value_unsigned(d, make->changes));
    dt__put(d, value, "at_least", dt__value_unsigned(d, make->at_least));
    dt__put(d, value, "proven", dt__value_bool(d, make->proven));
    parties = dt__put(d, value, "parties", dt__value_object(d));
    for (size_t i = 0; i < a->party_count; i++) {
        const dt_hold_making *m = &make->parties[i];
        dt__value *own = dt__put(d, parties, dt__party_key(d, m->party), dt__value_object(d));
        dt__put(d, own, "stable", dt__value_bool(d, m->stable));
        dt__put(d, own, "changes", dt__value_unsigned(d, m->changes));
        dt__put(d, own, "past", state_value(d, m->past));
        dt__put(d, own, "share", dt__value_exact(d, m->share));
        dt__put(d, own, "share_exact", dt__value_string(d, m->share.text));
    }
    return value;
}

static dt__value *makes_value(dt_document *d, const dt_hold_answer *a) {
    dt__value *value, *concepts;

    if (a->make_state == 0) return dt__value_null(d);
    value = dt__value_object(d);
    dt__put(d, value, "state", dt__value_unsigned(d, a->make_state));
    concepts = dt__put(d, value, "concepts", dt__value_object(d));
    for (size_t i = 0; i < a->make_count; i++)
        dt__put(d, concepts, dt_concept_id(a->makes[i].concept), make_value(d, a, &a->makes[i]));
    return value;
}

/* ---- the answer ---- */

static void put_asked(dt_document *d, dt__value *value, const dt_hold_answer *a) {
    if (a->explanation != NULL) dt__put(d, value, "explanation", explanation_value(d, a));
    if (a->unknown != NULL) dt__put(d, value, "unknown", unknown_value(d, a->unknown));
    if (a->strength != NULL) dt__put(d, value, "strength", strength_value(d, a->strength));
    if (a->coalitions != NULL) dt__put(d, value, "coalitions", coalitions_value(d, a->coalitions));
    if (a->foresight != NULL) dt__put(d, value, "foresight", foresight_value(d, a->foresight));
    if (a->margins != NULL) dt__put(d, value, "margins", margins_value(d, a->margins));
    if (a->make_state != 0) dt__put(d, value, "make", makes_value(d, a));
    if (a->deal_count > 0) dt__put(d, value, "deals", dt__hold_deals_value(d, a));
    if (a->draws > 0) dt__put(d, value, "draws", shares_value(d, a));
    if (a->limit_note != NULL) dt__put(d, value, "limit_note", dt__value_string(d, a->limit_note));
    if (a->verify_note == NULL) return;
    dt__put(d, value, "verified", dt__value_bool(d, a->verified));
    dt__put(d, value, "verify_note", dt__value_string(d, a->verify_note));
}

dt__value *dt__hold_value(dt_document *d, const dt_hold_answer *a) {
    const char *as_of = dt__as_of_text(d);
    dt__value *value = dt__value_object(d);

    dt__put(d, value, "as_of", dt__value_string(d, *as_of == '\0' ? NULL : as_of));
    dt__put(d, value, "months", dt__value_exact(d, a->months));
    dt__put(d, value, "no_deal_outcome", dt__outcome_value(d, a->no_deal));
    dt__put(d, value, "state_count", dt__value_unsigned(d, a->state_count));
    dt__put(d, value, "equilibria", all_concepts(d, a->equilibria));
    put_parties(d, value, a);
    put_states(d, value, a);
    dt__put(d, value, "complete", dt__value_bool(d, !a->cut));
    dt__put(d, value, "start", start_value(d, a->start));
    put_asked(d, value, a);
    return value;
}
