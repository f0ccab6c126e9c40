/* Options of a forecast, for every command that makes one. */
#ifndef CLI_FORECAST_OPTIONS_H
#define CLI_FORECAST_OPTIONS_H

#include "cli/settings.h"

typedef struct cli_forecast_opts {
    dt_forecast_opts opts;
    cli_settings settings, base_rates;
} cli_forecast_opts;

/* The exit code, after telling what is wrong.  Clear also then. */
DT_NODISCARD int cli_forecast_opts_read(cli_forecast_opts *out, const cli_arguments *a);
void cli_forecast_opts_clear(cli_forecast_opts *opts);

/* The entries of an option table. */
#define CLI_FORECAST_OPTIONS                                                                \
    {.name = "among",                                                                       \
     .type = CLI_TEXT,                                                                      \
     .argument = "FORMAT",                                                                  \
     .echoed = true,                                                                        \
     .help = DT_N("only this format (default: every format)")},                             \
        {.name = "set",                                                                     \
         .type = CLI_SETTING,                                                               \
         .argument = "NAME=VALUE",                                                          \
         .repeated = true,                                                                  \
         .echoed = true,                                                                    \
         .help = DT_N("what if: ISSUE=OPTION or QUANTITY=NUMBER")},                         \
        {.name = "at",                                                                      \
         .type = CLI_TEXT,                                                                  \
         .argument = "DATE",                                                                \
         .echoed = true,                                                                    \
         .help = DT_N("date of scenarios that have none of their own")},                    \
        {.name = "base-rate",                                                               \
         .type = CLI_SETTING,                                                               \
         .argument = "SCENARIO=P",                                                          \
         .repeated = true,                                                                  \
         .echoed = true,                                                                    \
         .help = DT_N("a baseline: how often such things happen")},                         \
        {.name = "draws",                                                                   \
         .type = CLI_NUMBER,                                                                \
         .argument = "N",                                                                   \
         .preset = "10000",                                                                 \
         .min = 1,                                                                          \
         .max = 1000000000,                                                                 \
         .echoed = true,                                                                    \
         .help = DT_N("draws of everything uncertain")},                                    \
        {.name = "seed",                                                                    \
         .type = CLI_NUMBER,                                                                \
         .argument = "N",                                                                   \
         .preset = "1",                                                                     \
         .max = UINT64_MAX,                                                                 \
         .echoed = true,                                                                    \
         .help = DT_N("seed of the draws")},                                                \
        {.name = "time-limit",                                                              \
         .type = CLI_DECIMAL,                                                               \
         .argument = "SECONDS",                                                             \
         .preset = "0",                                                                     \
         .max = 10000000,                                                                   \
         .echoed = true,                                                                    \
         .help = DT_N("past it, give what is known (0: no limit)")},                        \
    {                                                                                       \
        .name = "threads", .type = CLI_NUMBER, .argument = "N", .preset = "0", .max = 1024, \
        .help = DT_N("threads to use (0: as many as processors)")                           \
    }

#endif
