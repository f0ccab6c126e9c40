/* A plain table: a head that names the columns, then a row for each actor and issue.  Columns in any order; those that
 * are not known are left out. */
#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "positions/layouts.h"

typedef enum column {
    COLUMN_ACTOR = 0,
    COLUMN_ISSUE,
    COLUMN_GROUP,
    COLUMN_CAPABILITY,
    COLUMN_POSITION,
    COLUMN_SALIENCE,
    COLUMN_OUTCOME,
    COLUMN_REFERENCE,
    COLUMN_LOW,
    COLUMN_HIGH,
    COLUMN_COUNT,
    COLUMN_UNKNOWN = COLUMN_COUNT
} column;

/* Folded names. */
static const char *const names[][6] = {
    [COLUMN_ACTOR] = {"actor", "name", "party", "player"},
    [COLUMN_ISSUE] = {"issue", "issueid", "question"},
    [COLUMN_GROUP] = {"group", "negotiation", "proposal", "case"},
    [COLUMN_CAPABILITY] = {"capability", "capabilities", "power", "influence", "resources", "weight"},
    [COLUMN_POSITION] = {"position", "pos"},
    [COLUMN_SALIENCE] = {"salience", "sal"},
    [COLUMN_OUTCOME] = {"outcome", "out", "result"},
    [COLUMN_REFERENCE] = {"reference", "referencepoint", "statusquo", "rp", "nodeal"},
    [COLUMN_LOW] = {"low", "lo", "scalelow", "min"},
    [COLUMN_HIGH] = {"high", "hi", "scalehigh", "max"},
};

static column column_of(const char *title) {
    char folded[64];

    dt__sheet_fold(folded, sizeof folded, title);
    for (unsigned c = 0; c < COLUMN_COUNT; c++) {
        for (size_t n = 0; n < sizeof names[c] / sizeof *names[c] && names[c][n] != NULL; n++) {
            if (strcmp(folded, names[c][n]) == 0) return (column)c;
        }
    }
    return COLUMN_UNKNOWN;
}

typedef struct plain {
    dt__layout_reading *r;
    size_t at[COLUMN_COUNT]; /* SIZE_MAX: there is none */
    dt__layout_names actors, issues;
    size_t *actor_of; /* per row; SIZE_MAX: the row names none */
    char *seen;       /* per cell of the table */
} plain;

static void find_columns(plain *p, const dt__sheet *s) {
    for (size_t c = 0; c < COLUMN_COUNT; c++) p->at[c] = SIZE_MAX;
    for (size_t i = 0; i < dt__sheet_width(s, 0); i++) {
        column c = column_of(dt__sheet_at(s, 0, i).text);
        if (c != COLUMN_UNKNOWN && p->at[c] == SIZE_MAX) p->at[c] = i;
    }
}

bool dt__layout_is_plain(const dt__sheet *s) {
    plain p;

    find_columns(&p, s);
    return p.at[COLUMN_ACTOR] != SIZE_MAX && p.at[COLUMN_POSITION] != SIZE_MAX;
}

static dt__sheet_cell cell_of(const plain *p, size_t row, column c) {
    static const dt__sheet_cell none = {.text = ""};
    return p->at[c] == SIZE_MAX ? none : dt__sheet_at(p->r->sheet, row, p->at[c]);
}

/* ---- names first, then numbers ---- */

static const char *issue_id(const plain *p, size_t row) {
    const char *id = cell_of(p, row, COLUMN_ISSUE).text;
    return *id == '\0' && p->at[COLUMN_ISSUE] == SIZE_MAX ? "issue" : id;
}

/* In a table of one issue a name that comes again is another actor of that name: it is numbered. */
static const char *numbered(plain *p, const dt__sheet_cell *actor) {
    const char *name = NULL;
    bool taken = true;
    dt__text text;

    dt__text_init(&text, p->r->env);
    for (uint64_t number = 2; taken && !text.failed; number++) {
        dt__text_reset(&text);
        dt__text_add(&text, actor->text);
        dt__text_add(&text, " (");
        dt__text_add_unsigned(&text, number);
        dt__text_add(&text, ")");
        taken = dt__layout_name_find(&p->actors, dt__text_get(&text)) != SIZE_MAX;
    }
    if (dt__text_status(&text) == DT_OK) name = dt__arena_string(&p->r->sheet->arena, dt__text_get(&text), text.length);
    dt__text_clear(&text);
    if (name != NULL)
        dt__diagnose(p->r->env, DT_WARNING, dt__sheet_place(p->r->sheet, actor), "same-name",
                     "“{0}” comes again: taken for another party, “{1}”", actor->text, name, NULL);
    return name;
}

static dt_status collect_name(plain *p, size_t row) {
    dt__sheet_cell actor = cell_of(p, row, COLUMN_ACTOR);
    const char *name = actor.text;

    if (p->at[COLUMN_ISSUE] == SIZE_MAX && dt__layout_name_find(&p->actors, name) != SIZE_MAX &&
        (name = numbered(p, &actor)) == NULL)
        return DT_ERR_MEMORY;
    if ((p->actor_of[row] = dt__layout_name_add(&p->actors, name, p->r->env)) == SIZE_MAX) return DT_ERR_MEMORY;
    return dt__layout_name_add(&p->issues, issue_id(p, row), p->r->env) == SIZE_MAX ? DT_ERR_MEMORY : DT_OK;
}

static dt_status collect_names(plain *p) {
    dt__sheet *s = p->r->sheet;
    dt_status st = DT_OK;

    for (size_t row = 1; row < dt__sheet_rows(s) && st == DT_OK; row++) {
        dt__sheet_cell actor = cell_of(p, row, COLUMN_ACTOR), first = dt__sheet_at(s, row, 0);
        p->actor_of[row] = SIZE_MAX;
        if (*actor.text == '\0' || *issue_id(p, row) == '\0')
            dt__sheet_error(s, &first, "no-name", "this row names no party, or no issue", NULL);
        else st = collect_name(p, row);
    }
    return st;
}

static dt_status copy_names(plain *p) {
    dt__positions *t = p->r->table;

    for (size_t a = 0; a < t->actor_count; a++) {
        t->actors[a].id = dt__layout_copy(p->r, *DT__AT(p->actors.items, const char *, a));
        if (t->actors[a].id == NULL) return DT_ERR_MEMORY;
    }
    for (size_t i = 0; i < t->issue_count; i++) {
        t->issues[i].id = dt__layout_copy(p->r, *DT__AT(p->issues.items, const char *, i));
        if (t->issues[i].id == NULL) return DT_ERR_MEMORY;
    }
    return DT_OK;
}

/* What is said of an issue may stand in each of its rows, and has to be the same. */
static void read_of_issue(plain *p, size_t row, column c, const char *what, double *value) {
    dt__sheet_cell cell = cell_of(p, row, c);
    double given = dt__sheet_number(p->r->sheet, &cell, what);

    if (isnan(given)) return;
    if (!isnan(*value) && (given < *value || given > *value))
        dt__sheet_error(p->r->sheet, &cell, "two-values", "column “{0}”: another row of this issue says otherwise",
                        what, NULL);
    *value = given;
}

static dt_status read_issue(plain *p, size_t row, dt__table_issue *issue) {
    dt__sheet_cell group = cell_of(p, row, COLUMN_GROUP), first = dt__sheet_at(p->r->sheet, row, 0);

    if (issue->place.line == 0) {
        issue->place.line = first.line;
        issue->place.column = first.column;
    }
    if (*group.text != '\0' && *issue->group == '\0' && (issue->group = dt__layout_copy(p->r, group.text)) == NULL)
        return DT_ERR_MEMORY;
    read_of_issue(p, row, COLUMN_OUTCOME, "outcome", &issue->outcome);
    read_of_issue(p, row, COLUMN_REFERENCE, "reference", &issue->reference);
    read_of_issue(p, row, COLUMN_LOW, "low", &issue->low);
    read_of_issue(p, row, COLUMN_HIGH, "high", &issue->high);
    return DT_OK;
}

static dt_status read_row(plain *p, size_t row) {
    dt__positions *t = p->r->table;
    dt__sheet_cell actor = cell_of(p, row, COLUMN_ACTOR), position = cell_of(p, row, COLUMN_POSITION),
                   salience = cell_of(p, row, COLUMN_SALIENCE), capability = cell_of(p, row, COLUMN_CAPABILITY);
    size_t a = p->actor_of[row], i = dt__layout_name_find(&p->issues, issue_id(p, row));
    size_t cell = i * t->actor_count + a;

    if (a == SIZE_MAX || i == SIZE_MAX) return DT_OK;
    if (p->seen[cell] != 0)
        dt__sheet_error(p->r->sheet, &actor, "twice", "“{0}” has a position on this issue already", actor.text, NULL);
    p->seen[cell] = 1;
    t->position[cell] = dt__sheet_number(p->r->sheet, &position, "position");
    t->salience[cell] = dt__sheet_bounded(p->r->sheet, &salience, "salience", 0, 100);
    t->capability[cell] = dt__sheet_bounded(p->r->sheet, &capability, "capability", 0, INFINITY);
    return read_issue(p, row, &t->issues[i]);
}

/* An issue that names no negotiation is one by itself. */
static void check_issues(plain *p) {
    dt__positions *t = p->r->table;

    for (size_t i = 0; i < t->issue_count; i++) {
        dt__table_issue *issue = &t->issues[i];
        dt__sheet_cell place = {.line = issue->place.line, .column = issue->place.column};
        if (*issue->group == '\0') issue->group = p->at[COLUMN_GROUP] == SIZE_MAX ? "" : issue->id;
        if (issue->low >= issue->high)
            dt__sheet_error(p->r->sheet, &place, "bad-scale", "issue “{0}”: the scale has to rise from low to high",
                            issue->id, NULL);
    }
}

static dt_status read_all(plain *p) {
    dt__positions *t = p->r->table;
    dt_status st;

    p->actor_of = DT__ARENA_ARRAY(&p->r->sheet->arena, size_t, dt__sheet_rows(p->r->sheet));
    if (p->actor_of == NULL) return DT_ERR_MEMORY;
    st = collect_names(p);
    if (st == DT_OK) st = dt__layout_reserve(p->r, p->actors.items.count, p->issues.items.count);
    if (st == DT_OK) st = copy_names(p);
    if (st != DT_OK) return st;
    if ((p->seen = DT__ARRAY(p->r->env, char, t->actor_count * t->issue_count)) == NULL) return DT_ERR_MEMORY;
    for (size_t row = 1; row < dt__sheet_rows(p->r->sheet) && st == DT_OK; row++) st = read_row(p, row);
    if (st != DT_OK) return st;
    check_issues(p);
    dt__layout_scale_saliences(p->r);
    return DT_OK;
}

static void note_columns(const plain *p) {
    const dt__sheet *s = p->r->sheet;

    for (size_t i = 0; i < dt__sheet_width(s, 0); i++) {
        dt__sheet_cell cell = dt__sheet_at(s, 0, i);
        if (*cell.text == '\0' || column_of(cell.text) != COLUMN_UNKNOWN) continue;
        dt__diagnose(p->r->env, DT_NOTE, dt__sheet_place(s, &cell), "left-out", "column “{0}” is left out", cell.text,
                     NULL);
    }
}

dt_status dt__layout_read_plain(dt__layout_reading *r) {
    plain p = {.r = r};
    dt_status st;

    find_columns(&p, r->sheet);
    note_columns(&p);
    st = read_all(&p);
    if (p.seen != NULL) {
        size_t cells = r->table->actor_count * r->table->issue_count;
        DT__FREE(r->env, p.seen, cells == 0 ? 1 : cells);
    }
    dt__layout_names_clear(&p.actors, r->env);
    dt__layout_names_clear(&p.issues, r->env);
    return st;
}
