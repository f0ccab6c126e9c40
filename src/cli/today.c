#include "cli/today.h"

#include <time.h>

void cli_today(char day[CLI_DAY]) {
    time_t now = time(NULL);
    struct tm here;

    if (localtime_r(&now, &here) == NULL || strftime(day, CLI_DAY, "%Y-%m-%d", &here) == 0) day[0] = '\0';
}
