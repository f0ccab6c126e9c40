#include "cli/talk.h"

#include <stdarg.h>

enum { MAX_ARGUMENTS = 8 };

static void add_arguments(cli_buffer *b, dt_language language, const char *msgid, va_list arguments) {
    const char *v[MAX_ARGUMENTS] = {0};

    for (size_t i = 0; i < MAX_ARGUMENTS && (v[i] = va_arg(arguments, const char *)) != NULL;) i++;
    cli_message(b, language, msgid, v[0], v[1], v[2], v[3], v[4], v[5], v[6], v[7], NULL);
}

static void print_line(cli_buffer *b) {
    cli_add(b, "\n");
    if (!b->failed) fwrite(b->bytes, 1, b->length, stderr);
    cli_buffer_clear(b);
}

static void say(dt_language language, const char *severity, const char *msgid, va_list arguments) {
    cli_buffer b = {0};

    cli_add(&b, "detente: ");
    cli_add(&b, severity);
    cli_add(&b, ": ");
    add_arguments(&b, language, msgid, arguments);
    print_line(&b);
}

void cli_error(dt_language language, const char *msgid, ...) {
    va_list arguments;

    va_start(arguments, msgid);
    say(language, dt_translate(language, "error"), msgid, arguments);
    va_end(arguments);
}

void cli_warning(dt_language language, const char *msgid, ...) {
    va_list arguments;

    va_start(arguments, msgid);
    say(language, dt_translate(language, "warning"), msgid, arguments);
    va_end(arguments);
}

void cli_hint(dt_language language, const char *msgid, ...) {
    cli_buffer b = {0};
    va_list arguments;

    cli_add(&b, "  ");
    va_start(arguments, msgid);
    add_arguments(&b, language, msgid, arguments);
    va_end(arguments);
    print_line(&b);
}

/* ---- diagnostics ---- */

/* Model text in a message cannot drive the terminal. */
static void add_clean(cli_buffer *b, const char *text) {
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        bool second = c == 0xC2 && (unsigned char)text[1] >= 0x80 && (unsigned char)text[1] < 0xA0; /* C1 controls */
        if (c < 0x20 || c == 0x7F || second) cli_add(b, "?");
        else cli_add_bytes(b, text, 1);
        if (second) text++;
    }
}

static void add_place(cli_buffer *b, const dt_diagnostic *d) {
    if (d->file[0] == '\0') cli_add(b, "detente");
    else add_clean(b, d->file);
    cli_add(b, ":");
    if (d->line > 0) {
        cli_add_unsigned(b, d->line);
        cli_add(b, ":");
    }
    if (d->line > 0 && d->column > 0) {
        cli_add_unsigned(b, d->column);
        cli_add(b, ":");
    }
    cli_add(b, " ");
}

void cli_talk_diagnostics(const dt_env *env, dt_language language, size_t first, bool quiet) {
    static const char *const severities[] = {
        [DT_NOTE] = DT_N("note"), [DT_WARNING] = DT_N("warning"), [DT_ERROR] = DT_N("error")};

    for (size_t i = first; i < dt_env_diagnostic_count(env); i++) {
        const dt_diagnostic *d = dt_env_diagnostic(env, i);
        cli_buffer b = {0};
        if (quiet && d->severity != DT_ERROR) continue;
        add_place(&b, d);
        cli_message(&b, language, severities[d->severity], NULL);
        cli_add(&b, ": ");
        add_clean(&b, d->text);
        if (d->hint[0] != '\0') {
            cli_add(&b, "\n  ");
            add_clean(&b, d->hint);
        }
        print_line(&b);
    }
}
