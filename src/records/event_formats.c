#include "records/formats.h"

#include <string.h>

#include "base/catalog.h"
#include "records/mapping.h"

enum { PEEK = 4096, POLL_EVERY = 4096, THREE_DAYS = 3 * 86400 };

static const dt__format *const formats[] = {
    &dt__format_acled,   &dt__format_acled_deleted,    &dt__format_ucdp,    &dt__format_viina,
    &dt__format_air_log, &dt__format_claims,           &dt__format_posts,   &dt__format_snippets,
    &dt__format_alerts,  &dt__format_volunteer_alerts, &dt__format_sectors, &dt__format_coverage,
};

void dt__records_opts_init(dt__records_opts *opts) {
    *opts = (dt__records_opts){.file = "", .received = DT__MOMENT_ALWAYS, .report_delay = THREE_DAYS};
}

/* ---- words ---- */

static unsigned char small_letter(unsigned char c) {
    return c >= 'A' && c <= 'Z' ? (unsigned char)(c + 32) : c;
}

int dt__compare_words(const char *a, const char *b) {
    size_t first, second;

    a = dt__trimmed(a, &first);
    b = dt__trimmed(b, &second);

    for (size_t i = 0; i < first && i < second; i++) {
        int difference = small_letter((unsigned char)a[i]) - small_letter((unsigned char)b[i]);
        if (difference != 0) return difference;
    }
    return first == second ? 0 : first < second ? -1 : 1;
}

/* A sorted copy; of equal words the first stays the one that is found. */
static dt_status sort_words(dt__word **out, dt__words words, dt_env *env) {
    dt__word *copy = DT__ARRAY(env, dt__word, words.count);

    *out = copy;
    if (copy == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < words.count; i++) {
        size_t at = i;
        while (at > 0 && dt__compare_words(copy[at - 1].from, words.items[i].from) > 0) {
            copy[at] = copy[at - 1];
            at--;
        }
        copy[at] = words.items[i];
    }
    return DT_OK;
}

/* ---- the first row ---- */

static void find_columns(dt__reading *r, const dt__format *format) {
    for (size_t k = 0; k < DT__COLUMNS; k++) r->columns[k] = -1;
    for (size_t k = 0; k < format->count; k++)
        for (size_t i = 0; i < r->width && r->columns[k] < 0 && i < INT16_MAX; i++)
            if (dt__compare_words(dt__csv_cell(&r->csv, i).text, format->columns[k]) == 0) r->columns[k] = (int16_t)i;
}

static bool is_format(dt__reading *r, const dt__format *format) {
    find_columns(r, format);
    for (size_t k = 0; k < format->needed; k++)
        if (r->columns[k] < 0) return false;
    r->format = format;
    return true;
}

static bool fits_an_offer(dt__reading *r) {
    for (size_t i = 0; i < r->opts->offered_count; i++) {
        r->mapping = r->opts->offered[i];
        if (dt__mapping_fits(r)) return true;
    }
    r->mapping = NULL;
    return false;
}

static bool recognise(dt__reading *r) {
    r->width = r->csv.cells.count;
    if (r->mapping != NULL) return dt__mapping_fits(r);
    if (fits_an_offer(r)) return true;
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (is_format(r, formats[i])) return true;
    return dt__mapping_fits(r);
}

static bool is_read(const dt__reading *r, size_t column) {
    for (size_t k = 0; k < DT__COLUMNS; k++)
        if (r->columns[k] >= 0 && (size_t)r->columns[k] == column) return true;
    return false;
}

static bool has_key(const dt__key_names *keys, const char *name) {
    for (size_t i = 0; i < keys->count; i++)
        if (dt__compare_words(keys->names[i], name) == 0) return true;
    return false;
}

/* Of formats of our own: a column that nobody reads was meant to be something. */
static dt_status tell_unread(dt__reading *r) {
    dt__place place = {.file = r->opts->file, .line = r->csv.line};
    dt__key_names keys = dt__keys_of(r);

    for (size_t i = 0; i < r->width && keys.count > 0; i++) {
        const char *name = dt__csv_cell(&r->csv, i).text;
        if (is_read(r, i) || dt__is_export_only(name)) continue;
        if (has_key(&keys, name))
            dt__diagnose(r->env, DT_WARNING, place, "column-again",
                         "the column “{0}” stands here twice: the first one is read", name, NULL);
        else dt__unread_note(&r->unread, name);
    }
    return dt__unread_tell(&r->unread, keys.names, keys.count, place);
}

static dt_status unknown_format(dt__reading *r) {
    dt__diagnose(r->env, DT_ERROR, (dt__place){.file = r->opts->file, .line = 1}, "unknown-event-file",
                 r->opts->mapping == NULL && r->opts->offered_count == 0
                     ? DT__N("no reader knows these columns")
                     : DT__N("this file lacks a column that the mapping names, or the mapping names no date"),
                 NULL);
    dt__hint(r->env, "say in a mapping which column holds what; see docs/formats.md", NULL);
    return DT_ERR_MODEL;
}

/* The first row is passed by the broken ones before it. */
static dt_status read_first_row(dt__reading *r) {
    dt__csv_result result;

    while ((result = dt__csv_next(&r->csv)) == DT__CSV_BROKEN && r->status == DT_OK)
        dt__reading_set_aside(r, r->csv.line, r->csv.broken, NULL);
    if (r->status != DT_OK) return r->status;
    if (result == DT__CSV_FAILED) return r->csv.status;
    if (result == DT__CSV_END) {
        dt__diagnose(r->env, DT_ERROR, (dt__place){.file = r->opts->file, .line = 1}, "empty-event-file",
                     "there is nothing in this file", NULL);
        return DT_ERR_MODEL;
    }
    return recognise(r) ? DT_OK : unknown_format(r);
}

/* A format that is known to go by certain clocks goes by them, unless other ones are asked for. */
static dt_status find_own_zone(dt__reading *r) {
    const char *own = r->format->zone;
    const dt__zone *found = NULL;
    dt_status st;

    if (r->opts->zone != NULL || r->opts->zone_named == NULL || own == NULL || strchr(own, ',') != NULL) return DT_OK;
    st = r->opts->zone_named(r->opts->zones, own, &found);
    if (st == DT_OK && found != NULL) r->zone = found;
    return st;
}

static void note_zone(dt__reading *r) {
    if (r->zone != NULL || r->format->zone == NULL) return;
    dt__diagnose(r->env, DT_WARNING, (dt__place){.file = r->opts->file}, "no-zone",
                 "the times of this file are local ({0}) and no zone is given: they are read as UTC", r->format->zone,
                 NULL);
}

/* ---- rows ---- */

static uint64_t hash_of_row(const dt__csv *csv) {
    uint64_t hash = 0;

    for (size_t i = 0; i < csv->cells.count; i++) {
        const dt__cell *cell = DT__AT(csv->cells, dt__cell, i);
        hash = dt__hash_quickly(hash, cell->text, cell->length);
    }
    return hash;
}

static void read_row(dt__reading *r) {
    r->tally->rows++;
    r->line = r->csv.line;
    r->pieces_used = 0;
    r->pieces_full = false;
    r->wrong = NULL;
    if (r->csv.cells.count != r->width) {
        (void)dt__reading_refuse(r, DT__N("this row has more or fewer cells than the first one"), NULL);
    } else if (r->csv.zero) {
        (void)dt__reading_refuse(r, DT__N("this row holds a zero byte"), NULL);
    } else {
        dt__cell id = dt__reading_cell(r, 0); /* in most formats */
        dt__seen_expect(&r->seen, dt__hash_quickly(0, id.text, id.length));
        r->content = hash_of_row(&r->csv);
        (void)r->format->read(r);
    }
    if (r->status == DT_OK && r->wrong != NULL) dt__reading_set_aside(r, r->line, r->wrong, r->bad);
}

static dt_status read_rows(dt__reading *r) {
    while (r->status == DT_OK) {
        dt__csv_result result = dt__csv_next(&r->csv);
        if (result == DT__CSV_END) break;
        if (result == DT__CSV_FAILED) return r->csv.status;
        if (result == DT__CSV_ROW) read_row(r);
        else {
            r->tally->rows++;
            dt__reading_set_aside(r, r->csv.line, r->csv.broken, NULL);
        }
        if (r->status == DT_OK && r->tally->rows % POLL_EVERY == 0) r->status = dt__poll(r->env);
    }
    return r->status;
}

static dt_status read_delimited(dt__reading *r, const dt_source *source) {
    dt_status st = dt__csv_init(&r->csv, source, r->env);

    if (st == DT_OK) st = read_first_row(r);
    if (st == DT_OK) {
        r->tally->format = r->format->name;
        r->tally->mapping = r->mapping;
        if ((st = find_own_zone(r)) == DT_OK) note_zone(r);
        if (st == DT_OK) st = tell_unread(r);
        if (st == DT_OK) st = r->format->begin == NULL ? DT_OK : r->format->begin(r);
        if (st == DT_OK) st = read_rows(r);
        if (st == DT_OK && r->format->end != NULL) st = r->format->end(r);
        if (r->format->clear != NULL) r->format->clear(r);
    }
    r->tally->recoded = r->csv.recoded;
    dt__csv_clear(&r->csv);
    return st;
}

/* ---- the beginning of the source, looked at before it is read ---- */

typedef struct peeked {
    const dt_source *source;
    size_t at, end;
    char bytes[PEEK];
} peeked;

static dt_status read_peeked(void *payload, char *bytes, size_t room, size_t *got) {
    peeked *p = payload;
    size_t left = p->end - p->at;

    if (left == 0) return p->source->read(p->source->payload, bytes, room, got);
    *got = left < room ? left : room;
    memcpy(bytes, p->bytes + p->at, *got);
    p->at += *got;
    return DT_OK;
}

static dt_status peek(peeked *p) {
    size_t got = 1;
    dt_status st = DT_OK;

    while (p->end < PEEK && got > 0 && st == DT_OK) {
        st = p->source->read(p->source->payload, p->bytes + p->end, PEEK - p->end, &got);
        if (st == DT_OK) p->end += got;
    }
    return st;
}

static bool is_object(const peeked *p) {
    size_t at = p->end >= 3 && memcmp(p->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    while (at < p->end && strchr(" \t\r\n", p->bytes[at]) != NULL && p->bytes[at] != '\0') at++;
    return at < p->end && p->bytes[at] == '{';
}

/* ---- the whole ---- */

static void tell_rest(dt__reading *r) {
    dt__text count;

    if (r->aside != NULL || r->tally->set_aside <= 20) return;
    dt__text_init(&count, r->env);
    dt__text_add_unsigned(&count, r->tally->set_aside);
    dt__diagnose(r->env, DT_WARNING, (dt__place){.file = r->opts->file}, "rows-set-aside",
                 "{0} rows were set aside in all", dt__text_get(&count), NULL);
    dt__text_clear(&count);
}

static dt_status read_all(dt__reading *r, const dt_source *source) {
    peeked *start = DT__NEW(r->env, peeked);
    dt_source whole = {.read = read_peeked, .payload = start};
    dt_status st;

    if (start == NULL) return DT_ERR_MEMORY;
    start->source = source;
    st = peek(start);
    if (st == DT_OK) st = is_object(start) ? dt__points_read(r, &whole) : read_delimited(r, &whole);
    DT__FREE(r->env, start, 1);
    return st;
}

dt_status dt__records_read(dt__reading_tally *tally, const dt__record_sink *sink, const dt__aside_sink *aside,
                           const dt_source *source, const dt__records_opts *opts, dt_env *env) {
    dt__reading *r = DT__NEW(env, dt__reading);
    dt_status st;

    *tally = (dt__reading_tally){0};
    if (r == NULL) return DT_ERR_MEMORY;
    r->opts = opts;
    r->mapping = opts->mapping;
    r->name = dt__file_base(opts->file);
    r->zone = opts->zone != NULL ? opts->zone : opts->otherwise;
    r->sink = sink;
    r->aside = aside;
    r->tally = tally;
    r->env = env;
    dt__seen_init(&r->seen, env);
    dt__unread_init(&r->unread, env);
    st = sort_words(&r->acts, opts->acts, env);
    if (st == DT_OK) st = sort_words(&r->parties, opts->parties, env);
    if (st == DT_OK) st = read_all(r, source);
    if (st == DT_OK) tell_rest(r);
    dt__seen_clear(&r->seen);
    dt__unread_clear(&r->unread);
    if (r->acts != NULL) DT__FREE(env, r->acts, opts->acts.count == 0 ? 1 : opts->acts.count);
    if (r->parties != NULL) DT__FREE(env, r->parties, opts->parties.count == 0 ? 1 : opts->parties.count);
    DT__FREE(env, r, 1);
    return dt__settled(env, st);
}
