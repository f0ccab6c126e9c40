/* Which claims tell of the same occurrence: a claim joins the earliest incident with all of whose claims it agrees.
 *
 * Open incidents stand in bands of latitude, and there in rows of those whose claims are alike but for time and place,
 * so that a day full of one source's claims at one place costs a look at one row, not at every claim. */
#include <math.h>
#include <string.h>

#include "monitor/ledger.h"
#include "records/seen.h"

enum {
    LONGEST = 36 * 3600,
    BANDS = 361,
    WIDE = BANDS,
    ALL_BANDS
}; /* LONGEST: seconds; known less exactly: not matched */
static const double reach_most = 25000,
                    band_metres = 55000; /* metres; places known less exactly are in the band WIDE */

/* ---- what may be the same ---- */

static bool may_join(const dt__claim_in *c) {
    return !c->retracted && !c->total && (c->kind == DT__RECORD_ALLEGATION || c->kind == DT__RECORD_OBSERVATION) &&
           c->counted != DT__COUNT_SUBSET && (isnan(c->rest->low) || c->rest->low > 0) && c->has_place &&
           c->act != DT__NOBODY && c->when.lo != DT__MOMENT_ALWAYS && c->when.hi != DT__MOMENT_NEVER &&
           c->when.hi - c->when.lo <= LONGEST;
}

static bool is_known(const dt__claim_in *c) {
    return c->actor != DT__NOBODY || c->outsider;
}

/* Alike but for time and place?  A source tells of an occurrence once, and so do sets of coded events. */
static bool kinds_agree(const dt__ledger *l, const dt__claim_in *a, const dt__claim_in *b) {
    if (a->source == b->source || (a->coded && a->list == b->list)) return false;
    if (is_known(a) && is_known(b) && (a->actor != b->actor || a->stranger != b->stranger)) return false;
    if (a->asset != b->asset && a->asset != DT__NOBODY && b->asset != DT__NOBODY) return false;
    return dt__acts_agree(l, a->act, b->act);
}

static bool meet(const dt__claim_in *a, const dt__claim_in *b) {
    double reach = a->radius + b->radius;

    if (a->when.lo >= b->when.hi || b->when.lo >= a->when.hi) return false;
    if (fabs(a->at.lat - b->at.lat) * 111000 > reach + 1000) return false;
    return dt__distance(a->at, b->at) <= reach;
}

/* ---- open incidents ---- */

/* Incidents in order of their first claims; claims of the first stand for all in it. */
typedef struct row {
    uint64_t kind;
    uint32_t first, last; /* first claims of incidents */
    uint32_t source;      /* of the very first: a quick no */
} row;

typedef struct matching {
    const dt__ledger *l;
    dt__vector bands[ALL_BANDS]; /* row */
    uint32_t *next, *before;     /* by the first claim of an incident: its neighbours in the row */
    uint32_t *mate;              /* by claim: the next of its incident */
    uint64_t *kind;              /* by the first claim: of the incident */
} matching;

static uint32_t band_of(const dt__claim_in *c) {
    return c->radius > reach_most ? (uint32_t)WIDE : (uint32_t)((c->at.lat + 90) * 2);
}

static uint64_t kind_of(const dt__claim_in *c) {
    const uint64_t parts[] = {
        c->source, c->coded ? c->list : DT__NOBODY, c->actor, c->outsider ? c->stranger : DT__NOBODY, c->asset, c->act};
    return dt__hash_bytes(0, (const char *)parts, sizeof parts);
}

static void unlink_incident(matching *m, row *r, uint32_t head) {
    if (m->before[head] == DT__NOBODY) r->first = m->next[head];
    else m->next[m->before[head]] = m->next[head];
    if (m->next[head] == DT__NOBODY) r->last = m->before[head];
    else m->before[m->next[head]] = m->before[head];
}

static row *row_of(matching *m, dt__vector *band, uint64_t kind) {
    row fresh = {.kind = kind, .first = DT__NOBODY, .last = DT__NOBODY};

    for (size_t i = 0; i < band->count; i++)
        if (DT__AT(*band, row, i)->kind == kind) return DT__AT(*band, row, i);
    return dt__vector_push(band, &fresh, m->l->env) == DT_OK ? DT__AT(*band, row, band->count - 1) : NULL;
}

static dt_status link_incident(matching *m, uint32_t head) {
    const dt__claim_in *c = dt__claim_at(m->l, head);
    row *r = row_of(m, &m->bands[band_of(c)], m->kind[head]);
    uint32_t at;

    if (r == NULL) return DT_ERR_MEMORY;
    r->source = c->source;
    for (at = r->last; at != DT__NOBODY && at > head;) at = m->before[at];
    m->before[head] = at;
    m->next[head] = at == DT__NOBODY ? r->first : m->next[at];
    if (at == DT__NOBODY) r->first = head;
    else m->next[at] = head;
    if (m->next[head] == DT__NOBODY) r->last = head;
    else m->before[m->next[head]] = head;
    return DT_OK;
}

/* ---- one claim ---- */

static bool all_kinds_agree(const matching *m, uint32_t head, const dt__claim_in *c) {
    for (uint32_t i = head; i != DT__NOBODY; i = m->mate[i])
        if (!kinds_agree(m->l, dt__claim_at(m->l, i), c)) return false;
    return true;
}

static bool all_meet(const matching *m, uint32_t head, const dt__claim_in *c) {
    for (uint32_t i = head; i != DT__NOBODY; i = m->mate[i])
        if (!meet(dt__claim_at(m->l, i), c)) return false;
    return true;
}

/* Claims come in order of time: what ended before this one meets none that follow. */
static bool is_over(const matching *m, uint32_t head, const dt__claim_in *c) {
    for (uint32_t i = head; i != DT__NOBODY; i = m->mate[i])
        if (dt__claim_at(m->l, i)->when.hi <= c->when.lo) return true;
    return false;
}

/* The earliest of a row; DT__NOBODY: none. */
static uint32_t fitting(matching *m, row *r, const dt__claim_in *c) {
    bool asked = false;

    for (uint32_t head = r->first, next; head != DT__NOBODY; head = next) {
        next = m->next[head];
        if (is_over(m, head, c)) {
            unlink_incident(m, r, head);
            continue;
        }
        if (!asked && !all_kinds_agree(m, head, c)) return DT__NOBODY;
        asked = true;
        if (all_meet(m, head, c)) return head;
    }
    return DT__NOBODY;
}

static uint32_t fitting_in_band(matching *m, dt__vector *band, const dt__claim_in *c, uint32_t best) {
    for (size_t i = 0; i < band->count;) {
        row *r = DT__AT(*band, row, i);
        if (r->source != c->source) {
            uint32_t head = fitting(m, r, c);
            if (head < best) best = head;
        }
        if (r->first == DT__NOBODY) *r = *DT__AT(*band, row, --band->count);
        else i++;
    }
    return best;
}

static uint32_t earliest(matching *m, const dt__claim_in *c) {
    double bands = (c->radius + reach_most) / band_metres + 1, at = (c->at.lat + 90) * 2;
    size_t from = at > bands ? (size_t)(at - bands) : 0, until = (size_t)fmin(BANDS - 1, at + bands);
    uint32_t best = fitting_in_band(m, &m->bands[WIDE], c, DT__NOBODY);

    for (size_t i = from; i <= until; i++) best = fitting_in_band(m, &m->bands[i], c, best);
    return best;
}

static dt_status place_claim(matching *m, uint32_t i, uint32_t *head) {
    const dt__claim_in *c = dt__claim_at(m->l, i);
    uint32_t found = earliest(m, c), last;

    m->kind[i] = kind_of(c);
    if (found == DT__NOBODY) return link_incident(m, i);
    head[i] = found;
    unlink_incident(m, row_of(m, &m->bands[band_of(dt__claim_at(m->l, found))], m->kind[found]), found);
    m->kind[found] += m->kind[i];
    for (last = found; m->mate[last] != DT__NOBODY;) last = m->mate[last];
    m->mate[last] = i;
    return link_incident(m, found);
}

static bool is_one_source(const dt__ledger *l) {
    uint32_t source = DT__NOBODY;

    for (size_t i = 0; i < l->claims.count; i++) {
        const dt__claim_in *c = dt__claim_at(l, i);
        if (!may_join(c)) continue;
        if (source != DT__NOBODY && c->source != source) return false;
        source = c->source;
    }
    return true;
}

static dt_status match(matching *m, dt__ledger *l, dt__arena *work, uint32_t *head) {
    size_t count = l->claims.count;
    dt_status st = DT_OK;

    m->l = l;
    for (size_t i = 0; i < ALL_BANDS; i++) m->bands[i] = DT__VECTOR(row);
    m->next = DT__ARENA_ARRAY(work, uint32_t, count);
    m->before = DT__ARENA_ARRAY(work, uint32_t, count);
    m->mate = DT__ARENA_ARRAY(work, uint32_t, count);
    m->kind = DT__ARENA_ARRAY(work, uint64_t, count);
    if (m->next == NULL || m->before == NULL || m->mate == NULL || m->kind == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) m->mate[i] = DT__NOBODY;
    for (size_t i = 0; st == DT_OK && i < count; i++) {
        if ((i & 1023) == 0) st = dt__poll(l->env);
        if (st == DT_OK && may_join(dt__claim_at(l, i))) st = place_claim(m, (uint32_t)i, head);
    }
    for (size_t i = 0; i < ALL_BANDS; i++) dt__vector_clear(&m->bands[i], l->env);
    return st;
}

dt_status dt__match_claims(dt__ledger *l, uint32_t *head) {
    matching *m;
    dt__arena work;
    dt_status st;

    for (size_t i = 0; i < l->claims.count; i++) head[i] = (uint32_t)i;
    if (is_one_source(l)) return DT_OK;
    dt__arena_init(&work, l->env);
    m = DT__ARENA_NEW(&work, matching);
    st = m == NULL ? DT_ERR_MEMORY : match(m, l, &work, head);
    dt__arena_clear(&work);
    return st;
}
