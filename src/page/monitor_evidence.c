/* What the answer on the keeping of agreements rests on: the terms with their sources, the files with their hashes, the
 * borders that were used. */
#include "base/catalog.h"
#include "page/page_sections.h"

enum { NAMED_STRANGERS = 50 };

static const dt__column term_columns[] = {{DT__N("Clause"), DT__LEFT},     {DT__N("Reading"), DT__LEFT},
                                          {DT__N("Read so by"), DT__LEFT}, {DT__N("From"), DT__LEFT},
                                          {DT__N("Until"), DT__LEFT},      {DT__N("Source or reason"), DT__LEFT}};
static const dt__column file_columns[] = {{DT__N("File"), DT__LEFT},       {DT__N("Format"), DT__LEFT},
                                          {DT__N("Rows"), DT__RIGHT},      {DT__N("Records"), DT__RIGHT},
                                          {DT__N("Set aside"), DT__RIGHT}, {DT__N("SHA-256"), DT__LEFT}};
static const dt__column stranger_columns[] = {
    {DT__N("Name"), DT__LEFT}, {DT__N("Records"), DT__RIGHT}, {DT__N("Spelled almost like"), DT__LEFT}};
static const dt__column border_columns[] = {
    {DT__N("File"), DT__LEFT}, {DT__N("Zone"), DT__LEFT}, {DT__N("Points of its borders"), DT__RIGHT}};

static void add_reading(dt_document *d, dt__block *table, const dt_answers *a, const dt_clause_record *clause,
                        size_t index) {
    const dt__clause_reading *terms = dt__monitor_terms(a->monitor, clause, index);
    const dt_reading_record *r = &clause->readings[index];
    bool days = a->monitor_view.redact;

    dt__table_row(d, table);
    dt__table_cell(d, table, dt__monitor_clause_name(d, a->monitor, clause), DT__PLAIN);
    dt__table_cell(d, table, dt__monitor_reading_name(d, a->monitor, clause, index), DT__PLAIN);
    dt__table_cell(d, table, terms->by, DT__PLAIN);
    dt__table_cell(d, table, dt__monitor_when(d, r->from, days), DT__PLAIN);
    dt__table_cell(d, table, dt__monitor_when(d, r->until, days), DT__PLAIN);
    dt__table_cell(d, table, dt__evidence_text(d, &terms->evidence), DT__PLAIN);
}

static void add_terms(dt_document *d, const dt_answers *a) {
    dt__block *table;

    dt__heading(d, 2, dt__word(d, "Terms of the agreements"));
    table = DT__TABLE_OF(d, term_columns);
    for (size_t i = 0; i < a->monitor->clause_count; i++)
        for (size_t r = 0; r < a->monitor->clauses[i].reading_count; r++)
            add_reading(d, table, a, &a->monitor->clauses[i], r);
    dt__table_drop_empty(table);
}

static void add_files(dt_document *d, const dt_monitor_answer *m) {
    dt__block *table;

    dt__heading(d, 2, dt__word(d, "Files of events"));
    table = DT__TABLE_OF(d, file_columns);
    for (size_t i = 0; i < m->file_count; i++) {
        const dt_file_record *f = &m->files[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, f->name, DT__PLAIN);
        dt__table_cell(d, table, f->format, DT__PLAIN);
        dt__table_cell(d, table, dt__say_size(d, f->rows), DT__PLAIN);
        dt__table_cell(d, table, dt__say_size(d, f->records), DT__PLAIN);
        dt__table_cell(d, table, f->set_aside == 0 ? "" : dt__say_size(d, f->set_aside), DT__PLAIN);
        dt__table_cell(d, table, f->sha256, DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

static void add_strangers(dt_document *d, const dt_monitor_answer *m) {
    dt__block *table;

    if (m->stranger_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Actors that are no party of the model"));
    table = DT__TABLE_OF(d, stranger_columns);
    for (size_t i = 0; i < m->stranger_count && i < NAMED_STRANGERS; i++) {
        const dt_stranger *s = &m->strangers[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, s->name, DT__PLAIN);
        dt__table_cell(d, table, dt__say_size(d, s->records), DT__PLAIN);
        dt__table_cell(d, table, s->nearest == NULL ? "" : s->nearest, DT__PLAIN);
    }
    dt__table_drop_empty(table);
    if (m->stranger_count > NAMED_STRANGERS) dt__and_more(d, m->stranger_count - NAMED_STRANGERS);
}

static void add_borders(dt_document *d, const dt_monitor_answer *m) {
    dt__block *table;

    if (m->zone_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Zones"));
    dt__paragraph(
        d, dt__word(d, "Borders are those of the files named here; a border is the claim of its file. A zone that "
                       "moves stands here once for each time that it is shown."));
    table = DT__TABLE_OF(d, border_columns);
    for (size_t i = 0; i < m->zone_count; i++) {
        dt__table_row(d, table);
        dt__table_cell(d, table, m->zones[i].file, DT__PLAIN);
        dt__table_cell(d, table, m->zones[i].feature == NULL ? dt__word(d, "all of it") : m->zones[i].feature,
                       DT__PLAIN);
        dt__table_cell(d, table, dt__say_size(d, m->zones[i].point_count), DT__PLAIN);
    }
}

void dt__evidence_monitor(dt_document *d, const dt_answers *a) {
    if (a->monitor == NULL) return;
    add_terms(d, a);
    if (!a->monitor_view.redact) {
        add_files(d, a->monitor);
        add_strangers(d, a->monitor);
    }
    add_borders(d, a->monitor);
}
