/* Any bytes as a file of a time zone: refused, or clocks whose readings lead back to the moment. */
#include "moment/moment.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void hold(bool property) {
    if (!property) __builtin_trap();
}

static void ask(const dt__zone *zone, dt__moment moment) {
    int32_t offset = dt__zone_offset(zone, moment);
    dt__wall wall;
    dt__interval back;

    hold(offset >= -90000 && offset <= 93600);
    wall = dt__zone_wall(zone, moment);
    back = dt__zone_moments(zone, &wall);
    hold(back.lo <= back.hi);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    static const dt__moment moments[] = {-62135596800, -2208988800, 0, 1743296400, 1761440400, 4102444800, 32503680000};
    dt__zone *zone;
    dt_env *env;
    dt_status st;

    hold(dt_env_new(&env, NULL) == DT_OK);
    st = dt__zone_new(&zone, "fuzz", data, size, env);
    hold(st == DT_OK || st == DT_ERR_MODEL);
    if (st == DT_OK) {
        for (size_t i = 0; i < sizeof moments / sizeof *moments; i++)
            for (int h = -3; h <= 3; h++) ask(zone, moments[i] + (dt__moment)h * 1800);
        dt__zone_free(zone, env);
    }
    dt_env_free(env);
    return 0;
}
