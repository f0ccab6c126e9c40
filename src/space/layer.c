#include "space/layer.h"

#include <string.h>

enum { FIRST_SLOTS = 1024 };

/* An entry: sums, separator, count, rounded up to 16 bytes so that the sums of the next one are aligned. */
void dt__layer_init(dt__layer *layer, size_t sum_count, size_t limbs) {
    size_t key = sum_count * sizeof(dt__int128) + sizeof(uint64_t);
    size_t entry = (key + limbs * sizeof(dt__limb) + 15) / 16 * 16;

    *layer = (dt__layer){
        .sum_count = sum_count, .limbs = limbs, .key_size = key, .entry_size = entry, .entries = {.item = entry}};
}

void dt__layer_clear(dt__layer *layer, dt_env *env) {
    dt__vector_clear(&layer->entries, env);
    DT__FREE(env, layer->slots, layer->slot_count);
    layer->slots = NULL;
    layer->slot_count = 0;
}

void dt__layer_reset(dt__layer *layer) {
    layer->entries.count = 0;
    if (layer->slots != NULL) memset(layer->slots, 0, layer->slot_count * sizeof *layer->slots);
}

static size_t hash(const char *key, size_t size) {
    uint64_t h = 0x9e3779b97f4a7c15u, word;

    for (size_t at = 0; at < size; at += sizeof word) {
        memcpy(&word, key + at, sizeof word);
        h = (h ^ word) * 0xff51afd7ed558ccdu;
        h ^= h >> 32;
    }
    return (size_t)h;
}

static size_t find_slot(const dt__layer *layer, const char *key) {
    size_t mask = layer->slot_count - 1, at = hash(key, layer->key_size) & mask;

    while (layer->slots[at] != 0 && memcmp(dt__layer_entry(layer, layer->slots[at] - 1), key, layer->key_size) != 0)
        at = (at + 1) & mask;
    return at;
}

static dt_status grow_slots(dt__layer *layer, dt_env *env) {
    size_t count = layer->slot_count == 0 ? FIRST_SLOTS : layer->slot_count * 2;
    uint32_t *slots = DT__ARRAY(env, uint32_t, count);

    if (slots == NULL) return DT_ERR_MEMORY;
    DT__FREE(env, layer->slots, layer->slot_count);
    layer->slots = slots;
    layer->slot_count = count;
    for (size_t i = 0; i < layer->entries.count; i++)
        layer->slots[find_slot(layer, dt__layer_entry(layer, i))] = (uint32_t)i + 1;
    return DT_OK;
}

static dt_status append(dt__layer *layer, size_t slot, const char *key, const dt__limb *count, dt_env *env) {
    dt_status st = dt__vector_reserve(&layer->entries, layer->entries.count + 1, env);
    char *entry;

    if (st != DT_OK) return st;
    entry = (char *)layer->entries.items + layer->entries.count * layer->entry_size;
    memset(entry, 0, layer->entry_size);
    memcpy(entry, key, layer->key_size);
    memcpy(entry + layer->key_size, count, layer->limbs * sizeof *count);
    layer->slots[slot] = (uint32_t)++layer->entries.count;
    return DT_OK;
}

dt_status dt__layer_add(dt__layer *layer, uint64_t separator, const dt__int128 *sums, const dt__limb *count,
                        dt_env *env) {
    char key[(DT__COUNT_MAX_LIMBS + 4) * sizeof(dt__int128)]; /* as many sums as there are parties, and the separator */
    dt_status st;
    size_t slot;

    if (layer->entries.count * 2 >= layer->slot_count && (st = grow_slots(layer, env)) != DT_OK) return st;
    if (layer->sum_count > 0) memcpy(key, sums, layer->sum_count * sizeof *sums);
    memcpy(key + layer->sum_count * sizeof *sums, &separator, sizeof separator);
    slot = find_slot(layer, key);
    if (layer->slots[slot] == 0) return append(layer, slot, key, count, env);
    dt__count_add((dt__limb *)(void *)((char *)layer->entries.items + (layer->slots[slot] - 1) * layer->entry_size +
                                       layer->key_size),
                  count, layer->limbs);
    return DT_OK;
}
