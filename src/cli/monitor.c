/* detente monitor: is it being kept? */
#include <string.h>

#include "cli/commands.h"
#include "cli/event_files.h"
#include "cli/session.h"

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
    {.name = "redact", .type = CLI_FLAG, .echoed = true, .help = DT_N("for the public: no hours, texts or files")},
    {.name = "draft", .type = CLI_FLAG, .echoed = true, .help = DT_N("mark it as a draft")},
};

/* ---- the run ---- */

static int answer_and_print(cli_session *s, const dt_monitor_opts *opts) {
    const cli_arguments *a = s->arguments;
    dt_monitor_view view = {.findings = (uint32_t)cli_number(a, "findings"),
                            .redact = cli_flag(a, "redact"),
                            .draft = cli_flag(a, "draft")};
    dt_monitor_answer *answer = NULL;
    dt_document *document = NULL;
    int code = cli_session_status(s, dt_monitor(&answer, s->model, opts, s->env));

    if (code == CLI_ANSWERED) code = cli_session_status(s, dt_report_monitor(&document, answer, &view, s->env));
    if (code == CLI_ANSWERED) code = cli_session_print(s, document, opts->seed);
    dt_document_free(document, s->env);
    dt_monitor_free(answer, s->env);
    return code;
}

/* The first operand is the model, the others are events. */
static int run(const cli_arguments *a) {
    cli_arguments model = *a;
    dt_monitor_opts opts;
    cli_event_files opened = {0};
    cli_session s;
    int code;

    model.operand_count = 1;
    code = cli_session_open(&s, &model);
    cli_event_opts(&opts, &opened, &s);
    opts.events = a->operands + 1;
    opts.event_count = a->operand_count - 1;
    opts.period = strcmp(cli_text(a, "period"), "week") == 0 ? DT_PERIOD_WEEK : DT_PERIOD_DAY;
    opts.unit = strcmp(cli_text(a, "unit"), "incidents") == 0 ? DT_UNIT_INCIDENTS : DT_UNIT_COUNTED;
    if (code == CLI_ANSWERED) code = answer_and_print(&s, &opts);
    cli_session_close(&s);
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
