/* A YAML text as a small tree of scalars, sequences and mappings, each with its place.
 *
 * Only what a model needs: every scalar is text; anchors, aliases, tags and second documents are refused.
 * Nodes lie in the arena they were read with, texts in another one, so that a model can keep the texts alone. */
#ifndef DT__LANGUAGE_YAML_H
#define DT__LANGUAGE_YAML_H

#include "base/arena.h"

enum { DT__MAX_DEPTH = 64, DT__MAX_TEXT = 16 << 20 };

typedef enum dt__node_kind { DT__NODE_SCALAR = 0, DT__NODE_SEQUENCE, DT__NODE_MAPPING } dt__node_kind;

typedef struct dt__node {
    dt__node_kind kind : 8;
    bool plain : 1;        /* a scalar without quotes */
    bool verbatim : 1;     /* a scalar that stands in the file as it is, in one line: offsets are columns */
    uint32_t line, column; /* from 1 */
    uint32_t count;        /* children */
    union {
        const char *text;       /* of a scalar, never NULL */
        struct dt__node *first; /* child */
    };
    struct dt__node *next;      /* sibling */
    const struct dt__node *key; /* of a child of a mapping: a scalar */
} dt__node;

/* The children of a sequence or mapping, in order; none of a scalar. */
#define DT__EACH(child, node)                                                                           \
    for (const dt__node *child = (node)->kind == DT__NODE_SCALAR ? NULL : (node)->first; child != NULL; \
         child = child->next)

/* Is it a key without a value? */
static inline bool dt__node_is_empty(const dt__node *node) {
    return node->kind == DT__NODE_SCALAR && node->plain && node->text[0] == '\0';
}

/* Reads one document.  *out is NULL when it is empty or wrong.  Keys that stand twice are diagnosed and kept.
 * DT_OK, DT_ERR_MODEL with diagnostics, DT_ERR_LIMIT (length or depth), DT_ERR_MEMORY.
 * Cost: linear in the text; n log n in the keys of a mapping. */
DT_NODISCARD dt_status dt__yaml_read(dt__node **out, const char *bytes, size_t length, const char *file,
                                     dt__arena *nodes, dt__arena *texts);

#endif
