/* detente monitor: is it being kept? */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/commands.h"
#include "cli/session.h"
#include "cli/talk.h"

static const cli_option options[] = {
    {.name = "agreement",
     .type = CLI_TEXT,
     .argument = "ID",
     .echoed = true,
     .help = DT_N("one agreement (default: every one)")},
    {.name = "baseline",
     .type = CLI_NUMBER,
     .argument = "DAYS",
     .preset = "28",
     .min = 1,
     .max = 3650,
     .echoed = true,
     .help = DT_N("days before, to compare with")},
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
    {.name = "timezone",
     .type = CLI_TEXT,
     .argument = "ZONE",
     .echoed = true,
     .help = DT_N("of times in the files (default: the agreement's)")},
    {.name = "zoneinfo",
     .type = CLI_TEXT,
     .argument = "FOLDER",
     .preset = "/usr/share/zoneinfo",
     .help = DT_N("where the time zones are")},
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

/* ---- files for the library ---- */

typedef struct cli_opened {
    const cli_session *session;
    FILE *file;
} cli_opened;

static dt_status read_piece(void *payload, char *bytes, size_t room, size_t *got) {
    cli_opened *o = payload;

    *got = fread(bytes, 1, room, o->file);
    return ferror(o->file) ? DT_ERR_IO : DT_OK;
}

/* Zones stand beside the model, time zones in their folder. */
static void add_folder(cli_buffer *path, const cli_session *s, dt_monitor_file kind) {
    const char *model = s->arguments->operands[0], *slash = strrchr(model, '/');

    if (kind == DT_MONITOR_TIME_ZONE) {
        cli_add(path, cli_text(s->arguments, "zoneinfo"));
        cli_add(path, "/");
    } else if (kind == DT_MONITOR_ZONES && slash != NULL) {
        cli_add_bytes(path, model, (size_t)(slash - model) + 1);
    }
}

static dt_status open_file(void *payload, dt_monitor_file kind, const char *name, dt_source *source) {
    cli_opened *o = payload;
    cli_buffer path = {0};

    if (kind == DT_MONITOR_TIME_ZONE && (name[0] == '/' || strstr(name, "..") != NULL)) return DT_ERR_IO;
    add_folder(&path, o->session, kind);
    cli_add(&path, name);
    o->file = path.failed ? NULL : fopen(path.bytes, "rb");
    if (o->file == NULL && kind == DT_MONITOR_EVENTS)
        cli_error(o->session->arguments->language, "cannot read {0}: {1}", name, strerror(errno), NULL);
    cli_buffer_clear(&path);
    *source = (dt_source){.read = read_piece, .payload = o};
    return o->file == NULL ? DT_ERR_IO : DT_OK;
}

static void close_file(void *payload, dt_source *source) {
    cli_opened *o = payload;

    (void)source;
    fclose(o->file);
    o->file = NULL;
}

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
    cli_opened opened = {0};
    cli_session s;
    int code;

    model.operand_count = 1;
    code = cli_session_open(&s, &model);
    dt_monitor_opts_init(&opts);
    opened.session = &s;
    opts.files = (dt_monitor_files){.open = open_file, .close = close_file, .payload = &opened};
    opts.events = a->operands + 1;
    opts.event_count = a->operand_count - 1;
    opts.agreement = cli_text(a, "agreement");
    opts.timezone = cli_text(a, "timezone");
    opts.baseline = (uint32_t)cli_number(a, "baseline");
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
