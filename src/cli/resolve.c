/* detente resolve: what happened. */
#include "cli/commands.h"
#include "cli/session.h"
#include "cli/talk.h"
#include "cli/today.h"

#include <stdlib.h>
#include <string.h>

static const cli_option options[] = {
    {.name = "on", .type = CLI_TEXT, .argument = "DATE", .help = DT_N("day it was known (default: today)")},
    {.name = "source", .type = CLI_TEXT, .argument = "TEXT", .help = DT_N("where it is told")},
};

/* NAME=VALUE operands from the third on; the names are owned. */
static int read_found(const cli_arguments *a, dt_setting *found) {
    for (size_t i = 2; i < a->operand_count; i++) {
        const char *equals = strchr(a->operands[i], '=');
        char *name;
        if (equals == NULL || equals == a->operands[i]) {
            cli_error(a->language, "{0} is no resolution: expected SCENARIO=yes, SCENARIO=no or ISSUE=OPTION",
                      a->operands[i], NULL);
            return CLI_WRONG_USE;
        }
        name = strndup(a->operands[i], (size_t)(equals - a->operands[i]));
        if (name == NULL) {
            cli_error(a->language, "out of memory", NULL);
            return CLI_NO_MEANS;
        }
        found[i - 2] = (dt_setting){.name = name, .value = equals + 1};
    }
    return CLI_ANSWERED;
}

static int resolve(cli_session *s, const dt_setting *found, size_t count) {
    const cli_arguments *a = s->arguments;
    const char *on = cli_text(a, "on");
    char today[CLI_DAY];
    dt_register *r = NULL;
    int code = cli_session_status(s, dt_register_open(&r, a->operands[0], false, s->env));

    cli_today(today);
    if (code == CLI_ANSWERED)
        code = cli_session_status(s, dt_register_resolve(r, a->operands[1], found, count, on == NULL ? today : on,
                                                         today, cli_text(a, "source"), s->env));
    dt_register_close(r, s->env);
    return code == CLI_ANSWERED ? cli_session_tell(s, "resolved: {0}", a->operands[1]) : code;
}

static int run(const cli_arguments *a) {
    dt_setting found[CLI_MAX_OPERANDS] = {{0}};
    cli_session s;
    int code = cli_session_begin(&s, a);

    if (code == CLI_ANSWERED) code = read_found(a, found);
    if (code == CLI_ANSWERED) code = resolve(&s, found, a->operand_count - 2);
    for (size_t i = 0; i < CLI_MAX_OPERANDS; i++) free((char *)found[i].name);
    cli_session_close(&s);
    return code;
}

const cli_command cli_resolve_command = {
    .name = "resolve",
    .operands = "REGISTER FORECAST NAME=VALUE...",
    .least = 3,
    .most = CLI_MAX_OPERANDS,
    .groups = CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("records what happened, for a frozen forecast"),
    .description = DT_N("SCENARIO=yes or SCENARIO=no says whether a scenario came about, ISSUE=OPTION\n"
                        "where an issue ended up. A resolution cannot be changed."),
    .run = run,
};
