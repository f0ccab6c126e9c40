#include "cli/forecast_options.h"

#include <stdlib.h>

#include "cli/talk.h"

/* "3/8" */
static bool read_shard(dt_forecast_opts *opts, const char *text) {
    char *end;

    if (*text < '0' || *text > '9') return false;
    opts->shard = strtoull(text, &end, 10);
    if (*end != '/' || end[1] < '0' || end[1] > '9') return false;
    opts->shards = strtoull(end + 1, &end, 10);
    return *end == '\0' && opts->shard >= 1 && opts->shard <= opts->shards;
}

int cli_forecast_opts_read(cli_forecast_opts *out, const cli_session *s) {
    const cli_arguments *a = s->arguments;
    const char *shard = cli_text(a, "shard");

    *out = (cli_forecast_opts){0};
    dt_forecast_opts_init(&out->opts);
    if (!cli_settings_read(&out->base_rates, a, "base-rate")) {
        cli_error(a->language, "out of memory", NULL);
        return CLI_NO_MEANS;
    }
    out->opts.among = cli_text(a, "among");
    out->opts.at = cli_text(a, "at");
    out->opts.draws = cli_number(a, "draws");
    out->opts.seed = cli_number(a, "seed");
    out->opts.settings = s->settings.items;
    out->opts.setting_count = s->settings.count;
    out->opts.base_rates = out->base_rates.items;
    out->opts.base_rate_count = out->base_rates.count;
    if (shard == NULL || read_shard(&out->opts, shard)) return CLI_ANSWERED;
    cli_error(a->language, "{0} is no shard: expected I/N with I from 1 to N, as 3/8", shard, NULL);
    return CLI_WRONG_USE;
}

void cli_forecast_opts_clear(cli_forecast_opts *opts) {
    cli_settings_clear(&opts->base_rates);
}
