/* One layer of a walk: states and their counts, in the order in which they were first met. */
#ifndef DT__SPACE_LAYER_H
#define DT__SPACE_LAYER_H

#include "base/count.h"
#include "base/rational.h"
#include "base/vector.h"

/* Sums that need no more detail. */
#define DT__SUM_SURE ((dt__int128)1 << 125)
#define DT__SUM_LOST (-((dt__int128)1 << 125))

typedef struct dt__layer {
    size_t sum_count, limbs;
    size_t key_size, entry_size; /* bytes: separator and sums; the same and the count */
    dt__vector entries;
    uint32_t *slots; /* open addressing: entry + 1, 0 is free */
    size_t slot_count;
} dt__layer;

void dt__layer_init(dt__layer *layer, size_t sum_count, size_t limbs);
void dt__layer_clear(dt__layer *layer, dt_env *env);
void dt__layer_reset(dt__layer *layer); /* empty, memory kept */
/* Adds count to the state (separator, sums), new or known. */
DT_NODISCARD dt_status dt__layer_add(dt__layer *layer, uint64_t separator, const dt__int128 *sums,
                                     const dt__limb *count, dt_env *env);

static inline size_t dt__layer_size(const dt__layer *layer) {
    return layer->entries.count;
}
static inline const char *dt__layer_entry(const dt__layer *layer, size_t i) {
    return (const char *)layer->entries.items + i * layer->entry_size;
}
static inline uint64_t dt__layer_separator(const dt__layer *layer, size_t i) {
    return *(const uint64_t *)(const void *)(dt__layer_entry(layer, i) + layer->sum_count * sizeof(dt__int128));
}
static inline const dt__int128 *dt__layer_sums(const dt__layer *layer, size_t i) {
    return (const dt__int128 *)(const void *)dt__layer_entry(layer, i);
}
static inline const dt__limb *dt__layer_count(const dt__layer *layer, size_t i) {
    return (const dt__limb *)(const void *)(dt__layer_entry(layer, i) + layer->key_size);
}

#endif
