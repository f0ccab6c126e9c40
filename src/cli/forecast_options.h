/* Options of a forecast, for every command that makes one. */
#ifndef CLI_FORECAST_OPTIONS_H
#define CLI_FORECAST_OPTIONS_H

#include "cli/session.h"

typedef struct cli_forecast_opts {
    dt_forecast_opts opts;
    cli_settings base_rates;
} cli_forecast_opts;

/* Of an open session.  The exit code, after telling what is wrong.  Clear also then. */
DT_NODISCARD int cli_forecast_opts_read(cli_forecast_opts *out, const cli_session *s);
void cli_forecast_opts_clear(cli_forecast_opts *opts);

/* What such a command takes of the shared options, and the entries of its own table. */
#define CLI_FORECAST_GROUPS (CLI_AMONG | CLI_SETTINGS | CLI_SEED | CLI_WORK)
#define CLI_FORECAST_OPTIONS                                                                                  \
    {.name = "at",                                                                                            \
     .type = CLI_TEXT,                                                                                        \
     .argument = "DATE",                                                                                      \
     .echoed = true,                                                                                          \
     .help = DT_N("date of scenarios that have none of their own")},                                          \
        {.name = "base-rate",                                                                                 \
         .type = CLI_SETTING,                                                                                 \
         .argument = "SCENARIO=P",                                                                            \
         .repeated = true,                                                                                    \
         .echoed = true,                                                                                      \
         .help = DT_N("a baseline: how often such things happen")},                                           \
    {                                                                                                         \
        .name = "draws", .type = CLI_NUMBER, .argument = "N", .preset = "10000", .min = 1, .max = 1000000000, \
        .echoed = true, .help = DT_N("draws of everything uncertain")                                         \
    }

#endif
