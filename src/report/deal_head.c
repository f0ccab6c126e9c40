/* The head of the report on a deal: the formats side by side, and what the settings change. */
#include <string.h>

#include "base/catalog.h"
#include "report/deal_sections.h"

/* ---- the formats side by side ---- */

const char *dt__zone_verdict(dt_document *d, const dt_deal_answer *answer, const dt_deal_format *f,
                             dt__emphasis *emphasis) {
    *emphasis = DT__BAD;
    if (f->zone.status == DT_ZONE_EMPTY) return dt__word(d, "no");
    if (dt__zone_is_no_deal(d, answer, f)) return dt__word(d, "only no deal");
    *emphasis = f->zone.status == DT_ZONE_OPEN ? DT__GOOD : DT__PLAIN;
    return f->zone.status == DT_ZONE_OPEN ? dt__word(d, "yes") : dt__word(d, "undecided");
}

const char *dt__zone_size(dt_document *d, const dt_deal_format *f) {
    const dt_zone *zone = &f->zone;
    const char *count = dt__say_bounds(d, zone->exact, zone->count, zone->low, zone->high);
    const char *all = dt__say_count(d, f->coherent);

    if (!zone->exact || !(zone->count.value > 0)) return dt__say(d, "{0} of {1}", count, all, NULL);
    return dt__say(d, "{0} of {1} ({2})", count, all, dt__say_percent(d, zone->count.value / f->coherent.value), NULL);
}

const char *dt__zone_obstacle(dt_document *d, const dt_deal_format *f) {
    const char *first;

    if (f->winning_count == 0) return dt__word(d, "nobody can give the consent it asks for");
    if (f->rule_conflict_count > 0) return dt__word(d, "the rules exclude one another");
    if (f->zone.status == DT_ZONE_UNDECIDED) return dt__word(d, "not known within the limits");
    if (f->blocking_count == 0) return "";
    first = dt__blockers_text(d, &f->blocking[0]);
    if (f->blocking_count == 1) return first;
    return dt__say(d, "{0} (one of {1} sets)", first, dt__say_size(d, f->blocking_count), NULL);
}

/* The share with a deal other than no deal, with its interval; with undecided draws only the interval, which allows for
 * them. */
static const char *draw_share(dt_document *d, const dt_deal_format *f) {
    const dt_draw_share *s = &f->beside;
    const char *low = dt__say_percent(d, s->low), *high = dt__say_percent(d, s->high);

    if (s->undecided > 0) return dt__say(d, "{0} to {1}", low, high, NULL);
    return dt__say(d, "{0} ({1} to {2})", dt__say_percent(d, s->probability), low, high, NULL);
}

static bool has_obstacle(const dt_deal_answer *answer) {
    for (size_t i = 0; i < answer->format_count; i++) {
        if (answer->formats[i].zone.status != DT_ZONE_OPEN) return true;
    }
    return false;
}

static dt__block *overview(dt_document *d, const dt_deal_answer *answer, bool obstacles) {
    dt__block *table = dt__table(d, NULL, 4 + (answer->draws > 0) + obstacles);
    size_t column = 0;

    dt__table_column(d, table, column++, dt__word(d, "Format"), DT__LEFT);
    dt__table_column(d, table, column++, dt__word(d, "Consent of"), DT__LEFT);
    dt__table_column(d, table, column++, dt__word(d, "A deal?"), DT__LEFT);
    dt__table_column(d, table, column++, dt__word(d, "Outcomes in the zone"), DT__LEFT);
    if (answer->draws > 0) dt__table_column(d, table, column++, dt__word(d, "A deal in the draws"), DT__LEFT);
    if (obstacles) dt__table_column(d, table, column, dt__word(d, "What blocks it"), DT__LEFT);
    return table;
}

static void add_overview(dt_document *d, const dt_deal_answer *answer) {
    bool obstacles = has_obstacle(answer);
    dt__block *table;

    if (answer->format_count == 0) {
        dt__paragraph(d, dt__word(d, "The model names no format, so there is nobody whose consent could be asked."));
        return;
    }
    table = overview(d, answer, obstacles);
    for (size_t i = 0; i < answer->format_count; i++) {
        const dt_deal_format *f = &answer->formats[i];
        dt__emphasis emphasis;
        const char *word = dt__zone_verdict(d, answer, f, &emphasis);
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__format_name(d, f->format), DT__PLAIN);
        dt__table_cell(d, table, dt__consent_text(d, &d->model->formats[f->format].consent), DT__PLAIN);
        dt__table_cell(d, table, word, emphasis);
        dt__table_cell(d, table, dt__zone_size(d, f), DT__PLAIN);
        if (answer->draws > 0) dt__table_cell(d, table, draw_share(d, f), DT__PLAIN);
        if (obstacles) dt__table_cell(d, table, dt__zone_obstacle(d, f), DT__PLAIN);
    }
}

static uint64_t most_undecided(const dt_deal_answer *answer) {
    uint64_t most = 0;
    for (size_t i = 0; i < answer->format_count; i++) {
        if (answer->formats[i].beside.undecided > most) most = answer->formats[i].beside.undecided;
    }
    return most;
}

static void add_draws(dt_document *d, const dt_deal_answer *answer) {
    const char *text, *undecided = "";

    if (answer->draws == 0) return;
    text = dt__say(
        d,
        "Over {0} draws of everything uncertain (seed {1}): the share with a deal other than no deal itself; in "
        "parentheses its 95% interval.",
        dt__say_size(d, answer->draws), dt__say_size(d, answer->seed), NULL);
    if (most_undecided(answer) > 0) {
        undecided =
            dt__say(d, "Not decided within the limits: up to {0} draws of a format; the interval allows for them.",
                    dt__say_size(d, most_undecided(answer)), NULL);
    }
    dt__paragraph(d, dt__sentences(d, text, undecided));
}

static void add_scenario(dt_document *d, const dt_deal_answer *answer) {
    uint32_t within = answer->format_count == 0 ? UINT32_MAX : answer->formats[0].within;
    if (within >= d->model->scenario_count) return;
    dt__paragraph(d,
                  dt__say(d, "Only outcomes that meet the scenario “{0}” count.", dt__scenario_name(d, within), NULL));
}

void dt__deal_head(dt_document *d, const dt_deal_answer *answer) {
    const char *date = dt__as_of_sentence(d, answer->months);

    dt__heading(d, 1, dt__say(d, "{0}: is there a deal?", dt__title_name(d), NULL));
    if (*date != '\0') dt__paragraph(d, date);
    add_scenario(d, answer);
    add_overview(d, answer);
    add_draws(d, answer);
}

/* ---- what the settings change ---- */

static const dt__column zone_columns[] = {
    {DT__N("Format"), DT__LEFT}, {DT__N("Zone before"), DT__RIGHT}, {DT__N("Zone after"), DT__RIGHT}};

static void add_zones(dt_document *d, const dt_deal_answer *before, const dt_deal_answer *after) {
    dt__block *table = DT__TABLE_OF(d, zone_columns);
    for (size_t i = 0; i < after->format_count && i < before->format_count; i++) {
        const dt_zone *a = &before->formats[i].zone, *b = &after->formats[i].zone;
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__format_name(d, after->formats[i].format), DT__PLAIN);
        dt__table_cell(d, table, dt__say_bounds(d, a->exact, a->count, a->low, a->high), DT__PLAIN);
        dt__table_cell(d, table, dt__say_bounds(d, b->exact, b->count, b->low, b->high), DT__PLAIN);
    }
}

static bool moved(const dt_judgement *before, const dt_judgement *after) {
    if (before->no_deal.text == NULL || after->no_deal.text == NULL) return false;
    return strcmp(before->no_deal.text, after->no_deal.text) != 0;
}

static void add_no_deal_row(dt_document *d, dt__block *table, const dt_judgement *before, const dt_judgement *after) {
    double change = after->no_deal.value - before->no_deal.value;

    dt__table_row(d, table);
    dt__table_cell(d, table, dt__party_name(d, after->party), DT__PLAIN);
    dt__table_cell(d, table, dt__say_number(d, before->no_deal.value), DT__PLAIN);
    dt__table_cell(d, table, dt__say_number(d, after->no_deal.value), DT__PLAIN);
    dt__table_cell(d, table, dt__say_signed(d, change), DT__PLAIN);
}

static const dt__column no_deal_columns[] = {{DT__N("No deal is worth, to"), DT__LEFT},
                                             {DT__N("Before"), DT__RIGHT},
                                             {DT__N("After"), DT__RIGHT},
                                             {DT__N("Change"), DT__RIGHT}};

static void add_no_deals(dt_document *d, const dt_deal_answer *before, const dt_deal_answer *after) {
    size_t count = before->no_deal_count < after->no_deal_count ? before->no_deal_count : after->no_deal_count,
           changed = 0;
    dt__block *table = NULL;

    for (size_t i = 0; i < count; i++) {
        if (!moved(&before->no_deal_values[i], &after->no_deal_values[i])) continue;
        if (changed++ == 0) {
            table = DT__TABLE_OF(d, no_deal_columns);
        }
        add_no_deal_row(d, table, &before->no_deal_values[i], &after->no_deal_values[i]);
    }
    if (changed == 0) dt__paragraph(d, dt__word(d, "No deal is worth the same to everybody as before."));
}

void dt__deal_difference(dt_document *d, const dt_deal_answer *answer) {
    if (answer->base == NULL) return;
    dt__heading(d, 2, dt__word(d, "What the settings change"));
    add_zones(d, answer->base, answer);
    add_no_deals(d, answer->base, answer);
}
