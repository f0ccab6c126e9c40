/* The parts of preferences, and what other sections share with them. */
#ifndef DT__LANGUAGE_PREFERENCES_H
#define DT__LANGUAGE_PREFERENCES_H

#include "language/reader.h"

/* weights and values; salience and positions. */
void dt__read_additive(dt__reader *r, const dt__node *weights, const dt__node *values, uint32_t party,
                       dt__preferences *p);
void dt__read_spatial(dt__reader *r, const dt__node *salience, const dt__node *positions, dt__preferences *p);

/* {ISSUE: OPTION, ...} into options (per issue).  skip: keys that are no issues, ended by NULL; NULL: none. */
void dt__read_terms(dt__reader *r, const dt__node *node, const char *const *skip, dt__option *options);

/* Stands in a ranking between what is greatly preferred and the rest. */
#define DT__GREATLY_SIGN ">>"
bool dt__is_greatly_sign(const dt__node *node);
/* Marks the entries of the last rank read.  below: does anything stand below it? */
void dt__mark_greatly(dt__reader *r, const dt__node *node, const dt__preferences *p, dt__ranked *ranked, bool below);

/* Sorts the entries of a complete ranking, so that places are found without going through all of them. */
void dt__index_ranking(dt__reader *r, dt__preferences *p);

/* Ids of the entries of a list, and where they stand; NULL for those without. */
typedef struct dt__id_list {
    const char **ids;
    const dt__node **nodes;
} dt__id_list;
dt__id_list dt__id_list_new(dt__reader *r, size_t count);

#endif
