/* detente monitor: is it being kept? */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/commands.h"
#include "cli/event_files.h"
#include "cli/session.h"
#include "cli/talk.h"

static const cli_option options[] = {
    CLI_EVENT_OPTIONS,
    {.name = "period",
     .type = CLI_CHOICE,
     .argument = "PERIOD",
     .preset = "day",
     .choices = "day|week",
     .echoed = true,
     .help = DT_N("count by day or week")},
    {.name = "unit",
     .type = CLI_CHOICE,
     .argument = "UNIT",
     .preset = "counted",
     .choices = "counted|incidents",
     .echoed = true,
     .help = DT_N("rates: as sources count, or incidents")},
    {.name = "findings",
     .type = CLI_NUMBER,
     .argument = "COUNT",
     .preset = "20",
     .min = 0,
     .max = 1000000,
     .echoed = true,
     .help = DT_N("findings that the JSON lists per reading")},
    {.name = "redact", .type = CLI_FLAG, .echoed = true, .help = DT_N("for the public: days, coarse places, no words")},
    CLI_EMBARGO_OPTION,
    {.name = "at",
     .type = CLI_TEXT,
     .argument = "TIME",
     .echoed = true,
     .help = DT_N("ledgers as they were then (UTC)")},
    {.name = "csv", .type = CLI_FLAG, .help = DT_N("print the findings as CSV")},
    {.name = "geojson", .type = CLI_FLAG, .help = DT_N("print the findings as GeoJSON")},
    {.name = "draft", .type = CLI_FLAG, .echoed = true, .help = DT_N("mark it as a draft")},
};

/* ---- the run ---- */

/* One output at a time. */
static int check_output(const cli_arguments *a) {
    if (cli_flag(a, "csv") + cli_flag(a, "geojson") + cli_flag(a, "json") < 2) return CLI_ANSWERED;
    cli_error(a->language, "--csv, --geojson and --json exclude one another", NULL);
    return CLI_WRONG_USE;
}

/* When the ledgers are read as of, what deadlines are compared with, what is too recent. */
static int read_times(const cli_arguments *a, dt_monitor_opts *opts) {
    const char *at = cli_text(a, "at");

    opts->now = (dt_time)time(NULL);
    if (at != NULL && !dt_time_read(&opts->ledgers_at, at)) {
        cli_error(a->language, "“{0}” is no time; expected one like 2025-04-19 or 2025-04-19T18:00", at, NULL);
        return CLI_WRONG_USE;
    }
    if (at != NULL) opts->now = opts->ledgers_at;
    if (cli_text(a, "embargo") != NULL) opts->until = cli_event_until(opts->now, cli_number(a, "embargo"));
    return CLI_ANSWERED;
}

static int print_rows(cli_session *s, const dt_monitor_answer *answer, const dt_monitor_view *view) {
    cli_buffer out = {0};
    dt_sink sink = cli_buffer_sink(&out);
    int code =
        cli_session_status(s, dt_render_findings(answer, view, cli_flag(s->arguments, "geojson"), &sink, s->env));

    if (code == CLI_ANSWERED) code = cli_print(&out, s->arguments->language);
    cli_buffer_clear(&out);
    return code;
}

static int print_report(cli_session *s, const dt_monitor_answer *answer, const dt_monitor_view *view, uint64_t seed) {
    dt_document *document = NULL;
    int code = cli_session_status(s, dt_report_monitor(&document, answer, view, s->env));

    if (code == CLI_ANSWERED) code = cli_session_print(s, document, seed);
    dt_document_free(document, s->env);
    return code;
}

static int answer_and_print(cli_session *s, const dt_monitor_opts *opts) {
    const cli_arguments *a = s->arguments;
    dt_monitor_view view = {.findings = (uint32_t)cli_number(a, "findings"),
                            .redact = cli_flag(a, "redact"),
                            .draft = cli_flag(a, "draft")};
    dt_monitor_answer *answer = NULL;
    int code = cli_session_status(s, dt_monitor(&answer, s->model, opts, s->env));

    if (code == CLI_ANSWERED)
        code = cli_flag(a, "csv") || cli_flag(a, "geojson") ? print_rows(s, answer, &view)
                                                            : print_report(s, answer, &view, opts->seed);
    dt_monitor_free(answer, s->env);
    return code;
}

/* The first operand is the model, the others are events. */
static int run(const cli_arguments *a) {
    cli_arguments model = *a;
    dt_monitor_opts opts;
    cli_event_files *files = calloc(1, sizeof *files);
    cli_session s;
    int code;

    model.operand_count = 1;
    code = cli_session_open(&s, &model);
    if (code == CLI_ANSWERED && files == NULL) code = cli_session_status(&s, DT_ERR_MEMORY);
    if (code == CLI_ANSWERED) code = check_output(a);
    if (code == CLI_ANSWERED) {
        cli_event_opts(&opts, files, &s);
        opts.period = strcmp(cli_text(a, "period"), "week") == 0 ? DT_PERIOD_WEEK : DT_PERIOD_DAY;
        opts.unit = strcmp(cli_text(a, "unit"), "incidents") == 0 ? DT_UNIT_INCIDENTS : DT_UNIT_COUNTED;
        code = read_times(a, &opts);
        if (code == CLI_ANSWERED) code = cli_event_names(&opts, files, &s, a->operands + 1, a->operand_count - 1);
        if (code == CLI_ANSWERED) code = answer_and_print(&s, &opts);
        cli_event_close(files);
    }
    cli_session_close(&s);
    free(files);
    return code;
}

const cli_command cli_monitor_command = {
    .name = "monitor",
    .operands = "MODEL EVENTS...",
    .least = 2,
    .most = CLI_MAX_OPERANDS,
    .groups = CLI_DOCUMENT | CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("whether agreements are being kept, as far as records can tell"),
    .description = DT_N("Holds records of events against the clauses of the model's agreements, reading by\n"
                        "reading: what is alleged, corroborated, contradicted, exempt or in doubt, and why;\n"
                        "how rates compare with the days before; who was watching; and what cannot be said."),
    .run = run,
};
