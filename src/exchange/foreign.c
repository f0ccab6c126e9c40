/* Building a domain of another program. */
#include "exchange/foreign.h"

#include <stdlib.h>
#include <string.h>

#include "exchange/import.h"

/* ---- looking up ---- */

struct dt__looked_up {
    const char *text;
    uint32_t index;
};

static int compare(const void *a, const void *b) {
    const struct dt__looked_up *x = a, *y = b;
    int order = strcmp(x->text, y->text);
    return order != 0 ? order : (x->index > y->index) - (x->index < y->index);
}

void dt__lookup_init(dt__lookup *lookup, const char *const *texts, size_t count, dt__import *x) {
    *lookup = (dt__lookup){.sorted = DT__IMPORT_ARRAY(x, struct dt__looked_up, count)};
    if (lookup->sorted == NULL) return;
    lookup->count = count;
    for (size_t i = 0; i < count; i++) {
        lookup->sorted[i] = (struct dt__looked_up){.text = texts[i], .index = (uint32_t)i};
    }
    qsort(lookup->sorted, count, sizeof *lookup->sorted, compare);
}

uint32_t dt__lookup_find(const dt__lookup *lookup, const char *text) {
    size_t low = 0, high = lookup->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (strcmp(lookup->sorted[middle].text, text) < 0) low = middle + 1;
        else high = middle;
    }
    if (low == lookup->count || strcmp(lookup->sorted[low].text, text) != 0) return DT__NOT_FOUND;
    return lookup->sorted[low].index;
}

uint32_t dt__lookup_twice(const dt__lookup *lookup) {
    for (size_t i = 1; i < lookup->count; i++) {
        if (strcmp(lookup->sorted[i - 1].text, lookup->sorted[i].text) == 0) return lookup->sorted[i].index;
    }
    return DT__NOT_FOUND;
}

/* ---- issues ---- */

/* A limit of the language, or one that keeps a small file from becoming gigabytes. */
static void limit(dt__import *x, dt__place place, const char *msgid) {
    if (x->status != DT_OK) return;
    dt__import_error(x, place, "too-large", msgid, NULL);
    x->status = DT_ERR_LIMIT;
}

static void push_issue(dt__import *x, dt__foreign_issue *issue) {
    if (x->domain.issues.count == DT__MAX_FOREIGN_ISSUES) {
        limit(x, issue->place, DT__N("there are more than 256 issues, the limit for a model"));
        return;
    }
    dt__lookup_init(&issue->by_name, issue->options, issue->count, x);
    if (x->status == DT_OK) x->status = dt__vector_push(&x->domain.issues, issue, x->env);
    x->domain.option_count += issue->count;
}

static bool check_count(dt__import *x, dt__place place, const char *name, uint64_t count) {
    if (count == 0) {
        dt__import_error(x, place, "empty-options", "issue “{0}” has no options", name, NULL);
        return false;
    }
    if (count > DT__MAX_FOREIGN_OPTIONS) {
        dt__import_error(x, place, "too-large", "issue “{0}” has more than 65,535 options, the limit for a model", name,
                         NULL);
        if (x->status == DT_OK) x->status = DT_ERR_LIMIT;
        return false;
    }
    if (x->domain.option_count + count > DT__MAX_FOREIGN_VALUES) {
        limit(x, place, DT__N("options times parties are more than 4 million, the limit for an import"));
        return false;
    }
    return true;
}

void dt__foreign_add_options(dt__import *x, dt__place place, const char *name, const char **options, size_t count) {
    dt__foreign_issue issue = {.name = name, .count = (uint32_t)count, .options = options, .place = place};
    uint32_t twice;

    if (x->status != DT_OK || !check_count(x, place, name, count)) return;
    push_issue(x, &issue);
    twice = dt__lookup_twice(&issue.by_name);
    if (twice != DT__NOT_FOUND) {
        dt__import_error(x, place, "duplicate-option", "option “{0}” stands twice in issue “{1}”", options[twice], name,
                         NULL);
    }
}

/* Room for any 64-bit number. */
static const char *decimal(dt__import *x, int64_t value) {
    const char *kept;
    dt__text text;

    dt__text_init(&text, x->env);
    dt__int128_print(&text, value);
    kept = dt__import_keep(x, &text);
    return kept;
}

void dt__foreign_add_range(dt__import *x, dt__place place, const char *name, int64_t low, int64_t high) {
    uint64_t count = high < low ? 0 : (uint64_t)high - (uint64_t)low + 1;
    dt__foreign_issue issue = {.name = name, .integer = true, .low = low, .place = place};

    if (x->status != DT_OK || !check_count(x, place, name, count)) return;
    issue.count = (uint32_t)count;
    issue.options = DT__IMPORT_ARRAY(x, const char *, count);
    for (uint32_t o = 0; x->status == DT_OK && o < count; o++) issue.options[o] = decimal(x, low + (int64_t)o);
    if (x->status == DT_OK) push_issue(x, &issue);
}

void dt__foreign_check_issues(dt__import *x) {
    size_t count = x->domain.issues.count;
    const char **names = DT__IMPORT_ARRAY(x, const char *, count);
    dt__lookup by_name;
    uint32_t twice;

    if (names == NULL) return;
    for (size_t i = 0; i < count; i++) names[i] = dt__foreign_issue_at(&x->domain, i)->name;
    dt__lookup_init(&by_name, names, count, x);
    twice = dt__lookup_twice(&by_name);
    if (twice == DT__NOT_FOUND) return;
    dt__import_error(x, dt__foreign_issue_at(&x->domain, twice)->place, "duplicate-issue", "issue “{0}” stands twice",
                     names[twice], NULL);
}

uint32_t dt__foreign_find_issue(const dt__foreign *domain, const char *name) {
    for (size_t i = 0; i < domain->issues.count; i++) {
        if (strcmp(dt__foreign_issue_at(domain, i)->name, name) == 0) return (uint32_t)i;
    }
    return DT__NOT_FOUND;
}

/* ---- parties ---- */

static bool add_values(dt__import *x, dt__foreign_party *party) {
    size_t count = x->domain.issues.count;

    party->weights = DT__IMPORT_ARRAY(x, dt__rational, count);
    party->values = DT__IMPORT_ARRAY(x, dt__rational *, count);
    for (size_t i = 0; x->status == DT_OK && i < count; i++) {
        uint32_t options = dt__foreign_issue_at(&x->domain, i)->count;
        party->weights[i] = DT__RATIONAL(0);
        party->values[i] = DT__IMPORT_ARRAY(x, dt__rational, options);
        for (uint32_t o = 0; x->status == DT_OK && o < options; o++) party->values[i][o] = DT__RATIONAL(0);
    }
    return x->status == DT_OK;
}

dt__foreign_party *dt__foreign_add_party(dt__import *x, const char *name, const char *file, dt__place place) {
    dt__foreign_party party = {.name = name,
                               .file = file,
                               .place = place,
                               .boxes = DT__VECTOR(dt__foreign_box),
                               .reservation = DT__RATIONAL(0),
                               .scale_high = DT__RATIONAL(1)};

    if (x->domain.parties.count == DT__MAX_FOREIGN_PARTIES) {
        limit(x, place, DT__N("there are more than 64 parties, the limit for a model"));
    } else if (x->domain.option_count * (x->domain.parties.count + 1) > DT__MAX_FOREIGN_VALUES) {
        limit(x, place, DT__N("options times parties are more than 4 million, the limit for an import"));
    }
    if (x->status != DT_OK || !add_values(x, &party)) return NULL;
    x->status = dt__vector_push(&x->domain.parties, &party, x->env);
    if (x->status != DT_OK) return NULL;
    return DT__AT(x->domain.parties, dt__foreign_party, x->domain.parties.count - 1);
}

void dt__foreign_add_note(dt__foreign_party *party, const char *note) {
    const size_t room = sizeof party->notes / sizeof *party->notes;
    if (note != NULL && party->note_count < room) party->notes[party->note_count++] = note;
}

void dt__foreign_clear(dt__foreign *domain, dt__import *x) {
    for (size_t p = 0; p < domain->parties.count; p++) {
        dt__vector_clear(&DT__AT(domain->parties, dt__foreign_party, p)->boxes, x->env);
    }
    dt__vector_clear(&domain->parties, x->env);
    dt__vector_clear(&domain->issues, x->env);
}
