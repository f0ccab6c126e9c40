/* A growing array of plain items. */
#ifndef DT__BASE_VECTOR_H
#define DT__BASE_VECTOR_H

#include "base/env.h"

typedef struct dt__vector {
    void *items;
    size_t count, capacity, item; /* item: size of one, set at first use */
} dt__vector;

#define DT__VECTOR(type) ((dt__vector){.item = sizeof(type)})
#define DT__AT(vector, type, i) (&((type *)(vector).items)[i])

/* Appends a copy of *item.  DT_OK or DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__vector_push(dt__vector *vector, const void *item, dt_env *env);
/* Room for count items in all. */
DT_NODISCARD dt_status dt__vector_reserve(dt__vector *vector, size_t count, dt_env *env);
void dt__vector_clear(dt__vector *vector, dt_env *env);

#endif
