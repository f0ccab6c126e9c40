/* Mappings that are offered for event files with columns of their own. */
#include "base/text.h"
#include "monitor/ledger.h"
#include "records/formats.h"

static dt_status read_mapping(dt__ledger *l, const char *name, struct dt__offered_mapping *out) {
    const dt_monitor_files *files = &l->opts->files;
    dt_source source, hashing;
    dt__hashed_source hashed;
    dt_status st = files->open(files->payload, DT_MONITOR_MAPPING, name, &source);

    if (st != DT_OK) return st;
    hashing = dt__hash_source(&hashed, &source);
    st = dt__mapping_read(&l->mappings[l->mapping_count], &hashing, name, l->env);
    if (st == DT_OK) {
        l->mapping_count++;
        out->name = dt__builder_text(l->b, dt__file_base(name));
        st = dt__hash_finish(&hashed, l->b, &out->sha256);
    }
    files->close(files->payload, &source);
    return st;
}

dt_status dt__read_mappings(dt__ledger *l) {
    size_t count = l->opts->mapping_count;
    dt_status st = DT_OK;

    l->mappings = DT__ARENA_ARRAY(&l->scratch, dt__mapping *, count);
    l->offered = DT__ARENA_ARRAY(&l->scratch, struct dt__offered_mapping, count);
    if (l->mappings == NULL || l->offered == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count && st == DT_OK; i++) st = read_mapping(l, l->opts->mappings[i], &l->offered[i]);
    return st;
}

const struct dt__offered_mapping *dt__offered(const dt__ledger *l, const dt__mapping *mapping) {
    for (size_t i = 0; i < l->mapping_count; i++)
        if (l->mappings[i] == mapping) return &l->offered[i];
    return NULL;
}
