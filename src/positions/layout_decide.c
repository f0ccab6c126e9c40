/* decide: rows that begin with #O title, #A actor, #P issue, #M value of a scale, #D actor, issue, position, salience,
 * power; #/ is a remark. */
#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "positions/layouts.h"

typedef struct decide {
    dt__layout_reading *r;
    dt__layout_names actors, issues;
} decide;

static bool is_mark(const dt__sheet *s, size_t row, const char *mark) {
    return strcmp(dt__sheet_at(s, row, 0).text, mark) == 0;
}

bool dt__layout_is_decide(const dt__sheet *s) {
    bool issue = false, data = false;

    for (size_t row = 0; row < dt__sheet_rows(s); row++) {
        issue |= is_mark(s, row, "#P");
        data |= is_mark(s, row, "#D");
    }
    return issue && data;
}

static dt_status collect(decide *d, const char *mark, dt__layout_names *names) {
    dt__sheet *s = d->r->sheet;

    for (size_t row = 0; row < dt__sheet_rows(s); row++) {
        dt__sheet_cell id = dt__sheet_at(s, row, 1);
        size_t known = names->items.count;
        if (!is_mark(s, row, mark)) continue;
        if (*id.text == '\0') dt__sheet_error(s, &id, "no-name", "there is no name after {0}", mark, NULL);
        else if (dt__layout_name_add(names, id.text, d->r->env) == SIZE_MAX) return DT_ERR_MEMORY;
        else if (names->items.count == known) dt__sheet_error(s, &id, "twice", "“{0}” is there already", id.text, NULL);
    }
    return DT_OK;
}

static dt_status name_all(decide *d) {
    dt__sheet *s = d->r->sheet;
    dt__positions *t = d->r->table;
    size_t actor = 0, issue = 0;

    for (size_t row = 0; row < dt__sheet_rows(s); row++) {
        const char *id = dt__sheet_at(s, row, 1).text, *name = dt__sheet_at(s, row, 2).text;
        bool is_actor = is_mark(s, row, "#A"), is_issue = is_mark(s, row, "#P");
        if (is_mark(s, row, "#O") && (t->title = dt__layout_copy(d->r, id)) == NULL) return DT_ERR_MEMORY;
        if ((!is_actor && !is_issue) || *id == '\0') continue;
        if ((id = dt__layout_copy(d->r, id)) == NULL || (name = dt__layout_copy(d->r, name)) == NULL)
            return DT_ERR_MEMORY;
        if (is_actor && actor < t->actor_count) t->actors[actor++] = (dt__actor){id, name};
        if (is_issue && issue < t->issue_count) {
            dt__sheet_cell first = dt__sheet_at(s, row, 0);
            t->issues[issue].id = id;
            t->issues[issue].name = name;
            t->issues[issue].place.line = first.line;
            t->issues[issue++].place.column = first.column;
        }
    }
    return DT_OK;
}

/* The scale of an issue runs from the least to the greatest of its values; 0..100 when there are not two. */
static void read_scale(decide *d, size_t row) {
    dt__sheet *s = d->r->sheet;
    dt__sheet_cell id = dt__sheet_at(s, row, 1), value = dt__sheet_at(s, row, 2);
    size_t i = dt__layout_name_find(&d->issues, id.text);
    double number = dt__sheet_number(s, &value, "#M");

    if (i == SIZE_MAX) {
        dt__sheet_error(s, &id, "unknown-issue", "there is no issue “{0}”", id.text, NULL);
        return;
    }
    if (isnan(number)) return;
    if (!(d->r->table->issues[i].low <= number)) d->r->table->issues[i].low = number;
    if (!(d->r->table->issues[i].high >= number)) d->r->table->issues[i].high = number;
}

static void read_scales(decide *d) {
    dt__positions *t = d->r->table;

    for (size_t row = 0; row < dt__sheet_rows(d->r->sheet); row++) {
        if (is_mark(d->r->sheet, row, "#M")) read_scale(d, row);
    }
    for (size_t i = 0; i < t->issue_count; i++) {
        if (t->issues[i].low < t->issues[i].high) continue;
        t->issues[i].low = 0;
        t->issues[i].high = 100;
    }
}

static void unknown(decide *d, const dt__sheet_cell *cell, const dt__layout_names *names, const char *code,
                    const char *msgid) {
    const char *near = dt__nearest(cell->text, (const char *const *)names->items.items, names->items.count);

    dt__sheet_error(d->r->sheet, cell, code, msgid, cell->text, NULL);
    if (near != NULL) dt__hint(d->r->env, "did you mean “{0}”?", near, NULL);
}

static void read_data(decide *d, size_t row) {
    dt__sheet *s = d->r->sheet;
    dt__positions *t = d->r->table;
    dt__sheet_cell actor = dt__sheet_at(s, row, 1), issue = dt__sheet_at(s, row, 2), position = dt__sheet_at(s, row, 3),
                   salience = dt__sheet_at(s, row, 4), power = dt__sheet_at(s, row, 5);
    size_t a = dt__layout_name_find(&d->actors, actor.text), i = dt__layout_name_find(&d->issues, issue.text), cell;

    if (a == SIZE_MAX) unknown(d, &actor, &d->actors, "unknown-party", DT__N("there is no party “{0}”"));
    if (i == SIZE_MAX) unknown(d, &issue, &d->issues, "unknown-issue", DT__N("there is no issue “{0}”"));
    if (a == SIZE_MAX || i == SIZE_MAX) return;
    cell = i * t->actor_count + a;
    if (!isnan(t->position[cell]))
        dt__sheet_error(s, &actor, "twice", "“{0}” has a position on this issue already", actor.text, NULL);
    t->position[cell] = dt__sheet_bounded(s, &position, "position", t->issues[i].low, t->issues[i].high);
    t->salience[cell] = dt__sheet_bounded(s, &salience, "salience", 0, 100);
    t->capability[cell] = dt__sheet_bounded(s, &power, "power", 0, INFINITY);
}

static dt_status read_all(decide *d) {
    dt__layout_reading *r = d->r;
    dt_status st;

    if ((st = collect(d, "#A", &d->actors)) != DT_OK) return st;
    if ((st = collect(d, "#P", &d->issues)) != DT_OK) return st;
    if ((st = dt__layout_reserve(r, d->actors.items.count, d->issues.items.count)) != DT_OK) return st;
    if ((st = name_all(d)) != DT_OK) return st;
    read_scales(d);
    for (size_t row = 0; row < dt__sheet_rows(r->sheet); row++) {
        if (is_mark(r->sheet, row, "#D")) read_data(d, row);
    }
    dt__layout_scale_saliences(r);
    return DT_OK;
}

dt_status dt__layout_read_decide(dt__layout_reading *r) {
    decide d = {.r = r};
    dt_status st = read_all(&d);

    dt__layout_names_clear(&d.actors, r->env);
    dt__layout_names_clear(&d.issues, r->env);
    return st;
}
