/* A way step by step. */
#include "base/catalog.h"
#include "report/path_sections.h"

/* ---- the table of steps ---- */

static const char *who_text(dt_document *d, const dt_path_step *step) {
    const char *parties = dt__parties_text(d, step->parties);

    return step->joint ? dt__say(d, "jointly: {0}", parties, NULL) : dt__say(d, "{0} alone", parties, NULL);
}

static const char *remark(dt_document *d, const dt_path_step *step) {
    const char *text = step->irreversible ? dt__word(d, "cannot be undone") : "";

    if (step->tempted == 0) return text;
    if (*text == '\0') return dt__say(d, "{0} would gain by leaving", dt__parties_text(d, step->tempted), NULL);
    return dt__say(d, "cannot be undone, and {0} would gain by leaving", dt__parties_text(d, step->tempted), NULL);
}

static dt__block *step_table(dt_document *d, const dt_path_format *f) {
    dt__block *table = dt__table(d, NULL, f->party_count + 4);

    dt__table_column(d, table, 0, dt__word(d, "Step"), DT__RIGHT);
    dt__table_column(d, table, 1, dt__word(d, "Who"), DT__LEFT);
    dt__table_column(d, table, 2, dt__word(d, "What changes"), DT__LEFT);
    for (size_t p = 0; p < f->party_count; p++)
        dt__table_column(d, table, p + 3, dt__party_name(d, f->parties[p]), DT__RIGHT);
    dt__table_column(d, table, f->party_count + 3, dt__word(d, "Remark"), DT__LEFT);
    return table;
}

static void add_steps(dt_document *d, const dt_path_answer *answer, const dt_path_format *f, const dt_walk *walk) {
    dt__block *table = step_table(d, f);
    dt_outcome before = answer->no_deal;

    for (size_t i = 0; i < walk->step_count; i++) {
        const dt_path_step *step = &walk->steps[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__say_size(d, i + 1), DT__PLAIN);
        dt__table_cell(d, table, who_text(d, step), DT__PLAIN);
        dt__table_cell(d, table, dt__step_changes(d, before, step->after), DT__STRONG);
        for (size_t p = 0; p < f->party_count; p++) {
            const dt_exact *gain = &step->gains[p];
            dt__table_cell(d, table, gain->text == NULL ? "" : dt__say_signed(d, gain->value), DT__PLAIN);
        }
        dt__table_cell(d, table, remark(d, step), step->exposed ? DT__BAD : DT__PLAIN);
        before = step->after;
    }
    dt__table_drop_empty(table);
}

/* ---- what is to be said about it ---- */

static const char *floor_text(dt_document *d, const dt_walk *walk) {
    if (walk->floor.text == NULL || walk->step_count == 0) return "";
    return dt__say(d, "The numbers are gains over no deal. The tightest moment is that of {0} after step {1}: {2}.",
                   dt__party_name(d, walk->floor_party), dt__say_size(d, walk->floor_step + 1),
                   dt__say_signed(d, walk->floor.value), NULL);
}

static const char *exposure_text(dt_document *d, const dt_walk *walk) {
    dt__phrases p = dt__phrases_new(d, walk->step_count);

    for (size_t i = 0; i < walk->step_count; i++) {
        if (walk->steps[i].exposed) dt__phrases_add(&p, dt__say_size(d, i + 1));
    }
    if (p.count == 0) return "";
    return dt__say(d, "Exposed, and in need of trust or a guarantee: step {0}.", dt__phrases_and(d, &p), NULL);
}

static void add_shortest(dt_document *d, const dt_path_answer *answer, const dt_path_format *f, const dt_way *way) {
    const dt_walk *walk = way->shortest;

    dt__paragraph(d, dt__say(d, "There is a way to {0}: {1}, agreed by {2} throughout.", dt__destination_name(d, way),
                             dt__step_count_text(d, walk->step_count), dt__parties_text(d, walk->walkers), NULL));
    add_steps(d, answer, f, walk);
    dt__paragraph(d, dt__sentences(d, floor_text(d, walk), exposure_text(d, walk)));
}

static void add_safest(dt_document *d, const dt_path_answer *answer, const dt_path_format *f, const dt_way *way) {
    const dt_walk *walk = way->safest;

    if (walk == NULL) {
        if (way->shortest->floor.text != NULL && way->safest_known && way->shortest->step_count > 1)
            dt__paragraph(d, dt__word(d, "No longer way exposes the weakest party less."));
        return;
    }
    dt__paragraph(d, dt__say(d,
                             "A way of {0} exposes the weakest party less: nobody ever gains less than {1}, instead of "
                             "{2}.",
                             dt__step_count_text(d, walk->step_count), dt__say_signed(d, walk->floor.value),
                             dt__say_signed(d, way->shortest->floor.value), NULL));
    add_steps(d, answer, f, walk);
    if (*exposure_text(d, walk) != '\0') dt__paragraph(d, exposure_text(d, walk));
}

static void add_broken(dt_document *d, const dt_way *way) {
    dt__phrases p = dt__phrases_new(d, way->broken_count);

    for (size_t i = 0; i < way->broken_count; i++)
        dt__phrases_add(&p, dt__say(d, "“{0}”", dt__principle_name(d, way->broken[i]), NULL));
    if (p.count > 0)
        dt__paragraph(d, dt__say(d, "Principles that do not bind on the way and that its end breaks: {0}.",
                                 dt__phrases_and(d, &p), NULL));
}

void dt__path_found(dt_document *d, const dt_path_answer *answer, const dt_path_format *f, const dt_way *way) {
    if (way->there) {
        dt__paragraph(d, dt__say(d, "No deal itself is {0}: no step is needed.", dt__destination_name(d, way), NULL));
        return;
    }
    add_shortest(d, answer, f, way);
    add_safest(d, answer, f, way);
    add_broken(d, way);
}
