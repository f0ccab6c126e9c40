/* The report on "is the model sound, and what does it rest on?".  The findings themselves are diagnostics. */
#include "base/catalog.h"
#include "document/naming.h"
#include "document/value.h"

/* ---- text ---- */

static void add_findings(dt_document *d, const dt_check_answer *answer) {
    if (answer->warnings == 0) dt__paragraph(d, dt__word(d, "There are no warnings."));
    else if (answer->warnings == 1) dt__paragraph(d, dt__word(d, "There is one warning."));
    else dt__paragraph(d, dt__say(d, "There are {0} warnings.", dt__say_size(d, answer->warnings), NULL));
}

static void add_part(dt_document *d, dt__block *table, const char *what, size_t count) {
    if (count == 0) return;
    dt__table_row(d, table);
    dt__table_cell(d, table, what, DT__PLAIN);
    dt__table_cell(d, table, dt__say_size(d, count), DT__PLAIN);
}

static const dt__column part_columns[] = {{"", DT__LEFT}, {"", DT__RIGHT}};

static void add_parts(dt_document *d, const dt_check_answer *a) {
    dt__block *table;

    dt__heading(d, 2, dt__word(d, "What the model holds"));
    table = DT__TABLE_OF(d, part_columns);
    add_part(d, table, dt__word(d, "parties"), a->parties);
    add_part(d, table, dt__word(d, "formats"), a->formats);
    add_part(d, table, dt__word(d, "issues"), a->issues);
    add_part(d, table, dt__word(d, "rules"), a->rules);
    add_part(d, table, dt__word(d, "red lines"), a->red_lines);
    add_part(d, table, dt__word(d, "principles"), a->principles);
    add_part(d, table, dt__word(d, "proposals"), a->proposals);
    add_part(d, table, dt__word(d, "scenarios"), a->scenarios);
    add_part(d, table, dt__word(d, "quantities"), a->quantities);
    add_part(d, table, dt__word(d, "claims"), a->claims);
    if (a->outcomes == NULL || a->issues == 0) return;
    dt__table_row(d, table);
    dt__table_cell(d, table, dt__word(d, "outcomes, before rules"), DT__PLAIN);
    dt__table_cell(d, table, dt__say_count(d, (dt_exact){.text = a->outcomes}), DT__PLAIN);
}

static const dt__column number_columns[] = {
    {DT__N("Numbers"), DT__LEFT}, {DT__N("How many"), DT__RIGHT}, {DT__N("Share"), DT__RIGHT}};

static void add_class(dt_document *d, dt__block *table, const char *what, size_t count, size_t all) {
    dt__table_row(d, table);
    dt__table_cell(d, table, what, DT__PLAIN);
    dt__table_cell(d, table, dt__say_size(d, count), DT__PLAIN);
    dt__table_cell(d, table, all == 0 ? "" : dt__say_percent(d, (double)count / (double)all), DT__PLAIN);
}

static void add_evidence(dt_document *d, const dt_check_answer *a) {
    size_t all = a->evidenced + a->judged + a->defaulted;
    dt__block *table;

    dt__heading(d, 2, dt__word(d, "What it rests on"));
    table = DT__TABLE_OF(d, number_columns);
    add_class(d, table, dt__word(d, "evidenced: with a source"), a->evidenced, all);
    add_class(d, table, dt__word(d, "judged: with a reason"), a->judged, all);
    add_class(d, table, dt__word(d, "defaulted: with neither"), a->defaulted, all);
    add_class(d, table, dt__word(d, "of all, uncertain"), a->uncertain, all);
}

static void add_quotes(dt_document *d, const dt_check_answer *a) {
    size_t missing = a->quotes - a->quotes_found - a->quotes_unread;
    dt__phrases p = dt__phrases_new(d, 3);

    if (a->quotes == 0) return;
    if (a->quotes_found > 0)
        dt__phrases_add(&p, dt__say(d, "{0} found where they are cited", dt__say_size(d, a->quotes_found), NULL));
    if (missing > 0) dt__phrases_add(&p, dt__say(d, "{0} not found there", dt__say_size(d, missing), NULL));
    if (a->quotes_unread > 0) {
        dt__phrases_add(&p, dt__say(d, "{0} not looked up, because their sources are not at hand",
                                    dt__say_size(d, a->quotes_unread), NULL));
    }
    dt__paragraph(d, dt__say(d, "Quoted passages: {0}.", dt__phrases_join(d, &p, dt__t(d->env, ", ")), NULL));
}

/* ---- value ---- */

static void put_size(dt_document *d, dt__value *object, const char *key, size_t size) {
    dt__put(d, object, key, dt__value_unsigned(d, size));
}

static dt__value *numbers_value(dt_document *d, const dt_check_answer *a) {
    dt__value *value = dt__value_object(d);
    put_size(d, value, "evidenced", a->evidenced);
    put_size(d, value, "judged", a->judged);
    put_size(d, value, "defaulted", a->defaulted);
    put_size(d, value, "uncertain", a->uncertain);
    return value;
}

static dt__value *quotes_value(dt_document *d, const dt_check_answer *a) {
    dt__value *value = dt__value_object(d);
    put_size(d, value, "all", a->quotes);
    put_size(d, value, "found", a->quotes_found);
    put_size(d, value, "unread", a->quotes_unread);
    return value;
}

static dt__value *parts_value(dt_document *d, const dt_check_answer *a) {
    dt__value *value = dt__value_object(d);
    put_size(d, value, "parties", a->parties);
    put_size(d, value, "formats", a->formats);
    put_size(d, value, "issues", a->issues);
    put_size(d, value, "rules", a->rules);
    put_size(d, value, "red_lines", a->red_lines);
    put_size(d, value, "principles", a->principles);
    put_size(d, value, "proposals", a->proposals);
    put_size(d, value, "scenarios", a->scenarios);
    put_size(d, value, "quantities", a->quantities);
    put_size(d, value, "claims", a->claims);
    return value;
}

static dt__value *check_value(dt_document *d, const dt_check_answer *a) {
    dt__value *value = dt__value_object(d);
    put_size(d, value, "warnings", a->warnings);
    dt__put(d, value, "numbers", numbers_value(d, a));
    dt__put(d, value, "quotes", quotes_value(d, a));
    dt__put(d, value, "parts", parts_value(d, a));
    dt__put(d, value, "outcomes", dt__value_count(d, (dt_exact){.text = a->outcomes}));
    return value;
}

dt_status dt_report_check(dt_document **out, const dt_model *model, const dt_check_answer *answer, dt_env *env) {
    dt_document *d = dt__document_new(model, env);

    if (d == NULL) return DT_ERR_MEMORY;
    dt__heading(d, 1, dt__say(d, "{0}: is the model sound?", dt__title_name(d), NULL));
    add_findings(d, answer);
    add_parts(d, answer);
    add_evidence(d, answer);
    add_quotes(d, answer);
    d->answer = check_value(d, answer);
    return dt__document_finish(out, d, env);
}
