/* detente forecast: what will happen? */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "cli/buffer.h"
#include "cli/commands.h"
#include "cli/forecast_options.h"
#include "cli/session.h"
#include "cli/talk.h"

enum { KEPT_TIMES = 20 }; /* how often a run keeps what it has, on its way */
static const uint64_t least_kept = 1000;

static const cli_option options[] = {
    CLI_FORECAST_OPTIONS,
    {.name = "shard",
     .type = CLI_TEXT,
     .argument = "I/N",
     .help = DT_N("only part I of N of the draws; prints a partial")},
    {.name = "out", .type = CLI_TEXT, .argument = "FILE", .help = DT_N("keep a partial in FILE; resume from it")},
};

/* ---- partials ---- */

static dt_status save(cli_session *s, const dt_forecast_run *run, cli_buffer *out) {
    dt_sink sink = cli_buffer_sink(out);
    return dt_forecast_save(run, &sink, s->env);
}

static int keep(cli_session *s, const dt_forecast_run *run, const char *name) {
    cli_buffer out = {0};
    int code = cli_session_status(s, save(s, run, &out));

    if (code == CLI_ANSWERED) code = cli_file_replace(name, &out, s->arguments->language);
    cli_buffer_clear(&out);
    return code;
}

/* What an earlier run left in the file; no file: nothing. */
static int resume(cli_session *s, dt_forecast_run *run, const char *name) {
    cli_buffer text = {0};
    dt_file file = {.name = name};
    int code = CLI_ANSWERED;
    dt_status st;

    if (access(name, F_OK) != 0) return CLI_ANSWERED;
    st = cli_file_load(&text, name);
    if (st != DT_OK) {
        cli_error(s->arguments->language, "cannot read {0}: {1}", name, strerror(errno), NULL);
        code = CLI_NO_MEANS;
    } else {
        file.bytes = text.bytes == NULL ? "" : text.bytes;
        file.length = text.length;
        code = cli_session_status(s, dt_forecast_resume(run, &file, s->env));
    }
    cli_buffer_clear(&text);
    return code;
}

static int print_partial(cli_session *s, const dt_forecast_run *run) {
    cli_buffer out = {0};
    int code = cli_session_status(s, save(s, run, &out));

    if (code == CLI_ANSWERED) code = cli_print(&out, s->arguments->language);
    cli_buffer_clear(&out);
    return code;
}

/* ---- the answer ---- */

static int print_answer(cli_session *s, const dt_forecast_run *run) {
    dt_forecast_answer *answer = NULL;
    dt_document *document = NULL;
    int code = cli_session_status(s, dt_forecast_finish(&answer, run, s->env));

    if (code == CLI_ANSWERED)
        code = cli_session_deliver(s, dt_report_forecast(&document, s->model, answer, s->env), &document, answer->seed);
    dt_forecast_free(answer, s->env);
    return code;
}

/* All draws at once, or, with a file to keep them in, in steps. */
static int make_draws(cli_session *s, dt_forecast_run *run, const char *kept) {
    uint64_t step = dt_forecast_left(run);
    int code = CLI_ANSWERED;

    if (kept != NULL) step = step / KEPT_TIMES < least_kept ? least_kept : step / KEPT_TIMES;
    while (dt_forecast_left(run) > 0 && code == CLI_ANSWERED) {
        uint64_t before = dt_forecast_left(run);
        code = cli_session_status(s, dt_forecast_advance(run, step, s->env));
        if (code == CLI_ANSWERED && dt_forecast_left(run) == before) break; /* the time limit */
        if (code == CLI_ANSWERED && kept != NULL) code = keep(s, run, kept);
    }
    return code;
}

static int answer_and_report(cli_session *s, const dt_forecast_opts *opts) {
    const char *kept = cli_text(s->arguments, "out");
    bool shard = cli_text(s->arguments, "shard") != NULL;
    dt_forecast_run *run = NULL;
    int code = cli_session_status(s, dt_forecast_open(&run, s->model, opts, s->env));

    if (code == CLI_ANSWERED && kept != NULL) code = resume(s, run, kept);
    if (code == CLI_ANSWERED) code = make_draws(s, run, kept);
    if (code == CLI_ANSWERED && shard && kept == NULL) code = print_partial(s, run);
    if (code == CLI_ANSWERED && !shard) code = print_answer(s, run);
    dt_forecast_close(run, s->env);
    return code;
}

static int run(const cli_arguments *a) {
    cli_forecast_opts given = {0};
    cli_session s;
    int code = cli_session_open(&s, a);

    if (code == CLI_ANSWERED) code = cli_forecast_opts_read(&given, &s);
    if (code == CLI_ANSWERED) code = answer_and_report(&s, &given.opts);
    cli_forecast_opts_clear(&given);
    cli_session_close(&s);
    return code;
}

const cli_command cli_forecast_command = {
    .name = "forecast",
    .operands = "MODEL [FILE...]",
    .least = 1,
    .most = CLI_MAX_OPERANDS,
    .groups = CLI_FORECAST_GROUPS | CLI_DOCUMENT | CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("what will happen: scenarios by several models side by side"),
    .description = DT_N("Draws everything uncertain many times and asks several models what will be\n"
                        "agreed: how likely is each scenario, how much do the models disagree, which\n"
                        "baselines stand beside them, and what would prove the answer wrong. With\n"
                        "--shard, part of the draws: detente merge joins the parts."),
    .run = run,
};
