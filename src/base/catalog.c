#include "base/catalog.h"

#include <string.h>
#include <strings.h>

#include "base/env.h"

static const char *const tags[DT_LANG_COUNT] = {[DT_LANG_EN] = "en", [DT_LANG_ZH_HANT] = "zh-Hant"};

static const struct {
    const char *tag;
    dt_language language;
} known_tags[] = {
    {"en", DT_LANG_EN},         {"zh-Hant", DT_LANG_ZH_HANT}, {"zh", DT_LANG_ZH_HANT},
    {"zh-TW", DT_LANG_ZH_HANT}, {"zh-HK", DT_LANG_ZH_HANT},   {"zh-MO", DT_LANG_ZH_HANT},
};

const char *dt_language_tag(dt_language language) {
    return (unsigned)language < DT_LANG_COUNT ? tags[language] : NULL;
}

bool dt_language_find(dt_language *language, const char *tag) {
    for (size_t i = 0; i < sizeof known_tags / sizeof *known_tags; i++) {
        if (strcasecmp(tag, known_tags[i].tag) == 0) {
            *language = known_tags[i].language;
            return true;
        }
    }
    return false;
}

const char *dt__translate(dt_language language, const char *msgid) {
    size_t low = 0, high = dt__catalog_zh_hant_count;

    if (language != DT_LANG_ZH_HANT) return msgid;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(msgid, dt__catalog_zh_hant[middle].msgid);
        if (order == 0) return dt__catalog_zh_hant[middle].msgstr;
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return msgid;
}

const char *dt__t(const dt_env *env, const char *msgid) {
    return dt__translate(env->opts.language, msgid);
}

const char *dt_translate(dt_language language, const char *msgid) {
    return dt__translate(language, msgid);
}
