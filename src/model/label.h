/* A text in one or several languages, and where something stands in the evidence. */
#ifndef DT__MODEL_LABEL_H
#define DT__MODEL_LABEL_H

#include "base/env.h"

typedef struct dt__label {
    size_t count;
    const char **tags; /* language tags; "" for a text without one */
    const char **texts;
} dt__label;

/* The text for a language: that language, English, the untagged or first text, else fallback. */
const char *dt__label_text(const dt__label *label, dt_language language, const char *fallback);

/* A source and a place in it: lines from..to, 0 for the whole source. */
typedef struct dt__citation {
    uint32_t source; /* index into model->sources */
    uint32_t from, to;
} dt__citation;

typedef struct dt__evidence {
    size_t citation_count;
    const dt__citation *citations;
    const char *quote; /* NULL: none */
    const char *why;   /* NULL: none */
} dt__evidence;

typedef enum dt__evidence_class {
    DT__EVIDENCED = 0,
    DT__JUDGED,
    DT__DEFAULTED,
    DT__EVIDENCE_CLASS_COUNT
} dt__evidence_class;
dt__evidence_class dt__evidence_classify(const dt__evidence *evidence);

#endif
