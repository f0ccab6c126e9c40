/* detente report: everything that a model allows to be asked, as one page. */
#include <string.h>
#include <time.h>

#include "cli/buffer.h"
#include "cli/commands.h"
#include "cli/event_files.h"
#include "cli/files.h"
#include "cli/session.h"
#include "cli/talk.h"

/* What one run draws when nothing is said, and up to how many outcomes every state is looked at. */
enum { DEAL_DRAWS = 200, FORECAST_DRAWS = 2000, SAMPLES = 64, MONTHS = 12, MOST_STATES = 20000, POINTS = 200 };

static const cli_option options[] = {
    {.name = "html", .type = CLI_TEXT, .argument = "FILE", .help = DT_N("write one page that needs no network")},
    {.name = "md", .type = CLI_TEXT, .argument = "FILE", .help = DT_N("write Markdown (default: to standard output)")},
    {.name = "redact",
     .type = CLI_TEXT,
     .argument = "PARTY",
     .repeated = true,
     .echoed = true,
     .help = DT_N("leave out PARTY's red lines and no-deal value")},
    {.name = "register",
     .type = CLI_TEXT,
     .argument = "REGISTER",
     .echoed = true,
     .help = DT_N("show how good the forecasts of REGISTER were")},
    {.name = "events",
     .type = CLI_TEXT,
     .argument = "FILE",
     .repeated = true,
     .echoed = true,
     .help = DT_N("events to hold against the agreements")},
    CLI_EVENT_OPTIONS,
    {.name = "public",
     .type = CLI_FLAG,
     .echoed = true,
     .help = DT_N("of events no hours, texts, files, exact places")},
    {.name = "draft", .type = CLI_FLAG, .echoed = true, .help = DT_N("mark it as a draft")},
};

/* ---- the answers, in one language ---- */

typedef struct asked {
    cli_session *session;
    dt_env *env;
    dt_answers answers;
    dt_deal_answer *deal;
    dt_bargain_answer *bargain;
    dt_path_answer *path, *way;
    dt_hold_answer *hold;
    dt_forecast_answer *forecast;
    dt_drivers_answer *drivers;
    dt_check_answer *check;
    dt_score_answer *scores;
    dt_monitor_answer *monitor;
} asked;

static dt_status ask_deal(asked *q) {
    const cli_arguments *a = q->session->arguments;
    uint64_t draws = cli_number(a, "draws");
    dt_deal_opts opts;
    dt_status st;

    dt_deal_opts_init(&opts);
    opts.among = cli_text(a, "among");
    opts.within = cli_text(a, "within");
    opts.at = cli_text(a, "at");
    opts.settings = q->session->settings.items;
    opts.setting_count = q->session->settings.count;
    opts.over = MONTHS;
    opts.draws = draws == 0 ? DEAL_DRAWS : draws;
    opts.seed = cli_number(a, "seed");
    opts.verify = cli_flag(a, "verify");
    st = dt_deal(&q->deal, q->session->model, &opts, q->env);
    q->answers.deal = q->deal;
    return st;
}

static dt_status ask_bargain(asked *q) {
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

static dt_status ask_path(asked *q, const char *to, dt_path_answer **out) {
    const cli_arguments *a = q->session->arguments;
    dt_path_opts opts;

    dt_path_opts_init(&opts);
    opts.among = cli_text(a, "among");
    opts.within = cli_text(a, "within");
    opts.at = cli_text(a, "at");
    opts.to = to;
    opts.settings = q->session->settings.items;
    opts.setting_count = q->session->settings.count;
    opts.seed = cli_number(a, "seed");
    opts.verify = cli_flag(a, "verify");
    return dt_path(out, q->session->model, &opts, q->env);
}

/* The scenario that most formats have a way of several steps to; NULL: none. */
static const char *farthest_goal(const asked *q) {
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

static dt_status ask_paths(asked *q) {
    dt_status st = ask_path(q, NULL, &q->path);
    const char *goal;

    q->answers.path = q->path;
    if (st != DT_OK) return st;
    goal = farthest_goal(q);
    if (goal != NULL) st = ask_path(q, goal, &q->way);
    q->answers.way = q->way;
    return st;
}

/* Every state of a small model; of a large one the deals alone, which need no list of states. */
static bool is_small(const asked *q) {
    double outcomes = 1;
    for (size_t i = 0; i < dt_model_issue_count(q->session->model); i++)
        outcomes *= (double)dt_model_option_count(q->session->model, i);
    return outcomes <= MOST_STATES;
}

static dt_status ask_hold(asked *q) {
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
    opts.seed = cli_number(a, "seed");
    opts.verify = cli_flag(a, "verify");
    st = dt_hold(&q->hold, q->session->model, &opts, q->env);
    q->answers.hold = q->hold;
    return st;
}

static dt_status ask_forecast(asked *q) {
    const cli_arguments *a = q->session->arguments;
    uint64_t draws = cli_number(a, "draws");
    dt_forecast_opts opts;
    dt_status st;

    dt_forecast_opts_init(&opts);
    opts.among = cli_text(a, "among");
    opts.at = cli_text(a, "at");
    opts.settings = q->session->settings.items;
    opts.setting_count = q->session->settings.count;
    opts.draws = draws == 0 ? FORECAST_DRAWS : draws;
    opts.seed = cli_number(a, "seed");
    st = dt_forecast(&q->forecast, q->session->model, &opts, q->env);
    q->answers.forecast = q->forecast;
    return st;
}

static dt_status ask_drivers(asked *q) {
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

static dt_status ask_check(asked *q) {
    dt_check_opts opts;
    dt_status st;

    dt_check_opts_init(&opts);
    st = dt_check(&q->check, q->session->model, &opts, q->env);
    q->answers.check = q->check;
    return st;
}

/* Which files are named by --events. */
static size_t event_files(const cli_arguments *a, const char **names) {
    size_t count = 0;

    for (size_t i = 0; i < a->given_count; i++)
        if (strcmp(a->given[i].option->name, "events") == 0) names[count++] = a->given[i].value;
    return count;
}

static dt_status ask_monitor(asked *q) {
    const cli_arguments *a = q->session->arguments;
    const char *names[CLI_MAX_GIVEN];
    cli_event_files files;
    dt_monitor_opts opts;
    size_t count = event_files(a, names);
    dt_status st = DT_OK;

    if (count == 0) return DT_OK;
    cli_event_opts(&opts, &files, q->session);
    opts.now = (dt_time)time(NULL);
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

static dt_status ask_scores(asked *q) {
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
static bool has_states(const asked *q) {
    return dt_model_preference_count(q->session->model) > 0;
}

/* A graph written out has no formats in which a deal could be made: it is asked what holds. */
static dt_status ask_all(asked *q) {
    bool deals = dt_model_format_count(q->session->model) > 0;
    dt_status st = ask_scores(q);

    if (deals && st == DT_OK) st = ask_deal(q);
    if (deals && st == DT_OK) st = unless_too_large(ask_bargain(q));
    if (deals && st == DT_OK) st = unless_too_large(ask_paths(q));
    if (st == DT_OK && has_states(q)) st = unless_too_large(ask_hold(q));
    if (deals && st == DT_OK) st = unless_too_large(ask_forecast(q));
    if (deals && st == DT_OK) st = unless_too_large(ask_drivers(q));
    if (st == DT_OK) st = ask_monitor(q);
    if (st == DT_OK) st = unless_too_large(ask_check(q));
    return st;
}

/* Do the answers hold notes, which are in one language? */
static bool has_notes(const asked *q) {
    bool noted = cli_flag(q->session->arguments, "verify") || (q->hold != NULL && q->hold->limit_note != NULL);

    for (size_t i = 0; q->deal != NULL && i < q->deal->format_count; i++)
        noted |= q->deal->formats[i].limit_note != NULL;
    for (size_t i = 0; q->bargain != NULL && i < q->bargain->format_count; i++)
        noted |= q->bargain->formats[i].limit_note != NULL;
    for (size_t i = 0; q->path != NULL && i < q->path->format_count; i++)
        noted |= q->path->formats[i].limit_note != NULL;
    return noted;
}

static void free_answers(asked *q) {
    dt_score_free(q->scores, q->env);
    dt_monitor_free(q->monitor, q->env);
    dt_check_free(q->check, q->env);
    dt_drivers_free(q->drivers, q->env);
    dt_forecast_free(q->forecast, q->env);
    dt_hold_free(q->hold, q->env);
    dt_path_free(q->way, q->env);
    dt_path_free(q->path, q->env);
    dt_bargain_free(q->bargain, q->env);
    dt_deal_free(q->deal, q->env);
}

static bool is_verified(const asked *q) {
    return (q->deal == NULL || q->deal->verified) && (q->bargain == NULL || q->bargain->verified) &&
           (q->path == NULL || q->path->verified) && (q->hold == NULL || q->hold->verified);
}

/* ---- writing ---- */

typedef dt_status renderer(const dt_model *model, const dt_page_opts *opts, const dt_sink *sink, dt_env *env);

static int write_one(cli_session *s, const dt_page_opts *opts, renderer *render, const char *name) {
    cli_buffer out = {0};
    dt_sink sink = cli_buffer_sink(&out);
    int code = cli_session_status(s, render(s->model, opts, &sink, s->env));

    if (code == CLI_ANSWERED && (name == NULL || strcmp(name, "-") == 0))
        code = cli_print(&out, s->arguments->language);
    else if (code == CLI_ANSWERED) code = cli_file_replace(name, &out, s->arguments->language);
    cli_buffer_clear(&out);
    return code;
}

static int write_all(cli_session *s, const dt_page_opts *opts) {
    const char *html = cli_text(s->arguments, "html"), *md = cli_text(s->arguments, "md");
    int code = CLI_ANSWERED;

    if (html != NULL) code = write_one(s, opts, dt_render_page, html);
    if (code == CLI_ANSWERED && (md != NULL || html == NULL)) code = write_one(s, opts, dt_render_page_markdown, md);
    return code;
}

/* ---- the command ---- */

static int read_redacted(const cli_session *s, uint64_t *redacted) {
    const cli_arguments *a = s->arguments;
    size_t count = dt_model_party_count(s->model);

    *redacted = 0;
    for (size_t i = 0; i < a->given_count; i++) {
        size_t p = 0;
        if (strcmp(a->given[i].option->name, "redact") != 0) continue;
        while (p < count && strcmp(dt_model_party_id(s->model, p), a->given[i].value) != 0) p++;
        if (p == count) {
            cli_error(a->language, "--redact: there is no party {0}", a->given[i].value, NULL);
            return CLI_WRONG_USE;
        }
        *redacted |= UINT64_C(1) << p;
    }
    return CLI_ANSWERED;
}

static int open_language(cli_session *s, dt_env **out, dt_language language) {
    dt_env_opts opts;

    dt_env_opts_init(&opts);
    opts.language = language;
    opts.cancelled = cli_interrupted;
    opts.threads = (unsigned)cli_number(s->arguments, "threads");
    opts.time_limit = cli_decimal(s->arguments, "time-limit");
    return cli_session_status(s, dt_env_new(out, &opts));
}

static size_t echo_options(const cli_arguments *a, dt_setting *echo) {
    size_t count = 0;
    for (size_t i = 0; i < a->given_count; i++) {
        const cli_given *given = &a->given[i];
        if (given->option->echoed)
            echo[count++] =
                (dt_setting){.name = given->option->name, .value = given->value == NULL ? "" : given->value};
    }
    return count;
}

/* A page holds every language, Markdown the one that was asked for.  Every language has an environment of its own; it
 * is asked by itself when notes inside the answers have to be in its words too. */
static int report(cli_session *s, uint64_t redacted) {
    dt_setting echo[CLI_MAX_GIVEN];
    dt_page_language languages[DT_LANG_COUNT];
    asked questions[DT_LANG_COUNT] = {{0}};
    dt_page_opts opts = {.languages = languages, .options = echo, .seed = cli_number(s->arguments, "seed")};
    size_t wanted = cli_text(s->arguments, "html") == NULL ? 1 : DT_LANG_COUNT, count = 0;
    int code = CLI_ANSWERED;

    opts.option_count = echo_options(s->arguments, echo);
    for (; count < wanted && code == CLI_ANSWERED; count++) {
        asked *q = &questions[count];
        dt_language language = (dt_language)((s->arguments->language + count) % DT_LANG_COUNT);
        *q = (asked){.session = s, .env = s->env, .answers = {.redacted = redacted}};
        if (count > 0) code = open_language(s, &q->env, language);
        if (code == CLI_ANSWERED && count > 0 && !has_notes(&questions[0])) q->answers = questions[0].answers;
        else if (code == CLI_ANSWERED) code = cli_session_status(s, ask_all(q));
        languages[count] = (dt_page_language){.env = q->env, .answers = q->answers};
    }
    opts.language_count = count;
    if (code == CLI_ANSWERED) code = write_all(s, &opts);
    if (code == CLI_ANSWERED && cli_flag(s->arguments, "verify") && !is_verified(&questions[0])) code = CLI_FAILED;
    for (size_t i = 0; i < count; i++) {
        if (questions[i].env == NULL) continue;
        free_answers(&questions[i]);
        if (i > 0) dt_env_free(questions[i].env);
    }
    return code;
}

static int run(const cli_arguments *a) {
    uint64_t redacted = 0;
    cli_session s;
    int code = cli_session_open(&s, a);

    if (code == CLI_ANSWERED) code = read_redacted(&s, &redacted);
    if (code == CLI_ANSWERED) code = report(&s, redacted);
    cli_session_close(&s);
    return code;
}

const cli_command cli_report_command = {
    .name = "report",
    .operands = "MODEL [FILE...]",
    .least = 1,
    .most = CLI_MAX_OPERANDS,
    .groups = CLI_QUESTION | CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("everything asked at once, as one page with pictures"),
    .description = DT_N("Asks all questions that the model allows and writes one page: first each answer\n"
                        "in plain sentences, then pictures and tables, then every number with its\n"
                        "source. The page needs no network and holds both languages."),
    .run = run,
};
