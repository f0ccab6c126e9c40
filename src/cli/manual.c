/* Man pages in roff, section 1. */
#include <string.h>

#include "cli/commands.h"
#include "cli/help.h"

/* Text with what roff would take for its own escaped: backslashes, hyphens, and dots and quotes that begin a line. */
static void add_text(cli_buffer *b, const char *text) {
    bool begins = true;

    for (; *text != '\0'; text++) {
        if (begins && (*text == '.' || *text == '\'')) cli_add(b, "\\&");
        if (*text == '\\') cli_add(b, "\\e");
        else if (*text == '-') cli_add(b, "\\-");
        else cli_add_bytes(b, text, 1);
        begins = *text == '\n';
    }
}

/* A word in bold inside a line. */
static void add_bold(cli_buffer *b, const char *text) {
    cli_add(b, "\\fB");
    add_text(b, text);
    cli_add(b, "\\fR");
}

static void add_italic(cli_buffer *b, const char *text) {
    cli_add(b, "\\fI");
    add_text(b, text);
    cli_add(b, "\\fR");
}

static void add_message(cli_buffer *b, dt_language language, const char *msgid) {
    add_text(b, dt_translate(language, msgid));
    cli_add(b, "\n");
}

static void add_section(cli_buffer *b, dt_language language, const char *msgid) {
    cli_add(b, ".SH \"");
    add_text(b, dt_translate(language, msgid));
    cli_add(b, "\"\n");
}

static void add_head(cli_buffer *b, const char *name, const char *summary, dt_language language) {
    cli_add(b, ".TH \"");
    add_text(b, name);
    cli_add(b, "\" 1 \"\" \"detente ");
    cli_add(b, dt_version());
    cli_add(b, "\"\n");
    add_section(b, language, "NAME");
    add_text(b, name);
    cli_add(b, " \\- ");
    add_message(b, language, summary);
}

/* ---- options ---- */

static void add_option(cli_buffer *b, const cli_option *option, dt_language language) {
    cli_add(b, ".TP\n\\fB\\-\\-");
    add_text(b, option->name);
    cli_add(b, "\\fR");
    if (option->argument != NULL) {
        cli_add(b, " ");
        add_italic(b, option->argument);
    }
    cli_add(b, "\n");
    add_text(b, dt_translate(language, option->help));
    if (option->preset != NULL && strcmp(option->preset, "0") != 0) {
        cli_message(b, language, " (default {0})", option->preset, NULL);
    }
    cli_add(b, "\n");
}

static void add_exit_codes(cli_buffer *b, dt_language language) {
    static const char *const codes[] = {DT_N("answered; an empty zone is an answer"),
                                        DT_N("the check asked for failed: --require, --verify, --strict"),
                                        DT_N("wrong use of the command"), DT_N("the model is wrong"),
                                        DT_N("a file, memory or output failed, or a signal came")};

    add_section(b, language, "EXIT STATUS");
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        cli_add(b, ".TP\n");
        cli_add_unsigned(b, i);
        cli_add(b, "\n");
        add_message(b, language, codes[i]);
    }
}

/* ---- pages ---- */

static void add_command_page(cli_buffer *b, const cli_command *command, dt_language language) {
    const cli_option *option;
    char name[32] = "detente-";

    strncat(name, command->name, sizeof name - strlen(name) - 1);
    add_head(b, name, command->summary, language);
    add_section(b, language, "SYNOPSIS");
    add_bold(b, "detente ");
    add_bold(b, command->name);
    cli_add(b, " ");
    add_italic(b, command->operands);
    cli_add(b, " [\\fIoptions\\fR]\n");
    add_section(b, language, "DESCRIPTION");
    add_message(b, language, command->description);
    add_section(b, language, "OPTIONS");
    for (size_t i = 0; (option = cli_option_at(command, i)) != NULL; i++) add_option(b, option, language);
    add_exit_codes(b, language);
    add_section(b, language, "SEE ALSO");
    cli_add(b, "\\fBdetente\\fR(1)\n");
}

static void add_overview_page(cli_buffer *b, dt_language language) {
    const cli_command *command;

    add_head(b, "detente", DT_N("answers questions about a negotiation from one plain-text model"), language);
    add_section(b, language, "SYNOPSIS");
    cli_add(b, "\\fBdetente\\fR \\fICOMMAND MODEL\\fR [\\fIoptions\\fR]\n");
    add_section(b, language, "COMMANDS");
    for (size_t i = 0; (command = cli_command_at(i)) != NULL; i++) {
        cli_add(b, ".TP\n\\fBdetente\\-");
        add_text(b, command->name);
        cli_add(b, "\\fR(1)\n");
        add_message(b, language, command->summary);
    }
    add_section(b, language, "ENVIRONMENT");
    cli_add(b, ".TP\n\\fBLC_ALL\\fR, \\fBLC_MESSAGES\\fR, \\fBLANG\\fR\n");
    add_message(b, language, DT_N("the language: Traditional Chinese when the first that is set begins with zh"));
    cli_add(b, ".TP\n\\fBNO_COLOR\\fR\n");
    add_message(b, language, DT_N("when set, no colours unless asked for"));
    add_exit_codes(b, language);
}

void cli_manual(cli_buffer *b, const cli_command *command, dt_language language) {
    if (command == NULL) add_overview_page(b, language);
    else add_command_page(b, command, language);
}
