#include "base/vector.h"

#include <string.h>

dt_status dt__vector_reserve(dt__vector *vector, size_t count, dt_env *env) {
    size_t capacity = vector->capacity == 0 ? 8 : vector->capacity;
    void *grown;

    if (count <= vector->capacity) return DT_OK;
    while (capacity < count) capacity *= 2;
    grown = dt__resize(env, vector->items, vector->capacity, capacity, vector->item);
    if (grown == NULL) return DT_ERR_MEMORY;
    vector->items = grown;
    vector->capacity = capacity;
    return DT_OK;
}

dt_status dt__vector_push(dt__vector *vector, const void *item, dt_env *env) {
    dt_status st = dt__vector_reserve(vector, vector->count + 1, env);
    if (st != DT_OK) return st;
    memcpy((char *)vector->items + vector->count * vector->item, item, vector->item);
    vector->count++;
    return DT_OK;
}

void dt__vector_clear(dt__vector *vector, dt_env *env) {
    (void)dt__resize(env, vector->items, vector->capacity, 0, vector->item);
    *vector = (dt__vector){.item = vector->item};
}
