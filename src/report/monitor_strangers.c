/* Actors whom the records name and whom the model does not know. */
#include "base/catalog.h"
#include "report/monitor_sections.h"

enum { NAMED = 5 };

static const char *stranger_text(dt_document *d, const dt_stranger *s) {
    const char *count = dt__say_size(d, s->records);

    if (s->nearest == NULL) return dt__say(d, "{0} ({1})", s->name, count, NULL);
    return dt__say(d, "{0} ({1}; spelled almost like “{2}”)", s->name, count, s->nearest, NULL);
}

const char *dt__strangers_text(dt_document *d, const dt_monitor_answer *answer, bool redact) {
    size_t shown = answer->stranger_count < NAMED ? answer->stranger_count : NAMED;
    dt__phrases names = dt__phrases_new(d, NAMED + 1);

    if (answer->stranger_count == 0) return NULL;
    if (redact)
        return dt__say(d, "Actors whom the records name and who are no party of the model: {0}.",
                       dt__say_size(d, answer->stranger_count), NULL);
    for (size_t i = 0; i < shown; i++) dt__phrases_add(&names, stranger_text(d, &answer->strangers[i]));
    if (answer->stranger_count > shown)
        dt__phrases_add(&names, dt__say(d, "{0} more", dt__say_size(d, answer->stranger_count - shown), NULL));
    return dt__say(d,
                   "Named in records, but no party of the model: {0}. If one of them is a party, the model lacks an "
                   "alias.",
                   dt__phrases_and(d, &names), NULL);
}

void dt__monitor_add_strangers(dt_document *d, const dt_monitor_answer *answer, bool redact) {
    const char *text = dt__strangers_text(d, answer, redact);
    if (text != NULL) dt__paragraph(d, text);
}

void dt__monitor_put_strangers(dt_document *d, dt__value *value, const dt_monitor_answer *answer) {
    dt__value *list = dt__put(d, value, "strangers", dt__value_array(d));

    for (size_t i = 0; i < answer->stranger_count; i++) {
        const dt_stranger *s = &answer->strangers[i];
        dt__value *entry = dt__append(list, dt__value_object(d));
        dt__put(d, entry, "name", dt__value_string(d, s->name));
        dt__put(d, entry, "records", dt__value_unsigned(d, s->records));
        dt__put(d, entry, "nearest", s->nearest == NULL ? dt__value_null(d) : dt__value_string(d, s->nearest));
    }
}
