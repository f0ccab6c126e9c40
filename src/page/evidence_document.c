/* Every number of a model: what it is, where it comes from, where it is used; and the sources. */
#include <string.h>

#include "base/catalog.h"
#include "page/page_sections.h"

static const dt__column number_columns[] = {
    {DT__N("Where used"), DT__LEFT}, {DT__N("Value"), DT__RIGHT}, {DT__N("Source or reason"), DT__LEFT}};

/* Everything that a party's preferences are made of tells what no deal is worth to it. */
static bool is_told(const dt_document *d, const dt_answers *a, const char *path) {
    static const char root[] = "preferences.";

    if (path == NULL || strncmp(path, root, sizeof root - 1) != 0) return true;
    path += sizeof root - 1;
    for (uint32_t p = 0; p < d->model->party_count; p++) {
        size_t length = strlen(d->model->parties[p].id);
        if (!dt__is_redacted(a, p) || strncmp(path, d->model->parties[p].id, length) != 0) continue;
        if (path[length] == '.' || path[length] == '\0') return false;
    }
    return true;
}

static const char *reason_text(dt_document *d, const dt__evidence *evidence) {
    const char *text = dt__evidence_text(d, evidence);

    if (evidence->quote != NULL) text = dt__sentences(d, text, dt__say(d, "“{0}”", evidence->quote, NULL));
    if (evidence->citation_count > 0 && evidence->why != NULL)
        text = dt__say(d, "{0} ({1})", text, evidence->why, NULL);
    return text;
}

static void add_numbers(dt_document *d, const dt_answers *a) {
    dt__block *table;

    if (d->model->number_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Every number"));
    table = DT__TABLE_OF(d, number_columns);
    for (dt__number_id id = 0; id < d->model->number_count; id++) {
        const dt__number *n = &d->model->numbers[id];
        const char *reason = reason_text(d, &n->evidence);
        if (!is_told(d, a, n->path)) continue;
        dt__table_row(d, table);
        dt__table_cell(d, table, n->path, DT__PLAIN);
        dt__table_cell(d, table, dt__number_text(d, id), DT__PLAIN);
        dt__table_cell(d, table, *reason == '\0' ? dt__word(d, "neither") : reason, DT__PLAIN);
    }
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
