/* What few claims have of their own, kept once for all that say the same; words only where some reading can concern the
 * claim, for no others are ever shown. */
#include <string.h>

#include "monitor/ledger.h"
#include "records/seen.h"

/* ---- which words are kept ---- */

/* An act that is not known may be any. */
static bool act_can_concern(dt__ledger *l, uint32_t act) {
    enum { NOT_ASKED = 0, NO, YES };
    uint8_t *answer, fresh = NOT_ASKED;
    const char *code;

    if (act == DT__NOBODY) return true;
    while (l->asked_acts.count <= act)
        if (dt__vector_push(&l->asked_acts, &fresh, l->env) != DT_OK) {
            l->b->failed = true;
            return true;
        }
    answer = DT__AT(l->asked_acts, uint8_t, act);
    code = *DT__AT(l->acts, const char *, act);
    for (size_t i = 0; *answer == NOT_ASKED && i < l->obligation_count; i++) {
        const dt__clause_reading *terms = l->obligations[i].terms;
        if (dt__act_among(code, terms->acts, terms->act_count) != DT__NO) *answer = YES;
    }
    if (*answer == NOT_ASKED) *answer = NO;
    return *answer == YES;
}

/* An incident is never wider in time or act than the claim whose words are shown with it. */
static bool can_be_shown(dt__ledger *l, const dt__claim_in *c) {
    const dt__interval *asked = &l->asked;
    return c->when.lo < asked->hi && c->when.hi > asked->lo && act_can_concern(l, c->act);
}

/* Rows that follow one another often quote the same report. */
static const char *kept_text(dt__ledger *l, const dt__claim_in *c, const char *text) {
    if (text == NULL || !can_be_shown(l, c)) return NULL;
    if (l->last_text == NULL || strcmp(l->last_text, text) != 0) l->last_text = dt__builder_text(l->b, text);
    return l->last_text;
}

static const char *kept_region(dt__ledger *l, const char *region) {
    uint32_t index = dt__known_word(&l->regions, region, l);
    return index == DT__NOBODY ? NULL : *DT__AT(l->regions, const char *, index);
}

/* ---- shared ---- */

/* Bit by bit: what is not said is the same as what is not said. */
static bool same_number(double a, double b) {
    uint64_t x, y;

    memcpy(&x, &a, sizeof x);
    memcpy(&y, &b, sizeof y);
    return x == y;
}

static bool is_same(const dt__claim_rest *a, const dt__claim_rest *b) {
    return same_number(a->low, b->low) && same_number(a->high, b->high) && a->region == b->region;
}

/* One that came lately and holds the same; else the new one takes its place. */
static dt__claim_rest **place_of(dt__ledger *l, const dt__claim_rest *rest) {
    uint64_t hash = dt__hash_quickly(0, (const char *)&rest->low, sizeof rest->low);

    hash = dt__hash_quickly(hash, (const char *)&rest->high, sizeof rest->high);
    hash = dt__hash_quickly(hash, (const char *)&rest->region, sizeof rest->region);
    return &l->common[hash % DT__COMMON_RESTS];
}

static dt__claim_rest *new_rest(dt__ledger *l, const dt__claim_rest *rest) {
    dt__claim_rest *copy = DT__ARENA_NEW(&l->scratch, dt__claim_rest);

    if (copy == NULL) l->b->failed = true;
    else *copy = *rest;
    return copy;
}

dt__claim_rest *dt__rest_of_record(dt__ledger *l, const dt__claim_in *c, const dt__record *r) {
    dt__claim_rest rest = {.text = kept_text(l, c, r->text),
                           .region = kept_region(l, r->region),
                           .revises = r->revises == NULL ? NULL : dt__builder_text(l->b, r->revises),
                           .low = r->low,
                           .high = r->high,
                           .part_of = DT__NOBODY},
                   **place;

    if (c->total || rest.text != NULL || rest.revises != NULL) return new_rest(l, &rest);
    place = place_of(l, &rest);
    if (*place == NULL || !is_same(*place, &rest)) *place = new_rest(l, &rest);
    return *place;
}
