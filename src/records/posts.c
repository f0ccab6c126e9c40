/* Posts of the Ministry of Defence of Russia.  Times are UTC.  A count of 0 means that the number stood in words or
 * that there was none: never that there were no drones. */
#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "records/number_words.h"
#include "records/reading.h"

/* A post is known by what stands in it, the same on every machine. */
static const char *id_of(dt__reading *r, const char *prefix) {
    uint64_t hash = 0;

    for (size_t i = 0; i < r->width; i++) {
        dt__cell cell = dt__csv_cell(&r->csv, i);
        hash = dt__hash_bytes(hash, cell.text, cell.length);
    }
    return dt__piece_hash(r, prefix, hash);
}

/* The post speaks of what was before it. */
static bool begin_post(dt__reading *r, dt__record *record, size_t time, const char *prefix) {
    dt__interval post;

    dt__reading_begin_record(r, record);
    record->id = id_of(r, prefix);
    record->kind = DT__RECORD_ALLEGATION;
    record->claimant = dt__reading_party(r, "RU");
    if (!dt__reading_when(r, dt__reading_text(r, time), DT__YEAR_FIRST, NULL, &post)) return false;
    dt__reading_reported(r, record, post);
    if (record->received == DT__MOMENT_ALWAYS) record->received = post.lo;
    return true;
}

static void accuse(dt__reading *r, dt__record *record, const char *act, double count) {
    record->actor = dt__reading_party(r, "UA");
    record->attribution = DT__ATTRIBUTION_ADVERSARY;
    record->act = dt__reading_act(r, act);
    record->low = record->high = count;
    record->unit = DT__UNIT_MUNITION;
}

static const char *named(const char *regions) {
    return regions == NULL || strcmp(regions, "unknown") == 0 ? NULL : regions;
}

/* ---- counts that others have parsed ---- */

enum { TIME, DIGITS, WORDS, REGIONS, POST };
static const char *const columns[] = {"datetime_utc_probable", "uav_count_digit_parse", "uav_count_word_parse",
                                      "regions_mentioned", "first_linked_post_id"};

static bool read_facts(dt__reading *r) {
    dt__record record;
    double digits, words;
    const char *post = dt__reading_text(r, POST);

    if (!begin_post(r, &record, TIME, "mod-russia") || !dt__reading_number(r, DIGITS, &digits) ||
        !dt__reading_number(r, WORDS, &words))
        return false;
    record.region = named(dt__reading_text(r, REGIONS));
    if (post != NULL) record.url = dt__piece_joined(r, "t.me/mod_russia", "/", post);
    if (!isnan(words)) accuse(r, &record, "uav-attack", words);
    else if (digits > 0) accuse(r, &record, "uav-attack", digits);
    return dt__reading_give(r, &record);
}

const dt__format dt__format_posts = {.name = "mod-posts",
                                     .columns = columns,
                                     .count = sizeof columns / sizeof *columns,
                                     .needed = REGIONS + 1,
                                     .publisher = "Ministry of Defence of Russia",
                                     .family = "RU",
                                     .has_counts = true,
                                     .read = read_facts};

/* ---- texts about energy objects ---- */

enum { SNIPPET_TIME, SNIPPET_REGIONS, SNIPPET };
static const char *const snippet_columns[] = {"datetime_utc_probable", "regions", "snippet_ru_max400"};

static bool read_snippet(dt__reading *r) {
    dt__record record;
    const char *text = dt__reading_text(r, SNIPPET);
    double count;

    if (!begin_post(r, &record, SNIPPET_TIME, "mod-russia-text")) return false;
    if (text == NULL) return dt__reading_refuse(r, DT__N("there is no text"), NULL);
    if ((r->status = dt__drone_count(&count, text, r->env)) != DT_OK) return false;
    accuse(r, &record, "energy-strike", count);
    record.unit = isnan(count) ? DT__UNIT_INCIDENT : DT__UNIT_MUNITION;
    record.asset = "energy";
    record.region = named(dt__reading_text(r, SNIPPET_REGIONS));
    record.text = dt__piece_quoted(r, text);
    return dt__reading_give(r, &record);
}

const dt__format dt__format_snippets = {.name = "mod-texts",
                                        .columns = snippet_columns,
                                        .count = sizeof snippet_columns / sizeof *snippet_columns,
                                        .needed = SNIPPET + 1,
                                        .publisher = "Ministry of Defence of Russia",
                                        .family = "RU",
                                        .has_counts = true,
                                        .read = read_snippet};
