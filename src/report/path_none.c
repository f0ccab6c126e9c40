/* Why there is no way. */
#include "base/catalog.h"
#include "report/path_sections.h"

enum { SHOWN = 8 };

static void add_agenda(dt_document *d, const dt_way *way) {
    dt__phrases p = dt__phrases_new(d, way->off_agenda_count);

    for (size_t i = 0; i < way->off_agenda_count; i++) dt__phrases_add(&p, dt__issue_name(d, way->off_agenda[i]));
    dt__paragraph(d, dt__say(d, "There is no way to {0}: it moves what is not on the agenda ({1}).",
                             dt__destination_name(d, way), dt__phrases_join(d, &p, dt__t(d->env, ", ")), NULL));
}

static void add_proof(dt_document *d, const dt_way *way) {
    const char *text = dt__say(
        d,
        (way->reached == 1)
            ? DT__N("There is no way to {0}: the one outcome that can be reached step by step was looked at.")
            : DT__N("There is no way to {0}: all {1} outcomes that can be reached step by step were looked at."),
        dt__destination_name(d, way), dt__say_size(d, way->reached), NULL);

    if (way->barred) {
        text =
            dt__sentences(d, text, dt__word(d, "No order of steps helps, because the end itself is not acceptable."));
    }
    dt__paragraph(d, text);
}

static void add_nearest(dt_document *d, const dt_path_answer *answer, const dt_way *way) {
    if (way->nearest == NULL || way->missing == 0) return;
    dt__paragraph(d, dt__say(d, "The nearest that can be reached misses {0} of its terms: {1}.",
                             dt__say_size(d, way->missing), dt__changes_text(d, way->nearest, answer->no_deal), NULL));
}

static void add_cuts(dt_document *d, const dt_way *way) {
    dt__block *list;

    if (way->cut_set_count == 0) {
        if (!way->incoherent) dt__paragraph(d, dt__word(d, "Who cuts every way was not found within the limits."));
        return;
    }
    if (way->cut_set_count == 1) {
        dt__paragraph(d, dt__say(d, "What cuts every way: {0}. Without that there would be a way ({1}).",
                                 dt__cut_set_text(d, &way->cut_sets[0]),
                                 dt__step_count_text(d, way->cut_sets[0].step_count), NULL));
        return;
    }
    dt__paragraph(d, dt__word(d, "What cuts every way; without any one of these there would be one:"));
    list = dt__bullets(d);
    for (size_t i = 0; i < way->cut_set_count && i < SHOWN; i++)
        dt__bullet(d, list,
                   dt__say(d, "{0} ({1})", dt__cut_set_text(d, &way->cut_sets[i]),
                           dt__step_count_text(d, way->cut_sets[i].step_count), NULL));
    if (way->cut_set_count > SHOWN) dt__and_more(d, way->cut_set_count - SHOWN);
}

static void add_bundle(dt_document *d, const dt_path_answer *answer, const dt_way *way) {
    if (way->least_bundle > 0)
        dt__paragraph(d, dt__say(d,
                                 "A larger step opens a way: {0} issues that change together, so that one makes up for "
                                 "the other.",
                                 dt__say_size(d, way->least_bundle), NULL));
    else if (way->tried_bundle > answer->bundle)
        dt__paragraph(d, dt__say(d, "Steps of up to {0} issues at once do not open one either.",
                                 dt__say_size(d, way->tried_bundle), NULL));
}

void dt__path_none(dt_document *d, const dt_path_answer *answer, const dt_way *way) {
    if (way->status == DT_WAY_UNDECIDED) {
        dt__paragraph(d,
                      dt__say(d, "Whether there is a way to {0} was not decided.", dt__destination_name(d, way), NULL));
        return;
    }
    if (way->off_agenda_count > 0) {
        add_agenda(d, way);
        return;
    }
    if (way->incoherent) {
        dt__paragraph(d, dt__say(d, "There is no way to {0}: no outcome on this agenda that keeps the rules is one.",
                                 dt__destination_name(d, way), NULL));
        return;
    }
    add_proof(d, way);
    add_cuts(d, way);
    add_nearest(d, answer, way);
    add_bundle(d, answer, way);
}
