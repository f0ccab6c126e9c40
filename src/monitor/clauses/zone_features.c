/* Which features of a file a zone names, and what is said when there are none of that name. */
#include <stdlib.h>
#include <string.h>

#include "base/catalog.h"
#include "model/acts.h"
#include "monitor/ledger.h"

enum { NEAREST = 5 };

/* ---- what is meant ---- */

static bool is_of_class(const dt__feature *f, const dt__zone_term *term) {
    return term->sort == NULL || (f->sort != NULL && dt__act_within(f->sort, strlen(f->sort), term->sort));
}

dt__named dt__best_name(const dt__ledger *l, const dt__zone_file *file, const dt__zone_term *term) {
    dt__named best = DT__NAMED_NOT;

    for (size_t i = file->first; term->feature != NULL && i < file->end && best != DT__NAMED_SO; i++) {
        const dt__feature *f = DT__AT(l->features, dt__feature, i);
        dt__named named = is_of_class(f, term) ? dt__feature_named(f, term->feature) : DT__NAMED_NOT;
        if (named < best) best = named;
    }
    return best;
}

bool dt__feature_meant(const dt__feature *f, const dt__zone_term *term, dt__named best) {
    if (!is_of_class(f, term)) return false;
    return term->feature == NULL || (best != DT__NAMED_NOT && dt__feature_named(f, term->feature) == best);
}

/* ---- what is there instead ---- */

static int by_text(const void *a, const void *b) {
    const dt__text_property *x = a, *y = b;
    int order = strcmp(x->value, y->value);

    return order != 0 ? order : strcmp(x->key, y->key);
}

/* All texts of the features, each once for a property; NULL: no memory. */
static dt__text_property *texts_of(dt__ledger *l, const dt__zone_file *file, size_t *count) {
    dt__text_property *texts;
    size_t room = 0, kept = 0;

    for (size_t i = file->first; i < file->end; i++) room += DT__AT(l->features, dt__feature, i)->text_count;
    if ((texts = DT__ARENA_ARRAY(&l->scratch, dt__text_property, room)) == NULL) return NULL;
    *count = 0;
    for (size_t i = file->first; i < file->end; i++) {
        const dt__feature *f = DT__AT(l->features, dt__feature, i);
        for (uint32_t k = 0; k < f->text_count; k++) texts[(*count)++] = f->texts[k];
    }
    if (*count > 1) qsort(texts, *count, sizeof *texts, by_text);
    for (size_t i = 0; i < *count; i++)
        if (kept == 0 || by_text(&texts[kept - 1], &texts[i]) != 0) texts[kept++] = texts[i];
    *count = kept;
    return texts;
}

static dt_status hint_names(dt__ledger *l, const dt__zone_file *file, const char *wanted) {
    size_t count = 0, nearest[NEAREST], found;
    const dt__text_property *texts = texts_of(l, file, &count);
    const char **values = DT__ARENA_ARRAY(&l->scratch, const char *, count);
    dt__text list;

    if (texts == NULL || values == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < count; i++) values[i] = texts[i].value;
    found = dt__nearest_few(wanted, values, count, nearest, NEAREST);
    dt__text_init(&list, l->env);
    for (size_t i = 0; i < found; i++) {
        if (i > 0) dt__text_add(&list, ", ");
        dt__text_add(&list, texts[nearest[i]].value);
        dt__text_add(&list, " (");
        dt__text_add(&list, texts[nearest[i]].key);
        dt__text_add(&list, ")");
    }
    if (found == 0) dt__hint(l->env, "no feature of this file has a property of text", NULL);
    else dt__hint(l->env, "nearest in this file, with their properties: {0}", dt__text_get(&list), NULL);
    dt__text_clear(&list);
    return DT_OK;
}

static dt_status hint_classes(dt__ledger *l, const dt__zone_file *file, const char *wanted) {
    const char **sorts = DT__ARENA_ARRAY(&l->scratch, const char *, file->end - file->first), *nearest;
    size_t count = 0;

    if (sorts == NULL) return DT_ERR_MEMORY;
    for (size_t i = file->first; i < file->end; i++) {
        const char *sort = DT__AT(l->features, dt__feature, i)->sort;
        if (sort != NULL) sorts[count++] = sort;
    }
    if ((nearest = dt__nearest(wanted, sorts, count)) != NULL) dt__hint(l->env, "did you mean “{0}”?", nearest, NULL);
    return DT_OK;
}

dt_status dt__blame_feature(dt__ledger *l, const dt__zone_term *term, const dt__zone_file *file) {
    dt_status st;

    if (term->feature != NULL) {
        dt__diagnose(l->env, DT_ERROR, term->place, "unknown-feature", "the file “{0}” has no feature “{1}”",
                     file->name, term->feature, NULL);
        st = hint_names(l, file, term->feature);
    } else {
        dt__diagnose(l->env, DT_ERROR, term->place, "unknown-feature", "the file “{0}” has no feature of class “{1}”",
                     file->name, term->sort, NULL);
        st = hint_classes(l, file, term->sort);
    }
    return st == DT_OK ? dt__settled(l->env, DT_ERR_MODEL) : st;
}
