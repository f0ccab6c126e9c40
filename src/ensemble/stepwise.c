#include "ensemble/stepwise.h"

#include <string.h>

/* ---- what each issue bears on ---- */

typedef struct linker {
    const dt_model *model;
    dt__arena *arena;
    uint32_t *found; /* room for the longest list */
    bool failed;
} linker;

static bool bears_on(const dt__condition *condition, uint32_t issue) {
    dt__issue_set scope = {{0}};
    dt__condition_scope(condition, &scope);
    return dt__issue_set_has(&scope, issue);
}

static dt__linked keep(linker *l, size_t count) {
    uint32_t *list = DT__ARENA_ARRAY(l->arena, uint32_t, count);

    if (list == NULL) l->failed = true;
    else if (count > 0) memcpy(list, l->found, count * sizeof *list);
    return (dt__linked){.count = list == NULL ? 0 : count, .list = list};
}

static dt__linked rules_of(linker *l, uint32_t issue) {
    size_t count = 0;
    for (uint32_t i = 0; i < l->model->rule_count; i++)
        if (bears_on(l->model->rules[i].require, issue)) l->found[count++] = i;
    return keep(l, count);
}

static dt__linked adjusts_of(linker *l, const dt__preferences *p, uint32_t issue) {
    size_t count = 0;
    for (uint32_t i = 0; i < p->adjust_count; i++)
        if (bears_on(p->adjust[i].when, issue)) l->found[count++] = i;
    return keep(l, count);
}

static dt__linked red_lines_of(linker *l, const dt__preferences *p, uint32_t issue) {
    size_t count = 0;
    for (uint32_t i = 0; i < p->red_line_count; i++)
        if (bears_on(p->red_lines[i].require, issue)) l->found[count++] = i;
    return keep(l, count);
}

static uint32_t term_of(const dt__preferences *p, uint32_t issue) {
    for (uint32_t t = 0; t < p->term_count; t++)
        if (p->terms[t].issue == issue) return t;
    return DT__NO_INDEX;
}

static size_t longest_list(const dt_model *m) {
    size_t longest = m->rule_count;

    for (size_t p = 0; p < m->party_count; p++) {
        const dt__preferences *prefs = m->parties[p].preferences;
        if (prefs != NULL && prefs->adjust_count > longest) longest = prefs->adjust_count;
        if (prefs != NULL && prefs->red_line_count > longest) longest = prefs->red_line_count;
    }
    return longest;
}

static void link_issue(linker *l, dt__bearing *b, uint32_t issue) {
    size_t parties = l->model->party_count;

    b->rules = rules_of(l, issue);
    b->adjusts = DT__ARENA_ARRAY(l->arena, dt__linked, parties);
    b->red_lines = DT__ARENA_ARRAY(l->arena, dt__linked, parties);
    b->terms = DT__ARENA_ARRAY(l->arena, uint32_t, parties);
    if (b->adjusts == NULL || b->red_lines == NULL || b->terms == NULL) l->failed = true;
    for (size_t p = 0; p < parties && !l->failed; p++) {
        const dt__preferences *prefs = l->model->parties[p].preferences;
        b->terms[p] = DT__NO_INDEX;
        if (prefs == NULL) continue;
        b->terms[p] = term_of(prefs, issue);
        b->adjusts[p] = adjusts_of(l, prefs, issue);
        b->red_lines[p] = red_lines_of(l, prefs, issue);
    }
}

static size_t list_changes(dt__single_change *list, const dt_model *m) {
    size_t count = 0;
    for (uint32_t i = 0; i < m->issue_count; i++) {
        for (uint32_t o = 0; o < m->issues[i].option_count; o++, count++)
            if (list != NULL) list[count] = (dt__single_change){.issue = i, .option = (dt__option)o};
    }
    return count;
}

dt_status dt__stepwise_init(dt__stepwise *s, const dt__setting *setting, const dt__amounts *amounts, dt__arena *arena) {
    const dt_model *m = setting->situation.model;
    linker l = {.model = m, .arena = arena};

    *s = (dt__stepwise){.model = m, .amounts = amounts, .no_deal = setting->no_deal};
    s->change_count = list_changes(NULL, m);
    s->changes = DT__ARENA_ARRAY(arena, dt__single_change, s->change_count);
    s->bearings = DT__ARENA_ARRAY(arena, dt__bearing, m->issue_count);
    l.found = DT__ARENA_ARRAY(arena, uint32_t, longest_list(m));
    if (s->changes == NULL || s->bearings == NULL || l.found == NULL) return DT_ERR_MEMORY;
    (void)list_changes(s->changes, m);
    for (uint32_t i = 0; i < m->issue_count && !l.failed; i++) link_issue(&l, &s->bearings[i], i);
    return l.failed ? DT_ERR_MEMORY : DT_OK;
}

dt_status dt__stepper_memory_init(dt__stepper_memory *m, const dt__stepwise *s, dt__arena *arena) {
    m->order = DT__ARENA_ARRAY(arena, uint32_t, s->change_count);
    m->outcome = DT__ARENA_ARRAY(arena, dt__option, s->model->issue_count);
    return m->order == NULL || m->outcome == NULL ? DT_ERR_MEMORY : DT_OK;
}

/* ---- utilities ---- */

typedef struct walk {
    dt__stepper_memory *m;
    const dt__stepwise *s;
    const dt__format *format;
    const dt__candidates *consent;
    const int64_t *values;
    dt__random *random;
} walk;

static int64_t share_value(const walk *w, const dt__share *share) {
    return share->amount == DT__FIXED_AMOUNT ? share->fixed : w->values[share->amount];
}

static bool has_utilities(const walk *w, uint32_t party) {
    return w->s->amounts->parties[party].cardinal;
}

static int64_t utility(const walk *w, uint32_t party, const dt__option *outcome) {
    const dt__preferences *prefs = w->s->model->parties[party].preferences;
    const dt__party_amounts *a = &w->s->amounts->parties[party];
    int64_t sum = 0;

    for (size_t t = 0; t < prefs->term_count; t++) sum += share_value(w, &a->cells[t][outcome[prefs->terms[t].issue]]);
    for (size_t i = 0; i < prefs->adjust_count; i++)
        if (dt__condition_holds(prefs->adjust[i].when, outcome)) sum += share_value(w, &a->adjusts[i]);
    return sum;
}

/* The part of a party's utility that an issue bears on. */
static int64_t part_of_utility(const walk *w, uint32_t party, uint32_t issue) {
    const dt__preferences *prefs = w->s->model->parties[party].preferences;
    const dt__party_amounts *a = &w->s->amounts->parties[party];
    const dt__bearing *b = &w->s->bearings[issue];
    int64_t sum = 0;

    if (b->terms[party] != DT__NO_INDEX) sum += share_value(w, &a->cells[b->terms[party]][w->m->outcome[issue]]);
    for (size_t i = 0; i < b->adjusts[party].count; i++) {
        uint32_t adjust = b->adjusts[party].list[i];
        if (dt__condition_holds(prefs->adjust[adjust].when, w->m->outcome)) sum += share_value(w, &a->adjusts[adjust]);
    }
    return sum;
}

/* ---- what a step would bring ---- */

/* A step while it is tried: one change, or two that a rule links. */
typedef struct trial {
    size_t count;
    dt__single_change to[2];
    dt__option from[2];
    int64_t before[DT__MAX_PARTIES]; /* utilities */
    dt__party_set crossing;          /* parties with a red line that was kept before */
} trial;

static dt__party_set crossed_by(const walk *w, uint32_t issue) {
    const dt_model *m = w->s->model;
    dt__party_set set = 0;

    for (size_t d = 0; d < w->consent->dimensions; d++) {
        uint32_t p = w->consent->parties[d];
        const dt__linked *lines = &w->s->bearings[issue].red_lines[p];
        for (size_t i = 0; i < lines->count; i++) {
            if (!dt__condition_holds(m->parties[p].preferences->red_lines[lines->list[i]].require, w->m->outcome))
                set |= (dt__party_set)1 << p;
        }
    }
    return set;
}

static void apply(walk *w, trial *t, dt__single_change to) {
    uint32_t issue = to.issue;
    dt__party_set crossed = crossed_by(w, issue);

    for (uint32_t p = 0; p < w->s->model->party_count; p++)
        if (has_utilities(w, p)) w->m->utilities[p] -= part_of_utility(w, p, issue);
    t->to[t->count] = to;
    t->from[t->count++] = w->m->outcome[issue];
    w->m->outcome[issue] = to.option;
    for (uint32_t p = 0; p < w->s->model->party_count; p++)
        if (has_utilities(w, p)) w->m->utilities[p] += part_of_utility(w, p, issue);
    t->crossing |= crossed_by(w, issue) & ~crossed;
}

static void undo(walk *w, const trial *t) {
    for (size_t i = t->count; i-- > 0;) w->m->outcome[t->to[i].issue] = t->from[i];
    memcpy(w->m->utilities, t->before, sizeof t->before);
}

static void begin(const walk *w, trial *t) {
    t->count = 0;
    t->crossing = 0;
    memcpy(t->before, w->m->utilities, sizeof t->before);
}

/* A rule that the trial breaks, or DT__NO_INDEX. */
static uint32_t broken_rule(const walk *w, const trial *t) {
    for (size_t i = 0; i < t->count; i++) {
        const dt__linked *rules = &w->s->bearings[t->to[i].issue].rules;
        for (size_t r = 0; r < rules->count; r++)
            if (!dt__condition_holds(w->s->model->rules[rules->list[r]].require, w->m->outcome)) return rules->list[r];
    }
    return DT__NO_INDEX;
}

/* Do the members of a winning set agree: nobody loses or crosses a red line, somebody gains? */
static bool set_agrees(const walk *w, const trial *t, uint64_t members) {
    bool gain = false;

    for (; members != 0; members &= members - 1) {
        uint32_t p = w->consent->parties[__builtin_ctzll(members)];
        if (w->m->utilities[p] < t->before[p] || (t->crossing >> p & 1)) return false;
        gain = gain || w->m->utilities[p] > t->before[p];
    }
    return gain;
}

static bool is_agreed(const walk *w, const trial *t) {
    for (size_t i = 0; i < w->consent->winning_count; i++)
        if (set_agrees(w, t, w->consent->winning[i])) return true;
    return false;
}

/* ---- steps ---- */

static bool is_open(const walk *w, uint32_t issue) {
    const dt__issue *info = &w->s->model->issues[issue];
    bool tabled = !w->format->has_agenda || dt__issue_set_has(&w->format->agenda, issue);
    return (info->decided_by != DT__NO_INDEX || tabled) &&
           !dt__is_final(info, w->m->outcome[issue], w->s->no_deal[issue]);
}

/* A second change of a joint issue that the broken rule names, after which rules hold and a winning set agrees. */
static bool try_linked(walk *w, trial *t, uint32_t rule) {
    dt__issue_set scope = {{0}};
    trial first = *t;

    dt__condition_scope(w->s->model->rules[rule].require, &scope);
    for (size_t i = 0; i < w->s->change_count; i++) {
        dt__single_change to = w->s->changes[i];
        if (to.issue == t->to[0].issue || !dt__issue_set_has(&scope, to.issue) || !is_open(w, to.issue)) continue;
        if (w->s->model->issues[to.issue].decided_by != DT__NO_INDEX || w->m->outcome[to.issue] == to.option) continue;
        apply(w, t, to);
        if (broken_rule(w, t) == DT__NO_INDEX && is_agreed(w, t)) return true;
        undo(w, t); /* both; then the first again */
        begin(w, t);
        apply(w, t, first.to[0]);
    }
    return false;
}

static bool try_change(walk *w, dt__single_change to) {
    uint32_t owner = w->s->model->issues[to.issue].decided_by, rule;
    bool taken;
    trial t;

    if (w->m->outcome[to.issue] == to.option || !is_open(w, to.issue)) return false;
    if (owner != DT__NO_INDEX && !has_utilities(w, owner)) return false;
    begin(w, &t);
    apply(w, &t, to);
    rule = broken_rule(w, &t);
    if (owner != DT__NO_INDEX) taken = rule == DT__NO_INDEX && w->m->utilities[owner] > t.before[owner];
    else if (rule == DT__NO_INDEX) taken = is_agreed(w, &t);
    else taken = try_linked(w, &t, rule);
    if (!taken) undo(w, &t);
    return taken;
}

/* The first improvement in a fresh random order; false when there is none. */
static bool take_step(walk *w) {
    uint32_t *order = w->m->order, left = (uint32_t)w->s->change_count;

    while (left > 0) {
        uint32_t pick = dt__random_below(w->random, left), change = order[pick];
        order[pick] = order[--left];
        order[left] = change;
        if (try_change(w, w->s->changes[change])) return true;
    }
    return false;
}

void dt__stepwise_walk(dt__stepper_memory *m, const dt__stepwise *s, const dt__format *format,
                       const dt__candidates *consent, const int64_t *values, dt__random *random) {
    walk w = {.m = m, .s = s, .format = format, .consent = consent, .values = values, .random = random};

    memcpy(m->outcome, s->no_deal, s->model->issue_count * sizeof *m->outcome);
    for (uint32_t i = 0; i < s->change_count; i++) m->order[i] = i;
    for (uint32_t p = 0; p < s->model->party_count; p++) {
        if (has_utilities(&w, p)) m->no_deal[p] = m->utilities[p] = utility(&w, p, m->outcome);
    }
    for (int step = 0; step < DT__MOST_STEPS && take_step(&w); step++) continue;
}

bool dt__stepwise_holds(const dt__stepper_memory *m, const dt__stepwise *s, const dt__candidates *consent,
                        const int64_t *reservations) {
    uint64_t content = 0;

    for (size_t d = 0; d < consent->dimensions; d++) {
        uint32_t p = consent->parties[d];
        bool stated = s->model->parties[p].preferences->no_deal != DT__NO_NUMBER;
        content |= (uint64_t)(m->utilities[p] >= (stated ? 0 : m->no_deal[p]) + reservations[d]) << d;
    }
    for (size_t i = 0; i < consent->winning_count; i++)
        if ((consent->winning[i] & ~content) == 0) return true;
    return false;
}
