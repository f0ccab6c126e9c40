/* XML as a tree of elements and attributes, by libxml2: no entity but the five of XML, no DTD, no network, no more
 * depth than libxml2 allows.  Text between elements is left out: the formats read here have none.
 *
 * Three faults that files of Genius have and its own reader passes over are mended, by rules that are stated in
 * docs/formats.md and said as warnings: something before the XML declaration, an ampersand that begins no entity, and
 * bytes that are no UTF-8 in a file that does not say otherwise (windows-1252). */
#ifndef DT__EXCHANGE_XML_H
#define DT__EXCHANGE_XML_H

#include "exchange/import.h"

typedef struct dt__attribute {
    const char *name, *value; /* without white space at its ends */
    struct dt__attribute *next;
} dt__attribute;

typedef struct dt__element {
    const char *name;
    dt__place place; /* of the line, without a column */
    dt__attribute *attributes;
    struct dt__element *first, *next;
} dt__element;

/* The root; NULL after a finding. */
const dt__element *dt__xml_read(dt__import *x, const dt_file *file);

/* NULL when it is not there. */
const char *dt__xml_attribute(const dt__element *element, const char *name);
/* The first child of that name; NULL. */
const dt__element *dt__xml_child(const dt__element *element, const char *name);
bool dt__xml_is(const dt__element *element, const char *name);
#define DT__EACH_ELEMENT(child, element) \
    for (const dt__element *child = (element)->first; child != NULL; child = child->next)

#endif
