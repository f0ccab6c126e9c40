/* Sums that a party claims for a period: exact, more than, a part of another, or a series that grows from the same
 * start.  All rows are kept until the end, for a series is known by its later rows. */
#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/catalog.h"
#include "base/vector.h"
#include "records/reading.h"

enum { AGREEMENT, CLAIMANT, ACCUSED, START, END, CATEGORY, COUNT, QUALIFIER, SOURCE };
static const char *const columns[] = {
    "agreement", "claimant",  "accused", "period_start_local", "period_end_local", "category",
    "count",     "qualifier", "source"};
enum { MOST_KEPT = 100000 };

typedef struct kept_claim {
    dt__record record;
    const char *agreement, *category;
    uint64_t content;
} kept_claim;

typedef struct kept_claims {
    dt__arena arena;
    dt__vector items; /* kept_claim */
    const char *url;  /* what "same" means */
} kept_claims;

/* ---- one row ---- */

static bool begins(const char *text, const char *beginning) {
    return text != NULL && strncmp(text, beginning, strlen(beginning)) == 0;
}

/* "exact (Meduza: 1883)": somebody else has another number. */
static double other_number(const char *qualifier) {
    const char *at = strchr(qualifier, ':');
    double value = 0;

    if (at == NULL) return NAN;
    for (at++; *at == ' '; at++) continue;
    if (*at < '0' || *at > '9') return NAN;
    for (; *at >= '0' && *at <= '9' && value < 1e15; at++) value = value * 10 + (*at - '0');
    return value;
}

static void read_qualifier(dt__reading *r, dt__record *record, const char *qualifier) {
    if (qualifier == NULL || strcmp(qualifier, "exact") == 0) return;
    if (begins(qualifier, "more than") || begins(qualifier, "over") || begins(qualifier, "at least"))
        record->high = isnan(record->low) ? NAN : INFINITY;
    else if (begins(qualifier, "subset")) record->counted = DT__COUNT_SUBSET;
    else record->text = dt__piece_quoted(r, qualifier);
    if (begins(qualifier, "exact (")) {
        double other = other_number(qualifier);
        if (other < record->low) record->low = other;
        if (other > record->high) record->high = other;
    }
}

/* An end of 23:59 is the end of the day; any other is the moment itself. */
static bool read_period(dt__reading *r, dt__record *record) {
    const char *text = dt__reading_text(r, END);
    size_t length = text == NULL ? 0 : strlen(text);
    dt__interval start, end;

    if (!dt__reading_when(r, dt__reading_text(r, START), DT__YEAR_FIRST, r->zone, &start) ||
        !dt__reading_when(r, text, DT__YEAR_FIRST, r->zone, &end))
        return false;
    record->when = (dt__interval){start.lo, length > 10 && strcmp(text + length - 3, ":59") != 0 ? end.lo : end.hi};
    if (record->when.hi > record->when.lo) return true;
    return dt__reading_refuse(r, DT__N("it ends before it begins"), NULL);
}

static void read_kind(dt__reading *r, dt__record *record, const char *category, const char *qualifier) {
    record->kind = DT__RECORD_ALLEGATION;
    if (strcmp(category, "denial") == 0) record->kind = DT__RECORD_DENIAL;
    else if (fabs(record->low) < 0.5 && qualifier != NULL && strstr(qualifier, "compliance") != NULL)
        record->kind = DT__RECORD_COMPLIANCE;
    else record->act = dt__reading_act(r, category);
    record->claimant = dt__reading_party(r, dt__reading_text(r, CLAIMANT));
    record->actor = dt__reading_party(r, dt__reading_text(r, ACCUSED));
    record->attribution = record->actor == NULL ? DT__ATTRIBUTION_NONE : DT__ATTRIBUTION_ADVERSARY;
    if (r->opts->family == NULL) record->family = record->claimant;
}

static const char *id_of(dt__reading *r) {
    const char *id = "";
    static const size_t parts[] = {AGREEMENT, CLAIMANT, START, END, CATEGORY};

    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        id = dt__piece_joined(r, id, i == 0 ? "" : ":", dt__reading_cell(r, parts[i]).text);
    return id;
}

/* ---- keeping ---- */

static const char *kept_text(kept_claims *k, const char *text, bool *failed) {
    const char *copy = text == NULL ? NULL : dt__arena_string(&k->arena, text, strlen(text));
    *failed |= text != NULL && copy == NULL;
    return copy;
}

/* "same", "same + URL": the page of the row before. */
static const char *page_of(kept_claims *k, const char *source, bool *failed) {
    if (source == NULL) return NULL;
    if (!begins(source, "same")) k->url = kept_text(k, source, failed);
    return k->url;
}

static bool keep(dt__reading *r, const dt__record *record) {
    kept_claims *k = r->own;
    kept_claim claim = {.record = *record, .content = r->content};
    dt__record *c = &claim.record;
    bool failed = r->pieces_full;

    if (k->items.count == MOST_KEPT) return dt__reading_refuse(r, DT__N("there are more than 100,000 claims"), NULL);
    if (failed) return dt__reading_refuse(r, DT__N("the texts of this row are too long"), NULL);
    claim.agreement = kept_text(k, dt__reading_cell(r, AGREEMENT).text, &failed);
    claim.category = kept_text(k, dt__reading_cell(r, CATEGORY).text, &failed);
    c->id = kept_text(k, c->id, &failed);
    c->claimant = kept_text(k, c->claimant, &failed);
    c->actor = kept_text(k, c->actor, &failed);
    c->family = kept_text(k, c->family, &failed);
    c->source = kept_text(k, c->source, &failed);
    c->act = kept_text(k, c->act, &failed);
    c->text = kept_text(k, c->text, &failed);
    c->url = page_of(k, dt__reading_text(r, SOURCE), &failed);
    r->status = failed ? DT_ERR_MEMORY : dt__vector_push(&k->items, &claim, r->env);
    return r->status == DT_OK;
}

static bool read_claim(dt__reading *r) {
    const char *category = dt__reading_text(r, CATEGORY), *qualifier = dt__reading_text(r, QUALIFIER);
    dt__record record;

    if (category == NULL) return dt__reading_refuse(r, DT__N("there is no category"), NULL);
    dt__reading_begin_record(r, &record);
    record.id = id_of(r);
    if (!read_period(r, &record) || !dt__reading_number(r, COUNT, &record.low)) return false;
    record.high = record.low;
    read_kind(r, &record, category, qualifier);
    if (r->opts->source == NULL && record.claimant != NULL) record.source = record.claimant;
    read_qualifier(r, &record, qualifier);
    return keep(r, &record);
}

/* ---- series ---- */

static bool same(const char *a, const char *b) {
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}

/* From the same start, to a later end, and not fewer: the later one holds the earlier one. */
static bool holds(const kept_claim *later, const kept_claim *earlier) {
    return same(later->agreement, earlier->agreement) && same(later->category, earlier->category) &&
           same(later->record.claimant, earlier->record.claimant) && same(later->record.actor, earlier->record.actor) &&
           later->record.when.lo == earlier->record.when.lo && later->record.when.hi > earlier->record.when.hi &&
           later->record.low >= earlier->record.low && later->record.kind == DT__RECORD_ALLEGATION;
}

/* Like ones come to stand next to one another, by end; equal ones as they came. */
static int order_of(const kept_claim *a, const kept_claim *b) {
    int order = strcmp(a->agreement, b->agreement);

    if (order == 0) order = strcmp(a->category, b->category);
    if (order == 0)
        order = strcmp(a->record.claimant == NULL ? "" : a->record.claimant,
                       b->record.claimant == NULL ? "" : b->record.claimant);
    if (order == 0) order = (a->record.when.lo > b->record.when.lo) - (a->record.when.lo < b->record.when.lo);
    if (order == 0) order = (a->record.when.hi > b->record.when.hi) - (a->record.when.hi < b->record.when.hi);
    return order == 0 ? (a->record.line > b->record.line) - (a->record.line < b->record.line) : order;
}

static void merge(kept_claim **from, kept_claim **to, size_t first, size_t middle, size_t end) {
    size_t a = first, b = middle;

    for (size_t k = first; k < end; k++)
        to[k] = b == end || (a < middle && order_of(from[a], from[b]) <= 0) ? from[a++] : from[b++];
}

static void sort(kept_claim **items, kept_claim **spare, size_t count) {
    for (size_t width = 1; width < count; width *= 2) {
        for (size_t first = 0; first < count; first += 2 * width) {
            size_t middle = first + width < count ? first + width : count;
            merge(items, spare, first, middle, middle + width < count ? middle + width : count);
        }
        memcpy(items, spare, count * sizeof(kept_claim *));
    }
}

static dt_status mark_series(kept_claims *k, dt_env *env) {
    size_t count = k->items.count;
    kept_claim **sorted = DT__ARRAY(env, kept_claim *, 2 * count);

    if (sorted == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) sorted[i] = DT__AT(k->items, kept_claim, i);
    sort(sorted, sorted + count, count);
    for (size_t i = 1; i < count; i++) {
        if (!holds(sorted[i], sorted[i - 1])) continue;
        sorted[i]->record.counted = sorted[i - 1]->record.counted = DT__COUNT_CUMULATIVE;
    }
    DT__FREE(env, sorted, count == 0 ? 1 : 2 * count);
    return DT_OK;
}

static dt_status begin(dt__reading *r) {
    kept_claims *k = DT__NEW(r->env, kept_claims);

    r->own = k;
    if (k == NULL) return DT_ERR_MEMORY;
    dt__arena_init(&k->arena, r->env);
    k->items = DT__VECTOR(kept_claim);
    return DT_OK;
}

static dt_status end(dt__reading *r) {
    kept_claims *k = r->own;
    dt_status st = mark_series(k, r->env);

    for (size_t i = 0; i < k->items.count && st == DT_OK; i++) {
        kept_claim *claim = DT__AT(k->items, kept_claim, i);
        r->line = claim->record.line;
        r->content = claim->content;
        r->pieces_used = 0;
        (void)dt__reading_give(r, &claim->record);
        st = r->status;
    }
    return st;
}

static void clear(dt__reading *r) {
    kept_claims *k = r->own;

    if (k == NULL) return;
    dt__arena_clear(&k->arena);
    dt__vector_clear(&k->items, r->env);
    DT__FREE(r->env, k, 1);
    r->own = NULL;
}

const dt__format dt__format_claims = {.name = "claims",
                                      .columns = columns,
                                      .count = sizeof columns / sizeof *columns,
                                      .needed = QUALIFIER + 1,
                                      .zone = "Europe/Kyiv, Europe/Moscow",
                                      .has_counts = true,
                                      .read = read_claim,
                                      .begin = begin,
                                      .end = end,
                                      .clear = clear};
