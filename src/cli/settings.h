/* Options of the form NAME=VALUE as settings of the library. */
#ifndef CLI_SETTINGS_H
#define CLI_SETTINGS_H

#include "cli/options.h"

typedef struct cli_settings {
    dt_setting items[CLI_MAX_GIVEN];
    size_t count;
} cli_settings;

/* Those given by one option, in order; false when there is no memory.  Clear also then. */
DT_NODISCARD bool cli_settings_read(cli_settings *out, const cli_arguments *a, const char *option);
void cli_settings_clear(cli_settings *settings);

#endif
