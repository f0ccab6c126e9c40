/* All questions that a model allows, for a report. */
#include "cli/asking.h"

#include <string.h>
#include <time.h>

#include "cli/event_files.h"

/* What one run draws when nothing is said, and up to how many outcomes every state is looked at. */
enum {
    DRAWS = 200,
    FORECAST_DRAWS = 2000,
    SAMPLES = 256,
    MONTHS = 12,
    MOST_STATES = 20000,
    POINTS = 200,
    DRAW_WORK = 20000 /* of the search for a way, in each draw of a format */
};

static uint64_t draws_asked(const cli_asked *q, uint64_t preset) {
    uint64_t draws = cli_number(q->session->arguments, "draws");
    return draws == 0 ? preset : draws;
}

static dt_status ask_deal(cli_asked *q) {
    const cli_arguments *a = q->session->arguments;
    dt_deal_opts opts;
    dt_status st;

    dt_deal_opts_init(&opts);
    opts.among = cli_text(a, "among");
    opts.within = cli_text(a, "within");
    opts.at = cli_text(a, "at");
    opts.settings = q->session->settings.items;
    opts.setting_count = q->session->settings.count;
    opts.over = MONTHS;
    opts.draws = draws_asked(q, DRAWS);
    opts.seed = cli_number(a, "seed");
    opts.verify = cli_flag(a, "verify");
    st = dt_deal(&q->deal, q->session->model, &opts, q->env);
    q->answers.deal = q->deal;
    return st;
}

static dt_status ask_bargain(cli_asked *q) {
    const cli_arguments *a = q->session->arguments;
    dt_bargain_opts opts;
    dt_status st;

    dt_bargain_opts_init(&opts);
    opts.among = cli_text(a, "among");
    opts.within = cli_text(a, "within");
    opts.at = cli_text(a, "at");
    opts.settings = q->session->settings.items;
    opts.setting_count = q->session->settings.count;
    opts.points = POINTS;
    opts.seed = cli_number(a, "seed");
    opts.verify = cli_flag(a, "verify");
    st = dt_bargain(&q->bargain, q->session->model, &opts, q->env);
    q->answers.bargain = q->bargain;
    return st;
}

static bool is_uncertain(const cli_asked *q) {
    return q->check != NULL && q->check->uncertain > 0;
}

static dt_status ask_path(cli_asked *q, const char *to, uint64_t draws, dt_path_answer **out) {
    const cli_arguments *a = q->session->arguments;
    dt_path_opts opts;

    dt_path_opts_init(&opts);
    opts.among = cli_text(a, "among");
    opts.within = cli_text(a, "within");
    opts.at = cli_text(a, "at");
    opts.to = to;
    opts.settings = q->session->settings.items;
    opts.setting_count = q->session->settings.count;
    opts.draws = draws;
    opts.draw_work = DRAW_WORK;
    opts.seed = cli_number(a, "seed");
    opts.verify = cli_flag(a, "verify");
    return dt_path(out, q->session->model, &opts, q->env);
}

/* The scenario that most formats have a way of several steps to; NULL: none. */
static const char *farthest_goal(const cli_asked *q) {
    size_t most = 0;
    const char *goal = NULL;

    for (size_t s = 0; s < dt_model_scenario_count(q->session->model); s++) {
        size_t steps = 0;
        for (size_t i = 0; i < q->path->format_count; i++) {
            const dt_path_format *f = &q->path->formats[i];
            for (size_t w = 0; w < f->way_count; w++) {
                const dt_way *way = &f->ways[w];
                if (way->kind != DT_DESTINATION_SCENARIO || way->index != s || way->status != DT_WAY_FOUND) continue;
                if (way->step_count > 1) steps += way->step_count;
            }
        }
        if (steps <= most) continue;
        most = steps;
        goal = dt_model_scenario_id(q->session->model, s);
    }
    return goal;
}

static dt_status ask_paths(cli_asked *q) {
    dt_status st = ask_path(q, NULL, 0, &q->path);
    const char *goal;

    q->answers.path = q->path;
    if (st != DT_OK) return st;
    goal = farthest_goal(q);
    if (goal != NULL) st = ask_path(q, goal, 0, &q->way);
    q->answers.way = q->way;
    if (st == DT_OK && is_uncertain(q)) st = ask_path(q, "zone", draws_asked(q, DRAWS), &q->chances);
    q->answers.chances = q->chances;
    return st;
}

/* Every state of a small model; of a large one the deals alone, which need no list of states. */
static bool is_small(const cli_asked *q) {
    double outcomes = 1;
    for (size_t i = 0; i < dt_model_issue_count(q->session->model); i++)
        outcomes *= (double)dt_model_option_count(q->session->model, i);
    return outcomes <= MOST_STATES;
}

static dt_status ask_hold(cli_asked *q) {
    const cli_arguments *a = q->session->arguments;
    dt_hold_opts opts;
    dt_status st;

    dt_hold_opts_init(&opts);
    opts.among = cli_text(a, "among");
    opts.at = cli_text(a, "at");
    opts.settings = q->session->settings.items;
    opts.setting_count = q->session->settings.count;
    opts.deal = is_small(q) ? NULL : "all";
    opts.arcs = is_small(q);
    opts.draws = is_uncertain(q) ? draws_asked(q, DRAWS) : 0;
    opts.seed = cli_number(a, "seed");
    opts.verify = cli_flag(a, "verify");
    st = dt_hold(&q->hold, q->session->model, &opts, q->env);
    q->answers.hold = q->hold;
    return st;
}

static dt_status ask_forecast(cli_asked *q) {
    const cli_arguments *a = q->session->arguments;
    dt_forecast_opts opts;
    dt_status st;

    dt_forecast_opts_init(&opts);
    opts.among = cli_text(a, "among");
    opts.at = cli_text(a, "at");
    opts.settings = q->session->settings.items;
    opts.setting_count = q->session->settings.count;
    opts.draws = draws_asked(q, FORECAST_DRAWS);
    opts.seed = cli_number(a, "seed");
    st = dt_forecast(&q->forecast, q->session->model, &opts, q->env);
    q->answers.forecast = q->forecast;
    return st;
}

static dt_status ask_drivers(cli_asked *q) {
    const cli_arguments *a = q->session->arguments;
    dt_drivers_opts opts;
    dt_status st;

    dt_drivers_opts_init(&opts);
    opts.among = cli_text(a, "among");
    opts.at = cli_text(a, "at");
    opts.settings = q->session->settings.items;
    opts.setting_count = q->session->settings.count;
    opts.samples = SAMPLES;
    opts.seed = cli_number(a, "seed");
    st = dt_drivers(&q->drivers, q->session->model, &opts, q->env);
    q->answers.drivers = q->drivers;
    return st;
}

static dt_status ask_check(cli_asked *q) {
    dt_check_opts opts;
    dt_status st;

    dt_check_opts_init(&opts);
    st = dt_check(&q->check, q->session->model, &opts, q->env);
    q->answers.check = q->check;
    return st;
}

static dt_status ask_monitor(cli_asked *q) {
    const cli_arguments *a = q->session->arguments;
    const char *names[CLI_MAX_GIVEN];
    cli_event_files files;
    dt_monitor_opts opts;
    size_t count = cli_texts(a, "events", names);
    dt_status st = DT_OK;

    if (count == 0) return DT_OK;
    cli_event_opts(&opts, &files, q->session);
    opts.now = (dt_time)time(NULL);
    if (cli_text(a, "embargo") != NULL) opts.until = cli_event_until(opts.now, cli_number(a, "embargo"));
    if (cli_event_names(&opts, &files, q->session, names, count) != CLI_ANSWERED) {
        q->session->file_told = true;
        st = DT_ERR_IO;
    }
    if (st == DT_OK) st = dt_monitor(&q->monitor, q->session->model, &opts, q->env);
    cli_event_close(&files);
    q->answers.monitor = q->monitor;
    q->answers.monitor_view =
        (dt_monitor_view){.redact = cli_flag(a, "public") || q->answers.redacted != 0, .draft = cli_flag(a, "draft")};
    return st;
}

static dt_status ask_scores(cli_asked *q) {
    const char *file = cli_text(q->session->arguments, "register");
    dt_register *r = NULL;
    dt_score_opts opts;
    dt_status st;

    if (file == NULL) return DT_OK;
    dt_score_opts_init(&opts);
    opts.seed = cli_number(q->session->arguments, "seed");
    st = dt_register_open(&r, file, false, q->env);
    if (st == DT_OK) st = dt_register_score(&q->scores, r, &opts, q->env);
    dt_register_close(r, q->env);
    q->answers.scores = q->scores;
    return st;
}

/* A question that is too large for this model is left out; the others are answered. */
static dt_status unless_too_large(dt_status st) {
    return st == DT_ERR_LIMIT ? DT_OK : st;
}

/* An agreement alone, where nobody wants anything, has nothing that could hold. */
static bool has_states(const cli_asked *q) {
    return dt_model_preference_count(q->session->model) > 0;
}

/* A graph written out has no formats in which a deal could be made: it is asked what holds. */
dt_status cli_ask_all(cli_asked *q) {
    bool deals = dt_model_format_count(q->session->model) > 0;
    dt_status st = ask_scores(q);

    if (st == DT_OK) st = unless_too_large(ask_check(q)); /* whether there is anything to draw */
    if (deals && st == DT_OK) st = ask_deal(q);
    if (deals && st == DT_OK) st = unless_too_large(ask_bargain(q));
    if (deals && st == DT_OK) st = unless_too_large(ask_paths(q));
    if (st == DT_OK && has_states(q)) st = unless_too_large(ask_hold(q));
    if (deals && st == DT_OK) st = unless_too_large(ask_forecast(q));
    if (deals && st == DT_OK) st = unless_too_large(ask_drivers(q));
    if (st == DT_OK) st = ask_monitor(q);
    return st;
}

bool cli_asked_has_notes(const cli_asked *q) {
    bool noted = cli_flag(q->session->arguments, "verify") || (q->hold != NULL && q->hold->limit_note != NULL);

    for (size_t i = 0; q->deal != NULL && i < q->deal->format_count; i++)
        noted |= q->deal->formats[i].limit_note != NULL;
    for (size_t i = 0; q->bargain != NULL && i < q->bargain->format_count; i++)
        noted |= q->bargain->formats[i].limit_note != NULL;
    for (size_t i = 0; q->path != NULL && i < q->path->format_count; i++)
        noted |= q->path->formats[i].limit_note != NULL;
    return noted;
}

void cli_asked_free(cli_asked *q) {
    dt_score_free(q->scores, q->env);
    dt_monitor_free(q->monitor, q->env);
    dt_check_free(q->check, q->env);
    dt_drivers_free(q->drivers, q->env);
    dt_forecast_free(q->forecast, q->env);
    dt_hold_free(q->hold, q->env);
    dt_path_free(q->chances, q->env);
    dt_path_free(q->way, q->env);
    dt_path_free(q->path, q->env);
    dt_bargain_free(q->bargain, q->env);
    dt_deal_free(q->deal, q->env);
}

bool cli_asked_is_verified(const cli_asked *q) {
    return (q->deal == NULL || q->deal->verified) && (q->bargain == NULL || q->bargain->verified) &&
           (q->path == NULL || q->path->verified) && (q->hold == NULL || q->hold->verified);
}
