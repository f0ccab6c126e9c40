/* VIINA: events from news reports, one per place, day and actor or tactic.  The date is the report's; who began is
 * a_rus_init and a_ukr_init, never a_rus and a_ukr; `_b` labels are used, `_pred` never: their cutoffs differ by
 * variable.  Ref: Zhukov and Ayers 2023. */
#include <string.h>

#include "base/catalog.h"
#include "records/reading.h"

/* "label" columns come in two layouts: a_rus_b with the label, or a_rus with a_rus_field naming where it is from. */
enum {
    ID,
    DATE,
    LONGITUDE,
    LATITUDE,
    EVENT_ID,
    TIME,
    NAME,
    ADM1,
    ADM2,
    PRECISION,
    CLASSES,
    SOURCES,
    SOURCE,
    URLS,
    URL,
    REPRESENTATIVE,
    TEXT,
    RUS_INIT_B,
    UKR_INIT_B,
    RUS_B,
    UKR_B,
    RUS_INIT,
    UKR_INIT,
    RUS,
    UKR,
    RUS_INIT_FIELD,
    UKR_INIT_FIELD,
    RUS_FIELD,
    UKR_FIELD,
    TACTIC
};
static const char *const columns[] = {"event_id_1pd",
                                      "date",
                                      "longitude",
                                      "latitude",
                                      "event_id",
                                      "time",
                                      "asciiname",
                                      "ADM1_NAME",
                                      "ADM2_NAME",
                                      "GEO_PRECISION",
                                      "target_classes",
                                      "sources_matching",
                                      "source",
                                      "source_urls",
                                      "url",
                                      "representative_text",
                                      "text",
                                      "a_rus_init_b",
                                      "a_ukr_init_b",
                                      "a_rus_b",
                                      "a_ukr_b",
                                      "a_rus_init",
                                      "a_ukr_init",
                                      "a_rus",
                                      "a_ukr",
                                      "a_rus_init_field",
                                      "a_ukr_init_field",
                                      "a_rus_field",
                                      "a_ukr_field",
                                      "t_aad_b",
                                      "t_airstrike_b",
                                      "t_uav_b",
                                      "t_artillery_b",
                                      "t_armor_b",
                                      "t_firefight_b",
                                      "t_ied_b",
                                      "t_raid_b",
                                      "t_control_b",
                                      "t_property_b",
                                      "t_cyber_b",
                                      "t_milcas_b",
                                      "t_civcas_b",
                                      "t_mil_b"};
static const char *const tactics[] = {"air-defence", "airstrike", "uav", "artillery",
                                      "armor",       "firefight", "ied", "raid"};

enum { STREET_RADIUS = 1000, TOWN_RADIUS = 5000, UNNAMED_RADIUS = 50000 }; /* metres */

/* A label: 1, 0, or -1 when there is none that counts. */
static int label(const dt__reading *r, size_t which) {
    const char *field = dt__reading_text(r, RUS_INIT_FIELD + which);
    size_t length = field == NULL ? 0 : strlen(field);

    if (dt__reading_has(r, RUS_INIT_B + which)) return dt__reading_flag(r, RUS_INIT_B + which);
    if (length < 2 || strcmp(field + length - 2, "_b") != 0) return -1;
    return dt__reading_flag(r, RUS_INIT + which);
}

/* Eight figures are a date; so is 2025-04-19. */
static bool read_when(dt__reading *r, dt__record *record) {
    const char *text = dt__reading_text(r, DATE), *clock = dt__reading_text(r, TIME);
    dt__interval report;
    char date[] = "0000-00-00";

    if (text != NULL && strlen(text) == 8 && strspn(text, "0123456789") == 8) {
        memcpy(date, text, 4);
        memcpy(date + 5, text + 4, 2);
        memcpy(date + 8, text + 6, 2);
        text = dt__piece(r, date, sizeof date - 1);
    }
    if (!dt__reading_when(r, text, DT__YEAR_FIRST, r->zone, &report)) return false;
    if (clock != NULL && strchr(clock, ':') != NULL &&
        !dt__reading_when(r, dt__piece_joined(r, text, " ", clock), DT__YEAR_FIRST, r->zone, &report))
        return false;
    dt__reading_reported(r, record, report);
    return true;
}

/* Is the row about a region rather than a place in it?  Where no precision is given, a place named as its region may be
 * the region's centre. */
static const char *region_of(dt__reading *r, const char *precision) {
    const char *name = dt__reading_text(r, NAME), *first = dt__reading_text(r, ADM1),
               *second = dt__reading_text(r, ADM2);

    if (precision != NULL && strcmp(precision, "ADM1") == 0) return first != NULL ? first : "";
    if (precision != NULL && strcmp(precision, "ADM2") == 0) return second != NULL ? second : "";
    if (precision != NULL && (strcmp(precision, "ADM0") == 0 || strcmp(precision, "COUNTRY") == 0)) return "";
    if (precision == NULL && name != NULL && first != NULL && strcmp(name, first) == 0) return first;
    return NULL;
}

static bool read_place(dt__reading *r, dt__record *record) {
    const char *precision = dt__reading_text(r, PRECISION);

    if (!dt__reading_place(r, record, LONGITUDE, LATITUDE)) return false;
    record->region = region_of(r, precision);
    if (record->region != NULL) return true;
    if (precision != NULL && strcmp(precision, "STREET") == 0) record->radius = STREET_RADIUS;
    else record->radius = precision == NULL && dt__reading_text(r, NAME) == NULL ? UNNAMED_RADIUS : TOWN_RADIUS;
    return true;
}

static void read_parties(dt__reading *r, dt__record *record) {
    bool rus_began = label(r, 0) == 1, ukr_began = label(r, 1) == 1;
    bool rus = rus_began || label(r, 2) == 1, ukr = ukr_began || label(r, 3) == 1;

    record->involved = dt__reading_involved(r, rus ? "RU" : NULL, ukr ? "UA" : NULL);
    if (rus_began == ukr_began) return; /* neither, or each */
    record->actor = dt__reading_party(r, rus_began ? "RU" : "UA");
    record->attribution = DT__ATTRIBUTION_INFERRED;
}

static const char *acts_of(dt__reading *r) {
    const char *acts = NULL;

    for (size_t i = 0; i < sizeof tactics / sizeof *tactics; i++) {
        const char *act;
        if (dt__reading_flag(r, TACTIC + i) != 1) continue;
        act = dt__reading_act(r, tactics[i]);
        acts = acts == NULL ? act : dt__piece_joined(r, acts, "|", act);
    }
    return acts;
}

static const char *first_of(dt__reading *r, const char *list) {
    size_t length = list == NULL ? 0 : strcspn(list, "| ");
    return length == 0 ? NULL : dt__piece(r, list, length);
}

static const char *either(const dt__reading *r, size_t a, size_t b) {
    const char *text = dt__reading_text(r, a);
    return text != NULL ? text : dt__reading_text(r, b);
}

static bool read_event(dt__reading *r) {
    const char *classes = dt__reading_text(r, CLASSES), *source = either(r, SOURCES, SOURCE);
    dt__record record;

    dt__reading_begin_record(r, &record);
    record.id = either(r, ID, EVENT_ID);
    record.kind = DT__RECORD_OBSERVATION;
    if (!read_when(r, &record) || !read_place(r, &record)) return false;
    read_parties(r, &record);
    record.act = acts_of(r);
    record.low = record.high = 1;
    if (classes != NULL) record.asset = dt__piece_coded(r, classes);
    if (r->opts->source == NULL && source != NULL && strchr(source, '|') == NULL) record.source = source;
    record.url = first_of(r, either(r, URLS, URL));
    record.text = dt__piece_quoted(r, either(r, REPRESENTATIVE, TEXT));
    return dt__reading_give(r, &record);
}

const dt__format dt__format_viina = {.name = "viina",
                                     .columns = columns,
                                     .count = sizeof columns / sizeof *columns,
                                     .coded = true,
                                     .needed = LATITUDE + 1,
                                     .publisher = "VIINA",
                                     .zone = "Europe/Kyiv",
                                     .read = read_event};
