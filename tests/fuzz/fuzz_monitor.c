/* Any bytes as a file of events held against a fixed model: no harm, and counts that hold together. */
#include "monitor_property.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char model_text[] =
    "detente: 1\nparties: {north: {}, south: {}, guard: {}}\nissues: {x: {options: [p, q], no_deal: p}}\nagreements:\n"
    "  pact:\n    parties: [north, south]\n    clauses:\n"
    "      guns: {readings: {narrow: {bound: [north, south], acts: [fire.artillery, fire.mortar], exempt: [{acts: "
    "fire.mortar, provided: it answers}], where: {inside: [{file: z, feature: valley}]}, from: 2031-05-10, until: "
    "2031-05-20, reciprocal: true, triggers: [{id: t, more_than: 1, per: day}]}, wide: {bound: [north], acts: fire, "
    "from: 2031-05-10T18:00}}}\n"
    "      power: {readings: {one: {bound: [south], acts: strike, targets: [power-plant], where: {inside: [{file: z, "
    "feature: road, buffer_m: 9000}], outside: [{file: z, feature: valley, buffer_m: 100}]}}}}\n"
    "  other: {parties: [north, guard], clauses: {all: {readings: {r: {bound: [guard], acts: any, from: 2031-04-01, "
    "until: 2031-04-09}}}}}\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    dt_env *env = monitored_env();
    dt_model *model;

    if (env == NULL) return 0;
    if (dt_model_read(&model, model_text, sizeof model_text - 1, "m.yaml", env) != DT_OK) __builtin_trap();
    monitored_ask(model, (const char *)data, size, env);
    dt_model_free(model);
    dt_env_free(env);
    return 0;
}
