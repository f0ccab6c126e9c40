/* The table of commands: one line each in main.c, one file each. */
#ifndef CLI_COMMANDS_H
#define CLI_COMMANDS_H

#include "cli/options.h"

extern const cli_command cli_deal_command, cli_bargain_command, cli_path_command, cli_hold_command,
    cli_forecast_command, cli_merge_command, cli_freeze_command, cli_resolve_command, cli_score_command,
    cli_drivers_command, cli_whatif_command, cli_backtest_command, cli_monitor_command, cli_ledger_command,
    cli_check_command, cli_report_command, cli_show_command, cli_import_command, cli_new_command, cli_help_command;

/* The i-th command; NULL past the end.  By name; NULL after telling what is wrong. */
const cli_command *cli_command_at(size_t i);
const cli_command *cli_command_find(const char *name, dt_language language);

/* help.c: to standard output; the exit code. */
int cli_help_overview(dt_language language);
int cli_help_for(const cli_command *command, dt_language language);

#endif
