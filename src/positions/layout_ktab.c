/* KTAB: a row with the scenario's name, description and sizes, a head, then a row for each actor: name, description,
 * power, and a position and a salience for each dimension, 0..100; the saliences of an actor sum to at most 100. */
#include <math.h>
#include <string.h>

#include "base/catalog.h"
#include "positions/layouts.h"

enum { ACTOR_COLUMN = 0, DESCRIPTION_COLUMN, POWER_COLUMN, FIRST_DIMENSION };

static bool is_whole(const dt__sheet *s, size_t row, size_t column, size_t *value) {
    dt__sheet_cell cell = dt__sheet_at(s, row, column);
    double number;

    if (!dt__sheet_is_number(s, &cell, &number) || number < 0 || number > 1e6 || floor(number) < number) return false;
    *value = (size_t)number;
    return true;
}

bool dt__layout_is_ktab(const dt__sheet *s) {
    char folded[16];
    size_t actors, dimensions;

    if (dt__sheet_rows(s) < 2 || dt__sheet_width(s, 1) < FIRST_DIMENSION) return false;
    dt__sheet_fold(folded, sizeof folded, dt__sheet_at(s, 1, ACTOR_COLUMN).text);
    return strcmp(folded, "actor") == 0 && is_whole(s, 0, 2, &actors) && is_whole(s, 0, 3, &dimensions);
}

/* "Dim0 Position" is the dimension "Dim0". */
static const char *dimension_name(dt__layout_reading *r, size_t dimension) {
    static const char *const endings[] = {" Position", " Pstn", " Pos"};
    const char *title = dt__sheet_at(r->sheet, 1, FIRST_DIMENSION + 2 * dimension).text;
    size_t length = strlen(title);

    for (size_t e = 0; e < sizeof endings / sizeof *endings; e++) {
        size_t n = strlen(endings[e]);
        if (length > n && strcmp(title + length - n, endings[e]) == 0)
            return dt__arena_string(&r->table->arena, title, length - n);
    }
    return length == 0 ? "dimension" : dt__layout_copy(r, title);
}

static dt_status name_dimensions(dt__layout_reading *r) {
    dt__positions *t = r->table;
    dt__sheet_cell head = dt__sheet_at(r->sheet, 1, 0);

    for (size_t k = 0; k < t->issue_count; k++) {
        dt__table_issue *i = &t->issues[k];
        i->name = dt__layout_copy(r, dt__sheet_at(r->sheet, 1, FIRST_DIMENSION + 2 * k).text);
        if ((i->id = dimension_name(r, k)) == NULL || i->name == NULL) return DT_ERR_MEMORY;
        i->low = 0;
        i->high = 100;
        i->place.line = head.line;
        i->place.column = head.column;
        for (size_t before = 0; before < k; before++) {
            if (strcmp(t->issues[before].id, i->id) == 0)
                dt__sheet_error(r->sheet, &head, "twice", "there is a dimension “{0}” already", i->id, NULL);
        }
    }
    return DT_OK;
}

static dt_status read_actor(dt__layout_reading *r, size_t row, size_t actor) {
    dt__positions *t = r->table;
    dt__sheet_cell name = dt__sheet_at(r->sheet, row, ACTOR_COLUMN), power = dt__sheet_at(r->sheet, row, POWER_COLUMN);
    double capability = dt__sheet_bounded(r->sheet, &power, "power", 0, INFINITY), sum = 0;

    t->actors[actor].id = dt__layout_copy(r, name.text);
    t->actors[actor].name = dt__layout_copy(r, dt__sheet_at(r->sheet, row, DESCRIPTION_COLUMN).text);
    if (t->actors[actor].id == NULL || t->actors[actor].name == NULL) return DT_ERR_MEMORY;
    for (size_t k = 0; k < t->issue_count; k++) {
        dt__sheet_cell position = dt__sheet_at(r->sheet, row, FIRST_DIMENSION + 2 * k),
                       salience = dt__sheet_at(r->sheet, row, FIRST_DIMENSION + 2 * k + 1);
        size_t cell = k * t->actor_count + actor;
        t->position[cell] = dt__sheet_bounded(r->sheet, &position, "position", 0, 100);
        t->salience[cell] = dt__sheet_bounded(r->sheet, &salience, "salience", 0, 100) / 100;
        t->capability[cell] = capability;
        if (!isnan(t->salience[cell])) sum += t->salience[cell];
    }
    if (sum > 1 + 1e-9)
        dt__sheet_error(r->sheet, &name, "saliences-above-100", "the saliences of “{0}” sum to more than 100",
                        name.text, NULL);
    return DT_OK;
}

static dt_status check_actors(dt__layout_reading *r, size_t rows, size_t said) {
    dt__sheet_cell sizes = dt__sheet_at(r->sheet, 0, 2);
    dt__layout_names names = {0};
    dt_status st = DT_OK;

    if (rows != said)
        dt__sheet_error(r->sheet, &sizes, "wrong-count", "{0} parties are announced, and there are not so many rows",
                        sizes.text, NULL);
    for (size_t row = 2; row < 2 + rows && st == DT_OK; row++) {
        dt__sheet_cell name = dt__sheet_at(r->sheet, row, ACTOR_COLUMN);
        size_t known = names.items.count;
        if (*name.text == '\0') dt__sheet_error(r->sheet, &name, "no-name", "this row names no party", NULL);
        else if (dt__layout_name_add(&names, name.text, r->env) == SIZE_MAX) st = DT_ERR_MEMORY;
        else if (names.items.count == known)
            dt__sheet_error(r->sheet, &name, "twice", "there is a party “{0}” already", name.text, NULL);
    }
    dt__layout_names_clear(&names, r->env);
    return st;
}

dt_status dt__layout_read_ktab(dt__layout_reading *r) {
    size_t said = 0, dimensions = 0, rows = dt__sheet_rows(r->sheet) - 2;
    dt_status st;

    if (!is_whole(r->sheet, 0, 2, &said) || !is_whole(r->sheet, 0, 3, &dimensions)) return DT_ERR_MODEL;
    if ((st = check_actors(r, rows, said)) != DT_OK) return st;
    if ((st = dt__layout_reserve(r, rows, dimensions)) != DT_OK) return st;
    r->table->shared_salience = true;
    if ((r->table->title = dt__layout_copy(r, dt__sheet_at(r->sheet, 0, 0).text)) == NULL) return DT_ERR_MEMORY;
    if ((st = name_dimensions(r)) != DT_OK) return st;
    for (size_t a = 0; a < rows && st == DT_OK; a++) st = read_actor(r, 2 + a, a);
    return st;
}
