/* Disputes out of ledgers, and the findings that they are about.  A finding is called INCIDENT/CLAUSE/READING by any
 * claim of its incident, so that a name given once still means it when an earlier claim has come in; an incident, or a
 * record, by itself is meant under every reading. */
#include <stdlib.h>
#include <string.h>

#include "monitor/ledger.h"

/* ---- names ---- */

typedef struct told_name {
    char *text;
    size_t room, length;
} told_name;

static void add(told_name *name, const char *text) {
    for (; *text != '\0'; text++, name->length++)
        if (name->length + 1 < name->room) name->text[name->length] = *text;
}

size_t dt_monitor_finding_id(const dt_monitor_answer *answer, const dt_clause_record *clause,
                             const dt_reading_record *reading, const dt_finding *finding, char *text, size_t room) {
    told_name name = {.text = text, .room = room};

    add(&name, answer->incidents[finding->incident].id);
    add(&name, "/");
    add(&name, clause->id);
    add(&name, "/");
    add(&name, reading->id);
    if (room > 0) text[name.length < room ? name.length : room - 1] = '\0';
    return name.length;
}

/* ---- incidents by the ids of their claims ---- */

typedef struct known_claim {
    const char *id;
    uint32_t occurrence;
} known_claim;

static int by_id(const void *a, const void *b) {
    const known_claim *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    return order != 0 ? order : (x->occurrence > y->occurrence) - (x->occurrence < y->occurrence);
}

static uint32_t find_incident(const known_claim *list, size_t count, const char *id, size_t length) {
    size_t low = 0, high = count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strncmp(list[middle].id, id, length);
        if (order == 0 && list[middle].id[length] != '\0') order = 1;
        if (order < 0) low = middle + 1;
        else high = middle;
    }
    if (low == count || strncmp(list[low].id, id, length) != 0 || list[low].id[length] != '\0') return UINT32_MAX;
    return list[low].occurrence;
}

/* ---- what one is about ---- */

static bool is_part(const char *text, const char *end, const char *id) {
    return strlen(id) == (size_t)(end - text) && memcmp(text, id, (size_t)(end - text)) == 0;
}

static const char *last_slash(const char *text, const char *end) {
    while (end > text && end[-1] != '/') end--;
    return end > text ? end - 1 : NULL;
}

/* INCIDENT/CLAUSE/READING, read from its end: ids of records may hold slashes. */
static void find_finding(dt_monitor_dispute *d, const dt_monitor_answer *answer, const known_claim *list,
                         size_t count) {
    const char *text = d->dispute.finding, *end = text + strlen(text), *second = last_slash(text, end);
    const char *first = second == NULL ? NULL : last_slash(text, second);

    d->incident = find_incident(list, count, text, (size_t)(end - text));
    if (d->incident != UINT32_MAX || first == NULL) return;
    for (size_t c = 0; c < answer->clause_count; c++) {
        const dt_clause_record *clause = &answer->clauses[c];
        if (!is_part(first + 1, second, clause->id)) continue;
        for (size_t r = 0; r < clause->reading_count; r++) {
            if (!is_part(second + 1, end, clause->readings[r].id)) continue;
            d->incident = find_incident(list, count, text, (size_t)(first - text));
            d->clause = d->incident == UINT32_MAX ? UINT32_MAX : (uint32_t)c;
            d->reading = d->incident == UINT32_MAX ? UINT32_MAX : (uint32_t)r;
        }
    }
}

static int by_name(const void *a, const void *b) {
    const dt_monitor_dispute *x = a, *y = b;
    return strcmp(x->dispute.id, y->dispute.id);
}

/* The open one before a closed one, then the one that has come further. */
static bool is_newer(const dt_dispute *a, const dt_dispute *b) {
    bool closed = a->state == DT_DISPUTE_CLOSED;

    if (closed != (b->state == DT_DISPUTE_CLOSED)) return !closed;
    return a->state > b->state;
}

static void mark_findings(const dt_monitor_answer *answer, const dt_monitor_dispute *list, uint32_t index) {
    const dt_monitor_dispute *d = &list[index];

    for (size_t c = 0; c < answer->clause_count; c++)
        for (size_t r = 0; r < answer->clauses[c].reading_count; r++) {
            const dt_reading_record *reading = &answer->clauses[c].readings[r];
            if (d->clause != UINT32_MAX && (d->clause != c || d->reading != r)) continue;
            for (size_t i = 0; i < reading->finding_count; i++) {
                dt_finding *f = (dt_finding *)&reading->findings[i];
                if (f->incident != d->incident) continue;
                if (f->dispute == UINT32_MAX || is_newer(&d->dispute, &list[f->dispute].dispute)) f->dispute = index;
            }
        }
}

dt_status dt__tell_disputes(dt__ledger *l, dt_monitor_answer *answer) {
    size_t count = l->disputes.count, known = 0;
    dt_monitor_dispute *list;
    known_claim *claims;

    if (count == 0) return DT_OK;
    list = DT__BUILDER_ARRAY(l->b, dt_monitor_dispute, count);
    claims = DT__ARENA_ARRAY(&l->scratch, known_claim, l->claims.count);
    if (list == NULL || claims == NULL) return DT_ERR_MEMORY;
    answer->disputes = list;
    answer->dispute_count = count;
    for (size_t i = 0; i < l->claims.count; i++)
        if (dt__claim_at(l, i)->occurrence != DT__NOBODY)
            claims[known++] = (known_claim){dt__claim_at(l, i)->id, dt__claim_at(l, i)->occurrence};
    if (known > 0) qsort(claims, known, sizeof *claims, by_id);
    memcpy(list, l->disputes.items, count * sizeof *list);
    qsort(list, count, sizeof *list, by_name);
    for (uint32_t i = 0; i < count; i++) {
        if (list[i].dispute.finding != NULL) find_finding(&list[i], answer, claims, known);
        if (list[i].incident != UINT32_MAX) mark_findings(answer, list, i);
    }
    return DT_OK;
}
