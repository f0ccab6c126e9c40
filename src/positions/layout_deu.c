/* Decision-making in the European Union: a row for each issue; columns p.. and s.. hold the positions and saliences of
 * the Commission, the Parliament and the members, `out` the outcome, `rp` the reference point. */
#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "positions/layouts.h"

typedef struct deu {
    dt__layout_reading *r;
    size_t group, id, procedure, vote, reference, outcome;
    size_t position[DT__COUNCIL_PLAYERS], salience[DT__COUNCIL_PLAYERS];
    size_t first; /* row of the first issue */
    double gdp[DT__COUNCIL_PLAYERS];
    bool gdp_given;
} deu;

static size_t find_column(const dt__sheet *s, const char *prefix, const char *name) {
    size_t skip = strlen(prefix);

    for (size_t c = 0; c < dt__sheet_width(s, 0); c++) {
        char folded[32];
        dt__sheet_fold(folded, sizeof folded, dt__sheet_at(s, 0, c).text);
        if (strncmp(folded, prefix, skip) == 0 && strcmp(folded + skip, name) == 0) return c;
    }
    return SIZE_MAX;
}

bool dt__layout_is_deu(const dt__sheet *s) {
    return find_column(s, "", "prnr") != SIZE_MAX && find_column(s, "", "isnr") != SIZE_MAX &&
           find_column(s, "p", "com") != SIZE_MAX && find_column(s, "s", "com") != SIZE_MAX;
}

static void find_columns(deu *d) {
    const dt__sheet *s = d->r->sheet;

    d->group = find_column(s, "", "prnr");
    d->id = find_column(s, "", "isnr");
    d->procedure = find_column(s, "", "proc");
    d->vote = find_column(s, "", "counvte");
    d->reference = find_column(s, "", "rp");
    d->outcome = find_column(s, "", "out");
    for (size_t p = 0; p < DT__COUNCIL_PLAYERS; p++) {
        d->position[p] = find_column(s, "p", dt__council_player(p));
        d->salience[p] = find_column(s, "s", dt__council_player(p));
    }
}

static dt__sheet_cell cell_of(const deu *d, size_t row, size_t column) {
    static const dt__sheet_cell none = {.text = ""};
    return column == SIZE_MAX ? none : dt__sheet_at(d->r->sheet, row, column);
}

/* The row under the head may hold the members' GDP instead of an issue. */
static void read_gdp(deu *d) {
    d->first = 1;
    if (dt__sheet_rows(d->r->sheet) < 2 || *cell_of(d, 1, d->id).text != '\0') return;
    d->first = 2;
    d->gdp_given = true;
    for (size_t p = 0; p < DT__COUNCIL_PLAYERS; p++) {
        dt__sheet_cell cell = cell_of(d, 1, d->position[p]);
        d->gdp[p] = dt__sheet_bounded(d->r->sheet, &cell, "GDP", 0, INFINITY);
        if (isnan(d->gdp[p])) d->gdp[p] = 0;
    }
}

static void read_positions(deu *d, size_t row, size_t issue) {
    dt__positions *t = d->r->table;

    for (size_t p = 0; p < DT__COUNCIL_PLAYERS; p++) {
        dt__sheet_cell position = cell_of(d, row, d->position[p]), salience = cell_of(d, row, d->salience[p]);
        size_t cell = issue * t->actor_count + p;
        t->position[cell] = dt__sheet_bounded(d->r->sheet, &position, "position", 0, 100);
        t->salience[cell] = dt__sheet_bounded(d->r->sheet, &salience, "salience", 0, 100) / 100;
    }
}

static dt_status read_issue(deu *d, size_t row, size_t issue) {
    dt__table_issue *i = &d->r->table->issues[issue];
    dt__sheet_cell id = cell_of(d, row, d->id), group = cell_of(d, row, d->group),
                   outcome = cell_of(d, row, d->outcome), reference = cell_of(d, row, d->reference);

    i->id = dt__layout_copy(d->r, id.text);
    i->group = dt__layout_copy(d->r, *group.text == '\0' ? id.text : group.text);
    if (i->id == NULL || i->group == NULL) return DT_ERR_MEMORY;
    i->place.line = id.line;
    i->place.column = id.column;
    i->low = 0;
    i->high = 100;
    i->outcome = dt__sheet_bounded(d->r->sheet, &outcome, "out", 0, 100);
    i->reference = dt__sheet_bounded(d->r->sheet, &reference, "rp", 0, 100);
    read_positions(d, row, issue);
    return DT_OK;
}

/* ---- power ---- */

/* A proposal is of the enlarged Union when a member that joined since 2004 holds a position on any issue of it. */
static bool has_new_members(const dt__positions *t, size_t issue) {
    for (size_t p = 0; p < DT__COUNCIL_PLAYERS; p++) {
        if (dt__council_is_new(p) && !isnan(t->position[issue * t->actor_count + p])) return true;
    }
    return false;
}

static bool is_enlarged(const dt__positions *t, size_t issue) {
    for (size_t i = 0; i < t->issue_count; i++) {
        if (strcmp(t->issues[i].group, t->issues[issue].group) == 0 && has_new_members(t, i)) return true;
    }
    return false;
}

/* Eight games at most: their indices are computed once. */
typedef struct shapley {
    bool known[8];
    double index[8][DT__COUNCIL_PLAYERS];
} shapley;

static const double *power_of(const deu *d, const dt__council *c, shapley *s, double *votes) {
    unsigned game = (c->enlarged ? 1U : 0U) | (c->codecision ? 2U : 0U) | (c->unanimity ? 4U : 0U);

    switch (d->r->opts->power) {
    case DT__POWER_GDP: return d->gdp;
    case DT__POWER_SHAPLEY:
        if (!s->known[game]) dt__council_shapley(c, s->index[game]);
        s->known[game] = true;
        return s->index[game];
    case DT__POWER_VOTES:
    case DT__POWER_EQUAL: break;
    }
    dt__council_votes(c, votes);
    for (size_t p = 0; p < DT__COUNCIL_PLAYERS && d->r->opts->power == DT__POWER_EQUAL; p++) votes[p] = 1;
    return votes;
}

static void give_power(deu *d, size_t row, size_t issue, shapley *s) {
    dt__positions *t = d->r->table;
    dt__council c = {.enlarged = is_enlarged(t, issue),
                     .codecision = strcmp(cell_of(d, row, d->procedure).text, "COD") == 0,
                     .unanimity = strncmp(cell_of(d, row, d->vote).text, "Unan", 4) == 0};
    double votes[DT__COUNCIL_PLAYERS];

    memcpy(t->capability + issue * t->actor_count, power_of(d, &c, s, votes), sizeof votes);
}

/* ---- the reader ---- */

static dt_status check_ids(deu *d) {
    dt__layout_names ids = {0};
    dt_status st = DT_OK;

    for (size_t row = d->first; row < dt__sheet_rows(d->r->sheet) && st == DT_OK; row++) {
        dt__sheet_cell id = cell_of(d, row, d->id);
        size_t known = ids.items.count;
        if (*id.text == '\0') {
            dt__sheet_error(d->r->sheet, &id, "no-name", "this row names no issue (column isnr)", NULL);
            continue;
        }
        if (dt__layout_name_add(&ids, id.text, d->r->env) == SIZE_MAX) st = DT_ERR_MEMORY;
        else if (ids.items.count == known)
            dt__sheet_error(d->r->sheet, &id, "twice", "there is an issue “{0}” already", id.text, NULL);
    }
    dt__layout_names_clear(&ids, d->r->env);
    return st;
}

static void name_actors(dt__positions *t) {
    for (size_t p = 0; p < DT__COUNCIL_PLAYERS; p++) t->actors[p].id = dt__council_player(p);
}

static dt_status check_power(const deu *d) {
    if (d->r->opts->power != DT__POWER_GDP || d->gdp_given) return DT_OK;
    dt__diagnose(d->r->env, DT_ERROR, (dt__place){.file = d->r->sheet->file}, "no-gdp",
                 "there is no row of GDP under the head, so power cannot be measured by it", NULL);
    return DT_ERR_ARGUMENT;
}

dt_status dt__layout_read_deu(dt__layout_reading *r) {
    deu d = {.r = r};
    size_t issues;
    shapley *s;
    dt_status st;

    find_columns(&d);
    read_gdp(&d);
    issues = dt__sheet_rows(r->sheet) - d.first;
    if ((st = check_power(&d)) != DT_OK) return st;
    if ((st = check_ids(&d)) != DT_OK) return st;
    if ((st = dt__layout_reserve(r, DT__COUNCIL_PLAYERS, issues)) != DT_OK) return st;
    name_actors(r->table);
    for (size_t i = 0; i < issues && st == DT_OK; i++) st = read_issue(&d, d.first + i, i);
    if (st != DT_OK) return st;
    if ((s = DT__NEW(r->env, shapley)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < issues; i++) give_power(&d, d.first + i, i, s);
    DT__FREE(r->env, s, 1);
    return DT_OK;
}
