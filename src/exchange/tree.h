/* JSON and YAML as a small tree of scalars, lists and mappings, each with its place.
 *
 * Both by libfyaml: JSON in its strict mode.  Scalars stay the text that stands in the file, so that numbers lose no
 * digit. Anchors, aliases, tags and second documents are refused, as are keys that stand twice. */
#ifndef DT__EXCHANGE_TREE_H
#define DT__EXCHANGE_TREE_H

#include "exchange/import.h"

typedef enum dt__tree_kind { DT__TREE_SCALAR = 0, DT__TREE_LIST, DT__TREE_MAPPING } dt__tree_kind;

typedef struct dt__tree {
    dt__tree_kind kind;
    bool quoted;      /* a scalar in quotes: no number, no null */
    uint32_t count;   /* children */
    const char *key;  /* of a child of a mapping */
    const char *text; /* of a scalar */
    struct dt__tree *first, *next;
    dt__place place;
} dt__tree;

typedef enum dt__tree_syntax { DT__TREE_JSON, DT__TREE_YAML } dt__tree_syntax;

/* NULL after a finding, and for an empty file.  Cost: linear; n log n in the keys of a mapping. */
const dt__tree *dt__tree_read(dt__import *x, const dt_file *file, dt__tree_syntax syntax);

/* The value of a key; NULL when it is not there, or node is NULL or no mapping. */
const dt__tree *dt__tree_get(const dt__tree *node, const char *key);
/* Is it there and not null? */
bool dt__tree_is_given(const dt__tree *node);
/* The same as get, with an error when it is not there or of another kind. */
const dt__tree *dt__tree_need(dt__import *x, const dt__tree *node, const char *key, dt__tree_kind kind);
/* The text of a scalar; NULL, with an error, of anything else. */
const char *dt__tree_text(dt__import *x, const dt__tree *node);
/* A number, with an error when it is none. */
bool dt__tree_number(dt__import *x, const dt__tree *node, dt__rational *out);

#endif
