/* Writing YAML: a tree of what is to be written, laid out so that short mappings and lists stand in one line.
 *
 * The tree lies in an arena; texts are copied when they are quoted and borrowed otherwise.  Once an allocation fails
 * the printer stays failed, and nodes made afterwards may be NULL: every function takes NULL and does nothing. */
#ifndef DT__LANGUAGE_PRINTER_H
#define DT__LANGUAGE_PRINTER_H

#include "base/arena.h"
#include "base/text.h"

typedef enum dt__quoting {
    DT__QUOTE_IF_ODD = 0, /* names and texts */
    DT__QUOTE_NEVER,      /* numbers, dates, true and false */
    DT__QUOTE_ALWAYS      /* conditions and formulas */
} dt__quoting;

typedef enum dt__written_kind { DT__WRITTEN_SCALAR = 0, DT__WRITTEN_LIST, DT__WRITTEN_MAPPING } dt__written_kind;

typedef struct dt__written {
    dt__written_kind kind;
    bool in_lines;      /* one line for each child, however short */
    const char *key;    /* in a mapping; as it is printed */
    const char *text;   /* of a scalar; as it is printed */
    const char *remark; /* lines after the last child, each behind a `#`; NULL: none */
    size_t width;       /* in one line, without its key */
    struct dt__written *first, *last, *next;
} dt__written;

typedef struct dt__printer {
    dt_env *env;
    dt__arena arena;
    bool failed;
} dt__printer;

void dt__printer_init(dt__printer *p, dt_env *env);
void dt__printer_clear(dt__printer *p);

dt__written *dt__write_scalar(dt__printer *p, const char *text, dt__quoting quoting);
dt__written *dt__write_mapping(dt__printer *p);
dt__written *dt__write_list(dt__printer *p);
void dt__write_item(dt__printer *p, dt__written *list, dt__written *item);
void dt__write_entry(dt__printer *p, dt__written *mapping, const char *key, dt__written *value);
/* The same with a key that is never quoted, such as a date. */
void dt__write_bare_entry(dt__printer *p, dt__written *mapping, const char *key, dt__written *value);

/* Remarks at the end of a mapping, which then stands in lines; before it becomes part of another.  NULL: none. */
void dt__write_remark(dt__printer *p, dt__written *mapping, const char *lines);

/* The whole text; text->failed when memory ran out. */
void dt__print_document(dt__text *text, const dt__written *root);

#endif
