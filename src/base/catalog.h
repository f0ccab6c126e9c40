/* The message catalogue: every text that a user sees, in every language, compiled in from po/. */
#ifndef DT__BASE_CATALOG_H
#define DT__BASE_CATALOG_H

#include "detente/env.h"

/* Marks a text for translation where it stands in a table; it is translated when used. */
#define DT__N(text) text

/* The text in a language; msgid itself for English.  The build fails while one is missing. */
const char *dt__translate(dt_language language, const char *msgid);
/* The same, in the language of the environment. */
const char *dt__t(const dt_env *env, const char *msgid);

/* Generated from po/: pairs sorted by msgid. */
struct dt__translation {
    const char *msgid, *msgstr;
};
extern const struct dt__translation dt__catalog_zh_hant[];
extern const size_t dt__catalog_zh_hant_count;

#endif
