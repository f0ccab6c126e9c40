/* detente freeze: a forecast into the register, before anybody knows. */
#include "cli/commands.h"
#include "cli/forecast_options.h"
#include "cli/session.h"
#include "cli/talk.h"
#include "cli/today.h"

static const cli_option options[] = {
    {.name = "register",
     .type = CLI_TEXT,
     .argument = "FILE",
     .preset = "forecasts.db",
     .help = DT_N("the register (made when it is not there)")},
    {.name = "name", .type = CLI_TEXT, .argument = "NAME", .help = DT_N("name of the forecast (needed)")},
    {.name = "on", .type = CLI_TEXT, .argument = "DATE", .help = DT_N("day it is dated (default: today)")},
    CLI_FORECAST_OPTIONS,
};

static int freeze(cli_session *s, const dt_forecast_answer *answer) {
    const cli_arguments *a = s->arguments;
    const char *on = cli_text(a, "on"), *name = cli_text(a, "name");
    char today[CLI_DAY];
    dt_register *r = NULL;
    int code = cli_session_status(s, dt_register_open(&r, cli_text(a, "register"), true, s->env));

    cli_today(today);
    if (code == CLI_ANSWERED)
        code = cli_session_status(
            s, dt_register_freeze(r, name, on == NULL ? today : on, today, s->model, answer, s->env));
    dt_register_close(r, s->env);
    return code == CLI_ANSWERED ? cli_session_tell(s, "frozen as {0}", name) : code;
}

static int forecast_and_freeze(cli_session *s, const dt_forecast_opts *opts) {
    dt_forecast_answer *answer = NULL;
    int code = cli_session_status(s, dt_forecast(&answer, s->model, opts, s->env));

    if (code == CLI_ANSWERED && !answer->complete) {
        cli_error(s->arguments->language, "the time limit stopped the draws; nothing was frozen", NULL);
        code = CLI_NO_MEANS;
    }
    if (code == CLI_ANSWERED) code = freeze(s, answer);
    dt_forecast_free(answer, s->env);
    return code;
}

static int run(const cli_arguments *a) {
    cli_forecast_opts given = {0};
    cli_session s;
    int code = cli_session_open(&s, a);

    if (code == CLI_ANSWERED) code = cli_forecast_opts_read(&given, &s);
    if (code == CLI_ANSWERED && cli_text(a, "name") == NULL) {
        cli_error(a->language, "a frozen forecast needs a name", NULL);
        cli_hint(a->language, "give one with --name NAME", NULL);
        code = CLI_WRONG_USE;
    }
    if (code == CLI_ANSWERED) code = forecast_and_freeze(&s, &given.opts);
    cli_forecast_opts_clear(&given);
    cli_session_close(&s);
    return code;
}

const cli_command cli_freeze_command = {
    .name = "freeze",
    .operands = "MODEL [FILE...]",
    .least = 1,
    .most = CLI_MAX_OPERANDS,
    .groups = CLI_FORECAST_GROUPS | CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("keeps a forecast, to be scored once it is known"),
    .description = DT_N("Makes a forecast and stores what every model, baseline and person says, with the\n"
                        "hash of the model and the day. What is frozen cannot be changed; detente\n"
                        "resolve records what happened, detente score compares."),
    .run = run,
};
