/* The state at a reception time: records that are neither replaced nor taken back by what was received until then. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/catalog.h"
#include "base/vector.h"
#include "ledger/ledger_file.h"

/* ?1 is the reception time.  A record goes when another one of the same source and id is later, or when one of its own
 * side replaces it or takes it back, be it received before or after: the order of arrival does not matter.  Of one id
 * that is later which the source filed later; the time of reception stands in where a source does not say.  Filed at
 * the same second: by their words, so that it is the same whichever came first. */
#define FILED(x) "json_extract(" x ".body, '$.published')"
#define STAMP(x) "coalesce(" FILED(x) ", " x ".received)"
#define TURN(x) "iif(" FILED(x) " IS NULL, " x ".number, 0)"
#define SAME(field) "json_extract(b.body, '$." field "') = json_extract(a.body, '$." field "')"
#define SAME_SOURCE "json_extract(b.body, '$.source') IS json_extract(a.body, '$.source')"
#define SAME_SIDE "(" SAME_SOURCE " OR " SAME("family") " OR " SAME("claimant") ")"
#define LATER                                                                                              \
    "SELECT 1 FROM entry b WHERE b.id = a.id AND b.kind = 1 AND b.number <> a.number AND b.received <= ?1" \
    " AND " SAME_SOURCE                                                                                    \
    " AND (" STAMP("b") ", " TURN("b") ", b.body, b.number) > (" STAMP("a") ", " TURN("a") ", a.body, a.number)"
#define TAKEN_BACK "SELECT 1 FROM entry b WHERE b.replaces = a.id AND b.kind = 2 AND b.received <= ?1 AND " SAME_SIDE
#define REPLACED                                                                                          \
    "SELECT 1 FROM entry b WHERE b.replaces = a.id AND b.kind = 1 AND b.id <> a.id AND b.received <= ?1 " \
    "AND " SAME_SIDE

static const char records_in_force[] =
    "SELECT a.id, a.body, a.received, a.file, a.line, a.number FROM entry a WHERE a.kind = 1 AND a.received <= ?1"
    " AND NOT EXISTS (" LATER ") AND NOT EXISTS (" TAKEN_BACK ") AND NOT EXISTS (" REPLACED ")"
    " ORDER BY a.starts, a.id";
static const char retracted_records[] =
    "SELECT count(*) FROM entry a WHERE a.kind = 1 AND a.received <= ?1 AND EXISTS (" TAKEN_BACK ")";
static const char replaced_records[] =
    "SELECT count(*) FROM entry a WHERE a.kind = 1 AND a.received <= ?1 AND NOT EXISTS (" TAKEN_BACK ")"
    " AND (EXISTS (" LATER ") OR EXISTS (" REPLACED "))";

dt_status dt__ledger_records(dt_ledger *l, dt__moment at, const dt__record_sink *sink, dt_env *env) {
    sqlite3_stmt *s;
    dt_status st = dt__sql_prepare(&s, l, records_in_force, &at, 1, env);

    if (st != DT_OK) return dt__settled(env, st);
    st = dt__records_replay(l, s, sink, env);
    sqlite3_finalize(s);
    return dt__settled(env, st);
}

/* Of coverage with the same id the newest counts. */
dt_status dt__ledger_coverage(dt_ledger *l, dt__moment at, const dt__coverage_sink *sink, dt_env *env) {
    static const char sql[] =
        "SELECT a.id, a.body, a.received, a.file, a.line FROM entry a WHERE a.kind = 3 AND a.received <= ?1 AND NOT"
        " EXISTS (SELECT 1 FROM entry b WHERE b.id = a.id AND b.kind = 3 AND b.number > a.number AND b.received <= ?1 "
        "AND " SAME_SOURCE ")"
        " ORDER BY a.starts, a.id";
    sqlite3_stmt *s;
    dt_status st = dt__sql_prepare(&s, l, sql, &at, 1, env);

    if (st != DT_OK) return dt__settled(env, st);
    st = dt__coverage_replay(l, s, sink, env);
    sqlite3_finalize(s);
    return dt__settled(env, st);
}

/* Until the release nothing is seen of what other processes append. */
static dt_status hold(dt_ledger *l, dt_env *env) {
    return dt__sql_run(l, "BEGIN", env);
}

static void release(dt_ledger *l) {
    if (sqlite3_get_autocommit(l->db) == 0) sqlite3_exec(l->db, "ROLLBACK", NULL, NULL, NULL);
}

dt_status dt__ledger_replay(dt_ledger *l, dt__moment at, const dt__record_sink *sink, const dt__dispute_sink *disputes,
                            dt_env *env) {
    dt__coverage_sink cover = {.take = sink == NULL ? NULL : sink->cover,
                               .payload = sink == NULL ? NULL : sink->payload};
    dt_status st = hold(l, env);

    if (st != DT_OK) return dt__settled(env, st);
    if (sink != NULL) st = dt__ledger_records(l, at, sink, env);
    if (st == DT_OK && cover.take != NULL) st = dt__ledger_coverage(l, at, &cover, env);
    if (st == DT_OK && disputes != NULL) st = dt__disputes_at(l, at, disputes, env);
    release(l);
    return dt__settled(env, st);
}

/* ---- the state for reports ---- */

typedef struct dt__owned_state {
    dt_ledger_state state; /* first: the state is freed by its address */
    dt__arena arena;
    dt__vector sources, shown, watches, disputes;
    size_t limit;
    dt_time now;
    dt__digest digest;
    bool failed;
} dt__owned_state;

static const char *copy(dt__owned_state *o, const char *text) {
    const char *kept = text == NULL ? NULL : dt__arena_string(&o->arena, text, strlen(text));
    o->failed |= text != NULL && kept == NULL;
    return kept;
}

static dt_status count_source(dt__owned_state *o, const char *name, dt_env *env) {
    dt_ledger_count count = {.records = 1};

    if (name == NULL) name = "";
    for (size_t i = 0; i < o->sources.count; i++) {
        dt_ledger_count *c = DT__AT(o->sources, dt_ledger_count, i);
        if (strcmp(c->source, name) != 0) continue;
        c->records++;
        return DT_OK;
    }
    count.source = copy(o, name);
    return o->failed ? DT_ERR_MEMORY : dt__vector_push(&o->sources, &count, env);
}

static dt_status show_record(dt__owned_state *o, const dt__record *r, dt_env *env) {
    static const char *const kinds[] = {"allegation", "observation", "denial", "compliance", "retraction"};
    dt_ledger_record shown = {.id = copy(o, r->id),
                              .source = copy(o, r->source),
                              .act = copy(o, r->act),
                              .actor = copy(o, r->actor),
                              .claimant = copy(o, r->claimant),
                              .region = copy(o, r->region),
                              .kind = kinds[r->kind],
                              .from = r->when.lo,
                              .until = r->when.hi,
                              .low = r->low,
                              .high = r->high,
                              .received = r->received};

    return o->failed ? DT_ERR_MEMORY : dt__vector_push(&o->shown, &shown, env);
}

typedef struct gathering {
    dt__owned_state *owned;
    dt__text text;
    dt_env *env;
} gathering;

static dt_status take_record(void *payload, const dt__record *r) {
    gathering *g = payload;
    dt__owned_state *o = g->owned;
    dt__record said = *r;
    dt_status st;

    o->state.records++;
    said.received = DT__MOMENT_ALWAYS; /* when it came here is no part of what it says */
    dt__text_reset(&g->text);
    dt__record_write(&g->text, &said);
    if ((st = dt__text_status(&g->text)) != DT_OK) return st;
    dt__digest_add(&o->digest, r->id, strlen(r->id) + 1);
    dt__digest_add(&o->digest, g->text.bytes, g->text.length);
    st = count_source(o, r->source, g->env);
    if (st == DT_OK && o->shown.count < o->limit) st = show_record(o, r, g->env);
    return st != DT_OK || o->state.records % 4096 != 0 ? st : dt__poll(g->env);
}

static dt_status show_coverage(dt__owned_state *o, const dt__coverage *c, dt_env *env) {
    dt_ledger_watch shown = {.id = copy(o, c->id),
                             .source = copy(o, c->source),
                             .channel = copy(o, c->channel),
                             .zone = copy(o, c->zone),
                             .state = dt__watch_name(c->state),
                             .reason = copy(o, c->reason),
                             .from = c->when.lo,
                             .until = c->when.hi,
                             .longitude = c->has_place ? c->at.lon : NAN,
                             .latitude = c->has_place ? c->at.lat : NAN,
                             .radius = c->has_place ? c->radius : NAN};

    return o->failed ? DT_ERR_MEMORY : dt__vector_push(&o->watches, &shown, env);
}

static dt_status take_coverage(void *payload, const dt__coverage *c) {
    gathering *g = payload;
    dt__owned_state *o = g->owned;
    dt_status st;

    o->state.coverage++;
    dt__text_reset(&g->text);
    dt__coverage_write(&g->text, c);
    if ((st = dt__text_status(&g->text)) != DT_OK) return st;
    dt__digest_add(&o->digest, c->id, strlen(c->id) + 1);
    dt__digest_add(&o->digest, g->text.bytes, g->text.length);
    return o->watches.count < o->limit ? show_coverage(o, c, g->env) : DT_OK;
}

static dt_status take_dispute(void *payload, const dt_dispute *step) {
    gathering *g = payload;
    dt__owned_state *o = g->owned;
    dt_dispute d = *step;

    d.id = copy(o, step->id);
    d.finding = copy(o, step->finding);
    d.by = copy(o, step->by);
    d.note = copy(o, step->note);
    d.overdue = d.state != DT_DISPUTE_CLOSED && d.deadline < o->now;
    return o->failed ? DT_ERR_MEMORY : dt__vector_push(&o->disputes, &d, g->env);
}

static dt_status count(uint64_t *out, const dt_ledger *l, const char *sql, dt__moment at, dt_env *env) {
    sqlite3_stmt *s;
    dt_status st = dt__sql_prepare(&s, l, sql, &at, 1, env);

    if (st != DT_OK) return st;
    if (dt__sql_step(l, s, &st, env)) *out = (uint64_t)sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    return st;
}

static dt_status count_all(dt_ledger_state *state, const dt_ledger *l, dt__moment at, dt_env *env) {
    dt_status st = count(&state->entries, l, "SELECT count(*) FROM entry WHERE received <= ?1", at, env);

    if (st == DT_OK) st = count(&state->retracted, l, retracted_records, at, env);
    return st == DT_OK ? count(&state->replaced, l, replaced_records, at, env) : st;
}

static int by_name(const void *a, const void *b) {
    const dt_ledger_count *x = a, *y = b;
    return strcmp(x->source, y->source);
}

static void finish(dt__owned_state *o) {
    unsigned char hash[DT__DIGEST_BYTES];

    dt__digest_end(&o->digest, hash);
    dt__digest_text(o->state.digest, hash);
    o->state.sources = o->sources.items;
    o->state.source_count = o->sources.count;
    if (o->sources.count > 1) qsort(o->sources.items, o->sources.count, sizeof(dt_ledger_count), by_name);
    o->state.shown = o->shown.items;
    o->state.shown_count = o->shown.count;
    o->state.watches = o->watches.items;
    o->state.watch_count = o->watches.count;
    o->state.disputes = o->disputes.items;
    o->state.dispute_count = o->disputes.count;
}

static dt_status gather(dt__owned_state *o, dt_ledger *l, dt__moment at, dt_env *env) {
    gathering g = {.owned = o, .env = env};
    dt__record_sink records = {.take = take_record, .payload = &g};
    dt__dispute_sink disputes = {.take = take_dispute, .payload = &g};
    dt__coverage_sink coverage = {.take = take_coverage, .payload = &g};
    dt_status st = count_all(&o->state, l, at, env);

    dt__text_init(&g.text, env);
    if (st == DT_OK) st = dt__ledger_records(l, at, &records, env);
    if (st == DT_OK) st = dt__ledger_coverage(l, at, &coverage, env);
    if (st == DT_OK) st = dt__disputes_at(l, at, &disputes, env);
    dt__text_clear(&g.text);
    if (st == DT_OK) finish(o);
    return st;
}

/* One transaction, so that all of it is about the same entries while another process appends. */
dt_status dt_ledger_show(dt_ledger_state **out, dt_ledger *l, dt_time at, dt_time now, size_t limit, dt_env *env) {
    dt__owned_state *o = DT__NEW(env, dt__owned_state);
    dt_status st;

    *out = NULL;
    if (o == NULL) return DT_ERR_MEMORY;
    o->state.at = at;
    o->limit = limit;
    o->now = now;
    dt__arena_init(&o->arena, env);
    o->sources = DT__VECTOR(dt_ledger_count);
    o->shown = DT__VECTOR(dt_ledger_record);
    o->watches = DT__VECTOR(dt_ledger_watch);
    o->disputes = DT__VECTOR(dt_dispute);
    dt__digest_begin(&o->digest);
    st = hold(l, env);
    if (st == DT_OK) {
        st = gather(o, l, at, env);
        release(l);
    }
    if (st == DT_OK) *out = &o->state;
    else dt_ledger_state_free(&o->state, env);
    return dt__settled(env, st);
}

void dt_ledger_state_free(dt_ledger_state *state, dt_env *env) {
    dt__owned_state *o = (dt__owned_state *)(void *)state;

    if (o == NULL) return;
    dt__vector_clear(&o->sources, env);
    dt__vector_clear(&o->shown, env);
    dt__vector_clear(&o->watches, env);
    dt__vector_clear(&o->disputes, env);
    dt__arena_clear(&o->arena);
    DT__FREE(env, o, 1);
}
