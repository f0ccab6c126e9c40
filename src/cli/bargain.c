/* detente bargain: which deal? */
#include "cli/buffer.h"
#include "cli/commands.h"
#include "cli/session.h"
#include "cli/settings.h"
#include "cli/talk.h"

static const cli_option options[] = {
    {.name = "weights",
     .type = CLI_SETTING,
     .argument = "PARTY=W",
     .repeated = true,
     .echoed = true,
     .help = DT_N("weight of a party (default: its capability)")},
    {.name = "explain",
     .type = CLI_TEXT,
     .argument = "DEAL",
     .echoed = true,
     .help = DT_N("why not DEAL: a proposal, or ISSUE=OPTION,...")},
    {.name = "agreement",
     .type = CLI_TEXT,
     .argument = "DEAL",
     .help = DT_N("print DEAL as a draft agreement: a solution, a proposal, or ISSUE=OPTION,...")},
    {.name = "points",
     .type = CLI_NUMBER,
     .argument = "N",
     .preset = "1000",
     .max = UINT32_MAX,
     .echoed = true,
     .help = DT_N("most points of a frontier that are listed")},
    {.name = "epsilon",
     .type = CLI_DECIMAL,
     .argument = "SHARE",
     .preset = "0",
     .max = 1,
     .echoed = true,
     .help = DT_N("thin the frontier out by this share of each range")},
    {.name = "csv", .type = CLI_FLAG, .help = DT_N("print the frontier of one format as CSV")},
};

/* ---- options of the question ---- */

static void read_options(const cli_session *s, dt_bargain_opts *opts) {
    const cli_arguments *a = s->arguments;

    dt_bargain_opts_init(opts);
    opts->among = cli_text(a, "among");
    opts->within = cli_text(a, "within");
    opts->at = cli_text(a, "at");
    opts->settings = s->settings.items;
    opts->setting_count = s->settings.count;
    opts->explain = cli_text(a, "explain");
    opts->points = (size_t)cli_number(a, "points");
    opts->epsilon = cli_decimal(a, "epsilon");
    opts->draws = cli_number(a, "draws");
    opts->seed = cli_number(a, "seed");
    opts->verify = cli_flag(a, "verify");
}

/* A table of CSV is of one format. */
static int check_csv(const cli_session *s, const dt_bargain_opts *opts) {
    dt_language language = s->arguments->language;

    if (!cli_flag(s->arguments, "csv")) return CLI_ANSWERED;
    if (cli_flag(s->arguments, "json")) {
        cli_error(language, "--csv and --json exclude one another", NULL);
        return CLI_WRONG_USE;
    }
    if (opts->among != NULL || dt_model_format_count(s->model) == 1) return CLI_ANSWERED;
    cli_error(language, "--csv needs one format", NULL);
    cli_hint(language, "name it with --among FORMAT", NULL);
    return CLI_WRONG_USE;
}

/* ---- the command ---- */

static int print_csv(cli_session *s, const dt_bargain_answer *answer) {
    const dt_bargain_format *format = &answer->formats[0];
    cli_buffer out = {0};
    dt_sink sink = cli_buffer_sink(&out);
    int code = cli_session_status(s, dt_render_frontier(format, s->model, &sink, s->env));

    if (code == CLI_ANSWERED) code = cli_print(&out, s->arguments->language);
    cli_buffer_clear(&out);
    if (code == CLI_ANSWERED && format->frontier.point_count < format->frontier.vectors && !s->quiet)
        cli_warning(s->arguments->language, "the frontier has more points than were listed; --points N lists more",
                    NULL);
    return code;
}

static int print_report(cli_session *s, const dt_bargain_answer *answer) {
    dt_document *document = NULL;

    return cli_session_deliver(s, dt_report_bargain(&document, s->model, answer, s->env), &document, answer->seed);
}

/* Prints the answer; then the check that was asked for decides. */
static int report(cli_session *s, const dt_bargain_answer *answer) {
    int code = cli_flag(s->arguments, "csv") ? print_csv(s, answer) : print_report(s, answer);

    if (code != CLI_ANSWERED) return code;
    return cli_flag(s->arguments, "verify") && !answer->verified ? CLI_FAILED : CLI_ANSWERED;
}

static int print_agreement(cli_session *s, const dt_bargain_opts *opts) {
    cli_buffer out = {0};
    dt_sink sink = cli_buffer_sink(&out);
    int code;

    if (cli_flag(s->arguments, "csv") || cli_flag(s->arguments, "json")) {
        cli_error(s->arguments->language, "--agreement prints a model, neither --json nor --csv", NULL);
        return CLI_WRONG_USE;
    }
    code =
        cli_session_status(s, dt_bargain_agreement(&sink, s->model, opts, cli_text(s->arguments, "agreement"), s->env));
    if (code == CLI_ANSWERED) code = cli_print(&out, s->arguments->language);
    cli_buffer_clear(&out);
    return code;
}

static int answer_and_report(cli_session *s, dt_bargain_opts *opts) {
    dt_bargain_answer *answer = NULL;
    int code;

    if (cli_text(s->arguments, "agreement") != NULL) return print_agreement(s, opts);
    code = check_csv(s, opts);

    if (code == CLI_ANSWERED) code = cli_session_status(s, dt_bargain(&answer, s->model, opts, s->env));
    if (code == CLI_ANSWERED) code = report(s, answer);
    dt_bargain_free(answer, s->env);
    return code;
}

static int run(const cli_arguments *a) {
    cli_settings weights;
    dt_bargain_opts opts;
    cli_session s;
    int code = cli_session_open(&s, a);

    if (!cli_settings_read(&weights, a, "weights") && code == CLI_ANSWERED)
        code = cli_session_status(&s, DT_ERR_MEMORY);
    read_options(&s, &opts);
    opts.weights = weights.items;
    opts.weight_count = weights.count;
    if (code == CLI_ANSWERED) code = answer_and_report(&s, &opts);
    cli_settings_clear(&weights);
    cli_session_close(&s);
    return code;
}

const cli_command cli_bargain_command = {
    .name = "bargain",
    .operands = "MODEL [FILE...]",
    .least = 1,
    .most = CLI_MAX_OPERANDS,
    .groups = CLI_QUESTION | CLI_DOCUMENT | CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("which deal: the frontier, and what the solutions choose"),
    .description = DT_N("Answers for every format of the model: the outcomes that cannot be bettered for\n"
                        "one party without harm to another, which of them the solutions of the bargaining\n"
                        "literature choose, whose consent decides how often, and, with --explain, why a\n"
                        "given deal is not among them."),
    .run = run,
};
