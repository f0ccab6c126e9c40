/* Agreements of a model: their clauses, reading by reading. */
#include "base/catalog.h"
#include "report/show_sections.h"

static const dt__column columns[] = {{DT__N("Agreement"), DT__LEFT}, {DT__N("Clause"), DT__LEFT},
                                     {DT__N("Reading"), DT__LEFT},   {DT__N("Read by"), DT__LEFT},
                                     {DT__N("Binds"), DT__LEFT},     {DT__N("Status"), DT__LEFT},
                                     {DT__N("Note"), DT__LEFT}};

static void add_readings(dt_document *d, dt__block *table, const char *agreement, const dt__clause *clause) {
    for (size_t i = 0; i < clause->reading_count; i++) {
        const dt__clause_reading *r = &clause->readings[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, i == 0 ? agreement : "", DT__PLAIN);
        dt__table_cell(d, table, i == 0 ? dt__label_name(d, &clause->name, clause->id) : "", DT__PLAIN);
        dt__table_cell(d, table, dt__label_name(d, &r->name, r->id), DT__PLAIN);
        dt__table_cell(d, table, r->by, DT__PLAIN);
        dt__table_cell(d, table, dt__parties_text(d, r->bound), DT__PLAIN);
        dt__table_cell(d, table, r->status, DT__PLAIN);
        dt__table_cell(d, table, dt__label_name(d, &r->note, ""), DT__PLAIN);
    }
}

void dt__show_agreements(dt_document *d) {
    dt__block *table;

    if (d->model->agreement_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Agreements"));
    table = DT__TABLE_OF(d, columns);
    for (size_t i = 0; i < d->model->agreement_count; i++) {
        const dt__agreement *a = &d->model->agreements[i];
        for (size_t c = 0; c < a->clause_count; c++)
            add_readings(d, table, c == 0 ? dt__label_name(d, &a->name, a->id) : "", &a->clauses[c]);
    }
    dt__table_drop_empty(table);
}

/* {agreement: {clause: [readings]}} */
dt__value *dt__show_agreements_value(dt_document *d) {
    dt__value *value = dt__value_object(d);

    for (size_t i = 0; i < d->model->agreement_count; i++) {
        const dt__agreement *a = &d->model->agreements[i];
        dt__value *clauses = dt__put(d, value, a->id, dt__value_object(d));
        for (size_t c = 0; c < a->clause_count; c++) {
            dt__value *readings = dt__put(d, clauses, a->clauses[c].id, dt__value_array(d));
            for (size_t r = 0; r < a->clauses[c].reading_count; r++)
                dt__append(readings, dt__value_string(d, a->clauses[c].readings[r].id));
        }
    }
    return value;
}
