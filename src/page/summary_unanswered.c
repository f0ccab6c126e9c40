/* Which questions the page does not answer, and what the model or the command lacks for them. */
#include <string.h>

#include "base/catalog.h"
#include "page/page_sections.h"

static const char *deal_lack(const dt_document *d, const void *answer) {
    if (answer != NULL) return NULL;
    if (d->model->format_count == 0)
        return DT__N("The model names no format, so there is nobody whose consent could be asked.");
    return DT__N("The model is too large for it within the limits.");
}

static bool has_preferences(const dt_document *d) {
    for (uint32_t p = 0; p < d->model->party_count; p++)
        if (d->model->parties[p].preferences != NULL) return true;
    return false;
}

static const char *hold_lack(const dt_document *d, const dt_answers *a) {
    if (a->hold != NULL) return NULL;
    return has_preferences(d) ? DT__N("The model is too large for it within the limits.")
                              : DT__N("The model does not say what anybody wants.");
}

static const char *forecast_lack(const dt_document *d, const dt_answers *a) {
    if (a->forecast != NULL && a->forecast->scenario_count == 0) return DT__N("The model names no scenario.");
    return deal_lack(d, a->forecast);
}

static const char *drivers_lack(const dt_document *d, const dt_answers *a) {
    if (a->redacted != 0) return DT__N("It would tell what is left out.");
    if (a->drivers != NULL && a->drivers->input_count == 0) return DT__N("No number of the model is uncertain.");
    if (a->drivers != NULL && a->drivers->main == UINT32_MAX)
        return DT__N("The model names no format whose outcomes could be listed.");
    return deal_lack(d, a->drivers);
}

static const char *monitor_lack(const dt_document *d, const dt_answers *a) {
    if (a->monitor != NULL) return NULL;
    return d->model->agreement_count == 0 ? DT__N("The model states no agreement.")
                                          : DT__N("No file of events was named to hold against the agreements.");
}

static const char *lack_of(const dt_document *d, const dt_answers *a, dt__page_section section) {
    switch (section) {
    case DT__PAGE_DEAL: return deal_lack(d, a->deal);
    case DT__PAGE_BARGAIN: return deal_lack(d, a->bargain);
    case DT__PAGE_PATH: return deal_lack(d, a->path);
    case DT__PAGE_HOLD: return hold_lack(d, a);
    case DT__PAGE_FORECAST: return forecast_lack(d, a);
    case DT__PAGE_DRIVERS: return drivers_lack(d, a);
    case DT__PAGE_MONITOR: return monitor_lack(d, a);
    default: return NULL;
    }
}

static bool is_same(const char *a, const char *b) {
    return a != NULL && strcmp(a, b) == 0;
}

/* Questions that lack the same stand together. */
void dt__summary_unanswered(dt_document *d, const dt_answers *a) {
    dt__block *list = NULL;

    for (unsigned s = 0; s < DT__PAGE_SECTION_COUNT; s++) {
        const char *lack = lack_of(d, a, (dt__page_section)s);
        dt__phrases questions = dt__phrases_new(d, DT__PAGE_SECTION_COUNT);
        bool told = false;
        if (lack == NULL) continue;
        for (unsigned t = 0; t < s; t++) told |= is_same(lack_of(d, a, (dt__page_section)t), lack);
        if (told) continue;
        for (unsigned t = s; t < DT__PAGE_SECTION_COUNT; t++)
            if (is_same(lack_of(d, a, (dt__page_section)t), lack))
                dt__phrases_add(&questions, dt__section_title(d->env, (dt__page_section)t));
        if (list == NULL) {
            dt__heading(d, 2, dt__word(d, "What is not answered here"));
            list = dt__bullets(d);
        }
        dt__bullet(d, list, dt__sentences(d, dt__phrases_join(d, &questions, dt__word(d, " ")), dt__word(d, lack)));
    }
}
