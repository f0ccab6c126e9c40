/* The head of the report on "is there a way there?": what has to be kept, and all destinations side by side. */
#include "base/catalog.h"
#include "report/path_sections.h"

static const char *principles_text(dt_document *d, const uint32_t *list, size_t count) {
    dt__phrases p = dt__phrases_new(d, count);

    for (size_t i = 0; i < count; i++) dt__phrases_add(&p, dt__say(d, "“{0}”", dt__principle_name(d, list[i]), NULL));
    return dt__phrases_and(d, &p);
}

static void add_terms(dt_document *d, const dt_path_answer *answer) {
    const char *text = dt__word(d, "A way leads step by step from no deal. After every step the rules hold, and nobody "
                                   "whose consent is needed has crossed a red line or stands below no deal.");

    if (answer->strict)
        text = dt__sentences(d, text, dt__word(d, "Nobody of them is worse off after a step than before it."));
    if (answer->bundle == 1)
        text = dt__sentences(d, text, dt__word(d, "A step changes one issue, or issues that one rule links."));
    else
        text = dt__sentences(d, text,
                             dt__say(d, "A step changes up to {0} issues, or issues that one rule links.",
                                     dt__say_size(d, answer->bundle), NULL));
    dt__paragraph(d, text);
    if (answer->kept_count > 0)
        dt__paragraph(d, dt__say(d, "Principles kept on the way: {0}.",
                                 principles_text(d, answer->kept, answer->kept_count), NULL));
    if (answer->broken_count > 0)
        dt__paragraph(d, dt__say(d, "No deal itself breaks {0}; that binds from the first step that mends it.",
                                 principles_text(d, answer->broken_at_start, answer->broken_count), NULL));
}

/* ---- destinations side by side ---- */

static const char *chance_text(dt_document *d, const dt_path_answer *answer, const dt_way *way) {
    double n = (double)answer->draws, share = (double)way->reached_by_draws / n;

    if (way->undecided_draws == 0) return dt__say_percent(d, share);
    return dt__say_percents(d, share, (double)(way->reached_by_draws + way->undecided_draws) / n);
}

static const char *way_text(dt_document *d, const dt_path_answer *answer, const dt_way *way) {
    const char *text;

    if (way->status == DT_WAY_UNDECIDED) text = dt__word(d, "not decided");
    else if (way->status == DT_WAY_NONE) text = dt__word(d, "no way");
    else if (way->there) text = dt__word(d, "no step needed");
    else text = dt__step_count_text(d, way->step_count);
    if (answer->draws == 0) return text;
    return dt__say(d, "{0} ({1})", text, chance_text(d, answer, way), NULL);
}

static dt__emphasis emphasis_of(const dt_way *way) {
    if (way->status == DT_WAY_FOUND) return DT__GOOD;
    return way->status == DT_WAY_NONE ? DT__BAD : DT__PLAIN;
}

static void add_destinations(dt_document *d, const dt_path_answer *answer) {
    size_t ways = answer->formats[0].way_count;
    dt__block *table = dt__table(d, NULL, answer->format_count + 1);

    dt__table_column(d, table, 0, dt__word(d, "A way to"), DT__LEFT);
    for (size_t f = 0; f < answer->format_count; f++)
        dt__table_column(d, table, f + 1, dt__format_name(d, answer->formats[f].format), DT__LEFT);
    for (size_t i = 0; i < ways; i++) {
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__destination_name(d, &answer->formats[0].ways[i]), DT__PLAIN);
        for (size_t f = 0; f < answer->format_count; f++) {
            const dt_way *way = &answer->formats[f].ways[i];
            dt__table_cell(d, table, way_text(d, answer, way), emphasis_of(way));
        }
    }
    if (answer->draws > 0)
        dt__paragraph(d, dt__say(d, "In brackets: the share of {0} draws of what is uncertain in which there is a way.",
                                 dt__say_size(d, (size_t)answer->draws), NULL));
}

void dt__path_head(dt_document *d, const dt_path_answer *answer) {
    const char *date = dt__as_of_sentence(d, answer->months);

    dt__heading(d, 1, dt__say(d, "{0}: is there a way there?", dt__title_name(d), NULL));
    if (*date != '\0') dt__paragraph(d, date);
    add_terms(d, answer);
    if (answer->format_count == 0) {
        dt__paragraph(d, dt__word(d, "The model names no format, so there is nobody whose consent could be asked."));
        return;
    }
    add_destinations(d, answer);
}
