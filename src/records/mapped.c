/* Delimited text that no reader knows: a mapping, or our own names, say which column holds what. */
#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "records/mapping.h"

/* ---- cells ---- */

/* Spreadsheets take a cell that begins like a formula for one; exports put a ' before it, which is taken off here. */
static const char *unguarded(const char *text) {
    const char *at = text;

    while (*at == '\'') at++;
    return at != text && *at != '\0' && strchr("=+-@\t\r", *at) != NULL ? text + 1 : text;
}

/* Each of several, parted by `|`. */
static const char *trimmed_parts(dt__reading *r, const char *text) {
    const char *parts = NULL;

    while (*text != '\0' && !r->pieces_full) {
        size_t length = strcspn(text, "|");
        const char *part = dt__piece_trimmed(r, dt__piece(r, text, length));
        if (part != NULL) parts = parts == NULL ? part : dt__piece_joined(r, parts, "|", part);
        text += length + (text[length] == '|');
    }
    return parts;
}

const char *dt__mapped_value(dt__reading *r, dt__mapped key, const char *text) {
    if (text == NULL || key == DT__MAPPED_TEXT || key == DT__MAPPED_REASON) return text;
    text = dt__piece_trimmed(r, text);
    if ((key != DT__MAPPED_INVOLVED && key != DT__MAPPED_ASSET) || text == NULL || strchr(text, '|') == NULL)
        return text;
    return trimmed_parts(r, text);
}

const char *dt__mapped_cell(dt__reading *r, size_t column, dt__mapped key) {
    const char *text = dt__reading_text(r, column);
    return text == NULL ? NULL : dt__mapped_value(r, key, unguarded(text));
}

/* ---- words ---- */

static const char *const kinds[] = {"allegation", "observation", "denial", "compliance", "retraction"};
static const char *const attributions[] = {"none", "inferred", "adversary", "observed", "admitted"};
static const char *const counteds[] = {"per-period", "cumulative", "subset"};
static const char *const units[] = {"incident", "salvo", "munition", "death"};

/* The place of a word in a list; 0 for none. */
static bool choose(dt__reading *r, const char *word, const char *const *list, size_t count, const char *msgid,
                   int *out) {
    *out = 0;
    if (word == NULL) return true;
    for (size_t i = 0; i < count; i++) {
        if (dt__compare_words(word, list[i]) != 0) continue;
        *out = (int)i;
        return true;
    }
    return dt__reading_refuse(r, msgid, word);
}

static bool read_words(dt__reading *r, dt__record *record, const char **v) {
    int kind, attribution, counted, unit;

    if (!choose(r, v[DT__MAPPED_KIND], kinds, 5, DT__N("“{0}” is no kind of record"), &kind) ||
        !choose(r, v[DT__MAPPED_ATTRIBUTION], attributions, 5, DT__N("“{0}” is no attribution"), &attribution) ||
        !choose(r, v[DT__MAPPED_COUNTED], counteds, 3, DT__N("“{0}” is no way of counting"), &counted) ||
        !choose(r, v[DT__MAPPED_UNIT], units, 4, DT__N("“{0}” is no unit"), &unit))
        return false;
    record->kind = (dt__record_kind)kind;
    if (v[DT__MAPPED_KIND] == NULL && v[DT__MAPPED_CLAIMANT] == NULL) record->kind = DT__RECORD_OBSERVATION;
    record->attribution = (dt__attribution)attribution;
    record->counted = (dt__count_kind)counted;
    record->unit = (dt__unit)unit;
    return true;
}

/* ---- numbers ---- */

bool dt__mapped_number(dt__reading *r, const char *text, double *out) {
    *out = NAN;
    if (text == NULL || strcmp(text, "NA") == 0) return true;
    if (dt__reading_decimal(r, text, out)) return true;
    return dt__reading_refuse(r, DT__N("“{0}” is no number"), text);
}

static bool read_amount(dt__reading *r, const char *text, double *out) {
    if (!dt__mapped_number(r, text, out)) return false;
    return !(*out < 0) || dt__reading_refuse(r, DT__N("a count is 0 or more, not “{0}”"), text);
}

/* "80+" and ">80" are more than 80. */
static bool read_count(dt__reading *r, dt__record *record, const char **v) {
    const char *text = v[DT__MAPPED_COUNT];
    size_t length = text == NULL ? 0 : strlen(text);
    bool more = length > 1 && (text[length - 1] == '+' || *text == '>');

    if (more) text = *text == '>' ? dt__piece(r, text + 1, length - 1) : dt__piece(r, text, length - 1);
    if (more) text = dt__piece_trimmed(r, text);
    if (!read_amount(r, text, &record->low) || !read_amount(r, v[DT__MAPPED_DEATHS], &record->deaths)) return false;
    record->high = more ? INFINITY : record->low;
    if (!read_amount(r, v[DT__MAPPED_DEATHS_LOW], &record->deaths_low) ||
        !read_amount(r, v[DT__MAPPED_DEATHS_HIGH], &record->deaths_high))
        return false;
    if (isnan(record->deaths_low)) record->deaths_low = record->deaths;
    if (isnan(record->deaths_high)) record->deaths_high = record->deaths;
    if (text == NULL &&
        (!read_amount(r, v[DT__MAPPED_LOW], &record->low) || !read_amount(r, v[DT__MAPPED_HIGH], &record->high)))
        return false;
    if (isnan(record->high) && !isnan(record->low)) record->high = INFINITY;
    if (isnan(record->low) && !isnan(record->high)) record->low = 0;
    return !(record->high < record->low) || dt__reading_refuse(r, DT__N("the lowest count is above the highest"), NULL);
}

bool dt__mapped_place(dt__reading *r, const char **v, bool *has_place, dt__point *at, double *radius) {
    double lon, lat;

    if (!dt__mapped_number(r, v[DT__MAPPED_LON], &lon) || !dt__mapped_number(r, v[DT__MAPPED_LAT], &lat) ||
        !dt__mapped_number(r, v[DT__MAPPED_RADIUS], radius))
        return false;
    if (*radius < 0)
        return dt__reading_refuse(r, DT__N("a radius is 0 or more metres, not “{0}”"), v[DT__MAPPED_RADIUS]);
    if (isnan(*radius)) *radius = 0;
    *has_place = !isnan(lon) && !isnan(lat);
    if (!*has_place) return true;
    *at = (dt__point){lon, lat};
    if (fabs(lon) <= 180 && fabs(lat) <= 90) return true;
    return dt__reading_refuse(
        r, DT__N("“{0}” is no place on the Earth: expected a latitude from -90 to 90 and a longitude from -180 to 180"),
        v[fabs(lat) > 90 ? DT__MAPPED_LAT : DT__MAPPED_LON]);
}

/* ---- times ---- */

dt__date_order dt__mapped_order(const dt__reading *r) {
    const char *order = r->mapping == NULL ? NULL : r->mapping->constants[DT__MAPPED_ORDER];

    if (order == NULL || strchr("yY", *order) != NULL) return DT__YEAR_FIRST;
    return strchr("mM", *order) != NULL ? DT__MONTH_FIRST : DT__DAY_FIRST;
}

static bool is_yes(const char *text) {
    return text != NULL &&
           (dt__compare_words(text, "yes") == 0 || dt__compare_words(text, "true") == 0 || strcmp(text, "1") == 0);
}

static bool read_moment(dt__reading *r, const char *text, dt__moment *out) {
    dt__interval when;

    if (text == NULL) return true;
    if (!dt__reading_when(r, text, dt__mapped_order(r), r->zone, &when)) return false;
    *out = when.lo;
    return true;
}

/* The date alone: what a cell says is a day, or midnight, as spreadsheets write days. */
static const char *day_of(dt__reading *r, const char *text) {
    dt__written w;

    if (!dt__written_parse(&w, text, dt__mapped_order(r))) {
        (void)dt__reading_refuse(r, DT__N("“{0}” is no date"), text);
        return NULL;
    }
    if (w.precision == DT__PRECISION_DAY) return text;
    if (w.precision > DT__PRECISION_DAY && w.wall.hour + w.wall.minute + w.wall.second == 0 && !w.has_offset)
        return dt__piece(r, text, strcspn(text, "T "));
    (void)dt__reading_refuse(r, DT__N("“{0}” is no day that a time of day could belong to"), text);
    return NULL;
}

bool dt__mapped_when(dt__reading *r, const char **v, dt__mapped date, dt__mapped time, dt__interval *out, bool *clock) {
    const char *text = v[date], *day;
    dt__written w;

    if (text != NULL && v[time] != NULL && strcmp(v[time], "NA") != 0) {
        if ((day = day_of(r, text)) == NULL) return false;
        text = dt__piece_joined(r, day, " ", v[time]);
        if (!dt__written_parse(&w, text, dt__mapped_order(r)))
            return dt__reading_refuse(r, DT__N("“{0}” is no time of day; expected one like 18:00 or 6:30 PM"), v[time]);
    }
    if (!dt__reading_when(r, text, dt__mapped_order(r), r->zone, out)) return false;
    if (clock != NULL) *clock = dt__written_parse(&w, text, dt__mapped_order(r)) && w.precision > DT__PRECISION_DAY;
    return true;
}

bool dt__mapped_ends(const char **v) {
    if (v[DT__MAPPED_END] == NULL && v[DT__MAPPED_END_TIME] != NULL) v[DT__MAPPED_END] = v[DT__MAPPED_DATE];
    return v[DT__MAPPED_END] != NULL;
}

static bool read_when(dt__reading *r, dt__record *record, const char **v) {
    dt__moment filed = DT__MOMENT_ALWAYS;
    dt__interval end = {0};

    if (record->kind != DT__RECORD_RETRACTION || v[DT__MAPPED_DATE] != NULL) {
        if (!dt__mapped_when(r, v, DT__MAPPED_DATE, DT__MAPPED_TIME, &record->when, NULL)) return false;
    }
    if (dt__mapped_ends(v)) {
        if (!dt__mapped_when(r, v, DT__MAPPED_END, DT__MAPPED_END_TIME, &end, NULL)) return false;
        if (end.hi <= record->when.lo) return dt__reading_refuse(r, DT__N("it ends before it begins"), NULL);
        record->when.hi = end.hi;
    }
    if (is_yes(v[DT__MAPPED_REPORTED])) dt__reading_reported(r, record, record->when);
    if (v[DT__MAPPED_REPORTED] != NULL && dt__compare_words(v[DT__MAPPED_REPORTED], "widened") == 0)
        record->reported_only = true; /* the usual delay is in its interval */
    record->end_imputed = is_yes(v[DT__MAPPED_IMPUTED]);
    record->coded = is_yes(v[DT__MAPPED_CODED]);
    if (!read_moment(r, v[DT__MAPPED_FILED], &filed)) return false;
    if (filed != DT__MOMENT_ALWAYS) record->filed = dt__reading_date(r, filed);
    return read_moment(r, v[DT__MAPPED_RECEIVED], &record->received);
}

/* ---- a record ---- */

bool dt__mapped_record(dt__reading *r, const char **v) {
    dt__record record;

    for (size_t k = 0; r->mapping != NULL && k < DT__MAPPED_COUNT_OF; k++)
        if (v[k] == NULL) v[k] = dt__mapped_value(r, (dt__mapped)k, r->mapping->constants[k]);
    if (r->mapping != NULL && v[DT__MAPPED_STATE] != NULL) return dt__mapped_coverage(r, v);
    dt__reading_begin_record(r, &record);
    if (!read_words(r, &record, v) || !read_when(r, &record, v) ||
        !dt__mapped_place(r, v, &record.has_place, &record.at, &record.radius) || !read_count(r, &record, v))
        return false;
    record.id = v[DT__MAPPED_ID];
    record.region = v[DT__MAPPED_REGION];
    record.revises = v[DT__MAPPED_REVISES];
    if (record.kind == DT__RECORD_RETRACTION && record.revises == NULL)
        return dt__reading_refuse(r, DT__N("a retraction names the record that it takes back: `revises`"), NULL);
    if (v[DT__MAPPED_SOURCE] != NULL) record.source = v[DT__MAPPED_SOURCE];
    if (v[DT__MAPPED_FAMILY] != NULL) record.family = v[DT__MAPPED_FAMILY];
    record.claimant = dt__reading_party(r, v[DT__MAPPED_CLAIMANT]);
    record.actor = dt__reading_party(r, v[DT__MAPPED_ACTOR]);
    record.involved = dt__reading_party(r, v[DT__MAPPED_INVOLVED]);
    record.target = dt__reading_party(r, v[DT__MAPPED_TARGET]);
    if (record.actor != NULL && v[DT__MAPPED_ATTRIBUTION] == NULL && record.claimant != NULL)
        record.attribution =
            strcmp(record.actor, record.claimant) == 0 ? DT__ATTRIBUTION_ADMITTED : DT__ATTRIBUTION_ADVERSARY;
    record.act = v[DT__MAPPED_ACT] == NULL ? NULL : dt__reading_act(r, v[DT__MAPPED_ACT]);
    record.weapon = v[DT__MAPPED_WEAPON];
    record.asset = v[DT__MAPPED_ASSET];
    record.text = dt__piece_quoted(r, v[DT__MAPPED_TEXT]);
    record.url = v[DT__MAPPED_URL];
    return dt__reading_give(r, &record);
}

static bool read_row(dt__reading *r) {
    const char *values[DT__MAPPED_COUNT_OF];

    for (size_t k = 0; k < DT__MAPPED_COUNT_OF; k++) values[k] = dt__mapped_cell(r, k, (dt__mapped)k);
    return dt__mapped_record(r, values);
}

const dt__format dt__format_mapped = {.name = "mapped", .revises = true, .read = read_row};

/* Every column that a mapping names has to be there; of our own names a date will do. */
bool dt__mapping_fits(dt__reading *r) {
    const dt__mapping *m = r->mapping;

    for (size_t k = 0; k < DT__COLUMNS; k++) r->columns[k] = -1;
    for (size_t k = 0; k < DT__MAPPED_COUNT_OF; k++) {
        const char *column = dt__mapped_column(m, (dt__mapped)k);
        for (size_t i = 0; column != NULL && i < r->width && r->columns[k] < 0 && i < INT16_MAX; i++)
            if (dt__compare_words(dt__csv_cell(&r->csv, i).text, column) == 0) r->columns[k] = (int16_t)i;
        if (m != NULL && column != NULL && r->columns[k] < 0) return false;
    }
    r->format = &dt__format_mapped;
    return r->columns[DT__MAPPED_DATE] >= 0 || (m != NULL && m->constants[DT__MAPPED_DATE] != NULL) ||
           (m == NULL && r->columns[DT__MAPPED_REVISES] >= 0);
}
