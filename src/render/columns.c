#include "render/columns.h"

#include "render/wrap.h"

enum { LONGEST_WORD = 24, NARROWEST = 4 };

static size_t larger(size_t a, size_t b) {
    return a > b ? a : b;
}

static void measure(dt__columns *c, size_t column, const char *text) {
    size_t longest;

    if (text == NULL) return;
    longest = dt__wrap_longest(text);
    c->natural[column] = larger(c->natural[column], dt__wrap_width(text));
    c->least[column] = larger(c->least[column], longest < LONGEST_WORD ? longest : LONGEST_WORD);
}

dt_status dt__columns_init(dt__columns *c, const dt__block *table, dt_env *env) {
    *c = (dt__columns){.count = table->column_count};
    c->natural = DT__ARRAY(env, size_t, c->count);
    c->least = DT__ARRAY(env, size_t, c->count);
    c->widths = DT__ARRAY(env, size_t, c->count);
    if (c->natural == NULL || c->least == NULL || c->widths == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < c->count; i++) measure(c, i, table->columns[i].title);
    for (const dt__row *row = table->first; row != NULL; row = row->next) {
        for (size_t i = 0; i < c->count; i++) measure(c, i, row->cells[i].text);
    }
    return DT_OK;
}

void dt__columns_clear(dt__columns *c, dt_env *env) {
    size_t allocated = c->count == 0 ? 1 : c->count;
    DT__FREE(env, c->natural, allocated);
    DT__FREE(env, c->least, allocated);
    DT__FREE(env, c->widths, allocated);
}

size_t dt__columns_after(const dt__columns *c, size_t column) {
    if (column == 0) return c->from < c->to ? c->from : c->count;
    return column + 1 < c->to ? column + 1 : c->count;
}

static size_t total(const dt__columns *c, const size_t *widths) {
    size_t sum = widths[0];
    for (size_t i = c->from; i < c->to; i++) sum += DT__COLUMN_GAP + widths[i];
    return sum;
}

/* Takes columns off the widest that still exceed their floor until the page holds them; true when it does. */
static bool shrink(dt__columns *c, size_t page, const size_t *floors, size_t floor) {
    for (size_t used = total(c, c->widths); used > page; used--) {
        size_t widest = c->count;
        for (size_t i = 0; i < c->count; i = dt__columns_after(c, i)) {
            size_t least = floors == NULL ? floor : larger(floors[i], floor);
            if (c->widths[i] > least && (widest == c->count || c->widths[i] > c->widths[widest])) widest = i;
        }
        if (widest == c->count) return false;
        c->widths[widest]--;
    }
    return true;
}

bool dt__columns_next(dt__columns *c, size_t page) {
    if (c->to > 0 && c->to >= c->count) return false;
    c->from = c->to == 0 ? 1 : c->to;
    c->to = c->from < c->count ? c->from + 1 : c->count;
    while (c->to < c->count && total(c, c->least) + DT__COLUMN_GAP + c->least[c->to] <= page) c->to++;
    for (size_t i = 0; i < c->count; i++) c->widths[i] = c->natural[i] < page ? larger(c->natural[i], 1) : page;
    if (!shrink(c, page, c->least, NARROWEST)) (void)shrink(c, page, NULL, NARROWEST);
    return true;
}
