/* detente report: everything that a model allows to be asked, as one page. */
#include <string.h>

#include "cli/asking.h"
#include "cli/buffer.h"
#include "cli/commands.h"
#include "cli/event_files.h"
#include "cli/files.h"
#include "cli/talk.h"

static const cli_option options[] = {
    {.name = "html", .type = CLI_TEXT, .argument = "FILE", .help = DT_N("write one page that needs no network")},
    {.name = "md", .type = CLI_TEXT, .argument = "FILE", .help = DT_N("write Markdown (default: to standard output)")},
    {.name = "redact",
     .type = CLI_TEXT,
     .argument = "PARTY",
     .repeated = true,
     .echoed = true,
     .help = DT_N("leave out PARTY's red lines and no-deal value")},
    {.name = "register",
     .type = CLI_TEXT,
     .argument = "REGISTER",
     .help = DT_N("show how good the forecasts of REGISTER were")},
    {.name = "events",
     .type = CLI_TEXT,
     .argument = "FILE",
     .repeated = true,
     .help = DT_N("events to hold against the agreements")},
    CLI_EVENT_OPTIONS,
    {.name = "public",
     .type = CLI_FLAG,
     .echoed = true,
     .help = DT_N("of events no hours, texts, files, exact places")},
    CLI_EMBARGO_OPTION,
    {.name = "draft", .type = CLI_FLAG, .echoed = true, .help = DT_N("mark it as a draft")},
};

/* ---- writing ---- */

typedef dt_status renderer(const dt_model *model, const dt_page_opts *opts, const dt_sink *sink, dt_env *env);

static int write_one(cli_session *s, const dt_page_opts *opts, renderer *render, const char *name) {
    cli_buffer out = {0};
    dt_sink sink = cli_buffer_sink(&out);
    int code = cli_session_status(s, render(s->model, opts, &sink, s->env));

    if (code == CLI_ANSWERED && (name == NULL || strcmp(name, "-") == 0))
        code = cli_print(&out, s->arguments->language);
    else if (code == CLI_ANSWERED) code = cli_file_replace(name, &out, s->arguments->language);
    cli_buffer_clear(&out);
    return code;
}

static int write_all(cli_session *s, const dt_page_opts *opts) {
    const char *html = cli_text(s->arguments, "html"), *md = cli_text(s->arguments, "md");
    int code = CLI_ANSWERED;

    if (html != NULL) code = write_one(s, opts, dt_render_page, html);
    if (code == CLI_ANSWERED && (md != NULL || html == NULL)) code = write_one(s, opts, dt_render_page_markdown, md);
    return code;
}

/* ---- the command ---- */

static int read_redacted(const cli_session *s, uint64_t *redacted) {
    const cli_arguments *a = s->arguments;
    size_t count = dt_model_party_count(s->model);

    *redacted = 0;
    for (size_t i = 0; i < a->given_count; i++) {
        size_t p = 0;
        if (strcmp(a->given[i].option->name, "redact") != 0) continue;
        while (p < count && strcmp(dt_model_party_id(s->model, p), a->given[i].value) != 0) p++;
        if (p == count) {
            cli_error(a->language, "--redact: there is no party {0}", a->given[i].value, NULL);
            return CLI_WRONG_USE;
        }
        *redacted |= UINT64_C(1) << p;
    }
    return CLI_ANSWERED;
}

static int open_language(cli_session *s, dt_env **out, dt_language language) {
    dt_env_opts opts;

    dt_env_opts_init(&opts);
    opts.language = language;
    opts.cancelled = cli_interrupted;
    opts.threads = (unsigned)cli_number(s->arguments, "threads");
    opts.time_limit = cli_decimal(s->arguments, "time-limit");
    return cli_session_status(s, dt_env_new(out, &opts));
}

/* Files are told with their answers, without the folders of this machine. */
static size_t echo_options(const cli_arguments *a, dt_setting *echo) {
    size_t count = 0;
    for (size_t i = 0; i < a->given_count; i++) {
        const cli_given *given = &a->given[i];
        if (given->option->echoed)
            echo[count++] =
                (dt_setting){.name = given->option->name, .value = given->value == NULL ? "" : given->value};
    }
    return count;
}

/* A page holds every language, Markdown the one that was asked for.  Every language has an environment of its own; it
 * is asked by itself when notes inside the answers have to be in its words too. */
static int report(cli_session *s, uint64_t redacted) {
    dt_setting echo[CLI_MAX_GIVEN];
    dt_page_language languages[DT_LANG_COUNT];
    cli_asked questions[DT_LANG_COUNT] = {{0}};
    dt_page_opts opts = {.languages = languages, .options = echo, .seed = cli_number(s->arguments, "seed")};
    size_t wanted = cli_text(s->arguments, "html") == NULL ? 1 : DT_LANG_COUNT, count = 0;
    int code = CLI_ANSWERED;

    opts.option_count = echo_options(s->arguments, echo);
    for (; count < wanted && code == CLI_ANSWERED; count++) {
        cli_asked *q = &questions[count];
        dt_language language = (dt_language)((s->arguments->language + count) % DT_LANG_COUNT);
        *q = (cli_asked){.session = s, .env = s->env, .answers = {.redacted = redacted}};
        if (count > 0) code = open_language(s, &q->env, language);
        if (code == CLI_ANSWERED && count > 0 && !cli_asked_has_notes(&questions[0])) q->answers = questions[0].answers;
        else if (code == CLI_ANSWERED) code = cli_session_status(s, cli_ask_all(q));
        languages[count] = (dt_page_language){.env = q->env, .answers = q->answers};
    }
    opts.language_count = count;
    if (code == CLI_ANSWERED) code = write_all(s, &opts);
    if (code == CLI_ANSWERED && cli_flag(s->arguments, "verify") && !cli_asked_is_verified(&questions[0]))
        code = CLI_FAILED;
    for (size_t i = 0; i < count; i++) {
        if (questions[i].env == NULL) continue;
        cli_asked_free(&questions[i]);
        if (i > 0) dt_env_free(questions[i].env);
    }
    return code;
}

static int run(const cli_arguments *a) {
    uint64_t redacted = 0;
    cli_session s;
    int code = cli_session_open(&s, a);

    if (code == CLI_ANSWERED) code = read_redacted(&s, &redacted);
    if (code == CLI_ANSWERED) code = report(&s, redacted);
    cli_session_close(&s);
    return code;
}

const cli_command cli_report_command = {
    .name = "report",
    .operands = "MODEL [FILE...]",
    .least = 1,
    .most = CLI_MAX_OPERANDS,
    .groups = CLI_QUESTION | CLI_EVERYWHERE,
    .options = options,
    .option_count = sizeof options / sizeof *options,
    .summary = DT_N("everything asked at once, as one page with pictures"),
    .description = DT_N("Asks all questions that the model allows and writes one page: first each answer\n"
                        "in plain sentences, then pictures and tables, then every number with its\n"
                        "source. The page needs no network and holds both languages."),
    .run = run,
};
