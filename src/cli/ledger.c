/* detente ledger: what was said to have happened, kept so that nobody can change it unnoticed. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/commands.h"
#include "cli/nearest.h"
#include "cli/session.h"
#include "cli/streams.h"
#include "cli/talk.h"

static const cli_option options[] = {
    {.name = "at",
     .type = CLI_TEXT,
     .argument = "TIME",
     .echoed = true,
     .help = DT_N("show, export: as it was then (UTC)")},
    {.name = "limit",
     .type = CLI_NUMBER,
     .argument = "N",
     .preset = "20",
     .max = 1000000,
     .echoed = true,
     .help = DT_N("show: so many records")},
    {.name = "timezone",
     .type = CLI_TEXT,
     .argument = "ZONE",
     .echoed = true,
     .help = DT_N("append: of local times, as Europe/Kyiv")},
    {.name = "mapping",
     .type = CLI_TEXT,
     .argument = "FILE",
     .echoed = true,
     .help = DT_N("append: which column holds what")},
    {.name = "source", .type = CLI_TEXT, .argument = "NAME", .echoed = true, .help = DT_N("append: whose file it is")},
    {.name = "received",
     .type = CLI_TEXT,
     .argument = "TIME",
     .echoed = true,
     .help = DT_N("when it came (UTC; default: now)")},
    {.name = "by", .type = CLI_TEXT, .argument = "NAME", .echoed = true, .help = DT_N("dispute: who takes the step")},
    {.name = "note", .type = CLI_TEXT, .argument = "TEXT", .echoed = true, .help = DT_N("dispute: why")},
    {.name = "deadline",
     .type = CLI_TEXT,
     .argument = "TIME",
     .echoed = true,
     .help = DT_N("dispute: of the next step (UTC)")},
    {.name = "csv", .type = CLI_FLAG, .help = DT_N("export: as CSV (unless said)")},
    {.name = "geojson", .type = CLI_FLAG, .help = DT_N("export: as GeoJSON")},
};

/* ---- what the options say ---- */

/* Absent: `otherwise`. */
static int read_time(cli_session *s, dt_time *out, const char *option, dt_time otherwise) {
    const char *text = cli_text(s->arguments, option);

    *out = otherwise;
    if (text == NULL || dt_time_read(out, text)) return CLI_ANSWERED;
    cli_error(s->arguments->language, "“{0}” is no time; expected one like 2025-04-19 or 2025-04-19T18:00", text, NULL);
    return CLI_WRONG_USE;
}

static int open_stream(cli_session *s, cli_stream *stream, const char *name) {
    if (cli_stream_open(stream, name, name, s)) return CLI_ANSWERED;
    cli_error(s->arguments->language, "cannot read {0}: {1}", name, strerror(errno), NULL);
    return CLI_NO_MEANS;
}

/* The zone's file in the database of the system. */
static bool load_zone(cli_buffer *zone, const char *name) {
    const char *folder = getenv("TZDIR");
    cli_buffer path = {0};
    dt_status st = DT_ERR_IO;

    cli_add(&path, folder == NULL ? "/usr/share/zoneinfo" : folder);
    cli_add(&path, "/");
    cli_add(&path, name);
    if (!path.failed && *name != '\0' && strstr(name, "..") == NULL) st = cli_file_load(zone, path.bytes);
    cli_buffer_clear(&path);
    return st == DT_OK;
}

static int read_zone(const cli_session *s, cli_buffer *zone) {
    const char *name = cli_text(s->arguments, "timezone");

    if (name == NULL || load_zone(zone, name)) return CLI_ANSWERED;
    cli_error(s->arguments->language, "“{0}” is no time zone; expected one like Europe/Kyiv", name, NULL);
    return CLI_WRONG_USE;
}

/* For formats with clocks of their own; payload: a buffer. */
static bool zone_file(void *payload, const char *name, const void **bytes, size_t *size) {
    cli_buffer *zone = payload;

    cli_buffer_clear(zone);
    if (!load_zone(zone, name)) return false;
    *bytes = zone->bytes;
    *size = zone->length;
    return true;
}

/* ---- append ---- */

static int append_file(cli_session *s, dt_ledger *ledger, dt_ledger_append_opts *opts, dt_ledger_appended *done) {
    cli_stream file, mapping = {0};
    dt_source events = cli_stream_source(&file), columns = cli_stream_source(&mapping);
    int code = open_stream(s, &file, opts->file);

    if (code == CLI_ANSWERED && opts->mapping_file != NULL) {
        opts->mapping = &columns;
        code = open_stream(s, &mapping, opts->mapping_file);
    }
    if (code == CLI_ANSWERED) code = cli_session_status(s, dt_ledger_append(done, ledger, &events, opts, s->env));
    opts->mapping = NULL;
    cli_stream_close(&file);
    cli_stream_close(&mapping);
    return code;
}

/* One file after another; those before a wrong one are in. */
static int append_files(cli_session *s, dt_ledger *ledger, dt_ledger_append_opts *opts, dt_ledger_appended *done) {
    const cli_arguments *a = s->arguments;
    dt_document *document = NULL;
    size_t count = a->operand_count - 2;
    int code = CLI_ANSWERED;

    for (size_t i = 0; i < count && code == CLI_ANSWERED; i++) {
        opts->file = a->operands[i + 2];
        code = append_file(s, ledger, opts, &done[i]);
    }
    if (code == CLI_ANSWERED)
        code = cli_session_status(s, dt_report_ledger_append(&document, a->operands + 2, done, count, s->env));
    if (code == CLI_ANSWERED) code = cli_session_print(s, document, 0);
    dt_document_free(document, s->env);
    return code;
}

static int append(cli_session *s, dt_ledger *ledger) {
    dt_ledger_appended *done = calloc(CLI_MAX_OPERANDS, sizeof *done);
    dt_ledger_append_opts opts;
    cli_buffer zone = {0}, own_zone = {0};
    int code;

    dt_ledger_append_opts_init(&opts);
    opts.source = cli_text(s->arguments, "source");
    opts.mapping_file = cli_text(s->arguments, "mapping");
    opts.zone_name = cli_text(s->arguments, "timezone");
    code = done == NULL ? cli_session_status(s, DT_ERR_MEMORY) : read_zone(s, &zone);
    opts.zone = zone.bytes;
    opts.zone_size = zone.length;
    opts.zone_file = zone_file;
    opts.payload = &own_zone;
    if (code == CLI_ANSWERED) code = read_time(s, &opts.received, "received", (dt_time)time(NULL));
    if (code == CLI_ANSWERED) code = append_files(s, ledger, &opts, done);
    cli_buffer_clear(&zone);
    cli_buffer_clear(&own_zone);
    free(done);
    return code;
}

/* ---- verify, show ---- */

static int verify(cli_session *s, dt_ledger *ledger) {
    dt_ledger_check check;
    dt_document *document = NULL;
    int code = cli_session_status(s, dt_ledger_verify(&check, ledger, s->env));

    if (code == CLI_ANSWERED) code = cli_session_status(s, dt_report_ledger_check(&document, &check, s->env));
    if (code == CLI_ANSWERED) code = cli_session_print(s, document, 0);
    if (code == CLI_ANSWERED && !check.whole) code = CLI_FAILED;
    dt_document_free(document, s->env);
    return code;
}

static int show(cli_session *s, dt_ledger *ledger) {
    dt_ledger_state *state = NULL;
    dt_document *document = NULL;
    dt_time at;
    int code = read_time(s, &at, "at", INT64_MAX);

    if (code == CLI_ANSWERED)
        code = cli_session_status(s, dt_ledger_show(&state, ledger, at, at == INT64_MAX ? (dt_time)time(NULL) : at,
                                                    (size_t)cli_number(s->arguments, "limit"), s->env));
    if (code == CLI_ANSWERED) code = cli_session_status(s, dt_report_ledger_state(&document, state, s->env));
    if (code == CLI_ANSWERED) code = cli_session_print(s, document, 0);
    dt_document_free(document, s->env);
    dt_ledger_state_free(state, s->env);
    return code;
}

/* ---- dispute ID STATE [FINDING] ---- */

static int read_state(cli_session *s, dt_dispute_state *out, const char *text) {
    const char *names[DT_DISPUTE_STATES], *nearest;

    for (int i = 0; i < DT_DISPUTE_STATES; i++) {
        names[i] = dt_dispute_state_name((dt_dispute_state)i);
        *out = (dt_dispute_state)i;
        if (strcmp(names[i], text) == 0) return CLI_ANSWERED;
    }
    cli_error(s->arguments->language, "“{0}” is no state of a dispute", text, NULL);
    nearest = cli_nearest(text, names, DT_DISPUTE_STATES);
    if (nearest != NULL) cli_hint(s->arguments->language, "did you mean {0}?", nearest, NULL);
    return CLI_WRONG_USE;
}

static int dispute(cli_session *s, dt_ledger *ledger) {
    const cli_arguments *a = s->arguments;
    dt_dispute step = {.id = a->operands[2], .by = cli_text(a, "by"), .note = cli_text(a, "note")};
    dt_document *document = NULL;
    dt_time received;
    int code = read_state(s, &step.state, a->operands[3]);

    step.finding = a->operand_count > 4 ? a->operands[4] : NULL;
    if (code == CLI_ANSWERED) code = read_time(s, &step.deadline, "deadline", INT64_MAX);
    if (code == CLI_ANSWERED) code = read_time(s, &received, "received", (dt_time)time(NULL));
    if (code == CLI_ANSWERED) code = cli_session_status(s, dt_ledger_dispute(ledger, &step, received, s->env));
    if (code == CLI_ANSWERED) code = cli_session_status(s, dt_report_ledger_dispute(&document, &step, s->env));
    if (code == CLI_ANSWERED) code = cli_session_print(s, document, 0);
    dt_document_free(document, s->env);
    return code;
}

/* ---- export [records|coverage|disputes] ---- */

static int read_part(const cli_arguments *a, dt_ledger_part *out) {
    static const char *const parts[] = {"records", "coverage", "disputes"};
    const char *text = a->operand_count > 2 ? a->operands[2] : parts[0], *nearest;

    for (unsigned i = 0; i < sizeof parts / sizeof *parts; i++) {
        *out = (dt_ledger_part)i;
        if (strcmp(parts[i], text) == 0) return CLI_ANSWERED;
    }
    cli_error(a->language, "a ledger exports records, coverage or disputes, not “{0}”", text, NULL);
    nearest = cli_nearest(text, parts, sizeof parts / sizeof *parts);
    if (nearest != NULL) cli_hint(a->language, "did you mean {0}?", nearest, NULL);
    return CLI_WRONG_USE;
}

static int export(cli_session *s, dt_ledger *ledger) {
    cli_buffer out = {0};
    dt_sink sink = cli_buffer_sink(&out);
    bool geojson = cli_flag(s->arguments, "geojson");
    dt_ledger_part part;
    dt_time at;
    int code = read_part(s->arguments, &part);

    if (code == CLI_ANSWERED && geojson + cli_flag(s->arguments, "csv") + cli_flag(s->arguments, "json") > 1) {
        cli_error(s->arguments->language, "--csv, --geojson and --json exclude one another", NULL);
        code = CLI_WRONG_USE;
    }
    if (code == CLI_ANSWERED) code = read_time(s, &at, "at", INT64_MAX);
    if (code == CLI_ANSWERED) code = cli_session_status(s, dt_ledger_export(ledger, part, geojson, at, &sink, s->env));
    if (code == CLI_ANSWERED) code = cli_print(&out, s->arguments->language);
    cli_buffer_clear(&out);
    return code;
}

/* ---- which of them ---- */

typedef struct action {
    const char *name;
    size_t least, most; /* operands, FILE and the action itself among them */
    bool creates;
    int (*run)(cli_session *s, dt_ledger *ledger);
} action;

static const action actions[] = {{"append", 3, CLI_MAX_OPERANDS, true, append},
                                 {"verify", 2, 2, false, verify},
                                 {"show", 2, 2, false, show},
                                 {"dispute", 4, 5, false, dispute},
                                 {"export", 2, 3, false, export}};
enum { ACTIONS = sizeof actions / sizeof *actions };

static const action *find_action(const cli_arguments *a) {
    const char *names[ACTIONS], *nearest;

    for (size_t i = 0; i < ACTIONS; i++) {
        names[i] = actions[i].name;
        if (strcmp(names[i], a->operands[1]) != 0) continue;
        if (a->operand_count >= actions[i].least && a->operand_count <= actions[i].most) return &actions[i];
        cli_error(a->language, "`ledger FILE {0}` has too few or too many arguments", names[i], NULL);
        return NULL;
    }
    cli_error(a->language, "a ledger cannot “{0}”: append, verify, show, dispute or export", a->operands[1], NULL);
    nearest = cli_nearest(a->operands[1], names, ACTIONS);
    if (nearest != NULL) cli_hint(a->language, "did you mean {0}?", nearest, NULL);
    return NULL;
}

static int run(const cli_arguments *a) {
    const action *what = find_action(a);
    dt_ledger *ledger = NULL;
    cli_session s;
    int code;

    if (what == NULL) return CLI_WRONG_USE;
    code = cli_session_begin(&s, a);
    if (code == CLI_ANSWERED)
        code = cli_session_status(&s, dt_ledger_open(&ledger, a->operands[0], what->creates, s.env));
    if (code == CLI_ANSWERED) code = what->run(&s, ledger);
    dt_ledger_close(ledger, s.env);
    cli_session_close(&s);
    return code;
}

const cli_command cli_ledger_command = {
    .name = "ledger",
    .operands = "FILE append|verify|show|dispute|export [...]",
    .least = 2,
    .most = CLI_MAX_OPERANDS,
    .groups = CLI_DOCUMENT | CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("what is said to have happened, kept and chained"),
    .description = DT_N("ledger FILE append EVENTS...: records from files of others (ACLED, UCDP, VIINA, air\n"
                        "logs, claims, alerts, GeoJSON, coverage, own columns) into FILE, made when missing.\n"
                        "ledger FILE verify: is every entry what was written?  ledger FILE show: what it\n"
                        "holds, or held at a time.  ledger FILE dispute ID STATE [FINDING]: one step.\n"
                        "ledger FILE export [records|coverage|disputes]: for others, and to be read again."),
    .run = run,
};
