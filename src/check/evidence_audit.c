/* What the numbers rest on, and whether quoted passages stand where they are said to stand. */
#include <string.h>

#include "base/catalog.h"
#include "check/check.h"

enum { LISTED_BARE = 5 };

/* ---- numbers ---- */

static bool is_coders_part(const dt_model *model, dt__number_id id) {
    for (size_t i = 0; i < model->number_count; i++) {
        const dt__number *n = &model->numbers[i];
        for (size_t k = 0; n->kind == DT__NUMBER_CODERS && k < n->coder_count; k++) {
            if (n->coders[k].number == id) return true;
        }
    }
    return false;
}

/* Numbers that the file leaves to their defaults. */
static size_t count_unwritten(const dt_model *model) {
    size_t count = 0;

    for (size_t p = 0; p < model->party_count; p++) {
        const dt__preferences *prefs = model->parties[p].preferences;
        for (size_t i = 0; prefs != NULL && i < prefs->red_line_count; i++)
            count += prefs->red_lines[i].cost == DT__NO_NUMBER;
        for (size_t t = 0; prefs != NULL && t < prefs->term_count; t++) {
            const dt__term *term = &prefs->terms[t];
            for (uint32_t o = 0; term->values != NULL && o < model->issues[term->issue].option_count; o++)
                count += term->values[o] == DT__NO_NUMBER;
        }
    }
    return count;
}

static void sum_up_bare(dt__check *c, size_t bare) {
    dt__text count;

    if (bare <= LISTED_BARE) return;
    dt__text_init(&count, c->env);
    dt__text_add_unsigned(&count, bare - LISTED_BARE);
    c->env->diagnostics_lost |= count.failed;
    dt__check_note(c, (dt__place){.file = c->model->file}, "no-evidence",
                   bare - LISTED_BARE == 1 ? DT__N("and one more number has neither a source nor a reason")
                                           : DT__N("and {0} more numbers have neither a source nor a reason"),
                   dt__text_get(&count), NULL, NULL);
    dt__text_clear(&count);
}

void dt__check_numbers(dt__check *c) {
    size_t bare = 0;

    for (dt__number_id id = 0; id < c->model->number_count; id++) {
        const dt__number *n = &c->model->numbers[id];
        if (is_coders_part(c->model, id)) continue;
        c->answer->uncertain += n->kind != DT__NUMBER_EXACT && n->kind != DT__NUMBER_FORMULA;
        switch (dt__evidence_classify(&n->evidence)) {
        case DT__EVIDENCED: c->answer->evidenced++; break;
        case DT__JUDGED: c->answer->judged++; break;
        default:
            c->answer->defaulted++;
            if (++bare <= LISTED_BARE)
                dt__check_note(c, n->place, "no-evidence",
                               DT__N("{0} has neither a source nor a reason (`source` or `why`)"), n->path, NULL, NULL);
        }
    }
    sum_up_bare(c, bare);
    c->answer->defaulted += count_unwritten(c->model);
}

/* ---- quotes ---- */

/* A source's text, read once. */
typedef struct source_text {
    bool tried;
    char *text; /* NULL: not at hand */
    size_t length;
} source_text;

typedef struct audit {
    dt__check *check;
    source_text *texts; /* per source */
} audit;

static dt_status read_source(audit *a, uint32_t source) {
    const dt_check_opts *opts = a->check->opts;
    const char *file = a->check->model->sources[source].file;
    source_text *t = &a->texts[source];
    dt_status st;

    if (t->tried) return DT_OK;
    t->tried = true;
    if (file == NULL || opts->read_source == NULL) return DT_OK;
    st = opts->read_source(opts->payload, file, &t->text, &t->length, a->check->env);
    if (st == DT_OK) return DT_OK;
    t->text = NULL;
    return st == DT_ERR_MEMORY ? st : DT_OK;
}

static bool is_blank(const char *line, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (strchr(" \t\r\f\v", line[i]) == NULL) return false;
    }
    return true;
}

/* Adds non-empty lines from..to (0: all) of a text to *out; false when there is no line `from`. */
static bool cited_lines(dt__text *out, const source_text *t, uint32_t from, uint32_t to) {
    const char *at = t->text, *end = t->text + t->length;
    uint32_t number = 0;

    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t length = (size_t)((stop == NULL ? end : stop) - at);
        if (!is_blank(at, length)) number++;
        if (from == 0 || (number >= from && number <= to)) {
            dt__text_add_bytes(out, at, length);
            dt__text_add_char(out, '\n');
        }
        at += length + 1;
    }
    return from == 0 || number >= from;
}

static dt_status contains(audit *a, const char *text, const char *quote, bool *found) {
    char *folded_text = dt__utf8_folded(a->check->env, text), *folded_quote = dt__utf8_folded(a->check->env, quote);
    dt_status st = folded_text == NULL || folded_quote == NULL ? DT_ERR_MEMORY : DT_OK;

    if (st == DT_OK) *found = strstr(folded_text, folded_quote) != NULL;
    dt__string_free(a->check->env, folded_text);
    dt__string_free(a->check->env, folded_quote);
    return st;
}

/* What became of looking one piece of evidence up. */
typedef struct lookup {
    bool read, found;
} lookup;

static void missing_line(audit *a, const dt__citation *citation, dt__place place) {
    dt__text line;

    dt__text_init(&line, a->check->env);
    dt__text_add_unsigned(&line, citation->from);
    a->check->env->diagnostics_lost |= line.failed;
    dt__check_warn(a->check, place, "no-such-line", DT__N("source “{0}” has no line {1}"),
                   a->check->model->sources[citation->source].key, dt__text_get(&line), NULL);
    dt__text_clear(&line);
}

static dt_status look_up(audit *a, const dt__evidence *e, const dt__citation *citation, dt__place place,
                         lookup *result) {
    dt__text lines;
    dt_status st;

    if ((st = read_source(a, citation->source)) != DT_OK) return st;
    if (a->texts[citation->source].text == NULL) return DT_OK;
    result->read = true;
    dt__text_init(&lines, a->check->env);
    if (!cited_lines(&lines, &a->texts[citation->source], citation->from, citation->to))
        missing_line(a, citation, place);
    st = dt__text_status(&lines);
    if (st == DT_OK && e->quote != NULL && !result->found)
        st = contains(a, dt__text_get(&lines), e->quote, &result->found);
    dt__text_clear(&lines);
    return st;
}

static dt_status audit_evidence(audit *a, const dt__evidence *e, dt__place place) {
    lookup result = {0};
    dt_status st = DT_OK;

    for (size_t i = 0; i < e->citation_count && st == DT_OK; i++) st = look_up(a, e, &e->citations[i], place, &result);
    if (st != DT_OK || e->quote == NULL) return st;
    a->check->answer->quotes++;
    if (e->citation_count == 0)
        dt__check_warn(a->check, place, "quote-without-source", DT__N("“{0}” is quoted without a source"), e->quote,
                       NULL, NULL);
    else if (!result.read) a->check->answer->quotes_unread++;
    else if (result.found) a->check->answer->quotes_found++;
    else
        dt__check_warn(a->check, place, "quote-not-found", DT__N("“{0}” does not stand where it is cited"), e->quote,
                       NULL, NULL);
    return DT_OK;
}

static dt_status audit_preferences(audit *a, const dt__preferences *p) {
    dt_status st = DT_OK;

    if (p == NULL) return DT_OK;
    if ((st = audit_evidence(a, &p->evidence, p->place)) != DT_OK) return st;
    if ((st = audit_evidence(a, &p->weights_evidence, p->place)) != DT_OK) return st;
    if ((st = audit_evidence(a, &p->values_evidence, p->place)) != DT_OK) return st;
    for (size_t i = 0; i < p->term_count && st == DT_OK; i++) st = audit_evidence(a, &p->terms[i].evidence, p->place);
    for (size_t i = 0; i < p->adjust_count && st == DT_OK; i++)
        st = audit_evidence(a, &p->adjust[i].evidence, p->adjust[i].place);
    for (size_t i = 0; i < p->priority_count && st == DT_OK; i++)
        st = audit_evidence(a, &p->priorities[i].evidence, p->priorities[i].place);
    for (size_t i = 0; i < p->red_line_count && st == DT_OK; i++)
        st = audit_evidence(a, &p->red_lines[i].evidence, p->red_lines[i].place);
    return st;
}

/* The value of a quantity and the probability of a claim share the evidence of their entry, which is looked up there.
 */
static bool is_stated_elsewhere(const dt_model *m, const dt__evidence *e) {
    for (size_t i = 0; i < m->quantity_count; i++) {
        if (m->quantities[i].evidence.quote == e->quote && m->quantities[i].evidence.citations == e->citations)
            return true;
    }
    for (size_t i = 0; i < m->claim_count; i++) {
        if (m->claims[i].evidence.quote == e->quote && m->claims[i].evidence.citations == e->citations) return true;
    }
    return false;
}

static dt_status audit_everything(audit *a) {
    const dt_model *m = a->check->model;
    dt_status st = DT_OK;

    for (size_t i = 0; i < m->quantity_count && st == DT_OK; i++)
        st = audit_evidence(a, &m->quantities[i].evidence, m->quantities[i].place);
    for (size_t i = 0; i < m->party_count && st == DT_OK; i++)
        st = audit_evidence(a, &m->parties[i].evidence, m->parties[i].place);
    for (size_t i = 0; i < m->issue_count && st == DT_OK; i++)
        st = audit_evidence(a, &m->issues[i].evidence, m->issues[i].place);
    for (size_t i = 0; i < m->rule_count && st == DT_OK; i++)
        st = audit_evidence(a, &m->rules[i].evidence, m->rules[i].place);
    for (size_t i = 0; i < m->party_count && st == DT_OK; i++) st = audit_preferences(a, m->parties[i].preferences);
    for (size_t i = 0; i < m->principle_count && st == DT_OK; i++)
        st = audit_evidence(a, &m->principles[i].evidence, m->principles[i].place);
    for (size_t i = 0; i < m->proposal_count && st == DT_OK; i++)
        st = audit_evidence(a, &m->proposals[i].evidence, m->proposals[i].place);
    for (size_t i = 0; i < m->scenario_count && st == DT_OK; i++)
        st = audit_evidence(a, &m->scenarios[i].evidence, m->scenarios[i].place);
    for (size_t i = 0; i < m->claim_count && st == DT_OK; i++)
        st = audit_evidence(a, &m->claims[i].evidence, m->claims[i].place);
    for (size_t i = 0; i < m->number_count && st == DT_OK; i++) {
        const dt__number *n = &m->numbers[i];
        bool own = !n->inherited && !is_stated_elsewhere(m, &n->evidence);
        if (own) st = audit_evidence(a, &n->evidence, n->place);
    }
    return st;
}

dt_status dt__check_quotes(dt__check *c) {
    size_t sources = c->model->source_count + 1;
    audit a = {.check = c, .texts = DT__ARRAY(c->env, source_text, sources)};
    dt_status st;

    if (a.texts == NULL) return DT_ERR_MEMORY;
    st = audit_everything(&a);
    for (size_t i = 0; i < c->model->source_count; i++) {
        if (a.texts[i].text != NULL) DT__FREE(c->env, a.texts[i].text, a.texts[i].length);
    }
    DT__FREE(c->env, a.texts, sources);
    return st;
}
