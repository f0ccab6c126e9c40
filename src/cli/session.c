#include "cli/session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/buffer.h"
#include "cli/talk.h"

/* ---- opening ---- */

static int open_env(cli_session *s) {
    const cli_arguments *a = s->arguments;
    dt_env_opts opts;

    cli_progress_start(&s->progress, s->quiet);
    dt_env_opts_init(&opts);
    opts.language = a->language;
    opts.cancelled = cli_interrupted;
    opts.progress = cli_progress_report;
    opts.progress_payload = &s->progress;
    opts.threads = (unsigned)cli_number(a, "threads");
    opts.time_limit = cli_decimal(a, "time-limit");
    s->allocator = opts.allocator;
    if (!cli_settings_read(&s->settings, a, "set")) return cli_session_status(s, DT_ERR_MEMORY);
    return cli_session_status(s, dt_env_new(&s->env, &opts));
}

int cli_session_begin(cli_session *s, const cli_arguments *a) {
    *s = (cli_session){.arguments = a, .quiet = cli_flag(a, "quiet")};
    return open_env(s);
}

int cli_session_start(cli_session *s, const cli_arguments *a) {
    int code = cli_session_begin(s, a);
    return code == CLI_ANSWERED ? cli_files_read(&s->files, a->operands, a->operand_count, a->language) : code;
}

/* A model in the model language is one file. */
static int read_own(cli_session *s, dt_model **out, const cli_files *files) {
    const dt_file *file = &files->items[0];

    if (files->count > 1) {
        cli_error(s->arguments->language, "{0} is one argument too many", files->items[1].name, NULL);
        cli_hint(s->arguments->language, "several files are read as a domain of another program only", NULL);
        return CLI_WRONG_USE;
    }
    return cli_session_status(s, dt_model_read(out, file->bytes, file->length, file->name, s->env));
}

static int read_foreign(cli_session *s, dt_model **out, const cli_files *files) {
    size_t length = 0;
    char *text = NULL;
    int code = cli_session_status(s, dt_import(&text, &length, files->items, files->count, NULL, s->env));

    if (code == CLI_ANSWERED)
        code = cli_session_status(s, dt_model_read(out, text, length, files->items[0].name, s->env));
    dt_import_free(text, length, s->env);
    return code;
}

static int read_model(cli_session *s, dt_model **out, const cli_files *files) {
    bool own = dt_foreign_recognise(files->items, files->count) == DT_FOREIGN_NONE;
    return own ? read_own(s, out, files) : read_foreign(s, out, files);
}

int cli_session_open(cli_session *s, const cli_arguments *a) {
    int code = cli_session_start(s, a);
    return code == CLI_ANSWERED ? read_model(s, &s->model, &s->files) : code;
}

int cli_session_open_first(cli_session *s, const cli_arguments *a) {
    int code = cli_session_start(s, a);
    const cli_files first = {.count = 1, .items = s->files.items};

    return code == CLI_ANSWERED ? read_model(s, &s->model, &first) : code;
}

int cli_session_read(cli_session *s, dt_model **out, const char *const *names, size_t count) {
    cli_files files = {0};
    int code = cli_files_read(&files, names, count, s->arguments->language);

    if (code == CLI_ANSWERED) code = read_model(s, out, &files);
    cli_files_clear(&files);
    return code;
}

void cli_session_close(cli_session *s) {
    cli_progress_end(&s->progress);
    dt_model_free(s->model);
    cli_files_clear(&s->files);
    cli_settings_clear(&s->settings);
    dt_env_free(s->env);
}

/* ---- statuses ---- */

static bool tell_new(cli_session *s) {
    size_t before = s->told;

    if (s->env == NULL) return false;
    cli_talk_diagnostics(s->env, s->arguments->language, s->told, s->quiet);
    s->told = dt_env_diagnostic_count(s->env);
    return s->told > before;
}

int cli_session_status(cli_session *s, dt_status status) {
    dt_language language = s->arguments->language;
    bool told;

    cli_progress_end(&s->progress);
    told = tell_new(s);
    switch (status) {
    case DT_OK: return CLI_ANSWERED;
    case DT_ERR_ARGUMENT:
        if (!told) cli_error(language, "an option is wrong", NULL);
        return CLI_WRONG_USE;
    case DT_ERR_MODEL:
        if (!told) cli_error(language, "the model is wrong", NULL);
        return CLI_WRONG_MODEL;
    case DT_ERR_LIMIT:
        if (!told) cli_error(language, "the model is too large to answer exactly", NULL);
        return CLI_WRONG_MODEL;
    case DT_ERR_MEMORY: cli_error(language, "out of memory", NULL); return CLI_NO_MEANS;
    case DT_ERR_CANCELLED: cli_error(language, "interrupted", NULL); return CLI_NO_MEANS;
    case DT_ERR_IO:
    case DT_STATUS_COUNT: break;
    }
    if (!told && !s->file_told) cli_error(language, "reading or writing failed", NULL);
    return CLI_NO_MEANS;
}

/* ---- printing ---- */

static unsigned terminal_width(void) {
    struct winsize size;
    if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
    return size.ws_col;
}

static bool is_coloured(const char *when) {
    const char *no_color = getenv("NO_COLOR"), *term = getenv("TERM");

    if (strcmp(when, "always") == 0) return true;
    if (strcmp(when, "never") == 0 || (no_color != NULL && *no_color != '\0')) return false;
    return isatty(STDOUT_FILENO) && (term == NULL || strcmp(term, "dumb") != 0);
}

static dt_status render_text(cli_session *s, const dt_document *document, cli_buffer *out) {
    const cli_arguments *a = s->arguments;
    dt_text_style style = {.width = (unsigned)cli_number(a, "width"), .colour = is_coloured(cli_text(a, "color"))};
    dt_sink sink = cli_buffer_sink(out);

    if (style.width == 0) style.width = terminal_width();
    return dt_render_text(document, &style, &sink, s->env);
}

/* An option's name as a key: time_limit. */
static void copy_key(char *key, size_t size, const char *name) {
    size_t i;
    for (i = 0; name[i] != '\0' && i + 1 < size; i++) key[i] = (char)(name[i] == '-' ? '_' : name[i]);
    key[i] = '\0';
}

static dt_status render_json(cli_session *s, const dt_document *document, uint64_t seed, cli_buffer *out) {
    const cli_arguments *a = s->arguments;
    dt_envelope envelope = {.command = a->command->name, .seed = seed};
    char(*keys)[32] = calloc(CLI_MAX_GIVEN, sizeof *keys);
    dt_setting *echo = calloc(CLI_MAX_GIVEN, sizeof *echo);
    dt_sink sink = cli_buffer_sink(out);
    dt_status st = DT_ERR_MEMORY;

    if (keys != NULL && echo != NULL) {
        for (size_t i = 0; i < a->given_count; i++) {
            if (!a->given[i].option->echoed) continue;
            copy_key(keys[i], sizeof keys[i], a->given[i].option->name);
            echo[envelope.option_count++] = (dt_setting){.name = keys[i], .value = a->given[i].value};
        }
        envelope.options = echo;
        st = dt_render_json(document, s->model, &envelope, &sink, s->env);
    }
    free(echo);
    free(keys);
    return st;
}

int cli_print(const cli_buffer *b, dt_language language) {
    dt_status st = cli_buffer_print(b);

    if (st == DT_OK) return CLI_ANSWERED;
    if (st == DT_ERR_MEMORY) cli_error(language, "out of memory", NULL);
    else if (errno != EPIPE) cli_error(language, "cannot write to standard output: {0}", strerror(errno), NULL);
    return CLI_NO_MEANS;
}

int cli_session_print(cli_session *s, const dt_document *document, uint64_t seed) {
    cli_buffer out = {0};
    bool json = cli_flag(s->arguments, "json");
    dt_status st = json ? render_json(s, document, seed, &out) : render_text(s, document, &out);
    int code = cli_session_status(s, st);

    if (code == CLI_ANSWERED) code = cli_print(&out, s->arguments->language);
    cli_buffer_clear(&out);
    return code;
}

int cli_session_deliver(cli_session *s, dt_status reported, dt_document **document, uint64_t seed) {
    int code = cli_session_status(s, reported);

    if (code == CLI_ANSWERED) code = cli_session_print(s, *document, seed);
    dt_document_free(*document, s->env);
    return code;
}

int cli_session_tell(cli_session *s, const char *msgid, const char *argument) {
    cli_buffer out = {0};
    int code;

    cli_message(&out, s->arguments->language, msgid, argument, NULL);
    cli_add(&out, "\n");
    code = cli_print(&out, s->arguments->language);
    cli_buffer_clear(&out);
    return code;
}
