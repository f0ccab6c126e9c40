/* Elimination: issues leave one after the other, and an algebra says what is carried along.
 *
 * TIMES joins what two parts of a model say, PLUS merges the options of an issue.  The messages are kept: at any point
 * of a search they tell what the issues not yet assigned can still bring, given those that are. Ref: bucket
 * elimination, Dechter 1999; mini-buckets, Dechter and Rish 2003. */
#ifndef DT__SPACE_ELIMINATE_H
#define DT__SPACE_ELIMINATE_H

#include "space/query.h"

/* Elements are plain memory of a fixed size; larger ones keep their parts in an arena of the context. */
typedef struct dt__algebra {
    size_t element_size;
    size_t table_limit; /* entries of one table; a wider bucket is split */
    const void *context;
    bool (*uses)(const void *context, const dt__factor *factor);
    void (*zero)(const void *context, void *element); /* nothing: forbidden */
    void (*one)(const void *context, void *element);
    bool (*is_zero)(const void *context, const void *element);
    /* element = element TIMES the entry of a factor */
    dt_status (*times_factor)(const void *context, void *element, const dt__factor *factor, size_t index);
    dt_status (*times)(const void *context, void *element, const void *other);
    dt_status (*plus)(const void *context, void *element, const void *other);
    /* Optional: PLUS of all options at once, where that is cheaper than one by one; elements side by side. */
    dt_status (*plus_all)(const void *context, void *element, const void *elements, size_t count);
    /* Optional: PLUS in every part but the first of a bucket that was split, where an upper bound is enough (default:
     * plus). */
    dt_status (*plus_split)(const void *context, void *element, const void *other);
    /* Optional: notes that an element was made by choosing an option of a variable. */
    dt_status (*choose)(const void *context, void *element, uint32_t var, dt__option option);
    bool root_only; /* nothing is asked between the depths: messages without variables stay apart, for the caller to
                       join */
} dt__algebra;

/* What an eliminated variable leaves behind: an element for each assignment of the variables it was joined with. */
typedef struct dt__message {
    uint32_t from;    /* place of the eliminated variable in the order */
    uint32_t deepest; /* place of the last variable of its scope; DT__NO_INDEX when it has none */
    uint32_t var_count;
    const uint32_t *vars, *strides;
    size_t size;
    char *table;
} dt__message;

typedef struct dt__elimination {
    const dt__query *query;
    const dt__algebra *algebra;
    const uint32_t *order;   /* variable at each place */
    uint32_t *place;         /* place of each variable */
    uint32_t *factor_places; /* per factor: place of its last variable; DT__NO_INDEX: not used, or without variables */
    dt__arena *arena;
    dt__vector messages;  /* dt__message */
    bool exact;           /* false: a bucket was too wide and was split; elements are bounds */
    char *constants;      /* per depth: the part of the rest that depends on nothing assigned */
    uint32_t *live_start; /* per depth: messages that depend on something assigned ... */
    uint32_t *live;       /* ... as indices into messages */
} dt__elimination;

/* Eliminates order[var_count-1] first, order[0] last.  A bucket over the table limit is split (exact is then false):
 * the result still bounds from above where PLUS is a maximum or a union.  Tables lie in `arena`. DT_OK, DT_ERR_MEMORY,
 * DT_ERR_CANCELLED.  Owns: *e, clear with dt__elimination_clear. */
DT_NODISCARD dt_status dt__elimination_init(dt__elimination *e, const dt__query *query, const dt__algebra *algebra,
                                            const uint32_t *order, dt__arena *arena, dt_env *env);
void dt__elimination_clear(dt__elimination *e, dt_env *env);

/* *element = what variables order[depth..] bring, given the assignment (by variable) of the others.  depth 0: all of
 * them.  Factors without variables are left to the caller: they are decided before anything is assigned. */
DT_NODISCARD dt_status dt__elimination_rest(const dt__elimination *e, uint32_t depth, const dt__option *assignment,
                                            void *element);

#endif
