/* A model as tables: who negotiates, in which formats, about what. */
#include "base/catalog.h"
#include "report/show_sections.h"

enum { OPTIONS_SHOWN = 12 };

const char *dt__date_text(dt_document *d, dt__date date) {
    dt__text text;
    dt__text_init(&text, d->env);
    dt__date_print(&text, date);
    return dt__document_take(d, &text);
}

const char *dt__form_text(dt_document *d, const dt__preferences *preferences) {
    if (preferences == NULL) return dt__word(d, "none");
    switch (preferences->form) {
    case DT__FORM_ADDITIVE: return dt__word(d, "weights and values");
    case DT__FORM_SPATIAL: return dt__word(d, "positions");
    case DT__FORM_PRIORITIES: return dt__word(d, "priorities");
    case DT__FORM_RANKING: return dt__word(d, "a ranking");
    case DT__FORM_COMPARISONS: return dt__word(d, "comparisons");
    }
    return "";
}

/* ---- head ---- */

static void add_head(dt_document *d) {
    const char *note = dt__label_name(d, &d->model->note, "");

    dt__heading(d, 1, dt__title_name(d));
    if (d->model->has_as_of)
        dt__paragraph(d, dt__say(d, "As of {0}.", dt__say_date(d, dt__date_text(d, d->model->as_of)), NULL));
    if (*note != '\0') dt__paragraph(d, note);
}

/* ---- parties ---- */

static const dt__column party_columns[] = {{DT__N("Party"), DT__LEFT},       {DT__N("Id"), DT__LEFT},
                                           {DT__N("Also called"), DT__LEFT}, {DT__N("Capability"), DT__RIGHT},
                                           {DT__N("Preferences"), DT__LEFT}, {DT__N("Note"), DT__LEFT}};

static const char *aliases_text(dt_document *d, const dt__party *party) {
    dt__phrases p = dt__phrases_new(d, party->alias_count);
    for (size_t i = 0; i < party->alias_count; i++) dt__phrases_add(&p, party->aliases[i]);
    return dt__phrases_join(d, &p, dt__t(d->env, ", "));
}

static void add_parties(dt_document *d) {
    dt__block *table;

    dt__heading(d, 2, dt__word(d, "Parties"));
    table = DT__TABLE_OF(d, party_columns);
    for (uint32_t i = 0; i < d->model->party_count; i++) {
        const dt__party *party = &d->model->parties[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__party_name(d, i), DT__PLAIN);
        dt__table_cell(d, table, party->id, DT__PLAIN);
        dt__table_cell(d, table, aliases_text(d, party), DT__PLAIN);
        dt__table_cell(d, table, dt__number_text(d, party->capability), DT__PLAIN);
        dt__table_cell(d, table, dt__form_text(d, party->preferences), DT__PLAIN);
        dt__table_cell(d, table, dt__label_name(d, &party->note, ""), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

/* ---- formats ---- */

static const dt__column format_columns[] = {{DT__N("Format"), DT__LEFT},       {DT__N("Id"), DT__LEFT},
                                            {DT__N("At the table"), DT__LEFT}, {DT__N("Consent of"), DT__LEFT},
                                            {DT__N("Agenda"), DT__LEFT},       {DT__N("Note"), DT__LEFT}};

static void add_formats(dt_document *d) {
    dt__block *table;

    if (d->model->format_count == 0) return;
    dt__heading(d, 2, dt__word(d, "Formats"));
    table = DT__TABLE_OF(d, format_columns);
    for (uint32_t i = 0; i < d->model->format_count; i++) {
        const dt__format *format = &d->model->formats[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__format_name(d, i), DT__PLAIN);
        dt__table_cell(d, table, format->id, DT__PLAIN);
        dt__table_cell(d, table, dt__parties_text(d, format->table), DT__PLAIN);
        dt__table_cell(d, table, dt__consent_text(d, &format->consent), DT__PLAIN);
        dt__table_cell(d, table, format->has_agenda ? dt__issues_text(d, &format->agenda) : dt__word(d, "all issues"),
                       DT__PLAIN);
        dt__table_cell(d, table, dt__label_name(d, &format->note, ""), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

/* ---- issues ---- */

static const dt__column issue_columns[] = {{DT__N("Issue"), DT__LEFT},      {DT__N("Id"), DT__LEFT},
                                           {DT__N("Options"), DT__LEFT},    {DT__N("With no deal"), DT__LEFT},
                                           {DT__N("Decided by"), DT__LEFT}, {DT__N("Irreversible"), DT__LEFT},
                                           {DT__N("Note"), DT__LEFT}};

static const char *options_text(dt_document *d, uint32_t issue) {
    const dt__issue *info = &d->model->issues[issue];
    uint32_t shown = info->option_count < OPTIONS_SHOWN ? info->option_count : OPTIONS_SHOWN;
    dt__phrases p = dt__phrases_new(d, shown + 1);

    for (uint32_t o = 0; o < shown; o++) dt__phrases_add(&p, dt__option_name(d, issue, o));
    if (shown < info->option_count) {
        dt__phrases_add(&p, dt__say(d, "{0} more", dt__say_size(d, info->option_count - shown), NULL));
    }
    return dt__phrases_join(d, &p, info->ordered ? " < " : " | ");
}

/* Options that cannot be taken back: all, some by name, or "". */
static const char *irreversible_text(dt_document *d, uint32_t issue) {
    const dt__issue *info = &d->model->issues[issue];
    dt__phrases p = dt__phrases_new(d, info->option_count);

    for (uint32_t o = 0; o < info->option_count; o++) {
        if (dt__is_final(info, (dt__option)o, info->no_deal)) dt__phrases_add(&p, dt__option_name(d, issue, o));
    }
    return p.count == info->option_count ? dt__word(d, "all options") : dt__phrases_join(d, &p, dt__t(d->env, ", "));
}

static void add_issues(dt_document *d) {
    dt__block *table;

    dt__heading(d, 2, dt__word(d, "Issues"));
    table = DT__TABLE_OF(d, issue_columns);
    for (uint32_t i = 0; i < d->model->issue_count; i++) {
        const dt__issue *issue = &d->model->issues[i];
        dt__table_row(d, table);
        dt__table_cell(d, table, dt__issue_name(d, i), DT__PLAIN);
        dt__table_cell(d, table, issue->id, DT__PLAIN);
        dt__table_cell(d, table, options_text(d, i), DT__PLAIN);
        dt__table_cell(d, table, dt__option_name(d, i, issue->no_deal), DT__PLAIN);
        dt__table_cell(d, table, issue->decided_by == DT__NO_INDEX ? "" : dt__party_name(d, issue->decided_by),
                       DT__PLAIN);
        dt__table_cell(d, table, irreversible_text(d, i), DT__PLAIN);
        dt__table_cell(d, table, dt__label_name(d, &issue->note, ""), DT__PLAIN);
    }
    dt__table_drop_empty(table);
}

/* ---- the whole ---- */

dt_status dt_report_show(dt_document **out, const dt_model *model, dt_env *env) {
    dt_document *d = dt__document_new(model, env);

    if (d == NULL) return DT_ERR_MEMORY;
    add_head(d);
    add_parties(d);
    add_formats(d);
    if (model->arcs != NULL) dt__show_states(d);
    else if (model->issue_count > 0) add_issues(d);
    dt__show_rules(d);
    dt__show_moves(d);
    dt__show_preferences(d);
    dt__show_principles(d);
    dt__show_proposals(d);
    dt__show_scenarios(d);
    dt__show_quantities(d);
    dt__show_agreements(d);
    dt__show_sources(d);
    d->answer = dt__show_value(d);
    return dt__document_finish(out, d, env);
}
