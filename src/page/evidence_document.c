/* Every number of a model: what it is, where it comes from, where it is used; and the sources. */
#include <string.h>

#include "base/catalog.h"
#include "page/number_uses.h"
#include "page/page_sections.h"
#include "report/drivers_sections.h"

static const dt__column number_columns[] = {{DT__N("Number"), DT__LEFT},
                                            {DT__N("Value"), DT__RIGHT},
                                            {DT__N("Source or reason"), DT__LEFT},
                                            {DT__N("Where used"), DT__LEFT},
                                            {DT__N("How much rests on it"), DT__LEFT},
                                            {DT__N("Turns at"), DT__LEFT}};

static const char *number_text(dt_document *d, const dt__uses *uses, dt__number_id number) {
    uint32_t quantity = uses->quantity[number];
    const char *path = d->model->numbers[number].path;
    const dt__quantity *q;

    if (path == NULL) path = "";
    if (quantity == DT__NO_INDEX) return path;
    q = &d->model->quantities[quantity];
    return dt__say(d, "{0} ({1})", dt__label_name(d, &q->name, q->id), path, NULL);
}

/* ---- how much rests on it ---- */

/* The outcome asked about in "what would change it?"; NULL: not asked, or not to be told. */
static const dt_driver_output *asked_output(const dt_answers *a) {
    const dt_drivers_answer *answer = a->drivers;

    if (answer == NULL || a->redacted != 0 || answer->main >= answer->output_count || answer->samples == 0) return NULL;
    return &answer->outputs[answer->main];
}

static uint32_t input_of(const dt_answers *a, const dt_model *m, const dt__uses *uses, dt__number_id number) {
    uint32_t quantity = uses->quantity[number];

    for (uint32_t i = 0; i < a->drivers->input_count; i++) {
        const dt_driver_input *input = &a->drivers->inputs[i];
        if (quantity != DT__NO_INDEX) {
            if (input->quantity == quantity && m->quantities[quantity].number == number) return i;
        } else if (input->quantity >= m->quantity_count && m->numbers[number].path != NULL &&
                   strcmp(input->id, m->numbers[number].path) == 0)
            return i;
    }
    return UINT32_MAX;
}

static const char *estimate_text(dt_document *d, dt_estimate e) {
    return dt__say(d, "{0} ({1} to {2})", dt__say_percent(d, e.value), dt__say_percent(d, e.low),
                   dt__say_percent(d, e.high), NULL);
}

static const char *share_text(dt_document *d, const dt_driver_output *o, uint32_t input, size_t inputs) {
    if (!o->varies) return dt__word(d, "nothing: the answer is the same in every draw");
    for (size_t i = 0; i < inputs; i++)
        if (o->drivers[i].input == input)
            return dt__say(d, "by itself {0}; with all it works with {1}", estimate_text(d, o->drivers[i].first_order),
                           estimate_text(d, o->drivers[i].total), NULL);
    return "";
}

static const char *rests_text(dt_document *d, const dt_answers *a, const dt__uses *uses, dt__number_id number) {
    const dt_driver_output *o = asked_output(a);
    const dt__number *n = &d->model->numbers[number];
    uint32_t input;

    if (n->kind == DT__NUMBER_EXACT) return dt__word(d, "not varied: it is exact");
    if (n->kind == DT__NUMBER_FORMULA) return dt__word(d, "not varied by itself: it follows from others");
    if (o == NULL) return a->redacted != 0 ? dt__word(d, "not told") : dt__word(d, "not asked");
    input = input_of(a, d->model, uses, number);
    if (input == UINT32_MAX) return dt__word(d, "not varied: no outcome depends on it");
    return share_text(d, o, input, a->drivers->input_count);
}

static const char *turns_text(dt_document *d, const dt_answers *a, const dt__uses *uses, dt__number_id number) {
    uint32_t input;

    if (asked_output(a) == NULL || d->model->numbers[number].kind == DT__NUMBER_EXACT) return "";
    input = input_of(a, d->model, uses, number);
    for (size_t i = 0; i < a->drivers->flip_count && input != UINT32_MAX; i++) {
        const dt_flip *flip = &a->drivers->flips[i];
        if (flip->output != a->drivers->main || flip->input != input) continue;
        return flip->found ? dt__say_number(d, flip->at) : dt__word(d, "nowhere in its range");
    }
    return "";
}

/* ---- the table ---- */

static const char *reason_text(dt_document *d, const dt__evidence *evidence) {
    const char *text = dt__evidence_text(d, evidence);

    if (evidence->quote != NULL) text = dt__sentences(d, text, dt__say(d, "“{0}”", evidence->quote, NULL));
    if (evidence->citation_count > 0 && evidence->why != NULL)
        text = dt__say(d, "{0} ({1})", text, evidence->why, NULL);
    return text;
}

static void add_number(dt_document *d, dt__block *table, const dt_answers *a, const dt__uses *uses,
                       dt__number_id number) {
    const char *reason = reason_text(d, &d->model->numbers[number].evidence);

    dt__table_row(d, table);
    dt__table_cell(d, table, number_text(d, uses, number), DT__PLAIN);
    dt__table_cell(d, table, dt__number_text(d, number), DT__PLAIN);
    dt__table_cell(d, table, *reason == '\0' ? dt__word(d, "neither") : reason, DT__PLAIN);
    dt__table_cell(d, table, dt__uses_text(d, uses, number, a->redacted), DT__PLAIN);
    dt__table_cell(d, table, rests_text(d, a, uses, number), DT__PLAIN);
    dt__table_cell(d, table, turns_text(d, a, uses, number), DT__PLAIN);
}

/* What only the preferences of a redacted party use tells what no deal is worth to it. */
static void add_numbers(dt_document *d, const dt_answers *a) {
    const dt_driver_output *o = asked_output(a);
    const dt__uses *uses;
    dt__block *table;

    if (d->model->number_count == 0 || (uses = dt__uses_new(d)) == NULL) return;
    dt__heading(d, 2, dt__word(d, "Every number"));
    if (o != NULL)
        dt__paragraph(d, dt__say(d,
                                 "How much rests on a number: its shares of what is uncertain about “{0}” (Sobol' "
                                 "indices, with 95% intervals), and the value at which the answer turns if it alone "
                                 "changes.",
                                 dt__output_name(d, o), NULL));
    else if (a->redacted != 0)
        dt__paragraph(d, dt__word(d, "How much rests on each number is not told: it would tell what is left out."));
    table = DT__TABLE_OF(d, number_columns);
    for (dt__number_id id = 0; id < d->model->number_count; id++)
        if (!dt__uses_only(uses, id, a->redacted)) add_number(d, table, a, uses, id);
    dt__table_drop_empty(table);
}

static const dt__column source_columns[] = {{DT__N("Key"), DT__LEFT},
                                            {DT__N("Title"), DT__LEFT},
                                            {DT__N("Author"), DT__LEFT},
                                            {DT__N("Publisher"), DT__LEFT},
                                            {DT__N("Date"), DT__LEFT}};

static void add_sources(dt_document *d) {
    dt__block *table;

    if (d->model->source_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Sources"));
    table = DT__TABLE_OF(d, source_columns);
    for (size_t i = 0; i < d->model->source_count; i++) {
        const dt__source *s = &d->model->sources[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, s->key, DT__PLAIN);
        dt__table_cell(d, table, dt__label_name(d, &s->title, s->key), DT__PLAIN);
        dt__table_cell(d, table, s->author, DT__PLAIN);
        dt__table_cell(d, table, s->publisher, DT__PLAIN);
        dt__table_cell(d, table, dt__say_date(d, s->date), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

dt_status dt_report_evidence(dt_document **out, const dt_model *model, const dt_answers *answers, dt_env *env) {
    dt_document *d = dt__document_new(model, env);

    if (d == NULL) return DT_ERR_MEMORY;
    dt__heading(d, 1, dt__section_title(env, DT__PAGE_EVIDENCE));
    add_sources(d);
    dt__evidence_monitor(d, answers);
    add_numbers(d, answers);
    d->answer = dt__value_object(d);
    return dt__document_finish(out, d, env);
}
