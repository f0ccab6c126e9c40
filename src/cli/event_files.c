#include "cli/event_files.h"

#include <errno.h>
#include <string.h>

#include "cli/talk.h"

enum { DAY = 86400 };

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

/* The first that is not in use; NULL: all are. */
static cli_stream *free_stream(cli_event_files *o) {
    for (size_t i = 0; i < CLI_OPEN_AT_ONCE; i++)
        if (o->streams[i].file == NULL) return &o->streams[i];
    return NULL;
}

static dt_status open_file(void *payload, dt_monitor_file kind, const char *name, dt_source *source) {
    cli_event_files *o = payload;
    cli_stream *stream = free_stream(o);
    cli_buffer path = {0};
    bool opened;

    if (stream == NULL) return DT_ERR_IO;
    if (kind == DT_MONITOR_TIME_ZONE && (name[0] == '/' || strstr(name, "..") != NULL)) return DT_ERR_IO;
    add_folder(&path, o->session, kind);
    cli_add(&path, name);
    opened = !path.failed && cli_stream_open(stream, path.bytes, name, o->session);
    if (!opened && (kind == DT_MONITOR_EVENTS || kind == DT_MONITOR_MAPPING)) {
        cli_error(o->session->arguments->language, "cannot read {0}: {1}", name, strerror(errno), NULL);
        o->session->file_told = true;
    }
    cli_buffer_clear(&path);
    *source = cli_stream_source(stream);
    return opened ? DT_OK : DT_ERR_IO;
}

static void close_file(void *payload, dt_source *source) {
    (void)payload;
    cli_stream_close(source->payload);
}

void cli_event_opts(dt_monitor_opts *opts, cli_event_files *files, cli_session *s) {
    const cli_arguments *a = s->arguments;

    dt_monitor_opts_init(opts);
    *files = (cli_event_files){.session = s};
    opts->files = (dt_monitor_files){.open = open_file, .close = close_file, .payload = files};
    opts->agreement = cli_text(a, "agreement");
    opts->timezone = cli_text(a, "timezone");
    opts->baseline = (uint32_t)cli_number(a, "baseline");
    opts->mappings = files->mappings;
    opts->mapping_count = cli_texts(a, "mapping", files->mappings);
}

dt_time cli_event_until(dt_time now, uint64_t days) {
    return (now / DAY - (dt_time)days + 1) * DAY;
}

/* ---- ledgers among the event files ---- */

static bool is_ledger(const char *name) {
    static const char mark[] = "SQLite format 3";
    char begin[sizeof mark];
    FILE *file = fopen(name, "rb");
    bool same =
        file != NULL && fread(begin, 1, sizeof mark, file) == sizeof mark && memcmp(begin, mark, sizeof mark) == 0;

    if (file != NULL) fclose(file);
    return same;
}

int cli_event_names(dt_monitor_opts *opts, cli_event_files *files, cli_session *s, const char *const *names,
                    size_t count) {
    int code = CLI_ANSWERED;

    opts->events = files->names;
    opts->ledgers = files->ledgers;
    opts->ledger_names = files->ledger_names;
    for (size_t i = 0; code == CLI_ANSWERED && i < count && i < CLI_MAX_GIVEN; i++) {
        if (!is_ledger(names[i])) {
            files->names[opts->event_count++] = names[i];
            continue;
        }
        files->ledger_names[files->ledger_count] = names[i];
        code = cli_session_status(s, dt_ledger_open(&files->ledgers[files->ledger_count], names[i], false, s->env));
        if (code == CLI_ANSWERED) opts->ledger_count = ++files->ledger_count;
    }
    return code;
}

void cli_event_close(cli_event_files *files) {
    for (size_t i = 0; i < files->ledger_count; i++) dt_ledger_close(files->ledgers[i], files->session->env);
    files->ledger_count = 0;
}
