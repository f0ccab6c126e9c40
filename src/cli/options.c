#include "cli/options.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/nearest.h"
#include "cli/talk.h"

static const cli_option shared[] = {
    {.name = "among",
     .type = CLI_TEXT,
     .argument = "FORMAT",
     .echoed = true,
     .group = CLI_AMONG,
     .help = DT_N("only this format (default: every format)")},
    {.name = "within",
     .type = CLI_TEXT,
     .argument = "SCENARIO",
     .echoed = true,
     .group = CLI_OUTCOMES,
     .help = DT_N("only outcomes that meet this scenario")},
    {.name = "set",
     .type = CLI_SETTING,
     .argument = "NAME=VALUE",
     .repeated = true,
     .echoed = true,
     .group = CLI_SETTINGS,
     .help = DT_N("what if: ISSUE=OPTION or QUANTITY=NUMBER")},
    {.name = "at",
     .type = CLI_TEXT,
     .argument = "DATE",
     .echoed = true,
     .group = CLI_OUTCOMES,
     .help = DT_N("no deal as it will be on DATE (2025-08-14, 2025-08)")},
    {.name = "draws",
     .type = CLI_NUMBER,
     .argument = "N",
     .preset = "0",
     .max = 1000000000,
     .echoed = true,
     .group = CLI_OUTCOMES,
     .help = DT_N("repeat over N draws of everything uncertain")},
    {.name = "seed",
     .type = CLI_NUMBER,
     .argument = "N",
     .preset = "1",
     .max = UINT64_MAX,
     .echoed = true,
     .group = CLI_SEED,
     .help = DT_N("seed of the draws")},
    {.name = "verify",
     .type = CLI_FLAG,
     .echoed = true,
     .group = CLI_OUTCOMES,
     .help = DT_N("check every claim by a second way")},
    {.name = "time-limit",
     .type = CLI_DECIMAL,
     .argument = "SECONDS",
     .preset = "0",
     .max = 10000000,
     .echoed = true,
     .group = CLI_WORK,
     .help = DT_N("past it, give what is known (0: no limit)")},
    {.name = "threads",
     .type = CLI_NUMBER,
     .argument = "N",
     .preset = "0",
     .max = 1024,
     .group = CLI_WORK,
     .help = DT_N("threads to use (0: as many as processors)")},
    {.name = "json", .type = CLI_FLAG, .group = CLI_DOCUMENT, .help = DT_N("print JSON")},
    {.name = "width",
     .type = CLI_NUMBER,
     .argument = "COLUMNS",
     .preset = "0",
     .max = 1000,
     .group = CLI_DOCUMENT,
     .help = DT_N("columns of the page (0: those of the terminal)")},
    {.name = "color",
     .type = CLI_CHOICE,
     .argument = "WHEN",
     .preset = "auto",
     .choices = "auto|always|never",
     .group = CLI_DOCUMENT,
     .help = DT_N("colours: auto, always or never")},
    {.name = "lang",
     .type = CLI_LANGUAGE,
     .argument = "LANGUAGE",
     .choices = "en|zh-Hant",
     .group = CLI_EVERYWHERE,
     .help = DT_N("en or zh-Hant (default: that of the locale)")},
    {.name = "quiet", .type = CLI_FLAG, .group = CLI_EVERYWHERE, .help = DT_N("no warnings, no notes, no progress")},
    {.name = "help", .type = CLI_FLAG, .group = CLI_EVERYWHERE, .help = DT_N("this help")},
};
enum { SHARED_COUNT = sizeof shared / sizeof *shared };

const cli_option *cli_option_at(const cli_command *command, size_t i) {
    if (i < command->option_count) return &command->options[i];
    i -= command->option_count;
    for (size_t s = 0; s < SHARED_COUNT; s++) {
        if ((command->groups & shared[s].group) != 0 && i-- == 0) return &shared[s];
    }
    return NULL;
}

/* ---- finding ---- */

static const cli_option *find_option(const cli_command *command, const char *name, size_t length) {
    const cli_option *option;
    for (size_t i = 0; (option = cli_option_at(command, i)) != NULL; i++) {
        if (strncmp(option->name, name, length) == 0 && option->name[length] == '\0') return option;
    }
    return NULL;
}

static void complain_unknown(const cli_arguments *a, const char *name) {
    const char *names[64];
    const cli_option *option;
    const char *nearest;
    size_t count = 0;

    while (count < 64 && (option = cli_option_at(a->command, count)) != NULL) names[count++] = option->name;
    nearest = cli_nearest(name, names, count);
    cli_error(a->language, "unknown option --{0}", name, NULL);
    if (nearest != NULL) cli_hint(a->language, "did you mean --{0}?", nearest, NULL);
    else cli_hint(a->language, "detente help {0} lists them", a->command->name, NULL);
}

/* ---- values ---- */

static bool read_number(const char *text, uint64_t *value) {
    char *end;

    if (*text < '0' || *text > '9') return false;
    errno = 0;
    *value = strtoull(text, &end, 10);
    return errno == 0 && *end == '\0';
}

static bool read_decimal(const char *text, double *value) {
    double scale = 1, number = 0;
    bool point = false, digits = false;

    for (; *text != '\0'; text++) {
        if (*text == '.' && !point) {
            point = true;
            continue;
        }
        if (*text < '0' || *text > '9') return false;
        digits = true;
        if (point) scale /= 10;
        number = point ? number + scale * (*text - '0') : number * 10 + (*text - '0');
    }
    *value = number;
    return digits;
}

static bool is_choice(const char *choices, const char *value) {
    size_t length = strlen(value);

    for (const char *c = choices; c != NULL; c = strchr(c, '|')) {
        if (*c == '|') c++;
        if (strncmp(c, value, length) == 0 && (c[length] == '|' || c[length] == '\0')) return true;
    }
    return false;
}

static bool is_value(const cli_option *option, const char *value) {
    dt_language language;
    uint64_t number;
    double decimal;

    switch (option->type) {
    case CLI_FLAG: return false;
    case CLI_TEXT: return *value != '\0';
    case CLI_NUMBER: return read_number(value, &number) && number >= option->min && number <= option->max;
    case CLI_DECIMAL: return read_decimal(value, &decimal) && decimal <= (double)option->max;
    case CLI_CHOICE: return is_choice(option->choices, value);
    case CLI_LANGUAGE: return dt_language_find(&language, value);
    case CLI_SETTING: return *value != '=' && strchr(value, '=') != NULL && strchr(value, '=')[1] != '\0';
    }
    return false;
}

static void complain_value(const cli_arguments *a, const cli_option *option, const char *value) {
    char min[24], max[24];

    switch (option->type) {
    case CLI_FLAG: cli_error(a->language, "--{0} takes no value", option->name, NULL); break;
    case CLI_NUMBER:
    case CLI_DECIMAL:
        snprintf(min, sizeof min, "%llu", (unsigned long long)option->min);
        snprintf(max, sizeof max, "%llu", (unsigned long long)option->max);
        cli_error(a->language, "--{0} needs a number from {1} to {2}, not {3}", option->name, min, max, value, NULL);
        break;
    case CLI_CHOICE:
    case CLI_LANGUAGE:
        cli_error(a->language, "--{0} needs one of {1}, not {2}", option->name, option->choices, value, NULL);
        break;
    case CLI_SETTING:
        cli_error(a->language, "--{0} needs {1}, not {2}", option->name, option->argument, value, NULL);
        break;
    case CLI_TEXT: cli_error(a->language, "--{0} needs a value", option->name, NULL); break;
    }
}

/* ---- parsing ---- */

static bool is_given(const cli_arguments *a, const cli_option *option) {
    for (size_t i = 0; i < a->given_count; i++) {
        if (a->given[i].option == option) return true;
    }
    return false;
}

static bool add_given(cli_arguments *a, const cli_option *option, const char *value) {
    if (!option->repeated && is_given(a, option)) {
        cli_error(a->language, "--{0} is given twice", option->name, NULL);
        return false;
    }
    if (a->given_count == CLI_MAX_GIVEN) {
        cli_error(a->language, "too many options", NULL);
        return false;
    }
    a->given[a->given_count++] = (cli_given){.option = option, .value = value};
    if (strcmp(option->name, "help") == 0) a->help = true;
    return true;
}

/* One option at argv[*i], with its value there or in the next argument. */
static bool parse_option(cli_arguments *a, int argc, char **argv, int *i) {
    const char *name = strcmp(argv[*i], "-h") == 0 ? "help" : argv[*i] + 2, *equals = strchr(name, '=');
    size_t length = equals == NULL ? strlen(name) : (size_t)(equals - name);
    const cli_option *option = find_option(a->command, name, length);
    const char *value = equals == NULL ? NULL : equals + 1;

    if (option == NULL) {
        complain_unknown(a, name);
        return false;
    }
    if (option->type == CLI_FLAG && value == NULL) return add_given(a, option, NULL);
    if (option->type != CLI_FLAG && value == NULL && *i + 1 < argc) value = argv[++*i];
    if (value == NULL) {
        cli_error(a->language, "--{0} needs a value", option->name, NULL);
        return false;
    }
    if (!is_value(option, value)) {
        complain_value(a, option, value);
        return false;
    }
    return add_given(a, option, value);
}

static bool add_operand(cli_arguments *a, const char *operand) {
    if (a->operand_count == a->command->most) {
        cli_error(a->language, "{0} is one argument too many", operand, NULL);
        cli_hint(a->language, "detente help {0} tells what is expected", a->command->name, NULL);
        return false;
    }
    a->operands[a->operand_count++] = operand;
    return true;
}

/* What is missing is the first of the operands. */
static void complain_missing(const cli_arguments *a) {
    char first[32] = "";
    size_t length = strcspn(a->command->operands, " ");

    strncat(first, a->command->operands, length < sizeof first ? length : sizeof first - 1);
    cli_error(a->language, "{0} is missing", first, NULL);
    cli_hint(a->language, "detente help {0} tells what is expected", a->command->name, NULL);
}

bool cli_parse(cli_arguments *a, int argc, char **argv) {
    bool ended = false;

    for (int i = 0; i < argc; i++) {
        if (!ended && strcmp(argv[i], "--") == 0) {
            ended = true;
        } else if (!ended && (strncmp(argv[i], "--", 2) == 0 || strcmp(argv[i], "-h") == 0)) {
            if (!parse_option(a, argc, argv, &i)) return false;
        } else if (!ended && argv[i][0] == '-' && argv[i][1] != '\0') {
            cli_error(a->language, "unknown option {0}", argv[i], NULL);
            cli_hint(a->language, "options begin with two dashes; detente help {0} lists them", a->command->name, NULL);
            return false;
        } else if (!add_operand(a, argv[i])) {
            return false;
        }
    }
    if (a->help || a->operand_count >= a->command->least) return true;
    complain_missing(a);
    return false;
}

/* ---- what was given ---- */

static const cli_given *find_given(const cli_arguments *a, const char *name) {
    for (size_t i = 0; i < a->given_count; i++) {
        if (strcmp(a->given[i].option->name, name) == 0) return &a->given[i];
    }
    return NULL;
}

bool cli_flag(const cli_arguments *a, const char *name) {
    return find_given(a, name) != NULL;
}

size_t cli_texts(const cli_arguments *a, const char *name, const char **values) {
    size_t count = 0;

    for (size_t i = 0; i < a->given_count; i++)
        if (strcmp(a->given[i].option->name, name) == 0) values[count++] = a->given[i].value;
    return count;
}

const char *cli_text(const cli_arguments *a, const char *name) {
    const cli_given *given = find_given(a, name);
    const cli_option *option = given != NULL ? NULL : find_option(a->command, name, strlen(name));
    if (given != NULL) return given->value;
    return option == NULL ? NULL : option->preset;
}

uint64_t cli_number(const cli_arguments *a, const char *name) {
    const char *text = cli_text(a, name);
    uint64_t value = 0;
    return text != NULL && read_number(text, &value) ? value : 0;
}

double cli_decimal(const cli_arguments *a, const char *name) {
    const char *text = cli_text(a, name);
    double value = 0;
    return text != NULL && read_decimal(text, &value) ? value : 0;
}

/* ---- language ---- */

static const char *locale_name(void) {
    static const char *const variables[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        const char *value = getenv(variables[i]);
        if (value != NULL && *value != '\0') return value;
    }
    return "";
}

dt_language cli_language(int argc, char **argv) {
    dt_language language;

    for (int i = 1; i < argc && strcmp(argv[i], "--") != 0; i++) {
        const char *value = "";
        if (strncmp(argv[i], "--lang=", 7) == 0) value = argv[i] + 7;
        else if (strcmp(argv[i], "--lang") == 0 && i + 1 < argc) value = argv[i + 1];
        if (dt_language_find(&language, value)) return language;
    }
    return strncmp(locale_name(), "zh", 2) == 0 ? DT_LANG_ZH_HANT : DT_LANG_EN;
}
