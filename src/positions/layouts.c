#include "positions/layouts.h"

#include <math.h>
#include <string.h>

#include "base/catalog.h"

enum { MAX_ACTORS = 1000, MAX_ISSUES = 20000, MAX_TABLE = 4000000 };

typedef struct layout {
    const char *id;
    bool (*recognise)(const dt__sheet *s);
    dt_status (*read)(dt__layout_reading *r);
} layout;

/* In order of looking: the first whose marks are there. */
static const layout layouts[DT__LAYOUT_COUNT] = {
    [DT__LAYOUT_NONE] = {"", NULL, NULL},
    [DT__LAYOUT_PLAIN] = {"plain", dt__layout_is_plain, dt__layout_read_plain},
    [DT__LAYOUT_DEU] = {"deu", dt__layout_is_deu, dt__layout_read_deu},
    [DT__LAYOUT_KTAB] = {"ktab", dt__layout_is_ktab, dt__layout_read_ktab},
    [DT__LAYOUT_DECIDE] = {"decide", dt__layout_is_decide, dt__layout_read_decide},
};

const char *dt__layout_id(dt__layout which) {
    return (unsigned)which < DT__LAYOUT_COUNT ? layouts[which].id : "";
}

static dt__layout recognise(const dt__sheet *s) {
    for (unsigned i = 1; dt__sheet_rows(s) > 0 && i < DT__LAYOUT_COUNT; i++) {
        if (layouts[i].recognise(s)) return (dt__layout)i;
    }
    return DT__LAYOUT_NONE;
}

/* ---- names ---- */

static size_t hash(const char *text) {
    uint64_t h = UINT64_C(14695981039346656037);
    for (; *text != '\0'; text++) h = (h ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return (size_t)(h ^ h >> 32);
}

static size_t slot_of(const dt__layout_names *names, const char *text) {
    size_t at = hash(text) & (names->slot_count - 1);

    while (names->slots[at] != 0 && strcmp(*DT__AT(names->items, const char *, names->slots[at] - 1), text) != 0)
        at = (at + 1) & (names->slot_count - 1);
    return at;
}

static bool grow(dt__layout_names *names, dt_env *env) {
    size_t count = names->slot_count == 0 ? 64 : 2 * names->slot_count, old = names->slot_count;
    size_t *slots = DT__ARRAY(env, size_t, count), *before = names->slots;

    if (slots == NULL) return false;
    names->slots = slots;
    names->slot_count = count;
    for (size_t i = 0; i < names->items.count; i++)
        slots[slot_of(names, *DT__AT(names->items, const char *, i))] = i + 1;
    if (before != NULL) DT__FREE(env, before, old);
    return true;
}

size_t dt__layout_name_find(const dt__layout_names *names, const char *text) {
    size_t at;

    if (names->slot_count == 0) return SIZE_MAX;
    at = names->slots[slot_of(names, text)];
    return at == 0 ? SIZE_MAX : at - 1;
}

size_t dt__layout_name_add(dt__layout_names *names, const char *text, dt_env *env) {
    size_t found = dt__layout_name_find(names, text);

    if (found != SIZE_MAX) return found;
    if (names->items.item == 0) names->items = DT__VECTOR(const char *);
    if (2 * (names->items.count + 1) > names->slot_count && !grow(names, env)) return SIZE_MAX;
    if (dt__vector_push(&names->items, &text, env) != DT_OK) return SIZE_MAX;
    names->slots[slot_of(names, text)] = names->items.count;
    return names->items.count - 1;
}

void dt__layout_names_clear(dt__layout_names *names, dt_env *env) {
    if (names->items.item != 0) dt__vector_clear(&names->items, env);
    if (names->slots != NULL) DT__FREE(env, names->slots, names->slot_count);
    *names = (dt__layout_names){0};
}

/* ---- tables ---- */

static void too_large(dt__layout_reading *r, const char *msgid) {
    dt__diagnose(r->env, DT_ERROR, (dt__place){.file = r->sheet->file}, "too-large", msgid, NULL);
}

dt_status dt__layout_reserve(dt__layout_reading *r, size_t actors, size_t issues) {
    dt__positions *t = r->table;
    const size_t cells = actors * issues;

    if (actors > MAX_ACTORS || issues > MAX_ISSUES || cells > MAX_TABLE) {
        too_large(r, DT__N("the table has more than 1,000 parties, 20,000 issues or 4,000,000 positions"));
        return DT_ERR_LIMIT;
    }
    t->actor_count = actors;
    t->issue_count = issues;
    t->actors = DT__ARENA_ARRAY(&t->arena, dt__actor, actors);
    t->issues = DT__ARENA_ARRAY(&t->arena, dt__table_issue, issues);
    t->group_of = DT__ARENA_ARRAY(&t->arena, size_t, issues);
    t->position = DT__ARENA_ARRAY(&t->arena, double, cells);
    t->salience = DT__ARENA_ARRAY(&t->arena, double, cells);
    t->capability = DT__ARENA_ARRAY(&t->arena, double, cells);
    if (t->actors == NULL || t->issues == NULL || t->group_of == NULL || t->position == NULL || t->salience == NULL ||
        t->capability == NULL)
        return DT_ERR_MEMORY;
    for (size_t i = 0; i < cells; i++) t->position[i] = t->salience[i] = t->capability[i] = NAN;
    for (size_t a = 0; a < actors; a++) t->actors[a].name = "";
    for (size_t i = 0; i < issues; i++) {
        t->issues[i] = (dt__table_issue){.name = "",
                                         .group = "",
                                         .low = NAN,
                                         .high = NAN,
                                         .outcome = NAN,
                                         .reference = NAN,
                                         .place = {.file = t->file}};
    }
    return DT_OK;
}

const char *dt__layout_copy(dt__layout_reading *r, const char *text) {
    return *text == '\0' ? "" : dt__arena_string(&r->table->arena, text, strlen(text));
}

void dt__layout_scale_saliences(dt__layout_reading *r) {
    dt__positions *t = r->table;
    double most = 0;

    for (size_t i = 0; i < t->actor_count * t->issue_count; i++) {
        if (t->salience[i] > most) most = t->salience[i];
    }
    if (!(most > 1)) return;
    for (size_t i = 0; i < t->actor_count * t->issue_count; i++) t->salience[i] /= 100;
    dt__diagnose(r->env, DT_NOTE, (dt__place){.file = t->file}, "salience-per-cent",
                 "saliences are read as per cent, because some are above 1", NULL);
}

/* ---- what holds for every layout ---- */

static dt_status number_groups(dt__positions *t, dt_env *env) {
    dt__layout_names groups = {0};
    dt_status st = DT_OK;

    for (size_t i = 0; i < t->issue_count && st == DT_OK; i++) {
        t->group_of[i] = dt__layout_name_add(&groups, t->issues[i].group, env);
        if (t->group_of[i] == SIZE_MAX) st = DT_ERR_MEMORY;
    }
    t->group_count = groups.items.count;
    dt__layout_names_clear(&groups, env);
    return st;
}

/* A salience without a position says nothing; a capability that is not given is 1 for all of the issue. */
static void complete_issue(dt__positions *t, size_t issue) {
    const size_t first = issue * t->actor_count;
    bool given = false;

    for (size_t c = first; c < first + t->actor_count; c++) {
        t->ignored_saliences += isnan(t->position[c]) && !isnan(t->salience[c]);
        given |= !isnan(t->position[c]) && !isnan(t->capability[c]);
    }
    for (size_t c = first; c < first + t->actor_count; c++) {
        if (isnan(t->capability[c])) t->capability[c] = given ? 0 : 1;
    }
}

/* The scale that the file or the user gives, else the range of what is held. */
static void settle_scale(dt__layout_reading *r, size_t issue) {
    dt__positions *t = r->table;
    dt__table_issue *i = &t->issues[issue];
    const double *x = t->position + issue * t->actor_count;

    if (!isnan(i->low) && !isnan(i->high)) return;
    if (r->opts->scale_given) {
        i->low = r->opts->low;
        i->high = r->opts->high;
        return;
    }
    i->scale_is_range = true;
    for (size_t a = 0; a < t->actor_count; a++) {
        if (isnan(x[a])) continue;
        if (!(i->low <= x[a])) i->low = x[a];
        if (!(i->high >= x[a])) i->high = x[a];
    }
    if (i->outcome < i->low) i->low = i->outcome;
    if (i->outcome > i->high) i->high = i->outcome;
    if (isnan(i->low)) i->low = i->high = isnan(i->outcome) ? 0 : i->outcome;
}

static void check_in_scale(dt__layout_reading *r, size_t issue, double value, const char *what) {
    const dt__table_issue *i = &r->table->issues[issue];
    dt__sheet_cell cell = {.line = i->place.line, .column = i->place.column};
    dt__text number;

    if (isnan(value) || (value >= i->low && value <= i->high)) return;
    dt__text_init(&number, r->env);
    dt__text_add_double(&number, value);
    dt__sheet_error(r->sheet, &cell, "outside-scale", "issue “{0}”: {1} of {2} is outside the scale", i->id, what,
                    dt__text_get(&number), NULL);
    dt__text_clear(&number);
}

static dt_status complete(dt__layout_reading *r) {
    dt__positions *t = r->table;
    dt_status st = number_groups(t, r->env);

    for (size_t i = 0; i < t->issue_count && st == DT_OK; i++) {
        complete_issue(t, i);
        settle_scale(r, i);
        for (size_t a = 0; a < t->actor_count; a++)
            check_in_scale(r, i, t->position[i * t->actor_count + a], dt__t(r->env, "a position"));
        check_in_scale(r, i, t->issues[i].outcome, dt__t(r->env, "an outcome"));
        check_in_scale(r, i, t->issues[i].reference, dt__t(r->env, "a reference point"));
    }
    return st;
}

/* ---- the door ---- */

static dt_status refuse(dt__sheet *s, const char *code, const char *msgid) {
    dt__diagnose(s->env, DT_ERROR, (dt__place){.file = s->file}, code, msgid, NULL);
    return DT_ERR_MODEL;
}

static dt_status read_sheet(dt__layout_reading *r) {
    dt__layout which = recognise(r->sheet);
    size_t errors = r->env->error_count;
    dt_status st;

    if (dt__sheet_rows(r->sheet) == 0) return refuse(r->sheet, "empty-table", DT__N("there is nothing in this file"));
    if (which == DT__LAYOUT_NONE) {
        refuse(r->sheet, "unknown-layout", DT__N("this is no table of positions in any layout that is known"));
        dt__hint(r->env, "a plain table has a head such as Actor,Capability,Position,Salience", NULL);
        return DT_ERR_MODEL;
    }
    r->table->layout = which;
    r->table->title = "";
    if ((r->table->file = dt__layout_copy(r, r->sheet->file)) == NULL) return DT_ERR_MEMORY;
    if ((st = layouts[which].read(r)) != DT_OK) return st;
    if (r->env->error_count == errors && (r->table->issue_count == 0 || r->table->actor_count == 0))
        return refuse(r->sheet, "empty-table", DT__N("the table has a head and no positions"));
    if ((st = complete(r)) != DT_OK) return st;
    return dt__verdict(r->env, errors, DT_ERR_MODEL);
}

dt_status dt__positions_read(dt__positions *out, const char *bytes, size_t length, const char *file,
                             const dt__layout_opts *opts, dt_env *env) {
    dt__sheet sheet;
    dt__layout_reading r = {.sheet = &sheet, .opts = opts, .table = out, .env = env};
    dt_status st;

    *out = (dt__positions){0};
    dt__arena_init(&out->arena, env);
    st = dt__sheet_read(&sheet, bytes, length, file, env);
    if (st == DT_OK) st = read_sheet(&r);
    dt__sheet_clear(&sheet);
    return dt__settled(env, st);
}
