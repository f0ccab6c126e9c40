/* A tree of plain values for programs: what JSON can say.  All of it lies in the document's arena; keys and texts are
 * copied there.  A failed allocation is noted in the document and gives NULL, which every function here accepts. */
#ifndef DT__DOCUMENT_VALUE_H
#define DT__DOCUMENT_VALUE_H

#include "document/document.h"

typedef enum dt__value_kind {
    DT__VALUE_NULL = 0,
    DT__VALUE_BOOL,
    DT__VALUE_NUMBER, /* text is a JSON number */
    DT__VALUE_STRING,
    DT__VALUE_ARRAY,
    DT__VALUE_OBJECT
} dt__value_kind;

typedef struct dt__value {
    dt__value_kind kind;
    bool truth;
    const char *text;
    const char *key;                       /* in an object */
    struct dt__value *first, *last, *next; /* members; next member of the same parent */
} dt__value;

dt__value *dt__value_null(dt_document *d);
dt__value *dt__value_bool(dt_document *d, bool truth);
dt__value *dt__value_string(dt_document *d, const char *text); /* NULL gives null */
dt__value *dt__value_array(dt_document *d);
dt__value *dt__value_object(dt_document *d);

/* Numbers.  Counts over 2^53 become strings. */
dt__value *dt__value_unsigned(dt_document *d, uint64_t value);
dt__value *dt__value_double(dt_document *d, double value); /* NaN and infinities give null */
dt__value *dt__value_exact(dt_document *d,
                           dt_exact number); /* a decimal as it is, a fraction as its double; text NULL gives null */
dt__value *dt__value_count(dt_document *d, dt_exact count); /* a natural number */

/* Appends a member; returns it. */
dt__value *dt__put(dt_document *d, dt__value *object, const char *key, dt__value *member);
dt__value *dt__append(dt__value *parent, dt__value *member);

#endif
