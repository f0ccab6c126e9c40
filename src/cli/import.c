/* detente import: a domain of another program as a model. */
#include "cli/buffer.h"
#include "cli/commands.h"
#include "cli/session.h"

static const cli_option options[] = {
    {.name = "raw-weights", .type = CLI_FLAG, .echoed = true, .help = DT_N("keep weights that do not sum to one")},
};

static int print_import(cli_session *s) {
    dt_import_opts opts;
    cli_buffer out = {0};
    size_t length = 0;
    char *text = NULL;
    int code;

    dt_import_opts_init(&opts);
    opts.raw_weights = cli_flag(s->arguments, "raw-weights");
    code = cli_session_status(s, dt_import(&text, &length, s->files.items, s->files.count, &opts, s->env));
    if (code == CLI_ANSWERED) {
        cli_add_bytes(&out, text, length);
        code = cli_print(&out, s->arguments->language);
    }
    cli_buffer_clear(&out);
    dt_import_free(text, length, s->env);
    return code;
}

static int run(const cli_arguments *a) {
    cli_session s;
    int code = cli_session_start(&s, a);

    if (code == CLI_ANSWERED) code = print_import(&s);
    cli_session_close(&s);
    return code;
}

const cli_command cli_import_command = {
    .name = "import",
    .operands = "FILE...",
    .least = 1,
    .most = CLI_MAX_OPERANDS,
    .groups = CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("a domain of another program as a model"),
    .description = DT_N("Prints a domain of Genius, GeniusWeb, NegoLog, NegMAS or a scorable game in the\n"
                        "model language: the domain and the profiles of its parties, in any order, or a\n"
                        "folder that holds them; or a graph model of GMCR+ (.gmcr). Every command takes\n"
                        "such files as MODEL, too."),
    .run = run,
};
