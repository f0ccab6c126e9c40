/* What the terms of a reading come to: triggers as they were declared, zones, lines that move. */
#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "report/monitor_sections.h"

enum { SHOWN_ZONES = 10 };

/* ---- triggers ---- */

/* "more than 3 in a day", "at most 3 by the end". */
static const char *limit_text(dt_document *d, const dt__trigger *t, const dt__clause_reading *terms) {
    const char *limit = dt__say_size(d, t->limit), *text;
    const dt__breach_class *sort = t->sort == DT__NO_INDEX ? NULL : &terms->classes[t->sort];

    if (t->at_most) text = dt__say(d, "at most {0} by the end", limit, NULL);
    else if (t->per == DT__IN_A_DAY) text = dt__say(d, "more than {0} in a day", limit, NULL);
    else if (t->per == DT__IN_A_WEEK) text = dt__say(d, "more than {0} in a week", limit, NULL);
    else text = dt__say(d, "more than {0} in all", limit, NULL);
    return sort == NULL ? text : dt__say(d, "{0} of class “{1}”", text, dt__label_name(d, &sort->name, sort->id), NULL);
}

static void add_amount(dt_document *d, dt__phrases *list, uint32_t amount, const char *one, const char *many) {
    if (amount == 1) dt__phrases_add(list, dt__word(d, one));
    else if (amount > 1) dt__phrases_add(list, dt__say(d, many, dt__say_size(d, amount), NULL));
}

static const char *lasting_text(dt_document *d, const dt__term_moment *m) {
    dt__phrases list = dt__phrases_new(d, 3);

    add_amount(d, &list, m->days, DT__N("1 day"), DT__N("{0} days"));
    add_amount(d, &list, m->hours, DT__N("1 hour"), DT__N("{0} hours"));
    add_amount(d, &list, m->minutes, DT__N("1 minute"), DT__N("{0} minutes"));
    return dt__phrases_and(d, &list);
}

static const char *consequence_text(dt_document *d, const dt__trigger *t) {
    static const char *const words[] = {NULL,
                                        DT__N("consultation"),
                                        DT__N("suspension"),
                                        DT__N("termination"),
                                        DT__N("extension"),
                                        DT__N("a sanction")};
    if (t->sanction != NULL) return dt__say(d, "the sanction “{0}”", t->sanction, NULL);
    if (dt__is_lasting(&t->lasting))
        return dt__say(d, t->then == DT__THEN_SUSPENSION ? DT__N("suspension for {0}") : DT__N("extension by {0}"),
                       lasting_text(d, &t->lasting), NULL);
    return dt__word(d, words[t->then]);
}

/* "The joint commission meets (more than 1 in a day: consultation)". */
static const char *declared_text(dt_document *d, const dt__trigger *t, const dt__clause_reading *terms) {
    const char *name = dt__label_name(d, &t->name, t->id), *limit = limit_text(d, t, terms);

    if (t->then == DT__THEN_NOT_SAID) return dt__say(d, "{0} ({1})", name, limit, NULL);
    return dt__say(d, "{0} ({1}: {2})", name, limit, consequence_text(d, t), NULL);
}

const char *dt__monitor_trigger(dt_document *d, const dt__clause_reading *terms, const dt_triggered *result,
                                uint32_t party) {
    const dt__trigger *t = &terms->triggers[result->trigger];
    const char *name = declared_text(d, t, terms), *who = dt__party_name(d, party);

    if (t->at_most) {
        if (result->certainly) return dt__say(d, "{0}: {1} stays within the threshold.", name, who, NULL);
        if (result->possibly)
            return dt__say(d, "{0}: {1} may stay within the threshold; it depends on what is in doubt.", name, who,
                           NULL);
        return NULL;
    }
    if (result->certainly)
        return dt__say(d, "{0}: the threshold of the agreement is passed by what is alleged of {1}, first on {2}.",
                       name, who, dt__monitor_when(d, result->since, true), NULL);
    if (result->possibly)
        return dt__say(d, "{0}: the threshold may be passed by {1}; it depends on what is in doubt.", name, who, NULL);
    return NULL;
}

void dt__monitor_triggers(dt_document *d, const dt__clause_reading *terms, const dt_reading_record *r) {
    for (size_t i = 0; i < r->party_count; i++)
        for (size_t k = 0; k < r->parties[i].triggered_count; k++) {
            const dt_triggered *t = &r->parties[i].triggered[k];
            const char *text = dt__monitor_trigger(d, terms, t, r->parties[i].party);
            if (text != NULL) dt__paragraph(d, text);
        }
}

/* ---- zones ---- */

static const dt__column zone_columns[] = {{DT__N("Party"), DT__LEFT},     {DT__N("Zone"), DT__LEFT},
                                          {DT__N("Breaches"), DT__RIGHT}, {DT__N("In doubt"), DT__RIGHT},
                                          {DT__N("A day"), DT__RIGHT},    {DT__N("A day, evened out"), DT__RIGHT}};

static const char *rate_text(dt_document *d, double rate) {
    return isnan(rate) ? "" : dt__say_number(d, rate);
}

static double breaches_in(const dt_zone_record *z) {
    return z->counts[DT_VERDICT_ALLEGED] + z->counts[DT_VERDICT_CORROBORATED];
}

/* A record may name several regions. */
static const char *zone_name(dt_document *d, const char *title) {
    dt__phrases list;

    if (title == NULL) return dt__word(d, "(not known where)");
    list = dt__phrases_new(d, strlen(title) / 2 + 1);
    while (*title != '\0') {
        size_t length = strcspn(title, "|");
        dt__phrases_add(&list, dt__document_bytes(d, title, length));
        title += length + (title[length] == '|');
    }
    return dt__phrases_join(d, &list, " / ");
}

static void add_zone_row(dt_document *d, dt__block *table, const char *party, const dt_zone_record *z) {
    double doubt = z->counts[DT_VERDICT_INDETERMINATE] + z->counts[DT_VERDICT_CONTRADICTED];

    dt__table_row(d, table);
    dt__table_cell(d, table, party, DT__PLAIN);
    dt__table_cell(d, table, zone_name(d, z->title), DT__PLAIN);
    dt__table_cell(d, table, dt__say_number(d, breaches_in(z)), DT__PLAIN);
    dt__table_cell(d, table, doubt > 0 ? dt__say_number(d, doubt) : "0", DT__PLAIN);
    dt__table_cell(d, table, rate_text(d, z->raw), DT__PLAIN);
    dt__table_cell(d, table, rate_text(d, z->shrunk), DT__PLAIN);
}

/* Zones of the reading all; of the many regions that records may name those with a breach. */
static bool is_shown(const dt_reading_record *r, const dt_zone_record *z) {
    return r->inside_count + r->outside_count > 0 || breaches_in(z) > 0;
}

static size_t shown_zones(const dt_reading_record *r, const dt_party_record *p) {
    size_t count = 0;

    for (size_t i = 0; i < p->zone_count; i++) count += p->zones[i].name != NULL && is_shown(r, &p->zones[i]);
    return count;
}

static void add_zones_of(dt_document *d, dt__block *table, const dt_reading_record *r, const dt_party_record *p) {
    size_t shown = 0, left = 0;

    for (size_t k = 0; k < p->zone_count; k++) {
        if (!is_shown(r, &p->zones[k])) continue;
        if (shown == SHOWN_ZONES) left++;
        else add_zone_row(d, table, shown++ == 0 ? dt__party_name(d, p->party) : "", &p->zones[k]);
    }
    if (left > 0) dt__and_more(d, left);
}

/* Only where there is more than one zone to tell of. */
void dt__monitor_zones(dt_document *d, const char *reading, const dt_reading_record *r) {
    dt__block *table = NULL;

    for (size_t i = 0; i < r->party_count; i++) {
        if (shown_zones(r, &r->parties[i]) < 2) continue;
        if (table == NULL) {
            dt__paragraph(d, dt__say(d, "By zone, as read “{0}”:", reading, NULL));
            table = DT__TABLE_OF(d, zone_columns);
        }
        add_zones_of(d, table, r, &r->parties[i]);
    }
}

/* ---- lines that move ---- */

void dt__monitor_lines(dt_document *d, const char *reading, const dt_reading_record *r) {
    if (r->line_age >= 0)
        dt__paragraph(
            d,
            dt__say(d,
                    (r->line_age == 1)
                        ? DT__N("{0}: the line that moves was at most one day old when a record was held against it.")
                        : DT__N("{0}: the line that moves was at most {1} days old when a record was held against it."),
                    reading, dt__say_size(d, (size_t)r->line_age), NULL));
    if (r->before_lines > 0)
        dt__paragraph(
            d, dt__say(d,
                       (r->before_lines == 1)
                           ? DT__N("{0}: one incident is older than the first line; where it lies is not known.")
                           : DT__N("{0}: {1} incidents are older than the first line; where they lie is not known."),
                       reading, dt__say_size(d, (size_t)r->before_lines), NULL));
}

/* ---- for programs ---- */

static void put_first_day(dt_document *d, dt__value *entry, const char *key, int64_t moment) {
    dt__put(d, entry, key,
            moment == INT64_MIN ? dt__value_null(d) : dt__value_string(d, dt__monitor_moment(d, moment, true)));
}

static const char *const consequences[] = {NULL, "consultation", "suspension", "termination", "extension", "sanction"};

static void put_moment(dt_document *d, dt__value *entry, const char *key, int64_t moment) {
    const char *text = dt__monitor_moment(d, moment, false);
    dt__put(d, entry, key, text[0] == '\0' ? dt__value_null(d) : dt__value_string(d, text));
}

dt__value *dt__monitor_moves_value(dt_document *d, const dt__clause_reading *terms, const dt_reading_record *r) {
    dt__value *list = dt__value_array(d);

    for (size_t i = 0; i < r->move_count; i++) {
        const dt_move *m = &r->moves[i];
        dt__value *entry = dt__append(list, dt__value_object(d));
        dt__put(d, entry, "trigger", dt__value_string(d, terms->triggers[m->trigger].id));
        dt__put(d, entry, "then", dt__value_string(d, consequences[terms->triggers[m->trigger].then]));
        dt__put(d, entry, "certainly", dt__value_bool(d, m->certainly));
        put_moment(d, entry, "possibly_from", m->possibly_from);
        put_moment(d, entry, "from", m->certainly ? m->from : INT64_MIN);
        put_moment(d, entry, "until", m->until);
    }
    return list;
}

void dt__put_triggers(dt_document *d, dt__value *value, const dt_party_record *p, const dt__clause_reading *terms) {
    dt__value *list;

    if (p->triggered_count == 0) return;
    list = dt__put(d, value, "triggers", dt__value_object(d));
    for (size_t i = 0; i < p->triggered_count; i++) {
        const dt_triggered *t = &p->triggered[i];
        const dt__trigger *trigger = &terms->triggers[t->trigger];
        dt__value *entry = dt__put(d, list, trigger->id, dt__value_object(d));
        dt__put(d, entry, "certainly", dt__value_bool(d, t->certainly));
        dt__put(d, entry, "possibly", dt__value_bool(d, t->possibly));
        dt__put(d, entry, "most", dt__value_double(d, t->most));
        dt__put(d, entry, "most_possible", dt__value_double(d, t->most_possible));
        put_first_day(d, entry, "since", t->since);
        put_first_day(d, entry, "possibly_since", t->possibly_since);
        dt__put(d, entry, "then", dt__value_string(d, consequences[trigger->then]));
        dt__put(d, entry, "sanction", dt__value_string(d, trigger->sanction));
        dt__put(d, entry, "class",
                dt__value_string(d, trigger->sort == DT__NO_INDEX ? NULL : terms->classes[trigger->sort].id));
    }
}

static dt__value *series_value(dt_document *d, const double *counts, size_t count) {
    dt__value *value = dt__value_array(d);
    for (size_t i = 0; i < count; i++) dt__append(value, dt__value_double(d, counts[i]));
    return value;
}

void dt__put_zones(dt_document *d, dt__value *value, const dt_party_record *p) {
    dt__value *list = dt__put(d, value, "zones", dt__value_array(d));

    for (size_t i = 0; i < p->zone_count; i++) {
        const dt_zone_record *z = &p->zones[i];
        dt__value *entry = dt__append(list, dt__value_object(d)), *part;
        dt__put(d, entry, "zone", dt__value_string(d, z->name));
        part = dt__put(d, entry, "counts", dt__value_object(d));
        for (unsigned v = 0; v < DT_VERDICT_COUNT; v++)
            if (v != DT_VERDICT_OUT_OF_SCOPE)
                dt__put(d, part, dt__monitor_verdict_key((dt_verdict)v), dt__value_double(d, z->counts[v]));
        part = dt__put(d, entry, "rate", dt__value_object(d));
        dt__put(d, part, "raw", dt__value_double(d, z->raw));
        dt__put(d, part, "shrunk", dt__value_double(d, z->shrunk));
        part = dt__put(d, entry, "periods", dt__value_object(d));
        dt__put(d, part, "certain", series_value(d, z->certain, p->period_count));
        dt__put(d, part, "possible", series_value(d, z->possible, p->period_count));
    }
}
