#include "model/label.h"

#include <string.h>
#include <strings.h>

static const char *text_for(const dt__label *label, const char *tag) {
    for (size_t i = 0; i < label->count; i++) {
        if (strcasecmp(label->tags[i], tag) == 0) return label->texts[i];
    }
    return NULL;
}

const char *dt__label_text(const dt__label *label, dt_language language, const char *fallback) {
    const char *text = text_for(label, dt_language_tag(language));
    if (text == NULL) text = text_for(label, "en");
    if (text == NULL && label->count > 0) text = label->texts[0];
    return text == NULL ? fallback : text;
}

dt__evidence_class dt__evidence_classify(const dt__evidence *evidence) {
    if (evidence->citation_count > 0) return DT__EVIDENCED;
    return evidence->why != NULL ? DT__JUDGED : DT__DEFAULTED;
}
