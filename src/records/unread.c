#include "records/unread.h"

#include <string.h>

#include "base/catalog.h"

enum { MOST = 20, SHORT = 3, LONG = 64 };

void dt__unread_init(dt__unread *unread, dt_env *env) {
    *unread = (dt__unread){0};
    dt__text_init(&unread->names, env);
}

void dt__unread_clear(dt__unread *unread) {
    dt__text_clear(&unread->names);
}

static bool is_noted(const dt__unread *u, const char *name, size_t length) {
    for (const char *line = dt__text_get(&u->names), *end; *line != '\0'; line = end + 1) {
        end = strchr(line, '\n');
        if ((size_t)(end - line) == length && memcmp(line, name, length) == 0) return true;
    }
    return false;
}

/* Lines end names, so that of a name that has some its first is told. */
void dt__unread_note(dt__unread *unread, const char *name) {
    size_t length;

    name = dt__trimmed(name, &length);
    if (memchr(name, '\n', length) != NULL) length = strcspn(name, "\n");
    if (length == 0 || unread->names.failed || unread->count > MOST || is_noted(unread, name, length)) return;
    unread->count++;
    if (unread->count > MOST) return;
    dt__text_add_bytes(&unread->names, name, length);
    dt__text_add_char(&unread->names, '\n');
}

/* The key that is meant: one that the name is the beginning of (lat: latitude), else the nearest. */
static const char *key_meant(const char *name, size_t length, const char *const *keys, size_t count) {
    char word[LONG + 1];

    if (length > LONG) return NULL;
    for (size_t i = 0; i < length; i++) word[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] + 32 : name[i]);
    word[length] = '\0';
    for (size_t i = 0; i < count && length >= SHORT; i++)
        if (strncmp(keys[i], word, length) == 0) return keys[i];
    return dt__nearest(word, keys, count);
}

static void add_names(dt__text *list, const dt__unread *u, const char *const *keys, size_t count) {
    for (const char *line = dt__text_get(&u->names), *end; *line != '\0'; line = end + 1) {
        const char *meant;
        end = strchr(line, '\n');
        meant = key_meant(line, (size_t)(end - line), keys, count);
        if (list->length > 0) dt__text_add(list, ", ");
        dt__text_add_bytes(list, line, (size_t)(end - line));
        if (meant == NULL) continue;
        dt__text_add(list, " (");
        dt__text_add(list, meant);
        dt__text_add(list, "?)");
    }
    if (u->count > MOST) dt__text_add(list, ", …");
}

static void tell_one(const dt__unread *u, const char *const *keys, size_t count, dt__place place, dt__text *name) {
    dt_env *env = u->names.env;
    const char *meant = key_meant(dt__text_get(&u->names), u->names.length - 1, keys, count);

    dt__text_add_bytes(name, dt__text_get(&u->names), u->names.length - 1);
    dt__diagnose(env, DT_WARNING, place, "unread-column", "the column “{0}” is not read: no key has this name",
                 dt__text_get(name), NULL);
    if (meant != NULL) dt__hint(env, "did you mean {0}?", meant, NULL);
    else dt__hint(env, "the keys are listed in docs/formats.md", NULL);
}

dt_status dt__unread_tell(const dt__unread *unread, const char *const *keys, size_t count, dt__place place) {
    dt_env *env = unread->names.env;
    dt_status st = dt__text_status(&unread->names);
    dt__text text;

    if (unread->count == 0 || st != DT_OK) return st;
    dt__text_init(&text, env);
    if (unread->count == 1) tell_one(unread, keys, count, place, &text);
    else {
        add_names(&text, unread, keys, count);
        dt__diagnose(env, DT_WARNING, place, "unread-column",
                     "these columns are not read, since no keys have their names: {0}", dt__text_get(&text), NULL);
        dt__hint(env, "the keys are listed in docs/formats.md", NULL);
    }
    st = dt__text_status(&text);
    dt__text_clear(&text);
    return st;
}
