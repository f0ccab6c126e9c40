#include "cli/settings.h"

#include <stdlib.h>
#include <string.h>

bool cli_settings_read(cli_settings *out, const cli_arguments *a, const char *option) {
    out->count = 0;
    for (size_t i = 0; i < a->given_count; i++) {
        const char *text = a->given[i].value, *equals;
        char *name;
        if (strcmp(a->given[i].option->name, option) != 0) continue;
        equals = strchr(text, '=');
        name = strndup(text, (size_t)(equals - text));
        if (name == NULL) return false;
        out->items[out->count++] = (dt_setting){.name = name, .value = equals + 1};
    }
    return true;
}

void cli_settings_clear(cli_settings *settings) {
    for (size_t i = 0; i < settings->count; i++) free((char *)settings->items[i].name);
    settings->count = 0;
}
