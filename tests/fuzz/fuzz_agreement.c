/* Any text as the agreements of a model: refused, or its canonical form is a model again and events can be held against
 * it. */
#include <stdlib.h>

#include "monitor_property.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char start[] =
    "detente: 1\nparties: {north: {}, south: {}, guard: {}}\nissues: {x: {options: [p, q], no_deal: p}}\nagreements:\n";

static const char events[] = "id,claimant,actor,date,end,longitude,latitude,radius,act,asset,count,kind,revises\n"
                             "a,north,south,2031-05-11T06:00,2031-05-11T07:00,10.5,50.3,4000,fire.artillery,,,,\n"
                             "b,,south,2031-05-11,,10.2,50.2,,fire,power-plant,,,\n"
                             "c,south,north,2031-05-09,2031-05-12,,,,any,,80+,,\n"
                             "d,south,north,2031-05-09,2031-05-12,,,,fire,,30,,\n"
                             "e,north,north,2031-05-11,,,,,fire,,,denial,\n"
                             "f,,,2031-05-12T23:00,2031-05-13T02:00,179.9,0.5,9000,strike.drone,dam,,,\n"
                             "g,,,,,,,,,,,retraction,b\n";

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    dt_env *env = monitored_env();
    char *text = malloc(sizeof start + size);
    dt_model *model;

    if (env != NULL && text != NULL) {
        memcpy(text, start, sizeof start - 1);
        memcpy(text + sizeof start - 1, data, size);
        if (dt_model_read(&model, text, sizeof start - 1 + size, "m.yaml", env) == DT_OK) {
            monitored_ask(model, events, sizeof events - 1, env);
            dt_model_free(model);
        }
    }
    free(text);
    dt_env_free(env);
    return 0;
}
