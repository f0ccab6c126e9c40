/* What stands in the report of all answers: pictures and documents, section by section, in one language. */
#include <string.h>

#include "base/catalog.h"
#include "page/number_uses.h"
#include "page/page_sections.h"

static dt_status keep(dt__page_parts *parts, dt__page_section section, dt_picture_kind picture, dt_document *document) {
    if (document == NULL) return DT_OK;
    if (parts->count == parts->capacity) {
        size_t capacity = parts->capacity == 0 ? 32 : 2 * parts->capacity;
        dt__page_part *items = dt__resize(parts->env, parts->items, parts->capacity, capacity, sizeof *items);
        if (items == NULL) {
            dt_document_free(document, parts->env);
            return DT_ERR_MEMORY;
        }
        parts->items = items;
        parts->capacity = capacity;
    }
    parts->items[parts->count++] = (dt__page_part){.picture = picture, .section = section, .document = document};
    return DT_OK;
}

void dt__page_parts_clear(dt__page_parts *parts) {
    for (size_t i = 0; i < parts->count; i++) dt_document_free(parts->items[i].document, parts->env);
    if (parts->capacity > 0) DT__FREE(parts->env, parts->items, parts->capacity);
    *parts = (dt__page_parts){0};
}

/* ---- pictures ---- */

static const dt__page_section places[DT_PICTURE_COUNT] = {
    [DT_PICTURE_ZONES] = DT__PAGE_DEAL,        [DT_PICTURE_BLOCKERS] = DT__PAGE_DEAL,
    [DT_PICTURE_DRIFT] = DT__PAGE_DEAL,        [DT_PICTURE_POSITIONS] = DT__PAGE_PARTIES,
    [DT_PICTURE_RED_LINES] = DT__PAGE_PARTIES, [DT_PICTURE_FRONTIER] = DT__PAGE_BARGAIN,
    [DT_PICTURE_WAY] = DT__PAGE_PATH,          [DT_PICTURE_SCENARIOS] = DT__PAGE_FORECAST,
    [DT_PICTURE_INPUTS] = DT__PAGE_FORECAST,   [DT_PICTURE_STATES] = DT__PAGE_HOLD,
    [DT_PICTURE_TORNADO] = DT__PAGE_DRIVERS,   [DT_PICTURE_SHARES] = DT__PAGE_DRIVERS,
    [DT_PICTURE_SCORES] = DT__PAGE_FORECAST,   [DT_PICTURE_CALIBRATION] = DT__PAGE_FORECAST,
    [DT_PICTURE_WATCH] = DT__PAGE_MONITOR,     [DT_PICTURE_VERDICTS] = DT__PAGE_MONITOR,
    [DT_PICTURE_RATES] = DT__PAGE_MONITOR,     [DT_PICTURE_TIMELINE] = DT__PAGE_MONITOR,
    [DT_PICTURE_MAP] = DT__PAGE_MONITOR,       [DT_PICTURE_DISPUTES] = DT__PAGE_MONITOR};

static size_t pictures_of(dt_picture_kind kind, const dt_answers *a) {
    if (kind == DT_PICTURE_FRONTIER) return a->bargain == NULL ? 0 : a->bargain->format_count;
    if (kind == DT_PICTURE_WAY) return a->path == NULL ? 0 : (a->way == NULL ? a->path : a->way)->format_count;
    if (kind == DT_PICTURE_TIMELINE || kind == DT_PICTURE_MAP) return dt__monitor_agreements(a->monitor);
    return 1;
}

static dt_status add_pictures(dt__page_parts *parts, const dt_model *model, const dt_answers *a) {
    dt_document *document;
    dt_status st = DT_OK;

    for (unsigned k = 0; k < DT_PICTURE_COUNT && st == DT_OK; k++) {
        for (size_t i = 0; i < pictures_of((dt_picture_kind)k, a) && st == DT_OK; i++) {
            st = dt_report_picture(&document, (dt_picture_kind)k, i, model, a, parts->env);
            if (st == DT_OK) st = keep(parts, places[k], (dt_picture_kind)k, document);
        }
    }
    return st;
}

/* ---- answers in full ---- */

/* A document that could not be made is none. */
static dt_status keep_answer(dt__page_parts *parts, dt__page_section section, dt_status st, dt_document *document) {
    return st == DT_OK ? keep(parts, section, DT_PICTURE_COUNT, document) : st;
}

static dt_status add_answers(dt__page_parts *parts, const dt_model *model, const dt_answers *a) {
    dt_env *env = parts->env;
    dt_document *d = NULL;
    dt_status st = DT_OK;

#define ADD(section, answer, report)               \
    if (st == DT_OK && (answer) != NULL) {         \
        st = report(&d, model, (answer), env);     \
        st = keep_answer(parts, (section), st, d); \
    }
    ADD(DT__PAGE_DEAL, a->deal, dt_report_deal)
    ADD(DT__PAGE_BARGAIN, a->bargain, dt_report_bargain)
    ADD(DT__PAGE_PATH, a->path, dt_report_path)
    ADD(DT__PAGE_HOLD, a->hold, dt_report_hold)
    ADD(DT__PAGE_FORECAST, a->forecast, dt_report_forecast)
    ADD(DT__PAGE_DRIVERS, a->drivers, dt_report_drivers)
    ADD(DT__PAGE_EVIDENCE, a->check, dt_report_check)
#undef ADD
    return st;
}

/* What the records are held against tells nothing of what no deal is worth: it stays where a party is redacted. */
static dt_status add_monitor(dt__page_parts *parts, const dt_answers *a) {
    dt_document *d = NULL;
    dt_status st;

    if (a->monitor == NULL) return DT_OK;
    st = dt_report_monitor(&d, a->monitor, &a->monitor_view, parts->env);
    return keep_answer(parts, DT__PAGE_MONITOR, st, d);
}

dt_status dt__page_parts_build(dt__page_parts *parts, const dt_model *model, const dt_page_language *language) {
    dt_document *d = NULL;
    dt_status st;

    *parts = (dt__page_parts){.env = language->env};
    st = dt_report_summary(&d, model, &language->answers, parts->env);
    st = keep_answer(parts, DT__PAGE_SUMMARY, st, d);
    if (st == DT_OK) st = add_pictures(parts, model, &language->answers);
    if (st == DT_OK && language->answers.redacted == 0) st = add_answers(parts, model, &language->answers);
    if (st == DT_OK) st = add_monitor(parts, &language->answers);
    if (st == DT_OK) {
        st = dt_report_evidence(&d, model, &language->answers, parts->env);
        st = keep_answer(parts, DT__PAGE_EVIDENCE, st, d);
    }
    return st;
}

/* ---- where the report comes from ---- */

static const dt__column origin_columns[] = {{"", DT__LEFT}, {"", DT__LEFT}};

static void add_fact(dt_document *d, dt__block *table, const char *what, const char *value) {
    dt__table_row(d, table);
    dt__table_cell(d, table, what, DT__PLAIN);
    dt__table_cell(d, table, value, DT__PLAIN);
}

static const char *file_name(const dt_model *model) {
    const char *file = dt_model_file(model), *slash = strrchr(file, '/');
    return slash == NULL ? file : slash + 1;
}

/* What a redacted party alone cares about is not told by an option either. */
static bool is_told(const dt_document *d, const dt__uses *uses, const dt_setting *option, uint64_t redacted) {
    size_t length = strcspn(option->value, "=");

    if (redacted == 0 || uses == NULL || strcmp(option->name, "set") != 0) return true;
    for (uint32_t q = 0; q < d->model->quantity_count; q++) {
        const char *id = d->model->quantities[q].id;
        if (strlen(id) == length && strncmp(id, option->value, length) == 0)
            return !dt__quantity_only(uses, q, redacted);
    }
    return true;
}

dt_status dt__page_origin(dt_document **out, const dt_model *model, const dt_page_opts *opts, dt_env *env) {
    dt_document *d = dt__document_new(model, env);
    uint64_t redacted = opts->language_count == 0 ? 0 : opts->languages[0].answers.redacted;
    const dt__uses *uses;
    dt__block *table;

    if (d == NULL) return DT_ERR_MEMORY;
    table = DT__TABLE_OF(d, origin_columns);
    add_fact(d, table, dt__word(d, "Model"), file_name(model));
    add_fact(d, table, dt__word(d, "SHA-256 of the model"), dt_model_sha256(model));
    add_fact(d, table, dt__word(d, "Version of detente"), dt_version());
    add_fact(d, table, dt__word(d, "Seed"), dt__say_size(d, opts->seed));
    uses = redacted == 0 ? NULL : dt__uses_new(d);
    for (size_t i = 0; i < opts->option_count; i++)
        if (is_told(d, uses, &opts->options[i], redacted))
            add_fact(d, table, opts->options[i].name, opts->options[i].value);
    return dt__document_finish(out, d, env);
}
