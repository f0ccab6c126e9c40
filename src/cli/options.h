/* Options: one table per command and one shared table are the only source of parsing, limits, help, man pages and
 * completions. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "detente/detente.h"

typedef enum cli_type {
    CLI_FLAG = 0,
    CLI_TEXT,
    CLI_NUMBER,   /* natural, min..max */
    CLI_DECIMAL,  /* 0..max */
    CLI_CHOICE,   /* one of choices, parted by | */
    CLI_LANGUAGE, /* as CLI_CHOICE, and what dt_language_find knows */
    CLI_SETTING   /* NAME=VALUE, shown as the argument says */
} cli_type;

/* Which commands know a shared option. */
typedef enum cli_group {
    CLI_OWN = 0,
    CLI_EVERYWHERE = 1, /* commands that talk */
    CLI_DOCUMENT = 2,   /* that print a document */
    CLI_AMONG = 4,      /* about one format or all */
    CLI_SETTINGS = 8,   /* that take what-ifs; cli_session holds them */
    CLI_SEED = 16,      /* that draw */
    CLI_WORK = 32,      /* that may take long */
    CLI_OUTCOMES = 64,  /* whose answers are about outcomes at a date */
    CLI_QUESTION = CLI_AMONG | CLI_SETTINGS | CLI_SEED | CLI_WORK | CLI_OUTCOMES
} cli_group;

typedef struct cli_option {
    const char *name; /* without dashes */
    cli_type type;
    const char *argument; /* "FORMAT"; NULL for a flag */
    const char *preset;   /* default; NULL: none */
    uint64_t min, max;
    const char *choices;
    bool repeated;
    bool echoed;      /* bears on the answer, so the JSON repeats it */
    const char *help; /* one line, at most 54 columns in every language */
    cli_group group;
} cli_option;

struct cli_arguments;

typedef struct cli_command {
    const char *name;
    const char *operands; /* "MODEL [FILE...]", "[FILE]" */
    size_t least, most;   /* operands */
    unsigned groups;      /* of the shared options */
    const cli_option *options;
    size_t option_count;
    const char *summary;     /* one line */
    const char *description; /* a paragraph for help and man page, lines of at most 78 columns */
    int (*run)(const struct cli_arguments *arguments);
} cli_command;

typedef struct cli_given {
    const cli_option *option;
    const char *value; /* NULL for a flag */
} cli_given;

enum { CLI_MAX_GIVEN = 512, CLI_MAX_OPERANDS = 256 };

typedef struct cli_arguments {
    const cli_command *command;
    dt_language language;
    cli_given given[CLI_MAX_GIVEN];
    size_t given_count;
    const char *operands[CLI_MAX_OPERANDS];
    size_t operand_count;
    bool help;
} cli_arguments;

/* The i-th option of a command, own ones first; NULL past the end. */
const cli_option *cli_option_at(const cli_command *command, size_t i);
/* Parses what stands after the command's name.  False after telling what is wrong on standard error. */
bool cli_parse(cli_arguments *a, int argc, char **argv);

/* What was given, or the default. */
bool cli_flag(const cli_arguments *a, const char *name);
const char *cli_text(const cli_arguments *a, const char *name);
/* All values of an option that may be repeated; room for CLI_MAX_GIVEN. */
size_t cli_texts(const cli_arguments *a, const char *name, const char **values);
uint64_t cli_number(const cli_arguments *a, const char *name);
double cli_decimal(const cli_arguments *a, const char *name);

/* The language asked for anywhere on the command line, else that of the locale. */
dt_language cli_language(int argc, char **argv);

#endif
