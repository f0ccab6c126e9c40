/* detente help: the overview, the help of a command, man pages, completions; all from the tables. */
#include "cli/help.h"

#include <string.h>

#include "cli/commands.h"
#include "cli/session.h"

enum { HELP_COLUMN = 26, NAME_COLUMN = 10 };

static const cli_option options[] = {
    {.name = "man", .type = CLI_FLAG, .help = DT_N("print a man page")},
    {.name = "completion",
     .type = CLI_CHOICE,
     .argument = "SHELL",
     .choices = "bash|zsh|fish",
     .help = DT_N("print the completions of a shell")},
};

static int print(cli_buffer *b, dt_language language) {
    int code = cli_print(b, language);
    cli_buffer_clear(b);
    return code;
}

/* ---- the overview ---- */

static void add_exit_codes(cli_buffer *b, dt_language language) {
    cli_message(b, language,
                "Exit codes: 0 answered (an empty zone is an answer), 1 the check asked for failed,\n"
                "2 wrong use, 3 the model is wrong, 4 a file, memory or output failed.\n",
                NULL);
}

int cli_help_overview(dt_language language) {
    const cli_command *command;
    cli_buffer b = {0};

    cli_message(&b, language, "detente answers questions about a negotiation from one plain-text model.\n", NULL);
    cli_add(&b, "\n");
    cli_message(&b, language, "usage: detente COMMAND MODEL [options]   (MODEL: a file, or - for standard input)\n",
                NULL);
    cli_add(&b, "\n");
    for (size_t i = 0; (command = cli_command_at(i)) != NULL; i++) {
        cli_add(&b, "  ");
        cli_add(&b, command->name);
        cli_add_spaces(&b, NAME_COLUMN - strlen(command->name));
        cli_message(&b, language, command->summary, NULL);
        cli_add(&b, "\n");
    }
    cli_add(&b, "\n");
    cli_message(&b, language, "To begin: detente new first.yaml, then detente deal first.yaml\n", NULL);
    cli_message(&b, language, "More: detente help COMMAND; detente --version\n", NULL);
    cli_add(&b, "\n");
    add_exit_codes(&b, language);
    return print(&b, language);
}

/* ---- one command ---- */

static void add_option(cli_buffer *b, const cli_option *option, dt_language language) {
    size_t used = 4 + strlen(option->name) + (option->argument == NULL ? 0 : 1 + strlen(option->argument));

    cli_add(b, "  --");
    cli_add(b, option->name);
    if (option->argument != NULL) {
        cli_add(b, " ");
        cli_add(b, option->argument);
    }
    cli_add_spaces(b, used + 2 > HELP_COLUMN ? 2 : HELP_COLUMN - used);
    cli_message(b, language, option->help, NULL);
    if (option->preset != NULL && strcmp(option->preset, "0") != 0) {
        cli_message(b, language, " (default {0})", option->preset, NULL);
    }
    cli_add(b, "\n");
}

int cli_help_for(const cli_command *command, dt_language language) {
    const cli_option *option;
    cli_buffer b = {0};

    cli_message(&b, language, "usage: detente {0} {1} [options]\n", command->name, command->operands, NULL);
    cli_add(&b, "\n");
    cli_message(&b, language, command->description, NULL);
    cli_add(&b, "\n\n");
    for (size_t i = 0; (option = cli_option_at(command, i)) != NULL; i++) add_option(&b, option, language);
    cli_add(&b, "\n");
    add_exit_codes(&b, language);
    return print(&b, language);
}

/* ---- the command ---- */

static int run(const cli_arguments *a) {
    const char *shell = cli_text(a, "completion");
    const cli_command *command = NULL;
    cli_buffer b = {0};

    if (a->operand_count == 1) {
        command = cli_command_find(a->operands[0], a->language);
        if (command == NULL) return CLI_WRONG_USE;
    }
    if (shell != NULL) {
        cli_completion(&b, shell, a->language);
        return print(&b, a->language);
    }
    if (cli_flag(a, "man")) {
        cli_manual(&b, command, a->language);
        return print(&b, a->language);
    }
    return command == NULL ? cli_help_overview(a->language) : cli_help_for(command, a->language);
}

const cli_command cli_help_command = {
    .name = "help",
    .operands = "[COMMAND]",
    .most = 1,
    .groups = CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("help on a command, man pages, completions"),
    .description = DT_N("Explains a command, or lists them all."),
    .run = run,
};
