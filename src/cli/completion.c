/* Completions of bash, zsh and fish. */
#include <string.h>

#include "cli/commands.h"
#include "cli/help.h"

/* Words parted by spaces: commands, options of a command, choices of an option. */
static void add_commands(cli_buffer *b) {
    const cli_command *command;
    for (size_t i = 0; (command = cli_command_at(i)) != NULL; i++) {
        if (i > 0) cli_add(b, " ");
        cli_add(b, command->name);
    }
}

static void add_options(cli_buffer *b, const cli_command *command) {
    const cli_option *option;
    for (size_t i = 0; (option = cli_option_at(command, i)) != NULL; i++) {
        cli_add(b, i > 0 ? " --" : "--");
        cli_add(b, option->name);
    }
}

static void add_choices(cli_buffer *b, const char *choices) {
    for (; *choices != '\0'; choices++) cli_add_bytes(b, *choices == '|' ? " " : choices, 1);
}

/* ---- bash ---- */

/* Options with choices are the same in every command, so one case serves them. */
static void add_bash_choices(cli_buffer *b) {
    static const char *const seen_in[] = {"deal", "help"};

    for (size_t c = 0; c < sizeof seen_in / sizeof *seen_in; c++) {
        const cli_command *command = cli_command_find(seen_in[c], DT_LANG_EN);
        const cli_option *option;
        for (size_t i = 0; (option = cli_option_at(command, i)) != NULL; i++) {
            if (option->choices == NULL || (c > 0 && option->group != CLI_OWN)) continue;
            cli_add(b, "        --");
            cli_add(b, option->name);
            cli_add(b, ") COMPREPLY=($(compgen -W \"");
            add_choices(b, option->choices);
            cli_add(b, "\" -- \"$word\")); return ;;\n");
        }
    }
}

static void add_bash(cli_buffer *b) {
    const cli_command *command;

    cli_add(b, "# bash completion for detente\n_detente() {\n"
               "    local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} options=\n"
               "    if [ \"$COMP_CWORD\" -eq 1 ]; then\n        COMPREPLY=($(compgen -W \"");
    add_commands(b);
    cli_add(b, " --help --version\" -- \"$word\"))\n        return\n    fi\n    case $before in\n");
    add_bash_choices(b);
    cli_add(b, "        --sources) COMPREPLY=($(compgen -d -- \"$word\")); return ;;\n    esac\n    case "
               "${COMP_WORDS[1]} in\n");
    for (size_t i = 0; (command = cli_command_at(i)) != NULL; i++) {
        cli_add(b, "        ");
        cli_add(b, command->name);
        cli_add(b, ") options=\"");
        add_options(b, command);
        cli_add(b, "\" ;;\n");
    }
    cli_add(b, "    esac\n    if [[ $word == -* ]]; then\n        COMPREPLY=($(compgen -W \"$options\" -- \"$word\"))\n"
               "    elif [ \"${COMP_WORDS[1]}\" = help ]; then\n        COMPREPLY=($(compgen -W \"");
    add_commands(b);
    cli_add(b, "\" -- \"$word\"))\n    else\n        COMPREPLY=($(compgen -f -- \"$word\"))\n    fi\n}\n"
               "complete -o filenames -F _detente detente\n");
}

/* ---- zsh ---- */

/* A description inside '...[...]': quotes, brackets and colons are escaped. */
static void add_zsh_text(cli_buffer *b, const char *text) {
    for (; *text != '\0'; text++) {
        if (*text == '\'') cli_add(b, "'\\'");
        else if (strchr("[]:\\", *text) != NULL) cli_add(b, "\\");
        cli_add_bytes(b, text, 1);
    }
}

static void add_zsh_option(cli_buffer *b, const cli_option *option, dt_language language) {
    cli_add(b, option->repeated ? " \\\n            '*--" : " \\\n            '--");
    cli_add(b, option->name);
    cli_add(b, option->argument == NULL ? "[" : "=[");
    add_zsh_text(b, dt_translate(language, option->help));
    cli_add(b, "]");
    if (option->argument != NULL) {
        cli_add(b, ":");
        cli_add(b, option->argument);
        cli_add(b, ":");
    }
    if (option->choices != NULL) {
        cli_add(b, "(");
        add_choices(b, option->choices);
        cli_add(b, ")");
    }
    if (strcmp(option->name, "sources") == 0) cli_add(b, "_directories");
    cli_add(b, "'");
}

static void add_zsh(cli_buffer *b, dt_language language) {
    const cli_command *command;

    cli_add(b, "#compdef detente\n_detente() {\n    local -a commands\n    commands=(");
    for (size_t i = 0; (command = cli_command_at(i)) != NULL; i++) {
        cli_add(b, "\n        '");
        cli_add(b, command->name);
        cli_add(b, ":");
        add_zsh_text(b, dt_translate(language, command->summary));
        cli_add(b, "'");
    }
    cli_add(b, "\n    )\n    if (( CURRENT == 2 )); then\n        _describe command commands\n        return\n    fi\n"
               "    local command=${words[2]}\n    shift words\n    (( CURRENT-- ))\n    case $command in\n");
    for (size_t i = 0; (command = cli_command_at(i)) != NULL; i++) {
        const cli_option *option;
        cli_add(b, "    ");
        cli_add(b, command->name);
        cli_add(b, ")\n        _arguments");
        for (size_t o = 0; (option = cli_option_at(command, o)) != NULL; o++) add_zsh_option(b, option, language);
        if (command == &cli_help_command) {
            cli_add(b, " \\\n            '1:command:(");
            add_commands(b);
            cli_add(b, ")' ;;\n");
        } else {
            cli_add(b, command->most > 1 ? " \\\n            '*:" : " \\\n            '1:");
            cli_add(b, "model:_files' ;;\n");
        }
    }
    cli_add(b, "    esac\n}\n_detente \"$@\"\n");
}

/* ---- fish ---- */

static void add_fish_text(cli_buffer *b, const char *text) {
    cli_add(b, " -d '");
    for (; *text != '\0'; text++) {
        if (*text == '\'' || *text == '\\') cli_add(b, "\\");
        cli_add_bytes(b, text, 1);
    }
    cli_add(b, "'\n");
}

static void add_fish_option(cli_buffer *b, const cli_command *command, const cli_option *option, dt_language language) {
    cli_add(b, "complete -c detente -n '__fish_seen_subcommand_from ");
    cli_add(b, command->name);
    cli_add(b, "' -l ");
    cli_add(b, option->name);
    if (option->argument != NULL) cli_add(b, " -r");
    if (option->choices != NULL) {
        cli_add(b, " -f -a '");
        add_choices(b, option->choices);
        cli_add(b, "'");
    }
    add_fish_text(b, dt_translate(language, option->help));
}

static void add_fish(cli_buffer *b, dt_language language) {
    const cli_command *command;

    cli_add(b, "# fish completion for detente\ncomplete -c detente -n __fish_use_subcommand -f\n");
    for (size_t i = 0; (command = cli_command_at(i)) != NULL; i++) {
        const cli_option *option;
        cli_add(b, "complete -c detente -n __fish_use_subcommand -f -a ");
        cli_add(b, command->name);
        add_fish_text(b, dt_translate(language, command->summary));
        for (size_t o = 0; (option = cli_option_at(command, o)) != NULL; o++)
            add_fish_option(b, command, option, language);
    }
}

void cli_completion(cli_buffer *b, const char *shell, dt_language language) {
    if (strcmp(shell, "bash") == 0) add_bash(b);
    else if (strcmp(shell, "zsh") == 0) add_zsh(b, language);
    else add_fish(b, language);
}
