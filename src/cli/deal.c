/* detente deal: is there a deal? */
#include "cli/commands.h"
#include "cli/session.h"

static const cli_option options[] = {
    {.name = "over",
     .type = CLI_NUMBER,
     .argument = "MONTHS",
     .preset = "0",
     .max = 1200,
     .echoed = true,
     .help = DT_N("the zone for each of so many months to come")},
    {.name = "require", .type = CLI_FLAG, .echoed = true, .help = DT_N("exit code 1 when a format has no deal")},
};

/* ---- options of the question ---- */

static void read_options(const cli_session *s, dt_deal_opts *opts) {
    const cli_arguments *a = s->arguments;

    dt_deal_opts_init(opts);
    opts->among = cli_text(a, "among");
    opts->within = cli_text(a, "within");
    opts->at = cli_text(a, "at");
    opts->settings = s->settings.items;
    opts->setting_count = s->settings.count;
    opts->over = (unsigned)cli_number(a, "over");
    opts->draws = cli_number(a, "draws");
    opts->seed = cli_number(a, "seed");
    opts->verify = cli_flag(a, "verify");
}

/* ---- the command ---- */

static bool lacks_deal(const dt_deal_answer *answer) {
    for (size_t i = 0; i < answer->format_count; i++) {
        if (answer->formats[i].zone.status != DT_ZONE_OPEN) return true;
    }
    return false;
}

/* Prints the answer; then the checks that were asked for decide. */
static int report(cli_session *s, const dt_deal_answer *answer) {
    dt_document *document = NULL;
    int code = cli_session_deliver(s, dt_report_deal(&document, s->model, answer, s->env), &document, answer->seed);

    if (code != CLI_ANSWERED) return code;
    if (cli_flag(s->arguments, "verify") && !answer->verified) return CLI_FAILED;
    return cli_flag(s->arguments, "require") && lacks_deal(answer) ? CLI_FAILED : CLI_ANSWERED;
}

static int run(const cli_arguments *a) {
    dt_deal_answer *answer = NULL;
    dt_deal_opts opts;
    cli_session s;
    int code = cli_session_open(&s, a);

    read_options(&s, &opts);
    if (code == CLI_ANSWERED) code = cli_session_status(&s, dt_deal(&answer, s.model, &opts, s.env));
    if (code == CLI_ANSWERED) code = report(&s, answer);
    dt_deal_free(answer, s.env);
    cli_session_close(&s);
    return code;
}

const cli_command cli_deal_command = {
    .name = "deal",
    .operands = "MODEL [FILE...]",
    .least = 1,
    .most = CLI_MAX_OPERANDS,
    .groups = CLI_QUESTION | CLI_DOCUMENT | CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("is there a deal, who blocks it, what would open it?"),
    .description = DT_N("Answers for every format of the model: how many outcomes every party whose consent\n"
                        "is needed accepts, who blocks a deal, the least concessions that would open one,\n"
                        "and how each proposal fares with each party."),
    .run = run,
};
