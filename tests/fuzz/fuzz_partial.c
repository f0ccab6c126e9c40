/* Any text as a partial: refused or joined, never harm.  What would be refused for its checksum alone gets a right one.
 */
#include <stdlib.h>
#include <string.h>

#include "base/digest.h"
#include "detente/forecast.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char model_text[] =
    "detente: 1\nas_of: 2025-01-01\nquantities: {heat: {value: 0..40}}\nparties: {north: {}, south: {}}\n"
    "formats: {both: {table: [north, south], consent: [north, south]}}\nissues: {x: {options: [low, high], no_deal: "
    "low}}\n"
    "preferences: {north: {weights: {x: 1}, values: {x: {low: 20, high: \"heat\"}}}, south: {weights: {x: 1}, values: "
    "{x: "
    "{low: 0, high: 9}}}}\nscenarios: {moved: {when: \"x == high\"}}\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    char digest[DT__DIGEST_TEXT], *text = malloc(size + 80);
    dt_forecast_answer *answer = NULL;
    dt_model *model = NULL;
    dt_env *env = NULL;
    dt_file file = {.name = "partial"};

    if (text == NULL || dt_env_new(&env, NULL) != DT_OK) __builtin_trap();
    memcpy(text, data, size);
    dt__digest_of(digest, data, size);
    memcpy(text + size, "sha256 ", 7);
    memcpy(text + size + 7, digest, 64);
    text[size + 71] = '\n';
    file.bytes = text;
    file.length = size + 72;
    if (dt_model_read(&model, model_text, sizeof model_text - 1, "m.yaml", env) != DT_OK) __builtin_trap();
    if (dt_forecast_merge(&answer, model, &file, 1, env) == DT_OK) dt_forecast_free(answer, env);
    file.length = size;
    if (dt_forecast_merge(&answer, model, &file, 1, env) == DT_OK) dt_forecast_free(answer, env);
    dt_model_free(model);
    dt_env_free(env);
    free(text);
    return 0;
}
