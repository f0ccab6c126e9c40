/* detente hold: would it hold? */
#include <string.h>

#include "cli/buffer.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/session.h"
#include "cli/talk.h"

static const cli_option options[] = {
    {.name = "explain",
     .type = CLI_TEXT,
     .argument = "STATE",
     .echoed = true,
     .help = DT_N("why STATE holds: a number, a proposal, ISSUE=OPTION")},
    {.name = "deal",
     .type = CLI_TEXT,
     .argument = "DEAL",
     .echoed = true,
     .help = DT_N("only: who would leave DEAL (a proposal ..., all)?")},
    {.name = "from",
     .type = CLI_TEXT,
     .argument = "STATE",
     .echoed = true,
     .help = DT_N("start from STATE (default: no deal)")},
    {.name = "whole",
     .type = CLI_FLAG,
     .echoed = true,
     .help = DT_N("all outcomes of a large model, not its deals only")},
    {.name = "coalitions", .type = CLI_FLAG, .echoed = true, .help = DT_N("joint moves of several parties as well")},
    {.name = "horizon",
     .type = CLI_NUMBER,
     .argument = "MOVES",
     .preset = "0",
     .max = 1000,
     .echoed = true,
     .help = DT_N("parties that look up to so many moves ahead")},
    {.name = "margins", .type = CLI_FLAG, .echoed = true, .help = DT_N("how little would turn each verdict")},
    {.name = "make",
     .type = CLI_TEXT,
     .argument = "STATE",
     .echoed = true,
     .help = DT_N("which preferences would make STATE hold")},
    {.name = "concept",
     .type = CLI_CHOICE,
     .argument = "CONCEPT",
     .choices = "nash|gmr|smr|seq|sseq",
     .echoed = true,
     .help = DT_N("of --make: only this concept")},
    {.name = "states",
     .type = CLI_NUMBER,
     .argument = "N",
     .preset = "10000",
     .max = UINT32_MAX,
     .echoed = true,
     .help = DT_N("most states of a list in the JSON")},
    {.name = "csv", .type = CLI_FLAG, .help = DT_N("print the states as CSV")},
    {.name = "dot", .type = CLI_FLAG, .help = DT_N("print the moves for Graphviz")},
    {.name = "graphml", .type = CLI_FLAG, .help = DT_N("print the moves as GraphML")},
};

/* ---- options of the question ---- */

typedef enum output { OUTPUT_REPORT = 0, OUTPUT_CSV, OUTPUT_DOT, OUTPUT_GRAPHML } output;

static void read_options(const cli_session *s, dt_hold_opts *opts, output out) {
    const cli_arguments *a = s->arguments;

    dt_hold_opts_init(opts);
    opts->among = cli_text(a, "among");
    opts->within = cli_text(a, "within");
    opts->at = cli_text(a, "at");
    opts->settings = s->settings.items;
    opts->setting_count = s->settings.count;
    opts->from = cli_text(a, "from");
    opts->explain = cli_text(a, "explain");
    opts->make = cli_text(a, "make");
    opts->deal = cli_text(a, "deal");
    opts->concept = cli_text(a, "concept");
    opts->whole = cli_flag(a, "whole");
    opts->coalitions = cli_flag(a, "coalitions");
    opts->horizon = (size_t)cli_number(a, "horizon");
    opts->margins = cli_flag(a, "margins");
    opts->arcs = out == OUTPUT_DOT || out == OUTPUT_GRAPHML;
    opts->states = (size_t)cli_number(a, "states");
    opts->draws = cli_number(a, "draws");
    opts->seed = cli_number(a, "seed");
    opts->verify = cli_flag(a, "verify");
}

/* One form of output, and no concept without a state. */
static int check_use(const cli_arguments *a, output *out) {
    static const struct {
        const char *flag;
        output kind;
    } forms[] = {{"json", OUTPUT_REPORT}, {"csv", OUTPUT_CSV}, {"dot", OUTPUT_DOT}, {"graphml", OUTPUT_GRAPHML}};
    int given = 0;

    *out = OUTPUT_REPORT;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        if (!cli_flag(a, forms[i].flag)) continue;
        *out = forms[i].kind;
        given++;
    }
    if (given > 1) {
        cli_error(a->language, "--json, --csv, --dot and --graphml exclude one another", NULL);
        return CLI_WRONG_USE;
    }
    if (cli_text(a, "concept") != NULL && cli_text(a, "make") == NULL) {
        cli_error(a->language, "--concept needs --make STATE", NULL);
        return CLI_WRONG_USE;
    }
    return CLI_ANSWERED;
}

/* ---- the command ---- */

static int print_states(cli_session *s, const dt_hold_answer *answer, output form) {
    static const dt_drawing kinds[] = {
        [OUTPUT_CSV] = DT_DRAWING_CSV, [OUTPUT_DOT] = DT_DRAWING_DOT, [OUTPUT_GRAPHML] = DT_DRAWING_GRAPHML};
    cli_buffer out = {0};
    dt_sink sink = cli_buffer_sink(&out);
    int code = cli_session_status(s, dt_render_states(answer, s->model, kinds[form], &sink, s->env));

    if (code == CLI_ANSWERED) code = cli_print(&out, s->arguments->language);
    cli_buffer_clear(&out);
    if (code == CLI_ANSWERED && answer->limit_note != NULL && !s->quiet)
        cli_warning(s->arguments->language, "{0}", answer->limit_note, NULL);
    return code;
}

static int print_report(cli_session *s, const dt_hold_answer *answer) {
    dt_document *document = NULL;

    return cli_session_deliver(s, dt_report_hold(&document, s->model, answer, s->env), &document, answer->seed);
}

/* Prints the answer; then the check that was asked for decides. */
static int answer_and_report(cli_session *s, const dt_hold_opts *opts, output form) {
    dt_hold_answer *answer = NULL;
    int code = cli_session_status(s, dt_hold(&answer, s->model, opts, s->env));

    if (code == CLI_ANSWERED) code = form == OUTPUT_REPORT ? print_report(s, answer) : print_states(s, answer, form);
    if (code == CLI_ANSWERED && opts->verify && !answer->verified) code = CLI_FAILED;
    dt_hold_free(answer, s->env);
    return code;
}

static int run(const cli_arguments *a) {
    dt_hold_opts opts;
    output form;
    cli_session s;
    int code = check_use(a, &form);

    if (code != CLI_ANSWERED) return code;
    code = cli_session_open(&s, a);
    read_options(&s, &opts, form);
    if (code == CLI_ANSWERED) code = answer_and_report(&s, &opts, form);
    cli_session_close(&s);
    return code;
}

const cli_command cli_hold_command = {
    .name = "hold",
    .operands = "MODEL [FILE...]",
    .least = 1,
    .most = CLI_MAX_OPERANDS,
    .groups = CLI_QUESTION | CLI_DOCUMENT | CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("would it hold: who could leave an outcome, and what deters it"),
    .description = DT_N("Answers by the graph model for conflict resolution: which outcomes are stable for\n"
                        "whom under five concepts, which are equilibria, how moves lead there from the\n"
                        "status quo, and, when asked, why, for which coalitions, and what would turn it."),
    .run = run,
};
