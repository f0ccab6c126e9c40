/* An answer as a document, and a document as text or JSON.
 *
 * A document holds blocks for people (headings, paragraphs, tables) in the language of the environment, and the same
 * facts as a tree of values for programs.  N questions + M outputs. */
#ifndef DETENTE_REPORT_H
#define DETENTE_REPORT_H

#include "detente/backtest.h"
#include "detente/bargain.h"
#include "detente/check.h"
#include "detente/deal.h"
#include "detente/drivers.h"
#include "detente/hold.h"
#include "detente/ledger.h"
#include "detente/monitor.h"
#include "detente/path.h"
#include "detente/register.h"
#include "detente/whatif.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dt_document dt_document;

/** Documents from answers and models.  Return DT_OK, DT_ERR_MEMORY.  Owns: *out, free with dt_document_free. */
DT_API DT_NODISCARD dt_status dt_report_deal(dt_document **out, const dt_model *model, const dt_deal_answer *answer,
                                             dt_env *env);
DT_API DT_NODISCARD dt_status dt_report_bargain(dt_document **out, const dt_model *model,
                                                const dt_bargain_answer *answer, dt_env *env);
DT_API DT_NODISCARD dt_status dt_report_forecast(dt_document **out, const dt_model *model,
                                                 const dt_forecast_answer *answer, dt_env *env);
DT_API DT_NODISCARD dt_status dt_report_backtest(dt_document **out, const dt_backtest_answer *answer, dt_env *env);
DT_API DT_NODISCARD dt_status dt_report_path(dt_document **out, const dt_model *model, const dt_path_answer *answer,
                                             dt_env *env);
DT_API DT_NODISCARD dt_status dt_report_hold(dt_document **out, const dt_model *model, const dt_hold_answer *answer,
                                             dt_env *env);
DT_API DT_NODISCARD dt_status dt_report_check(dt_document **out, const dt_model *model, const dt_check_answer *answer,
                                              dt_env *env);
/** The model of the document is the one after. */
DT_API DT_NODISCARD dt_status dt_report_whatif(dt_document **out, const dt_whatif_answer *answer, dt_env *env);
DT_API DT_NODISCARD dt_status dt_report_monitor(dt_document **out, const dt_monitor_answer *answer,
                                                const dt_monitor_view *view, dt_env *env);
DT_API DT_NODISCARD dt_status dt_report_drivers(dt_document **out, const dt_model *model,
                                                const dt_drivers_answer *answer, dt_env *env);
DT_API DT_NODISCARD dt_status dt_report_show(dt_document **out, const dt_model *model, dt_env *env);
DT_API DT_NODISCARD dt_status dt_report_score(dt_document **out, const dt_score_answer *answer, dt_env *env);
/** What each of the files appended came to; what a walk along the chain found; the state at a time; a dispute after a
 *  step. */
DT_API DT_NODISCARD dt_status dt_report_ledger_append(dt_document **out, const char *const *files,
                                                      const dt_ledger_appended *done, size_t count, dt_env *env);
DT_API DT_NODISCARD dt_status dt_report_ledger_check(dt_document **out, const dt_ledger_check *check, dt_env *env);
DT_API DT_NODISCARD dt_status dt_report_ledger_state(dt_document **out, const dt_ledger_state *state, dt_env *env);
DT_API DT_NODISCARD dt_status dt_report_ledger_dispute(dt_document **out, const dt_dispute *step, dt_env *env);
DT_API void dt_document_free(dt_document *document, dt_env *env);

typedef struct dt_text_style {
    unsigned width; /* columns of the terminal; 0: 100 */
    bool colour;    /* terminal colours */
} dt_text_style;

/** Renders for a terminal or a plain text file.  Returns DT_OK, DT_ERR_IO, DT_ERR_MEMORY. */
DT_API DT_NODISCARD dt_status dt_render_text(const dt_document *document, const dt_text_style *style,
                                             const dt_sink *sink, dt_env *env);

/** Renders as a piece of HTML (headings, paragraphs, lists, tables; every text escaped) or as Markdown with tables.
 * Returns DT_OK, DT_ERR_IO, DT_ERR_MEMORY. */
DT_API DT_NODISCARD dt_status dt_render_html(const dt_document *document, const dt_sink *sink, dt_env *env);
DT_API DT_NODISCARD dt_status dt_render_markdown(const dt_document *document, const dt_sink *sink, dt_env *env);

/* ---- one report of all answers ---- */

/** Answers about one model; NULL where a question was not asked.  Borrowed. */
typedef struct dt_answers {
    const dt_deal_answer *deal;
    const dt_bargain_answer *bargain;
    const dt_path_answer *path;
    const dt_path_answer *way;     /* the path to one goal, in detail: for the picture; NULL: that of `path` */
    const dt_path_answer *chances; /* to any deal, over draws: how often there is a way; NULL: not asked */
    const dt_hold_answer *hold;
    const dt_forecast_answer *forecast;
    const dt_drivers_answer *drivers;
    const dt_check_answer *check;
    const dt_score_answer *scores; /* of a register of forecasts */
    uint64_t redacted; /* bit p: nothing that is written tells the red lines and the reservation value of party p */
    const dt_monitor_answer *monitor;
    dt_monitor_view monitor_view; /* how it is shown */
} dt_answers;

/** Documents from several answers: a sentence for each question; every number with where it comes from.  Return DT_OK,
 * DT_ERR_MEMORY, DT_ERR_MODEL.  Owns: *out, free with dt_document_free. */
DT_API DT_NODISCARD dt_status dt_report_summary(dt_document **out, const dt_model *model, const dt_answers *answers,
                                                dt_env *env);
DT_API DT_NODISCARD dt_status dt_report_evidence(dt_document **out, const dt_model *model, const dt_answers *answers,
                                                 dt_env *env);

typedef enum dt_picture_kind {
    DT_PICTURE_ZONES = 0,   /* the zone of agreement per format */
    DT_PICTURE_BLOCKERS,    /* who blocks, and the least concessions */
    DT_PICTURE_DRIFT,       /* the zone month by month */
    DT_PICTURE_POSITIONS,   /* what each party wants, issue by issue */
    DT_PICTURE_RED_LINES,   /* weights, red lines and evidence: parties by issues */
    DT_PICTURE_FRONTIER,    /* the frontier of a format and what the solutions choose */
    DT_PICTURE_WAY,         /* the way from no deal in a format, step by step */
    DT_PICTURE_SCENARIOS,   /* probabilities by model, claims beside them */
    DT_PICTURE_INPUTS,      /* the input that moves each probability most */
    DT_PICTURE_STATES,      /* outcomes as states: who moves where, what holds, the way there */
    DT_PICTURE_TORNADO,     /* what each input does to the outcome asked about, and where it turns */
    DT_PICTURE_SHARES,      /* shares of the variance, alone and together */
    DT_PICTURE_SCORES,      /* how good forecasts were, by source */
    DT_PICTURE_CALIBRATION, /* what was said against how often it happened */
    DT_PICTURE_WATCH,       /* who was watching: each source, day by day */
    DT_PICTURE_VERDICTS,    /* what became of incidents: clause by reading by party */
    DT_PICTURE_RATES,       /* counts against those of the days before */
    DT_PICTURE_TIMELINE,    /* an agreement: when each reading is in force, and what is told of each day */
    DT_PICTURE_MAP,         /* an agreement: its zones, and the incidents with a place */
    DT_PICTURE_DISPUTES,    /* disputes over findings, by step */
    DT_PICTURE_COUNT
} dt_picture_kind;

/** What a picture shows, as a document: a heading (its title), a paragraph (what is seen), a table (its data); the
 * value holds the marks (docs/json.md, "pictures").  index: place of the format in the answer, for those of one format;
 * of the agreement among those asked for. *out is NULL when there is nothing to draw.  Returns DT_OK, DT_ERR_MEMORY,
 * DT_ERR_MODEL. Owns: *out, free with dt_document_free. */
DT_API DT_NODISCARD dt_status dt_report_picture(dt_document **out, dt_picture_kind kind, size_t index,
                                                const dt_model *model, const dt_answers *answers, dt_env *env);

/** The same answers in the language of an environment of its own. */
typedef struct dt_page_language {
    dt_env *env;
    dt_answers answers;
} dt_page_language;

typedef struct dt_page_opts {
    const dt_page_language *languages; /* the first is shown first */
    size_t language_count;
    const dt_setting *options; /* echo of the options as given */
    size_t option_count;
    uint64_t seed;
} dt_page_opts;

/** Writes all answers as one page of HTML that needs no other file and no network: sentences, a section for each
 * question, pictures, evidence, methods.  Its security policy allows its own script and style by their hashes and
 * nothing else.  With a redacted party the sections hold only what tells nothing about it.
 * Returns DT_OK, DT_ERR_IO, DT_ERR_MEMORY, DT_ERR_MODEL. */
DT_API DT_NODISCARD dt_status dt_render_page(const dt_model *model, const dt_page_opts *opts, const dt_sink *sink,
                                             dt_env *env);
/** The same document as Markdown, in the first language. */
DT_API DT_NODISCARD dt_status dt_render_page_markdown(const dt_model *model, const dt_page_opts *opts,
                                                      const dt_sink *sink, dt_env *env);

/** The envelope around an answer in JSON. */
typedef struct dt_envelope {
    const char *command;
    const dt_setting *options; /* echo of the options as given: name and value */
    size_t option_count;
    uint64_t seed;
} dt_envelope;

/** Renders as JSON in the envelope (docs/json.md), two-space indented, ended by a newline; model NULL for a document
 * that is not of a model.  Diagnostics of env of severity warning and note become `notes`.  Returns DT_OK, DT_ERR_IO,
 * DT_ERR_MEMORY. */
DT_API DT_NODISCARD dt_status dt_render_json(const dt_document *document, const dt_model *model,
                                             const dt_envelope *envelope, const dt_sink *sink, dt_env *env);

/** Writes the findings as CSV with a line of names, or as GeoJSON (RFC 7946: a point with `radius` in metres, or no
 *  geometry where no place is known): one for each incident, clause and reading that it is not out of scope of.  With
 *  view->redact: days for times, places to a tenth of a degree within 10 km or more, no sources, files or words.  In
 * CSV a text that a spreadsheet would take for a formula has an apostrophe in front.  Returns DT_OK, DT_ERR_IO,
 * DT_ERR_MEMORY, DT_ERR_CANCELLED. */
DT_API DT_NODISCARD dt_status dt_render_findings(const dt_monitor_answer *answer, const dt_monitor_view *view,
                                                 bool geojson, const dt_sink *sink, dt_env *env);

/** Writes the points of a frontier as CSV (RFC 4180, lines ended by a newline): a head, then a line for each point that
 * the answer lists.  Columns: the utility of each party by its id, the multiplicity, and each issue by its id.  A party
 * without utilities has empty cells. Returns DT_OK, DT_ERR_IO, DT_ERR_MEMORY. */
DT_API DT_NODISCARD dt_status dt_render_frontier(const dt_bargain_format *format, const dt_model *model,
                                                 const dt_sink *sink, dt_env *env);

typedef enum dt_drawing { DT_DRAWING_GRAPHML = 0, DT_DRAWING_DOT, DT_DRAWING_CSV } dt_drawing;

/** Writes the states that an answer describes, and for drawings the moves (ask with `arcs`, which describes all):
 * GraphML, Graphviz, or a CSV of the states: number, options, a 1 under each concept by which it is an equilibrium, and
 * its place in the ranking of each party.  Returns DT_OK, DT_ERR_IO, DT_ERR_MEMORY. */
DT_API DT_NODISCARD dt_status dt_render_states(const dt_hold_answer *answer, const dt_model *model, dt_drawing kind,
                                               const dt_sink *sink, dt_env *env);

#ifdef __cplusplus
}
#endif
#endif
