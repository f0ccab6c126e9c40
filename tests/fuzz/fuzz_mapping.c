/* A mapping, a line `===`, and events read by it: refused or read, never harm. */
#include <stdint.h>
#include <string.h>

#include "bytes_left.h"
#include "records/formats.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static dt_status take(void *payload, const dt__record *record) {
    uint64_t *count = payload;

    *count += record->id != NULL;
    return DT_OK;
}

static size_t end_of_mapping(const uint8_t *data, size_t size) {
    for (size_t i = 0; i + 4 <= size; i++)
        if (memcmp(data + i, "===\n", 4) == 0) return i;
    return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    size_t end = end_of_mapping(data, size);
    bytes_left mapped = {data, end}, rows = {data + end, size - end};
    dt_source mapping_source = {.read = read_bytes, .payload = &mapped},
              source = {.read = read_bytes, .payload = &rows};
    uint64_t count = 0;
    dt__record_sink sink = {.take = take, .payload = &count};
    dt__mapping *mapping = NULL;
    dt__reading_tally tally;
    dt__records_opts opts;
    dt_env *env;

    if (dt_env_new(&env, NULL) != DT_OK) return 0;
    if (end < size) {
        rows.at += 4;
        rows.left -= 4;
    }
    if (dt__mapping_read(&mapping, &mapping_source, "mapping", env) == DT_OK) {
        dt__records_opts_init(&opts);
        opts.file = "fuzz";
        opts.mapping = mapping;
        if (dt__records_read(&tally, &sink, NULL, &source, &opts, env) == DT_OK && tally.records != count)
            __builtin_trap();
        dt__mapping_free(mapping, env);
    }
    dt_env_free(env);
    return 0;
}
