/* detente check: is the model sound, and what does it rest on? */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/buffer.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/session.h"
#include "cli/talk.h"

static const cli_option options[] = {
    {.name = "format", .type = CLI_FLAG, .help = DT_N("print the model in its canonical form instead")},
    {.name = "sources", .type = CLI_TEXT, .argument = "DIR", .help = DT_N("where the files of the sources are")},
    {.name = "strict", .type = CLI_FLAG, .echoed = true, .help = DT_N("exit code 1 when there are warnings")},
};

/* ---- files of sources ---- */

typedef struct source_folder {
    const cli_session *session;
    const char *path;
    size_t length;
} source_folder;

/* --sources DIR, else the folder of the model; for standard input the current one. */
static source_folder folder_of(const cli_session *s) {
    const char *given = cli_text(s->arguments, "sources"), *model = s->arguments->operands[0],
               *slash = strrchr(model, '/');

    if (given != NULL) return (source_folder){.session = s, .path = given, .length = strlen(given)};
    if (slash == NULL) return (source_folder){.session = s, .path = ".", .length = 1};
    return (source_folder){.session = s, .path = model, .length = slash == model ? 1 : (size_t)(slash - model)};
}

/* Does a path stay in its folder? */
static bool is_inside(const char *file) {
    if (*file == '/' || *file == '\0') return false;
    while (file != NULL) {
        if (strncmp(file, "..", 2) == 0 && (file[2] == '/' || file[2] == '\0')) return false;
        file = strchr(file, '/');
        if (file != NULL) file++;
    }
    return true;
}

static dt_status read_source(void *payload, const char *file, char **text, size_t *length, dt_env *env) {
    const source_folder *folder = payload;
    const dt_allocator *allocator = &folder->session->allocator;
    cli_buffer path = {0}, bytes = {0};
    dt_status st = DT_ERR_IO;

    (void)env;
    cli_add_bytes(&path, folder->path, folder->length);
    cli_add(&path, "/");
    cli_add(&path, file);
    if (is_inside(file)) st = path.failed ? DT_ERR_MEMORY : cli_file_load(&bytes, path.bytes);
    if (st == DT_OK && bytes.length == 0) cli_add(&bytes, "\n"); /* an empty file is one empty line */
    if (st == DT_OK) {
        *text = bytes.failed ? NULL : allocator->resize(allocator->payload, NULL, 0, bytes.length);
        *length = bytes.length;
        if (*text == NULL) st = DT_ERR_MEMORY;
        else memcpy(*text, bytes.bytes, bytes.length);
    }
    cli_buffer_clear(&bytes);
    cli_buffer_clear(&path);
    return st == DT_ERR_LIMIT ? DT_ERR_IO : st;
}

/* ---- the command ---- */

static int format(cli_session *s) {
    cli_buffer out = {0};
    dt_sink sink = cli_buffer_sink(&out);
    int code = cli_session_status(s, dt_model_write(s->model, &sink, s->env));

    if (code == CLI_ANSWERED) code = cli_print(&out, s->arguments->language);
    cli_buffer_clear(&out);
    return code;
}

static bool has_warning(const dt_env *env) {
    for (size_t i = 0; i < dt_env_diagnostic_count(env); i++) {
        if (dt_env_diagnostic(env, i)->severity == DT_WARNING) return true;
    }
    return false;
}

static int audit(cli_session *s) {
    source_folder folder = folder_of(s);
    dt_check_answer *answer = NULL;
    dt_document *document = NULL;
    dt_check_opts opts;
    int code;

    dt_check_opts_init(&opts);
    opts.read_source = read_source;
    opts.payload = &folder;
    code = cli_session_status(s, dt_check(&answer, s->model, &opts, s->env));
    if (code == CLI_ANSWERED)
        code = cli_session_deliver(s, dt_report_check(&document, s->model, answer, s->env), &document, 0);
    dt_check_free(answer, s->env);
    if (code != CLI_ANSWERED) return code;
    return cli_flag(s->arguments, "strict") && has_warning(s->env) ? CLI_FAILED : CLI_ANSWERED;
}

static bool is_folder(const char *path) {
    struct stat about;
    return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

static int check_options(const cli_arguments *a) {
    const char *sources = cli_text(a, "sources");

    if (cli_flag(a, "format") && cli_flag(a, "json")) {
        cli_error(a->language, "--format and --json exclude one another", NULL);
        return CLI_WRONG_USE;
    }
    if (sources == NULL || is_folder(sources)) return CLI_ANSWERED;
    cli_error(a->language, "{0} is not a folder", sources, NULL);
    return CLI_WRONG_USE;
}

static int run(const cli_arguments *a) {
    cli_session s;
    int code = cli_session_open(&s, a);

    if (code == CLI_ANSWERED) code = check_options(a);

    if (code == CLI_ANSWERED) code = cli_flag(a, "format") ? format(&s) : audit(&s);
    cli_session_close(&s);
    return code;
}

const cli_command cli_check_command = {
    .name = "check",
    .operands = "MODEL [FILE...]",
    .least = 1,
    .most = CLI_MAX_OPERANDS,
    .groups = CLI_DOCUMENT | CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("is the model sound, and what does it rest on?"),
    .description = DT_N("Reports what looks wrong in a model, with line and column, and how many of its\n"
                        "numbers are evidenced, judged or defaulted. Quoted passages are looked up in\n"
                        "the files of their sources."),
    .run = run,
};
