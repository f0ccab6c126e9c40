/* What an entry says, as JSON with its keys in a fixed order, so that the same record is always the same bytes; and
 * back. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/catalog.h"
#include "base/json_scan.h"
#include "ledger/ledger_file.h"

/* ---- words ---- */

static const char *const kinds[] = {"allegation", "observation", "denial", "compliance", "retraction"};
static const char *const attributions[] = {"none", "inferred", "adversary", "observed", "admitted"};
static const char *const counteds[] = {"per-period", "cumulative", "subset"};
static const char *const units[] = {"incident", "salvo", "munition", "death"};

static unsigned place_in(const char *word, const char *const *list, unsigned count) {
    for (unsigned i = 0; i < count; i++)
        if (strcmp(list[i], word) == 0) return i;
    return 0;
}

/* ---- writing ---- */

static void add_escaped(dt__text *out, unsigned char c) {
    static const char hex[] = "0123456789abcdef";

    if (c == '"' || c == '\\') dt__text_add_char(out, '\\');
    if (c >= 0x20) {
        dt__text_add_char(out, (char)c);
        return;
    }
    dt__text_add(out, "\\u00");
    dt__text_add_char(out, hex[c >> 4]);
    dt__text_add_char(out, hex[c & 15]);
}

static void add_key(dt__text *out, const char *key) {
    dt__text_add_char(out, out->bytes[out->length - 1] == '{' ? '"' : ',');
    if (out->bytes[out->length - 1] == ',') dt__text_add_char(out, '"');
    dt__text_add(out, key);
    dt__text_add(out, "\":");
}

static void put_text(dt__text *out, const char *key, const char *text) {
    if (text == NULL || out->failed) return;
    add_key(out, key);
    dt__text_add_char(out, '"');
    for (; *text != '\0'; text++) add_escaped(out, (unsigned char)*text);
    dt__text_add_char(out, '"');
}

/* NaN is not said; infinities are words. */
static void put_number(dt__text *out, const char *key, double value) {
    if (isnan(value) || out->failed) return;
    add_key(out, key);
    if (isinf(value)) dt__text_add(out, value > 0 ? "\"more\"" : "\"less\"");
    else dt__text_add_double(out, value);
}

static void put_moment(dt__text *out, const char *key, dt__moment moment) {
    if (moment == DT__MOMENT_ALWAYS || moment == DT__MOMENT_NEVER || out->failed) return;
    add_key(out, key);
    if (moment < 0) dt__text_add_char(out, '-');
    dt__text_add_unsigned(out, moment < 0 ? (uint64_t)-moment : (uint64_t)moment);
}

static void put_flag(dt__text *out, const char *key, bool value) {
    if (!value || out->failed) return;
    add_key(out, key);
    dt__text_add(out, "true");
}

void dt__record_write(dt__text *out, const dt__record *r) {
    dt__text_add(out, "{");
    put_text(out, "kind", kinds[r->kind]);
    put_text(out, "source", r->source);
    put_text(out, "family", r->family);
    put_text(out, "claimant", r->claimant);
    put_text(out, "actor", r->actor);
    put_text(out, "involved", r->involved);
    put_text(out, "target", r->target);
    if (r->attribution != DT__ATTRIBUTION_NONE) put_text(out, "attribution", attributions[r->attribution]);
    put_text(out, "revises", r->revises);
    put_moment(out, "from", r->when.lo);
    put_moment(out, "until", r->when.hi);
    put_moment(out, "filed", r->filed);
    put_flag(out, "reported_only", r->reported_only);
    put_flag(out, "end_imputed", r->end_imputed);
    put_flag(out, "coded", r->coded);
    put_moment(out, "published", r->received);
    if (r->has_place) {
        put_number(out, "longitude", r->at.lon);
        put_number(out, "latitude", r->at.lat);
    }
    if (r->radius > 0) put_number(out, "radius", r->radius);
    put_text(out, "region", r->region);
    put_text(out, "act", r->act);
    put_text(out, "weapon", r->weapon);
    put_text(out, "asset", r->asset);
    put_number(out, "low", r->low);
    put_number(out, "high", r->high);
    if (r->counted != DT__COUNT_PER_PERIOD) put_text(out, "counted", counteds[r->counted]);
    if (r->unit != DT__UNIT_INCIDENT) put_text(out, "unit", units[r->unit]);
    put_number(out, "deaths", r->deaths);
    put_number(out, "deaths_low", r->deaths_low);
    put_number(out, "deaths_high", r->deaths_high);
    put_text(out, "text", r->text);
    put_text(out, "url", r->url);
    dt__text_add(out, "}");
}

void dt__coverage_write(dt__text *out, const dt__coverage *c) {
    dt__text_add(out, "{");
    put_text(out, "source", c->source);
    put_text(out, "channel", c->channel);
    put_text(out, "zone", c->zone);
    put_moment(out, "from", c->when.lo);
    put_moment(out, "until", c->when.hi);
    if (c->has_place) {
        put_number(out, "longitude", c->at.lon);
        put_number(out, "latitude", c->at.lat);
        put_number(out, "radius", c->radius);
    }
    put_text(out, "state", dt__watch_name(c->state));
    put_text(out, "reason", c->reason);
    dt__text_add(out, "}");
}

void dt__dispute_write(dt__text *out, const dt_dispute *d) {
    dt__text_add(out, "{");
    put_text(out, "finding", d->finding);
    put_text(out, "state", dt_dispute_state_name(d->state));
    put_text(out, "by", d->by);
    put_moment(out, "deadline", d->deadline);
    put_text(out, "note", d->note);
    dt__text_add(out, "}");
}

/* ---- reading: all rows are one JSON array, so that one scanner serves them ---- */

typedef struct row_source {
    const dt_ledger *ledger;
    sqlite3_stmt *rows;
    dt_env *env;
    dt__text text; /* what is yet to be given */
    size_t at;
    bool begun, ended;
} row_source;

/* The columns of a row come before its body, as one object each. */
static void add_row(row_source *s) {
    dt__text *t = &s->text;

    dt__text_reset(t);
    dt__text_add(t, s->begun ? ",{\"id\":\"" : "[{\"id\":\"");
    for (const char *c = dt__sql_text(s->rows, 0); *c != '\0'; c++) add_escaped(t, (unsigned char)*c);
    dt__text_add(t, "\"");
    put_moment(t, "received", sqlite3_column_int64(s->rows, 2));
    if (sqlite3_column_type(s->rows, 3) != SQLITE_NULL) put_text(t, "file", dt__sql_text(s->rows, 3));
    put_moment(t, "line", sqlite3_column_int64(s->rows, 4));
    dt__text_add(t, ",\"body\":");
    dt__text_add(t, dt__sql_text(s->rows, 1));
    dt__text_add(t, "}");
    s->begun = true;
    s->at = 0;
}

static dt_status read_rows(void *payload, char *bytes, size_t room, size_t *got) {
    row_source *s = payload;
    size_t left;
    dt_status st = DT_OK;

    *got = 0;
    if (s->at == s->text.length && !s->ended) {
        if (dt__sql_step(s->ledger, s->rows, &st, s->env)) add_row(s);
        else if (st == DT_OK) {
            s->ended = true;
            dt__text_reset(&s->text);
            dt__text_add(&s->text, s->begun ? "]" : "[]");
            s->at = 0;
        }
        if (st == DT_OK) st = dt__text_status(&s->text);
        if (st != DT_OK) return st;
    }
    left = s->text.length - s->at;
    *got = left < room ? left : room;
    if (*got > 0) memcpy(bytes, s->text.bytes + s->at, *got);
    s->at += *got;
    return DT_OK;
}

/* ---- the fields of one row ---- */

enum { FIELDS = 40 };

typedef struct field {
    const char *key, *text; /* text as written; numbers too */
    double number;          /* NAN for texts */
} field;

struct dt__body_reader {
    row_source source;
    dt__json_scan scan;
    dt__arena arena;
    field fields[FIELDS];
    size_t count;
};

static const field *find(const dt__body_reader *b, const char *key) {
    for (size_t i = 0; i < b->count; i++)
        if (strcmp(b->fields[i].key, key) == 0) return &b->fields[i];
    return NULL;
}

static const char *text_of(const dt__body_reader *b, const char *key) {
    const field *f = find(b, key);
    return f == NULL ? NULL : f->text;
}

static const char *word_of(const dt__body_reader *b, const char *key) {
    const char *text = text_of(b, key);
    return text == NULL ? "" : text;
}

static double number_of(const dt__body_reader *b, const char *key) {
    const field *f = find(b, key);

    if (f == NULL) return NAN;
    if (strcmp(f->text, "more") == 0) return INFINITY;
    return strcmp(f->text, "less") == 0 ? -INFINITY : f->number;
}

static dt__moment moment_of(const dt__body_reader *b, const char *key, dt__moment otherwise) {
    double number = number_of(b, key);
    return number > -9e15 && number < 9e15 ? (dt__moment)number : otherwise;
}

static dt_status keep_field(dt__body_reader *b, const char *key, dt__json_token token) {
    field f = {.key = key, .number = token == DT__JSON_NUMBER ? b->scan.number : NAN};

    if (b->count == FIELDS) return DT_OK;
    if (token == DT__JSON_TRUE) f.text = "true";
    else f.text = dt__arena_string(&b->arena, dt__text_get(&b->scan.text), b->scan.text.length);
    if (f.text == NULL) return DT_ERR_MEMORY;
    b->fields[b->count++] = f;
    return DT_OK;
}

static dt_status scan_status(const dt__body_reader *b, dt__json_token token) {
    if (token == DT__JSON_FAILED) return b->scan.status;
    dt__diagnose(b->source.env, DT_ERROR, (dt__place){.file = b->source.ledger->path}, "ledger-broken",
                 "an entry of this ledger is not what was written", NULL);
    dt__hint(b->source.env, "`detente ledger FILE verify` names it", NULL);
    return DT_ERR_IO;
}

/* The keys of an object, and of the body in it, become fields. */
static dt_status read_fields(dt__body_reader *b) {
    dt__json_token token;
    unsigned depth = 1;
    dt_status st = DT_OK;

    while (depth > 0 && st == DT_OK) {
        const char *key;
        token = dt__json_next(&b->scan);
        if (token == DT__JSON_OBJECT_END) {
            depth--;
            continue;
        }
        if (token != DT__JSON_KEY) return scan_status(b, token);
        key = dt__arena_string(&b->arena, dt__text_get(&b->scan.text), b->scan.text.length);
        if (key == NULL) return DT_ERR_MEMORY;
        token = dt__json_next(&b->scan);
        if (token == DT__JSON_OBJECT) depth++;
        else if (token == DT__JSON_STRING || token == DT__JSON_NUMBER || token == DT__JSON_TRUE)
            st = keep_field(b, key, token);
        else return scan_status(b, token);
    }
    return st;
}

typedef dt_status (*row_taker)(void *payload, const dt__body_reader *b);

static dt_status replay_rows(dt__body_reader *b, row_taker take, void *payload) {
    dt__json_token token = dt__json_next(&b->scan);
    dt_status st = DT_OK;

    if (token != DT__JSON_ARRAY) return scan_status(b, token);
    while (st == DT_OK && (token = dt__json_next(&b->scan)) == DT__JSON_OBJECT) {
        b->count = 0;
        st = read_fields(b);
        if (st == DT_OK) st = take(payload, b);
        dt__arena_clear(&b->arena);
        dt__arena_init(&b->arena, b->source.env);
    }
    return st != DT_OK || token == DT__JSON_ARRAY_END ? st : scan_status(b, token);
}

static dt_status replay(const dt_ledger *l, sqlite3_stmt *s, row_taker take, void *payload, dt_env *env) {
    dt__body_reader *b = DT__NEW(env, dt__body_reader);
    dt_source source = {.read = read_rows};
    dt_status st;

    if (b == NULL) return DT_ERR_MEMORY;
    b->source = (row_source){.ledger = l, .rows = s, .env = env};
    dt__text_init(&b->source.text, env);
    source.payload = &b->source;
    dt__arena_init(&b->arena, env);
    st = dt__json_init(&b->scan, &source, env);
    if (st == DT_OK) st = replay_rows(b, take, payload);
    dt__json_clear(&b->scan);
    dt__arena_clear(&b->arena);
    dt__text_clear(&b->source.text);
    DT__FREE(env, b, 1);
    return st;
}

/* ---- records ---- */

static dt_status take_record(void *payload, const dt__body_reader *b) {
    const dt__record_sink *sink = payload;
    dt__record r = {.id = text_of(b, "id"),
                    .source = text_of(b, "source"),
                    .family = text_of(b, "family"),
                    .kind = (dt__record_kind)place_in(word_of(b, "kind"), kinds, 5),
                    .claimant = text_of(b, "claimant"),
                    .actor = text_of(b, "actor"),
                    .involved = text_of(b, "involved"),
                    .target = text_of(b, "target"),
                    .attribution = (dt__attribution)place_in(word_of(b, "attribution"), attributions, 5),
                    .revises = text_of(b, "revises"),
                    .when = {moment_of(b, "from", DT__MOMENT_ALWAYS), moment_of(b, "until", DT__MOMENT_NEVER)},
                    .filed = moment_of(b, "filed", DT__MOMENT_ALWAYS),
                    .reported_only = find(b, "reported_only") != NULL,
                    .end_imputed = find(b, "end_imputed") != NULL,
                    .coded = find(b, "coded") != NULL,
                    .stable = true, /* a ledger tells records apart by their ids */
                    .received = moment_of(b, "received", DT__MOMENT_ALWAYS),
                    .published = moment_of(b, "published", DT__MOMENT_ALWAYS),
                    .has_place = find(b, "longitude") != NULL,
                    .radius = number_of(b, "radius"),
                    .region = text_of(b, "region"),
                    .act = text_of(b, "act"),
                    .weapon = text_of(b, "weapon"),
                    .asset = text_of(b, "asset"),
                    .low = number_of(b, "low"),
                    .high = number_of(b, "high"),
                    .counted = (dt__count_kind)place_in(word_of(b, "counted"), counteds, 3),
                    .unit = (dt__unit)place_in(word_of(b, "unit"), units, 4),
                    .deaths = number_of(b, "deaths"),
                    .deaths_low = number_of(b, "deaths_low"),
                    .deaths_high = number_of(b, "deaths_high"),
                    .text = text_of(b, "text"),
                    .url = text_of(b, "url"),
                    .file = text_of(b, "file"),
                    .line = (uint32_t)moment_of(b, "line", 0)};

    if (r.has_place) r.at = (dt__point){number_of(b, "longitude"), number_of(b, "latitude")};
    if (isnan(r.radius)) r.radius = 0;
    return sink->take(sink->payload, &r);
}

dt_status dt__records_replay(const dt_ledger *l, sqlite3_stmt *s, const dt__record_sink *sink, dt_env *env) {
    dt__record_sink copy = *sink;
    return replay(l, s, take_record, &copy, env);
}

static dt_status take_coverage(void *payload, const dt__body_reader *b) {
    const dt__coverage_sink *sink = payload;
    dt__coverage c = {.id = text_of(b, "id"),
                      .source = text_of(b, "source"),
                      .channel = text_of(b, "channel"),
                      .zone = text_of(b, "zone"),
                      .when = {moment_of(b, "from", DT__MOMENT_ALWAYS), moment_of(b, "until", DT__MOMENT_NEVER)},
                      .has_place = find(b, "longitude") != NULL,
                      .radius = number_of(b, "radius"),
                      .reason = text_of(b, "reason"),
                      .file = text_of(b, "file"),
                      .line = (uint32_t)moment_of(b, "line", 0)};

    for (unsigned i = 0; i < DT__WATCHES; i++)
        if (strcmp(dt__watch_name((dt__watch)i), word_of(b, "state")) == 0) c.state = (dt__watch)i;
    if (c.has_place) c.at = (dt__point){number_of(b, "longitude"), number_of(b, "latitude")};
    if (isnan(c.radius)) c.radius = 0;
    return sink->take(sink->payload, &c);
}

dt_status dt__coverage_replay(const dt_ledger *l, sqlite3_stmt *s, const dt__coverage_sink *sink, dt_env *env) {
    dt__coverage_sink copy = *sink;
    return replay(l, s, take_coverage, &copy, env);
}

static dt_status take_dispute(void *payload, const dt__body_reader *b) {
    const dt__dispute_sink *sink = payload;
    dt_dispute d = {.id = text_of(b, "id"),
                    .finding = text_of(b, "finding"),
                    .by = text_of(b, "by"),
                    .note = text_of(b, "note"),
                    .deadline = moment_of(b, "deadline", INT64_MAX)};

    for (int i = 0; i < DT_DISPUTE_STATES; i++)
        if (strcmp(dt_dispute_state_name((dt_dispute_state)i), word_of(b, "state")) == 0) d.state = (dt_dispute_state)i;
    return sink->take(sink->payload, &d);
}

dt_status dt__disputes_replay(const dt_ledger *l, sqlite3_stmt *s, const dt__dispute_sink *sink, dt_env *env) {
    dt__dispute_sink copy = *sink;
    return replay(l, s, take_dispute, &copy, env);
}
