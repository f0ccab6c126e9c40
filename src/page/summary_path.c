/* Is there a way there, in short: the first deal, how much can be reached, and what cuts every way. */
#include <string.h>

#include "base/catalog.h"
#include "base/wilson.h"
#include "page/page_sections.h"
#include "report/path_sections.h"

/* The first step of a way of one step; what cuts a way that there is not.  Both tell what parties accept. */
static const char *found_text(dt_document *d, const dt_answers *a, const dt_way *way) {
    if (way->step_count != 1)
        return dt__say(d, "a first deal is {0} steps away.", dt__say_size(d, way->step_count), NULL);
    if (a->redacted != 0 || way->destination == NULL) return dt__word(d, "a first deal is one step away.");
    return dt__say(d, "a first deal is one step away ({0}).", dt__step_changes(d, a->path->no_deal, way->destination),
                   NULL);
}

static const char *none_text(dt_document *d, const dt_answers *a, const dt_way *way) {
    const char *text = dt__word(d, "no. No step from no deal leads to a deal without somebody losing on the way.");

    if (a->redacted != 0 || way->cut_set_count == 0) return text;
    return dt__sentences(d, text,
                         dt__say(d, "What cuts every way: {0}.", dt__cut_set_text(d, &way->cut_sets[0]), NULL));
}

static const char *goals_text(dt_document *d, const dt_path_format *f) {
    size_t found = 0, goals = 0;

    for (size_t i = 0; i < f->way_count; i++) {
        if (f->ways[i].kind == DT_DESTINATION_ZONE) continue;
        goals++;
        found += f->ways[i].status == DT_WAY_FOUND;
    }
    if (goals == 0) return "";
    return dt__say(d, "Proposals and scenarios that can be reached: {0} of {1}.", dt__say_size(d, found),
                   dt__say_size(d, goals), NULL);
}

/* How often there is a way to a deal, in the format at a place of the answer. */
static const dt_way *way_over_draws(const dt_answers *a, size_t format) {
    return &a->chances->formats[format].ways[0];
}

static dt__share_interval chance_of(const dt_answers *a, const dt_way *way) {
    double n = (double)a->chances->draws;
    return dt__wilson((double)way->reached_by_draws / n, (double)(way->reached_by_draws + way->undecided_draws) / n, n);
}

static bool has_chances(const dt_answers *a) {
    return a->chances != NULL && a->chances->draws > 0 && a->chances->format_count == a->path->format_count &&
           dt__is_uncertain(a);
}

/* Told once where it is all of them in every format. */
static bool is_way_in_all_draws(const dt_answers *a) {
    for (size_t i = 0; i < a->chances->format_count; i++)
        if (way_over_draws(a, i)->reached_by_draws < a->chances->draws) return false;
    return true;
}

static const char *chance_text(dt_document *d, const dt_answers *a, size_t format) {
    const dt_way *way;
    dt__share_interval chance;

    if (!has_chances(a) || is_way_in_all_draws(a)) return "";
    way = way_over_draws(a, format);
    chance = chance_of(a, way);
    if (way->undecided_draws > 0)
        return dt__say(d, "Over what is uncertain there is a way in {0} of the draws; the limits left some undecided.",
                       dt__say_percents(d, chance.low, chance.high), NULL);
    return dt__say(d, "Over what is uncertain there is a way in {0} of the draws (95%: {1}).",
                   dt__say_percent(d, (double)way->reached_by_draws / (double)a->chances->draws),
                   dt__say_percents(d, chance.low, chance.high), NULL);
}

/* Without the name of the format. */
static const char *way_sentence(dt_document *d, const dt_answers *a, size_t format) {
    const dt_path_format *f = &a->path->formats[format];

    for (size_t i = 0; i < f->way_count; i++) {
        const dt_way *way = &f->ways[i];
        const char *chance = chance_text(d, a, format);
        if (way->kind != DT_DESTINATION_ZONE) continue;
        if (way->status == DT_WAY_FOUND)
            return dt__sentences(d, dt__sentences(d, found_text(d, a, way), chance), goals_text(d, f));
        if (way->status == DT_WAY_NONE) return dt__sentences(d, none_text(d, a, way), chance);
        break;
    }
    return dt__word(d, "cannot say within the limits of time and memory.");
}

/* Formats of which the same is to be told, once. */
static void add_ways(dt_document *d, const dt_answers *a) {
    const dt_path_answer *p = a->path;
    const char **told = DT__ARENA_ARRAY(&d->arena, const char *, p->format_count);
    dt__block *list = dt__bullets(d);

    d->failed |= told == NULL;
    for (size_t i = 0; told != NULL && i < p->format_count; i++) told[i] = way_sentence(d, a, i);
    for (size_t i = 0; told != NULL && i < p->format_count; i++) {
        dt__phrases names = dt__phrases_new(d, p->format_count);
        size_t k = 0;
        while (strcmp(told[k], told[i]) != 0) k++;
        if (k < i) continue;
        for (k = i; k < p->format_count; k++)
            if (strcmp(told[k], told[i]) == 0) dt__phrases_add(&names, dt__format_name(d, p->formats[k].format));
        dt__bullet(d, list, dt__say(d, "{0}: {1}", dt__phrases_join(d, &names, dt__t(d->env, "; ")), told[i], NULL));
    }
}

void dt__summary_path(dt_document *d, const dt_answers *a) {
    if (a->path == NULL) return;
    dt__heading(d, 2, dt__section_title(d->env, DT__PAGE_PATH));
    dt__paragraph(d, dt__word(d, "Step by step from no deal, nobody whose consent is needed below no deal after any "
                                 "step, and the principles of order kept:"));
    add_ways(d, a);
    if (has_chances(a) && is_way_in_all_draws(a)) {
        dt__share_interval chance = chance_of(a, way_over_draws(a, 0));
        dt__paragraph(d, dt__say(d,
                                 "In each of {0} draws of what is uncertain there is a way to a deal, in every format "
                                 "(95%: {1}).",
                                 dt__say_size(d, (size_t)a->chances->draws),
                                 dt__say_percents(d, chance.low, chance.high), NULL));
    }
}
