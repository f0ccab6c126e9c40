/* The bargaining solutions in words, and which of them choose the same. */
#include "base/catalog.h"
#include "report/bargain_sections.h"

typedef struct dt__solution_words {
    const char *name, *meaning;
    bool compares, measures; /* utilities of different parties; its value is what the meaning says */
} dt__solution_words;

static const dt__solution_words words[] = {
    [DT_SOLUTION_NASH] = {DT__N("Nash"), DT__N("the largest product of gains"), false, true},
    [DT_SOLUTION_WEIGHTED_NASH] = {DT__N("weighted Nash"),
                                   DT__N("the largest product of gains, each raised to its party's weight"), false,
                                   true},
    [DT_SOLUTION_KALAI_SMORODINSKY] = {DT__N("Kalai-Smorodinsky"),
                                       DT__N("the largest smallest share that a gain has of the most its party could "
                                             "gain"),
                                       false, true},
    [DT_SOLUTION_KALAI_SMORODINSKY_LEXIMIN] = {DT__N("Kalai-Smorodinsky leximin"),
                                               DT__N("the same; of equals, the largest second smallest share, and so "
                                                     "on"),
                                               false, true},
    [DT_SOLUTION_EGALITARIAN] = {DT__N("egalitarian"), DT__N("the largest smallest gain"), true, true},
    [DT_SOLUTION_LEXIMIN] = {DT__N("leximin"),
                             DT__N("the largest smallest gain; of equals, the largest second smallest, and so on"),
                             true, true},
    [DT_SOLUTION_WEIGHTED_EGALITARIAN] = {DT__N("weighted egalitarian"),
                                          DT__N("the largest smallest gain, each divided by its party's weight"), true,
                                          true},
    [DT_SOLUTION_UTILITARIAN] = {DT__N("utilitarian"), DT__N("the largest sum of utilities in the zone of agreement"),
                                 true, true},
    [DT_SOLUTION_RELATIVE_UTILITARIAN] = {DT__N("relative utilitarian"),
                                          DT__N("the largest sum of the shares that the gains have of the most each "
                                                "party could gain"),
                                          false, true},
    [DT_SOLUTION_RAIFFA] = {DT__N("Raiffa"),
                            DT__N("step by step from no deal, each party an equal part of the way to its best"), false,
                            false},
    [DT_SOLUTION_EQUAL_AREA] = {DT__N("equal area"),
                                DT__N("both parties give up equally large areas of possible gains"), false, false},
    [DT_SOLUTION_MAXIMUM_WELFARE] = {DT__N("maximum welfare"),
                                     DT__N("the largest sum of utilities of all outcomes, whoever loses by it"), true,
                                     true},
};
_Static_assert(sizeof words / sizeof *words == DT_SOLUTION_COUNT, "every solution has words");

const char *dt__solution_name(dt_document *d, dt_solution_kind kind) {
    return dt__t(d->env, words[kind].name);
}

const char *dt__solution_meaning(dt_document *d, dt_solution_kind kind) {
    return dt__t(d->env, words[kind].meaning);
}

bool dt__solution_compares(dt_solution_kind kind) {
    return words[kind].compares;
}

bool dt__solution_measures(dt_solution_kind kind) {
    return words[kind].measures;
}

enum { FEW = 2, MANY = 6 };

static size_t count_kinds(uint32_t kinds) {
    size_t count = 0;
    for (; kinds != 0; kinds &= kinds - 1) count++;
    return count;
}

const char *dt__solutions_text(dt_document *d, uint32_t kinds) {
    dt__phrases p = dt__phrases_new(d, DT_SOLUTION_COUNT);

    for (unsigned k = 0; k < DT_SOLUTION_COUNT; k++) {
        if ((kinds >> k) & 1) dt__phrases_add(&p, dt__solution_name(d, (dt_solution_kind)k));
    }
    return dt__phrases_and(d, &p);
}

const char *dt__solutions_among(dt_document *d, uint32_t kinds, uint32_t all) {
    size_t left = count_kinds(all & ~kinds);

    if (count_kinds(kinds) < MANY || left > FEW) return dt__solutions_text(d, kinds);
    if (left == 0) return dt__word(d, "all of them");
    return dt__say(d, "all of them but {0}", dt__solutions_text(d, all & ~kinds), NULL);
}

/* ---- which choose the same ---- */

/* Points that are solutions come in the order of their vectors, each with the first of its outcomes. */
static bool same_points(const dt_document *d, const dt_solution *a, const dt_solution *b) {
    if (a->ties != b->ties) return false;
    for (size_t i = 0; i < a->ties; i++) {
        if (!dt__same_outcome(d, a->points[i].outcome, b->points[i].outcome)) return false;
    }
    return true;
}

static dt__solution_group *group_of(const dt_document *d, dt__solution_groups *groups, const dt_solution *solution) {
    for (size_t i = 0; i < groups->count; i++) {
        if (same_points(d, groups->items[i].solution, solution)) return &groups->items[i];
    }
    groups->items[groups->count] = (dt__solution_group){.solution = solution};
    return &groups->items[groups->count++];
}

dt__solution_groups dt__group_solutions(const dt_document *d, const dt_bargain_format *f) {
    dt__solution_groups groups = {0};

    for (unsigned k = 0; k < DT_SOLUTION_COUNT; k++) {
        const dt_solution *solution = &f->solutions[k];
        if (solution->status == DT_SOLUTION_FOUND && solution->ties > 0)
            group_of(d, &groups, solution)->kinds |= UINT32_C(1) << k;
    }
    for (size_t g = 0; g < groups.count; g++) groups.kinds |= groups.items[g].kinds;
    return groups;
}
