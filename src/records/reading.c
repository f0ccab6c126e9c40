#include "records/reading.h"

#include <math.h>
#include <string.h>

#include "base/catalog.h"

enum { TOLD = 20 };

/* ---- records ---- */

void dt__record_clear(dt__record *record) {
    *record = (dt__record){.when = {DT__MOMENT_ALWAYS, DT__MOMENT_NEVER},
                           .received = DT__MOMENT_ALWAYS,
                           .published = DT__MOMENT_ALWAYS,
                           .filed = DT__MOMENT_ALWAYS,
                           .low = NAN,
                           .high = NAN,
                           .deaths = NAN,
                           .deaths_low = NAN,
                           .deaths_high = NAN};
}

void dt__reading_begin_record(dt__reading *r, dt__record *record) {
    const dt__records_opts *o = r->opts;

    dt__record_clear(record);
    record->file = r->name;
    record->line = r->line;
    record->coded = r->format->coded;
    record->stable = r->format->revises;
    record->received = o->received;
    record->source = o->source != NULL ? o->source : r->format->publisher != NULL ? r->format->publisher : r->name;
    record->family = o->family != NULL ? o->family : r->format->family;
}

static void tell_again(dt__reading *r, const char *id, const char *msgid, const char *code, uint64_t times) {
    if (times <= TOLD)
        dt__diagnose(r->env, DT_WARNING, (dt__place){.file = r->opts->file, .line = r->line}, code, msgid, id, NULL);
}

static const char *numbered(dt__reading *r, const char *text, const char *mark, uint32_t number) {
    char digits[12];
    size_t at = sizeof digits;

    digits[--at] = '\0';
    do digits[--at] = (char)('0' + number % 10);
    while ((number /= 10) > 0);
    return dt__piece_joined(r, text, mark, digits + at);
}

/* What has no id of its own is known by its file and line, and its number there. */
static const char *id_of(dt__reading *r) {
    const char *id = numbered(r, r->name, ":", r->line);
    return r->on_line > 1 ? numbered(r, id, "#", r->on_line) : id;
}

/* Was a record with this id read before?  False: it is not to be given again. */
static bool is_news(dt__reading *r, dt__record *record) {
    dt__sighting what;

    r->status = dt__seen_note(&what, &r->seen, dt__hash_quickly(0, record->id, strlen(record->id)), r->content);
    if (r->status != DT_OK) return false;
    if (what == DT__SIGHTING_UNKNOWN) r->tally->ids_unchecked = true;
    if (what == DT__SIGHTING_SAME)
        tell_again(r, record->id, DT__N("the record “{0}” comes again, word by word: it counts once"), "record-again",
                   ++r->tally->repeated);
    if (what == DT__SIGHTING_OTHER) {
        tell_again(r, record->id,
                   r->format->revises
                       ? DT__N("the id “{0}” comes again with another content: it replaces the earlier one")
                       : DT__N("the id “{0}” comes again with another content: both are kept"),
                   "id-again", ++r->tally->revised);
        if (r->format->revises && record->revises == NULL) record->revises = record->id;
        if (!r->format->revises) record->id = dt__piece_joined(r, record->id, "@", id_of(r));
    }
    return what != DT__SIGHTING_SAME;
}

/* Blanks around a name make no other name; what is quoted stays as it is. */
static void trim_names(dt__reading *r, dt__record *record) {
    const char **const names[] = {&record->id,    &record->source, &record->family,  &record->claimant,
                                  &record->actor, &record->target, &record->revises, &record->region,
                                  &record->act,   &record->weapon, &record->asset,   &record->url};

    for (size_t i = 0; i < sizeof names / sizeof *names; i++) *names[i] = dt__piece_trimmed(r, *names[i]);
    if (record->source == NULL) record->source = r->name;
}

bool dt__reading_give(dt__reading *r, dt__record *record) {
    bool news;

    trim_names(r, record);
    if (record->filed == DT__MOMENT_ALWAYS) record->filed = dt__reading_date(r, record->when.lo);
    if (record->id == NULL || *record->id == '\0') {
        record->id = id_of(r);
        record->stable = false;
    }
    if (r->pieces_full) return dt__reading_refuse(r, DT__N("the texts of this row are too long"), NULL);
    news = is_news(r, record);
    if (r->status != DT_OK || !news) return r->status == DT_OK;
    r->tally->records++;
    r->tally->no_count += r->format->has_counts && isnan(record->low);
    r->status = r->sink->take(r->sink->payload, record);
    return r->status == DT_OK;
}

bool dt__reading_cover(dt__reading *r, dt__coverage *coverage) {
    dt__record id = {.id = coverage->id};
    bool news;

    if (r->pieces_full) return dt__reading_refuse(r, DT__N("the texts of this row are too long"), NULL);
    if (r->sink->cover == NULL)
        return dt__reading_refuse(r, DT__N("this line says who was watching: it is no record of an event"), NULL);
    news = is_news(r, &id);
    if (r->status != DT_OK || !news) return r->status == DT_OK;
    r->tally->coverage++;
    r->status = r->sink->cover(r->sink->payload, coverage);
    return r->status == DT_OK;
}

bool dt__reading_refuse(dt__reading *r, const char *msgid, const char *bad) {
    r->wrong = msgid;
    r->bad = bad;
    return false;
}

void dt__reading_set_aside(dt__reading *r, uint32_t line, const char *msgid, const char *argument) {
    dt__aside aside = {.file = r->opts->file, .line = line, .msgid = msgid, .argument = argument};

    r->tally->set_aside++;
    if (r->aside != NULL) r->status = r->aside->take(r->aside->payload, &aside);
    else if (r->tally->set_aside <= TOLD)
        dt__diagnose(r->env, DT_WARNING, (dt__place){.file = r->opts->file, .line = line}, "row-set-aside", msgid,
                     argument == NULL ? "" : argument, NULL);
}

/* ---- cells ---- */

dt__cell dt__reading_cell(const dt__reading *r, size_t column) {
    if (r->columns[column] < 0) return (dt__cell){.text = "", .length = 0};
    return dt__csv_cell(&r->csv, (size_t)r->columns[column]);
}

const char *dt__reading_text(const dt__reading *r, size_t column) {
    dt__cell cell = dt__reading_cell(r, column);
    return cell.length == 0 ? NULL : cell.text;
}

bool dt__reading_has(const dt__reading *r, size_t column) {
    return r->columns[column] >= 0;
}

/* Plain decimals exactly and fast; everything else the long way.  Ref: Clinger 1990 (fast path). */
static bool parse_plain(const dt__cell *cell, double *out) {
    static const double tens[] = {1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};
    const char *at = cell->text, *end = cell->text + cell->length;
    uint64_t digits = 0;
    size_t behind = 0;
    bool negative = at < end && *at == '-', point = false;

    at += negative;
    if (at == end || end - at > 16) return false;
    for (; at < end; at++) {
        if (*at == '.' && !point && at + 1 < end) {
            point = true;
            continue;
        }
        if (*at < '0' || *at > '9') return false;
        digits = digits * 10 + (uint64_t)(*at - '0');
        behind += point;
    }
    if (digits > (UINT64_C(1) << 53)) return false;
    *out = (double)digits / tens[behind];
    if (negative) *out = -*out;
    return true;
}

static bool is_unsaid(const char *text) {
    static const char *const words[] = {"NA", "nan", "NaN", "None", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(text, words[i]) == 0) return true;
    return false;
}

bool dt__reading_decimal(const dt__reading *r, const char *text, double *out) {
    const char delimiter = r->csv.delimiter; /* none in GeoJSON */
    char pointed[64];

    if (delimiter != ',' && delimiter != '\0' && strchr(text, ',') != NULL) {
        if (!dt__text_decimal_points(pointed, sizeof pointed, text)) return false;
        text = pointed;
    }
    return dt__text_parse_double(out, text) && isfinite(*out);
}

bool dt__reading_number(dt__reading *r, size_t column, double *out) {
    dt__cell cell = dt__reading_cell(r, column);

    while (cell.length > 0 && *cell.text == ' ') cell = (dt__cell){cell.text + 1, cell.length - 1};
    *out = NAN;
    if (cell.length == 0 || parse_plain(&cell, out) || is_unsaid(cell.text)) return true;
    if (dt__reading_decimal(r, cell.text, out)) return true;
    return dt__reading_refuse(r, DT__N("“{0}” is no number"), cell.text);
}

int dt__reading_flag(const dt__reading *r, size_t column) {
    const char *text = dt__reading_text(r, column);

    if (text == NULL) return -1;
    if (strcmp(text, "1") == 0 || strcmp(text, "1.0") == 0 || strcmp(text, "TRUE") == 0 || strcmp(text, "True") == 0)
        return 1;
    if (strcmp(text, "0") == 0 || strcmp(text, "0.0") == 0 || strcmp(text, "FALSE") == 0 || strcmp(text, "False") == 0)
        return 0;
    return -1;
}

/* ---- texts ---- */

static char *piece_room(dt__reading *r, size_t length) {
    char *at = r->pieces + r->pieces_used;

    if (length >= DT__PIECES - r->pieces_used) {
        r->pieces_full = true;
        return NULL;
    }
    r->pieces_used += length + 1;
    return at;
}

const char *dt__piece(dt__reading *r, const char *bytes, size_t length) {
    char *to = piece_room(r, length);

    if (to == NULL) return "";
    memcpy(to, bytes, length);
    to[length] = '\0';
    return to;
}

const char *dt__piece_trimmed(dt__reading *r, const char *text) {
    size_t length;

    if (text == NULL) return NULL;
    text = dt__trimmed(text, &length);
    if (length == 0) return NULL;
    return text[length] == '\0' ? text : dt__piece(r, text, length);
}

static char *put(char *to, const char *bytes, size_t length) {
    memcpy(to, bytes, length);
    return to + length;
}

const char *dt__piece_joined(dt__reading *r, const char *a, const char *mark, const char *b) {
    size_t first = strlen(a), middle = strlen(mark), last = strlen(b);
    char *to = piece_room(r, first + middle + last);

    if (to == NULL) return "";
    put(put(put(to, a, first), mark, middle), b, last)[0] = '\0';
    return to;
}

const char *dt__piece_hash(dt__reading *r, const char *prefix, uint64_t hash) {
    char digits[17];

    for (size_t i = 0; i < 16; i++) digits[i] = "0123456789abcdef"[hash >> (60 - 4 * i) & 15];
    digits[16] = '\0';
    return dt__piece_joined(r, prefix, ":", digits);
}

const char *dt__piece_quoted(dt__reading *r, const char *text) {
    size_t length;

    if (text == NULL) return NULL;
    length = strlen(text);
    if (length <= DT__QUOTED) return text;
    for (length = DT__QUOTED; length > 0 && ((unsigned char)text[length] & 0xC0) == 0x80;) length--;
    return dt__piece(r, text, length);
}

static bool is_word_byte(unsigned char c) {
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

const char *dt__piece_coded(dt__reading *r, const char *text) {
    size_t length = strlen(text), to = 0;
    char *code = piece_room(r, length);

    if (code == NULL) return "";
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        bool inner = c == '.' && i > 0 && is_word_byte((unsigned char)text[i - 1]) &&
                     is_word_byte((unsigned char)text[i + 1]); /* codes of the vocabulary stay what they are */
        if (inner) code[to++] = '.';
        else if (is_word_byte(c)) {
            if (to > 0 && i > 0 && !is_word_byte((unsigned char)text[i - 1]) && strchr("|.", code[to - 1]) == NULL)
                code[to++] = '-';
            code[to++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
        } else if (c == '|' && to > 0) code[to++] = '|';
    }
    code[to] = '\0';
    return code;
}

/* ---- words ---- */

static const char *lookup(const dt__word *words, size_t count, const char *from) {
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = dt__compare_words(words[middle].from, from);
        if (order == 0) return words[middle].to;
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    return NULL;
}

/* Each of several, parted by `|`. */
static const char *alternatives(dt__reading *r, const char *words) {
    const char *codes = "";

    while (*words != '\0' && !r->pieces_full) {
        size_t length = strcspn(words, "|");
        const char *code = dt__reading_act(r, dt__piece(r, words, length));
        codes = *codes == '\0' ? code : dt__piece_joined(r, codes, "|", code);
        words += length + (words[length] == '|');
    }
    return codes;
}

/* Where a word is kept once it was looked up; NULL: it is too long. */
static dt__recent_act *recent_place(dt__reading *r, const char *word, size_t length) {
    return length < sizeof r->recent->word ? &r->recent[dt__hash_quickly(0, word, length) % DT__RECENT_ACTS] : NULL;
}

/* What is no word of the vocabulary is a code that lasts as long as the record. */
static const char *vocabulary_act(dt__reading *r, const char *word, const char **code) {
    const char *found = lookup(r->acts, r->opts->acts.count, word);

    if (found != NULL) return found;
    *code = dt__piece_coded(r, word);
    return lookup(r->acts, r->opts->acts.count, *code);
}

const char *dt__reading_act(dt__reading *r, const char *word) {
    size_t length = strlen(word);
    dt__recent_act *recent = recent_place(r, word, length);
    const char *found, *code = word;

    if (recent != NULL && recent->code != NULL && strcmp(recent->word, word) == 0) return recent->code;
    if (strchr(word, '|') != NULL) {
        found = lookup(r->acts, r->opts->acts.count, word);
        return found != NULL ? found : alternatives(r, word);
    }
    if ((found = vocabulary_act(r, word, &code)) == NULL) return code;
    if (recent != NULL) {
        memcpy(recent->word, word, length + 1);
        recent->code = found;
    }
    return found;
}

const char *dt__reading_party(dt__reading *r, const char *name) {
    const char *found = name == NULL ? NULL : lookup(r->parties, r->opts->parties.count, name);
    return found != NULL ? found : dt__piece_trimmed(r, name);
}

const char *dt__reading_involved(dt__reading *r, const char *a, const char *b) {
    a = dt__reading_party(r, a);
    b = dt__reading_party(r, b);
    if (a == NULL || b == NULL) return a == NULL ? b : a;
    return strcmp(a, b) == 0 ? a : dt__piece_joined(r, a, "|", b);
}

/* ---- times and places ---- */

bool dt__reading_when(dt__reading *r, const char *text, dt__date_order order, const dt__zone *zone, dt__interval *out) {
    dt__written written;

    if (text == NULL || *text == '\0') return dt__reading_refuse(r, DT__N("there is no date"), NULL);
    if (!dt__written_parse(&written, text, order)) return dt__reading_refuse(r, DT__N("“{0}” is no date"), text);
    *out = dt__written_span(&written, zone);
    return true;
}

dt__moment dt__reading_date(const dt__reading *r, dt__moment moment) {
    dt__wall wall;

    if (moment == DT__MOMENT_ALWAYS || moment == DT__MOMENT_NEVER) return DT__MOMENT_ALWAYS;
    wall = dt__zone_wall(r->zone, moment);
    return dt__days_of(wall.year, wall.month, wall.day) * 86400;
}

void dt__reading_reported(dt__reading *r, dt__record *record, dt__interval report) {
    record->when = (dt__interval){report.lo - (int64_t)r->opts->report_delay, report.hi};
    record->filed = dt__reading_date(r, report.lo);
    record->reported_only = true;
}

bool dt__reading_place(dt__reading *r, dt__record *record, size_t lon, size_t lat) {
    if (!dt__reading_number(r, lon, &record->at.lon) || !dt__reading_number(r, lat, &record->at.lat)) return false;
    record->has_place = !isnan(record->at.lon) && !isnan(record->at.lat);
    if (!record->has_place) record->at = (dt__point){0, 0};
    if (fabs(record->at.lon) <= 180 && fabs(record->at.lat) <= 90) return true;
    return dt__reading_refuse(
        r, DT__N("“{0}” is no place on the Earth: expected a latitude from -90 to 90 and a longitude from -180 to 180"),
        dt__reading_text(r, fabs(record->at.lat) > 90 ? lat : lon));
}
