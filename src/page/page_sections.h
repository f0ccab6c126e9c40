/* The parts of the report of all answers. */
#ifndef DT__PAGE_PAGE_SECTIONS_H
#define DT__PAGE_PAGE_SECTIONS_H

#include "document/facts.h"
#include "document/phrase.h"
#include "render/markup.h"
#include "report/bargain_sections.h"
#include "report/forecast_sections.h"
#include "report/monitor_sections.h"

/* ---- the pictures; each gives its blocks and its value, or false when there is nothing to draw ---- */

/* picture_zone.c */
bool dt__picture_zones(dt_document *d, const dt_answers *a);
bool dt__picture_blockers(dt_document *d, const dt_answers *a);
bool dt__picture_drift(dt_document *d, const dt_answers *a);
/* picture_party.c; v: central values */
bool dt__picture_positions(dt_document *d, const dt_answers *a, const dt__valuation *v);
bool dt__picture_red_lines(dt_document *d, const dt_answers *a, const dt__valuation *v);
/* picture_frontier.c */
bool dt__picture_frontier(dt_document *d, const dt_answers *a, size_t index);
bool dt__picture_way(dt_document *d, const dt_answers *a, size_t index);
/* The walk of a format that is drawn, and whose way it is; NULL: none. */
const dt_walk *dt__walk_of(const dt_path_format *format, const dt_way **way);
/* picture_forecast.c */
bool dt__picture_scenarios(dt_document *d, const dt_answers *a);
bool dt__picture_inputs(dt_document *d, const dt_answers *a);
/* The probability that is claimed; below 0: not one number. */
double dt__claimed(const dt_document *d, const dt__claim *claim);
/* picture_graph.c */
bool dt__picture_states(dt_document *d, const dt_answers *a);
/* picture_drivers.c */
bool dt__picture_tornado(dt_document *d, const dt_answers *a);
bool dt__picture_shares(dt_document *d, const dt_answers *a);
/* picture_scores.c */
bool dt__picture_scores(dt_document *d, const dt_answers *a);
bool dt__picture_calibration(dt_document *d, const dt_answers *a);

/* picture_disputes.c, picture_watch.c, picture_verdicts.c, picture_rates.c, picture_timeline.c, picture_map.c; index:
 * of the agreement among those asked for */
bool dt__picture_disputes(dt_document *d, const dt_answers *a);
bool dt__picture_watch(dt_document *d, const dt_answers *a);
bool dt__picture_verdicts(dt_document *d, const dt_answers *a);
bool dt__picture_rates(dt_document *d, const dt_answers *a);
bool dt__picture_timeline(dt_document *d, const dt_answers *a, size_t index);
bool dt__picture_map(dt_document *d, const dt_answers *a, size_t index);

/* summary_hold.c, summary_forecast.c, summary_drivers.c: what the first page says; nothing where it was not asked */
/* Is anything of the model uncertain, as far as is known? */
bool dt__is_uncertain(const dt_answers *a);
void dt__summary_path(dt_document *d, const dt_answers *a);
void dt__summary_hold(dt_document *d, const dt_answers *a);
void dt__summary_drivers(dt_document *d, const dt_answers *a);
/* summary_unanswered.c: questions that were not answered, and why */
void dt__summary_unanswered(dt_document *d, const dt_answers *a);
void dt__summary_forecast(dt_document *d, const dt_answers *a);

/* monitor_summary.c, monitor_evidence.c: what the first page and the last section say of it */
void dt__summary_monitor(dt_document *d, const dt_answers *a);
void dt__evidence_monitor(dt_document *d, const dt_answers *a);

static inline bool dt__is_redacted(const dt_answers *a, uint32_t party) {
    return party < 64 && ((a->redacted >> party) & 1) != 0;
}
/* An object with the id and the name of a party, for marks. */
dt__value *dt__party_mark(dt_document *d, uint32_t party);
/* Adds an object to a list of the value of the picture: "rows", "points". */
dt__value *dt__mark(dt_document *d, const char *list);

/* ---- page_words.c: sections, method notes, words of the page's own script ---- */

typedef enum dt__page_section {
    DT__PAGE_SUMMARY = 0,
    DT__PAGE_DEAL,
    DT__PAGE_PARTIES,
    DT__PAGE_BARGAIN,
    DT__PAGE_PATH,
    DT__PAGE_HOLD,
    DT__PAGE_FORECAST,
    DT__PAGE_DRIVERS,
    DT__PAGE_MONITOR,
    DT__PAGE_EVIDENCE,
    DT__PAGE_METHODS,
    DT__PAGE_SECTION_COUNT
} dt__page_section;

const char *dt__section_id(dt__page_section section);
const char *dt__section_title(const dt_env *env, dt__page_section section);
/* How it was computed, with the literature; NULL for none. */
const char *dt__section_method(const dt_env *env, dt__page_section section);
/* What is not modelled: texts for which one of the sections (bit: dt__page_section) stands on the page. */
typedef struct dt__page_limit {
    const char *msgid;
    unsigned sections;
} dt__page_limit;
extern const dt__page_limit dt__page_limits[]; /* ended by NULL */
/* The words that the script shows, as an object. */
dt__value *dt__page_words(dt_document *d);

/* ---- page_parts.c: what stands in a section, in one language ---- */

typedef struct dt__page_part {
    dt_picture_kind picture; /* DT_PICTURE_COUNT: an answer in full */
    dt__page_section section;
    dt_document *document;
} dt__page_part;

typedef struct dt__page_parts {
    dt_env *env; /* of the language */
    size_t count, capacity;
    dt__page_part *items;
} dt__page_parts;

DT_NODISCARD dt_status dt__page_parts_build(dt__page_parts *parts, const dt_model *model,
                                            const dt_page_language *language);
void dt__page_parts_clear(dt__page_parts *parts);
/* Seed, version, hash of the model, options: a table of keys and values. */
DT_NODISCARD dt_status dt__page_origin(dt_document **out, const dt_model *model, const dt_page_opts *opts, dt_env *env);

/* ---- generated: the script and the style of the page; the script is empty where it was not bundled ---- */

extern const char dt__page_script[], dt__page_style[];
extern const size_t dt__page_script_length, dt__page_style_length;

#endif
