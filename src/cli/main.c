/* detente: a table of commands, and dispatch. */
#include <signal.h>
#include <stdio.h>
#include <string.h>

#include "cli/buffer.h"
#include "cli/commands.h"
#include "cli/nearest.h"
#include "cli/session.h"
#include "cli/talk.h"

static const cli_command *const commands[] = {
    &cli_deal_command,   &cli_bargain_command,  &cli_path_command,    &cli_hold_command,   &cli_forecast_command,
    &cli_merge_command,  &cli_freeze_command,   &cli_resolve_command, &cli_score_command,  &cli_drivers_command,
    &cli_whatif_command, &cli_backtest_command, &cli_monitor_command, &cli_ledger_command, &cli_report_command,
    &cli_check_command,  &cli_show_command,     &cli_import_command,  &cli_new_command,    &cli_help_command};
enum { COMMAND_COUNT = sizeof commands / sizeof *commands };

const cli_command *cli_command_at(size_t i) {
    return i < COMMAND_COUNT ? commands[i] : NULL;
}

const cli_command *cli_command_find(const char *name, dt_language language) {
    const char *names[COMMAND_COUNT], *nearest;

    for (size_t i = 0; i < COMMAND_COUNT; i++) {
        if (strcmp(commands[i]->name, name) == 0) return commands[i];
        names[i] = commands[i]->name;
    }
    nearest = cli_nearest(name, names, COMMAND_COUNT);
    cli_error(language, "unknown command {0}", name, NULL);
    if (nearest != NULL) cli_hint(language, "did you mean {0}?", nearest, NULL);
    else cli_hint(language, "detente help lists the commands", NULL);
    return NULL;
}

/* ---- signals: the first asks to stop, the second kills ---- */

static volatile sig_atomic_t interrupted;

static void on_signal(int number) {
    (void)number;
    interrupted = 1;
}

bool cli_interrupted(void *payload) {
    (void)payload;
    return interrupted != 0;
}

static void catch_signals(void) {
    struct sigaction action = {.sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND};

    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    signal(SIGPIPE, SIG_IGN); /* a closed pipe is a failed write */
}

/* ---- dispatch ---- */

static int print_version(dt_language language) {
    cli_buffer b = {0};
    int code;

    cli_add(&b, "detente ");
    cli_add(&b, dt_version());
    cli_add(&b, "\n");
    code = cli_print(&b, language);
    cli_buffer_clear(&b);
    return code;
}

static int run(const cli_command *command, dt_language language, int argc, char **argv) {
    cli_arguments a = {.command = command, .language = language};

    if (!cli_parse(&a, argc, argv)) return CLI_WRONG_USE;
    return a.help ? cli_help_for(command, language) : command->run(&a);
}

/* What may stand in front of the command: --lang, and --help or --version in its place. */
int main(int argc, char **argv) {
    dt_language language = cli_language(argc, argv);
    const cli_command *command;
    int i = 1;

    catch_signals();
    while (i < argc && strncmp(argv[i], "--lang", 6) == 0) i += strchr(argv[i], '=') == NULL ? 2 : 1;
    if (i >= argc || strcmp(argv[i], "--help") == 0 || strcmp(argv[i], "-h") == 0) return cli_help_overview(language);
    if (strcmp(argv[i], "--version") == 0) return print_version(language);
    command = cli_command_find(argv[i], language);
    return command == NULL ? CLI_WRONG_USE : run(command, language, argc - i - 1, argv + i + 1);
}
