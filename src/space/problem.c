/* From a model to factors. */
#include "space/problem.h"

#include <string.h>

#include "base/catalog.h"
#include "model/utility.h"

/* Utilities and their sums stay below 2^120, so that sums of a few hundred of them stay inside 128 bits. */
#define LARGEST_SUM ((dt__int128)1 << 120)
enum { MAX_PRIORITIES = 118 };

typedef struct compiler {
    dt__problem *problem;
    const dt__situation *situation;
    const dt_model *model;
    dt_env *env;
    dt__option *outcome; /* scratch: one outcome */
} compiler;

/* ---- scopes ---- */

/* A factor over the variables among `issues`, its tables not yet made. */
static dt_status factor_over(dt__factor *f, compiler *c, const dt__issue_set *issues, dt__place place) {
    dt__problem *p = c->problem;
    uint32_t vars[DT__MAX_ISSUES], strides[DT__MAX_ISSUES], count = 0;
    size_t size = 1;

    for (uint32_t v = 0; v < p->var_count; v++) {
        if (!dt__issue_set_has(issues, p->issues[v])) continue;
        vars[count] = v;
        strides[count++] = (uint32_t)size;
        size *= p->sizes[v];
        if (size > DT__MAX_TABLE) {
            dt__diagnose(c->env, DT_ERROR, place, "too-wide", "this spans more than {0} combinations of options",
                         "1048576", NULL);
            dt__hint(c->env, "split it into conditions over fewer issues", NULL);
            return DT_ERR_LIMIT;
        }
    }
    *f = (dt__factor){.var_count = count, .size = size};
    f->vars = DT__ARENA_ARRAY(&p->arena, uint32_t, count);
    f->strides = DT__ARENA_ARRAY(&p->arena, uint32_t, count);
    if (f->vars == NULL || f->strides == NULL) return DT_ERR_MEMORY;
    memcpy((uint32_t *)f->vars, vars, count * sizeof *vars);
    memcpy((uint32_t *)f->strides, strides, count * sizeof *strides);
    return DT_OK;
}

/* Puts combination `index` of a factor into the scratch outcome. */
static void set_combination(compiler *c, const dt__factor *f, size_t index) {
    const dt__problem *p = c->problem;
    for (uint32_t i = 0; i < f->var_count; i++) {
        uint32_t v = f->vars[i];
        c->outcome[p->issues[v]] = (dt__option)(index / f->strides[i] % p->sizes[v]);
    }
}

static void reset_outcome(compiler *c) {
    memcpy(c->outcome, c->problem->fixed, c->model->issue_count * sizeof *c->outcome);
}

/* ---- bits ---- */

/* Crosses `bit` where the condition, or its negation, does not hold. */
static dt_status add_bit_factor(compiler *c, uint32_t bit, const dt__condition *condition, bool negated,
                                dt__place place) {
    dt__issue_set issues = {{0}};
    dt__factor f;
    uint8_t *crossed;
    dt_status st;

    dt__condition_scope(condition, &issues);
    if ((st = factor_over(&f, c, &issues, place)) != DT_OK) return st;
    crossed = DT__ARENA_ARRAY(&c->problem->arena, uint8_t, f.size);
    if (crossed == NULL) return DT_ERR_MEMORY;
    reset_outcome(c);
    for (size_t i = 0; i < f.size; i++) {
        set_combination(c, &f, i);
        crossed[i] = dt__condition_holds(condition, c->outcome) == negated;
    }
    f.kind = DT__FACTOR_BIT;
    f.target = bit;
    f.crossed = crossed;
    return dt__vector_push(&c->problem->factors, &f, c->env);
}

/* A conjunction is crossed where one of its parts is: parts become factors of their own, so tables stay small. */
static dt_status require_condition(compiler *c, uint32_t bit, const dt__condition *condition, bool negated,
                                   dt__place place) {
    bool left_negated = negated, right_negated = negated;
    dt_status st;

    switch (condition->kind) {
    case DT__CONDITION_NOT: return require_condition(c, bit, condition->left, !negated, place);
    case DT__CONDITION_AND:
        if (negated) return add_bit_factor(c, bit, condition, negated, place);
        break;
    case DT__CONDITION_OR:
        if (!negated) return add_bit_factor(c, bit, condition, negated, place);
        break;
    case DT__CONDITION_IMPLIES: /* not (a => b) is a and not b */
        if (!negated) return add_bit_factor(c, bit, condition, negated, place);
        left_negated = false;
        break;
    case DT__CONDITION_IF: /* not (a if b) is not a and b */
        if (!negated) return add_bit_factor(c, bit, condition, negated, place);
        right_negated = false;
        break;
    default: return add_bit_factor(c, bit, condition, negated, place);
    }
    if ((st = require_condition(c, bit, condition->left, left_negated, place)) != DT_OK) return st;
    return require_condition(c, bit, condition->right, right_negated, place);
}

static dt_status new_bit(compiler *c, dt__bit bit, uint32_t *index) {
    *index = (uint32_t)c->problem->bits.count;
    return dt__vector_push(&c->problem->bits, &bit, c->env);
}

static dt_status add_condition_bit(compiler *c, dt__bit bit, const dt__condition *require, dt__place place) {
    uint32_t index;
    dt_status st = new_bit(c, bit, &index);
    return st != DT_OK ? st : require_condition(c, index, require, false, place);
}

/* A principle of presence is crossed where an issue that it names moves away from no deal. */
static dt_status add_presence(compiler *c, uint32_t bit, const dt__principle *principle) {
    for (uint32_t i = 0; i < c->model->issue_count; i++) {
        dt__option stand = c->situation->no_deal[i];
        dt__condition at_no_deal = {
            .kind = DT__CONDITION_TEST, .issue = i, .test = DT__TEST_EQ, .option_count = 1, .options = &stand};
        dt_status st;
        if (!dt__issue_set_has(&principle->issues, i)) continue;
        if ((st = add_bit_factor(c, bit, &at_no_deal, false, principle->place)) != DT_OK) return st;
    }
    return DT_OK;
}

/* Order and consequence: crossed where a holds and b does not, that is, where a => b fails.  A follow-up is compiled as
 * a requirement; that no deal itself owes none is for the caller. */
static dt_status add_principle(compiler *c, uint32_t i) {
    const dt__principle *principle = &c->model->principles[i];
    dt__condition implied = {.kind = DT__CONDITION_IMPLIES, .left = principle->a, .right = principle->b};
    uint32_t bit;
    dt_status st;

    if ((st = new_bit(c, (dt__bit){.kind = DT__BIT_PRINCIPLE, .party = DT__NO_INDEX, .index = i}, &bit)) != DT_OK)
        return st;
    switch (principle->kind) {
    case DT__PRINCIPLE_PRESENT: return add_presence(c, bit, principle);
    case DT__PRINCIPLE_ORDER:
    case DT__PRINCIPLE_CONSEQUENCE: return require_condition(c, bit, &implied, false, principle->place);
    case DT__PRINCIPLE_FOLLOW_UP:
    case DT__PRINCIPLE_REQUIRE: break;
    }
    return require_condition(c, bit, principle->b, false, principle->place);
}

static dt_status add_all_bits(compiler *c) {
    const dt_model *m = c->model;
    dt_status st = DT_OK;

    for (uint32_t i = 0; i < m->rule_count && st == DT_OK; i++) {
        dt__bit bit = {.kind = DT__BIT_RULE, .party = DT__NO_INDEX, .index = i};
        st = add_condition_bit(c, bit, m->rules[i].require, m->rules[i].place);
    }
    for (uint32_t p = 0; p < m->party_count && st == DT_OK; p++) {
        const dt__preferences *preferences = m->parties[p].preferences;
        for (uint32_t i = 0; preferences != NULL && i < preferences->red_line_count && st == DT_OK; i++) {
            const dt__red_line *line = &preferences->red_lines[i];
            st = add_condition_bit(c, (dt__bit){.kind = DT__BIT_RED_LINE, .party = p, .index = i}, line->require,
                                   line->place);
        }
    }
    for (uint32_t i = 0; i < m->principle_count && st == DT_OK; i++) st = add_principle(c, i);
    for (uint32_t i = 0; i < m->scenario_count && st == DT_OK; i++) {
        dt__bit bit = {.kind = DT__BIT_SCENARIO, .party = DT__NO_INDEX, .index = i};
        st = add_condition_bit(c, bit, m->scenarios[i].when, m->scenarios[i].place);
    }
    return st;
}

/* ---- sums ---- */

static dt__factor *same_scope(dt__problem *p, const dt__factor *f) {
    for (size_t i = 0; i < p->factors.count; i++) {
        dt__factor *g = DT__FACTOR(p, i);
        if (g->kind == DT__FACTOR_SUM && g->target == f->target && g->var_count == f->var_count &&
            memcmp(g->vars, f->vars, f->var_count * sizeof *f->vars) == 0)
            return g;
    }
    return NULL;
}

/* Adds a table of sums; tables of one coordinate over the same variables become one. */
static dt_status add_sum_factor(compiler *c, dt__factor *f) {
    dt__factor *twin = same_scope(c->problem, f);

    f->kind = DT__FACTOR_SUM;
    if (twin == NULL) return dt__vector_push(&c->problem->factors, f, c->env);
    for (size_t i = 0; i < f->size; i++) ((dt__int128 *)twin->sums)[i] += f->sums[i];
    return DT_OK;
}

/* The unit grows to the common denominator of what it is shown. */
static bool widen_unit(dt__int128 *unit, dt__rational value) {
    return dt__int128_lcm(unit, *unit, value.den) && *unit < LARGEST_SUM;
}

static bool in_unit(dt__int128 *out, dt__rational value, dt__int128 unit) {
    return dt__int128_mul(out, value.num, unit / value.den) && *out<LARGEST_SUM && * out> - LARGEST_SUM;
}

static size_t count_values(const compiler *c, uint32_t party) {
    const dt__preferences *prefs = c->model->parties[party].preferences;
    size_t count = 0;
    for (size_t t = 0; t < prefs->term_count; t++) count += c->model->issues[prefs->terms[t].issue].option_count;
    return count == 0 ? 1 : count;
}

/* What every option of every term is worth, one term after the other. */
static dt_status value_terms(dt__rational **out, compiler *c, uint32_t party, dt__rational weights) {
    const dt__preferences *prefs = c->model->parties[party].preferences;
    dt_status st = DT_OK;

    if ((*out = DT__ARRAY(c->env, dt__rational, count_values(c, party))) == NULL) return DT_ERR_MEMORY;
    for (size_t t = 0, at = 0; t < prefs->term_count; t++) {
        const dt__issue *issue = &c->model->issues[prefs->terms[t].issue];
        for (uint32_t o = 0; o < issue->option_count && st == DT_OK; o++)
            st = dt__term_utility(&(*out)[at++], c->model, c->situation->valuation, party, &prefs->terms[t],
                                  (dt__option)o, weights, c->env);
    }
    return st;
}

/* Smallest unit in which all utilities and the reservation value of a party are integers. */
static dt_status common_unit(dt__int128 *unit, compiler *c, uint32_t party, const dt__rational *values,
                             dt__rational reservation) {
    const dt__preferences *prefs = c->model->parties[party].preferences;

    *unit = reservation.den;
    for (size_t t = 0; t < prefs->term_count; t++) {
        const dt__issue *issue = &c->model->issues[prefs->terms[t].issue];
        for (uint32_t o = 0; o < issue->option_count; o++) {
            if (!widen_unit(unit, *values++)) return dt__too_large_number(c->model, party, c->env);
        }
    }
    for (size_t a = 0; a < prefs->adjust_count; a++) {
        if (!widen_unit(unit, c->situation->valuation->numbers[prefs->adjust[a].add]))
            return dt__too_large_number(c->model, party, c->env);
    }
    return DT_OK;
}

/* values: of the options of the term's issue. */
static dt_status add_term(compiler *c, uint32_t party, uint32_t coordinate, dt__int128 unit, const dt__rational *values,
                          const dt__term *term) {
    dt__issue_set issues = {{0}};
    dt__int128 *sums;
    dt__factor f;
    dt_status st;

    dt__issue_set_add(&issues, term->issue);
    if ((st = factor_over(&f, c, &issues, c->model->issues[term->issue].place)) != DT_OK) return st;
    if ((sums = DT__ARENA_ARRAY(&c->problem->arena, dt__int128, f.size)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < f.size; i++) {
        dt__option option = f.var_count == 0 ? c->problem->fixed[term->issue] : (dt__option)i;
        if (!in_unit(&sums[i], values[option], unit)) return dt__too_large_number(c->model, party, c->env);
    }
    f.target = coordinate;
    f.sums = sums;
    return add_sum_factor(c, &f);
}

static dt_status add_terms(compiler *c, uint32_t party, uint32_t coordinate, dt__coordinate *info,
                           dt__rational reservation) {
    const dt__preferences *prefs = c->model->parties[party].preferences;
    dt__rational weights = DT__RATIONAL(1), *values = NULL, *at;
    dt_status st;

    if (prefs->term_count > 0) DT__TRY(dt__weight_sum(&weights, c->model, c->situation->valuation, party, c->env));
    DT__TRY(value_terms(&values, c, party, weights));
    DT__TRY(common_unit(&info->unit, c, party, values, reservation));
    at = values;
    for (size_t t = 0; t < prefs->term_count; t++) {
        DT__TRY(add_term(c, party, coordinate, info->unit, at, &prefs->terms[t]));
        at += c->model->issues[prefs->terms[t].issue].option_count;
    }
done:
    if (values != NULL) DT__FREE(c->env, values, count_values(c, party));
    return st;
}

/* `amount` wherever the condition holds. */
static dt_status add_conditional(compiler *c, uint32_t coordinate, const dt__condition *when, dt__int128 amount,
                                 dt__place place) {
    dt__issue_set issues = {{0}};
    dt__int128 *sums;
    dt__factor f;
    dt_status st;

    dt__condition_scope(when, &issues);
    if ((st = factor_over(&f, c, &issues, place)) != DT_OK) return st;
    if ((sums = DT__ARENA_ARRAY(&c->problem->arena, dt__int128, f.size)) == NULL) return DT_ERR_MEMORY;
    reset_outcome(c);
    for (size_t i = 0; i < f.size; i++) {
        set_combination(c, &f, i);
        sums[i] = dt__condition_holds(when, c->outcome) ? amount : 0;
    }
    f.target = coordinate;
    f.sums = sums;
    return add_sum_factor(c, &f);
}

static dt_status add_utilities(compiler *c, uint32_t party, uint32_t coordinate, dt__coordinate *info) {
    const dt__preferences *prefs = c->model->parties[party].preferences;
    const dt__situation *s = c->situation;
    dt__rational reservation;
    dt__int128 amount;
    dt_status st;

    if ((st = dt__reservation(&reservation, c->model, s->valuation, party, s->no_deal, s->months, c->env)) != DT_OK)
        return st;
    if ((st = add_terms(c, party, coordinate, info, reservation)) != DT_OK) return st;
    if (!in_unit(&info->threshold, reservation, info->unit)) return dt__too_large_number(c->model, party, c->env);
    for (size_t a = 0; a < prefs->adjust_count; a++) {
        const dt__adjust *adjust = &prefs->adjust[a];
        if (!in_unit(&amount, s->valuation->numbers[adjust->add], info->unit))
            return dt__too_large_number(c->model, party, c->env);
        if ((st = add_conditional(c, coordinate, adjust->when, amount, adjust->place)) != DT_OK) return st;
    }
    return DT_OK;
}

/* Statement j of k weighs 2^(k-1-j): of two outcomes the one that first keeps what the other breaks has the larger sum.
 */
static dt_status add_priorities(compiler *c, const dt__party *party, uint32_t coordinate, dt__coordinate *info) {
    const dt__preferences *prefs = party->preferences;
    dt_status st;

    if (prefs->priority_count > MAX_PRIORITIES) {
        dt__diagnose(c->env, DT_ERROR, prefs->place, "too-many-priorities", "party “{0}” has more than {1} priorities",
                     party->id, "118", NULL);
        return DT_ERR_LIMIT;
    }
    info->unit = 1;
    for (size_t j = 0; j < prefs->priority_count; j++) {
        dt__int128 weight = (dt__int128)1 << (prefs->priority_count - 1 - j);
        const dt__priority *priority = &prefs->priorities[j];
        if (dt__condition_holds(priority->when, c->situation->no_deal)) info->threshold += weight;
        if ((st = add_conditional(c, coordinate, priority->when, weight, priority->place)) != DT_OK) return st;
    }
    return DT_OK;
}

/* Ranks as sums: the last place is worth 0.  Entries may name any issues, so this is one table over all of them. */
static dt_status add_ranking(compiler *c, const dt__party *party, uint32_t coordinate, dt__coordinate *info) {
    const dt__preferences *prefs = party->preferences;
    dt__issue_set issues = {{0}};
    dt__int128 *sums;
    dt__factor f;
    dt_status st;

    for (size_t e = 0; e < prefs->ranked_count; e++) {
        for (uint32_t i = 0; i < c->model->issue_count; i++) {
            if (prefs->ranked[e].options[i] != DT__NO_OPTION) dt__issue_set_add(&issues, i);
        }
    }
    if ((st = factor_over(&f, c, &issues, prefs->place)) != DT_OK) return st;
    if ((sums = DT__ARENA_ARRAY(&c->problem->arena, dt__int128, f.size)) == NULL) return DT_ERR_MEMORY;
    reset_outcome(c);
    for (size_t i = 0; i < f.size; i++) {
        set_combination(c, &f, i);
        sums[i] = prefs->rank_count - dt__ranking_place(c->model, prefs, c->outcome);
    }
    info->unit = 1;
    info->threshold = prefs->rank_count - dt__ranking_place(c->model, prefs, c->situation->no_deal);
    f.target = coordinate;
    f.sums = sums;
    return add_sum_factor(c, &f);
}

/* The largest absolute sum that the factors of a coordinate can reach together stays far from 128 bits. */
static bool sums_fit(const dt__problem *p, uint32_t coordinate) {
    dt__int128 total = 0;

    for (size_t i = 0; i < p->factors.count; i++) {
        const dt__factor *f = DT__FACTOR(p, i);
        dt__int128 largest = 0;
        if (f->kind != DT__FACTOR_SUM || f->target != coordinate) continue;
        for (size_t j = 0; j < f->size; j++) {
            dt__int128 size = f->sums[j] < 0 ? -f->sums[j] : f->sums[j];
            if (size > largest) largest = size;
        }
        total += largest;
        if (total >= LARGEST_SUM) return false;
    }
    return true;
}

static dt_status add_party(compiler *c, uint32_t p) {
    const dt__party *party = &c->model->parties[p];
    uint32_t coordinate = (uint32_t)c->problem->coordinates.count;
    dt__coordinate info = {.party = p, .ordinal = dt__is_ordinal(party->preferences)};
    dt_status st;

    c->problem->coordinate_of[p] = coordinate;
    if (party->preferences->form == DT__FORM_COMPARISONS) return dt__needs_ranking(c->model, p, c->env);
    if (party->preferences->form == DT__FORM_PRIORITIES) st = add_priorities(c, party, coordinate, &info);
    else if (party->preferences->form == DT__FORM_RANKING) st = add_ranking(c, party, coordinate, &info);
    else st = add_utilities(c, p, coordinate, &info);
    if (st != DT_OK) return st;
    if (!sums_fit(c->problem, coordinate)) return dt__too_large_number(c->model, p, c->env);
    return dt__vector_push(&c->problem->coordinates, &info, c->env);
}

/* Minus one for each issue that leaves no deal: the example of a zone is the deal that changes least. */
static dt_status add_nearness(compiler *c) {
    dt__problem *p = c->problem;
    dt__coordinate info = {.party = DT__NO_INDEX, .unit = 1, .threshold = -(dt__int128)p->var_count};
    dt_status st;

    p->nearness = (uint32_t)p->coordinates.count;
    for (uint32_t v = 0; v < p->var_count; v++) {
        dt__option stand = c->situation->no_deal[p->issues[v]];
        dt__condition moved = {.kind = DT__CONDITION_TEST,
                               .issue = p->issues[v],
                               .test = DT__TEST_NE,
                               .option_count = 1,
                               .options = &stand};
        if ((st = add_conditional(c, p->nearness, &moved, -1, c->model->issues[p->issues[v]].place)) != DT_OK)
            return st;
    }
    return dt__vector_push(&p->coordinates, &info, c->env);
}

static dt_status add_all_sums(compiler *c) {
    dt_status st = DT_OK;

    for (uint32_t p = 0; p < c->model->party_count && st == DT_OK; p++) {
        c->problem->coordinate_of[p] = DT__NO_INDEX;
        if (c->model->parties[p].preferences != NULL) st = add_party(c, p);
    }
    return st == DT_OK ? add_nearness(c) : st;
}

/* ---- the whole ---- */

static dt_status lay_out_variables(dt__problem *p, const dt__situation *s, const dt__issue_set *agenda) {
    size_t issues = s->model->issue_count;

    p->issues = DT__ARENA_ARRAY(&p->arena, uint32_t, issues);
    p->sizes = DT__ARENA_ARRAY(&p->arena, uint32_t, issues);
    p->var_of = DT__ARENA_ARRAY(&p->arena, uint32_t, issues);
    p->fixed = DT__ARENA_ARRAY(&p->arena, dt__option, issues);
    p->coordinate_of = DT__ARENA_ARRAY(&p->arena, uint32_t, s->model->party_count);
    if (!p->issues || !p->sizes || !p->var_of || !p->fixed || !p->coordinate_of) return DT_ERR_MEMORY;
    for (uint32_t i = 0; i < issues; i++) {
        p->var_of[i] = DT__NO_INDEX;
        p->fixed[i] = s->no_deal[i];
        if (!dt__issue_set_has(agenda, i)) continue;
        p->var_of[i] = (uint32_t)p->var_count;
        p->issues[p->var_count] = i;
        p->sizes[p->var_count++] = s->model->issues[i].option_count;
    }
    p->limbs = dt__count_limbs(p->sizes, p->var_count);
    return DT_OK;
}

dt_status dt__problem_init(dt__problem *problem, const dt__situation *situation, const dt__issue_set *agenda,
                           dt_env *env) {
    compiler c = {.problem = problem, .situation = situation, .model = situation->model, .env = env};
    dt_status st;

    *problem = (dt__problem){.model = situation->model,
                             .factors = DT__VECTOR(dt__factor),
                             .bits = DT__VECTOR(dt__bit),
                             .coordinates = DT__VECTOR(dt__coordinate)};
    dt__arena_init(&problem->arena, env);
    if ((st = lay_out_variables(problem, situation, agenda)) != DT_OK) return st;
    c.outcome = DT__ARENA_ARRAY(&problem->arena, dt__option, situation->model->issue_count);
    if (c.outcome == NULL) return DT_ERR_MEMORY;
    if ((st = add_all_bits(&c)) != DT_OK) return st;
    return add_all_sums(&c);
}

void dt__problem_clear(dt__problem *problem) {
    dt_env *env = problem->arena.env;
    if (env == NULL) return;
    dt__vector_clear(&problem->factors, env);
    dt__vector_clear(&problem->bits, env);
    dt__vector_clear(&problem->coordinates, env);
    dt__arena_clear(&problem->arena);
    *problem = (dt__problem){0};
}

/* ---- objectives ---- */

static bool belongs(const dt__problem *p, uint32_t coordinate, dt__party_set parties) {
    uint32_t party = DT__COORDINATE(p, coordinate)->party;
    return party != DT__NO_INDEX && (parties >> party & 1);
}

static dt_status add_scaled(dt__problem *p, const dt__factor *f, uint32_t coordinate, dt__int128 factor, dt_env *env) {
    dt__factor scaled = *f;
    dt__int128 *sums = DT__ARENA_ARRAY(&p->arena, dt__int128, f->size);

    if (sums == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < f->size; i++) {
        if (!dt__int128_mul(&sums[i], f->sums[i], factor)) return DT_ERR_LIMIT;
    }
    scaled.target = coordinate;
    scaled.sums = sums;
    return dt__vector_push(&p->factors, &scaled, env);
}

dt_status dt__problem_add_objective(dt__problem *p, dt__party_set parties, uint32_t *coordinate, dt_env *env) {
    dt__coordinate info = {.party = DT__NO_INDEX, .unit = 1};
    size_t factors = p->factors.count;
    dt_status st;

    *coordinate = (uint32_t)p->coordinates.count;
    for (uint32_t i = 0; i < p->coordinates.count; i++) {
        if (belongs(p, i, parties) && !dt__int128_lcm(&info.unit, info.unit, DT__COORDINATE(p, i)->unit))
            return DT_ERR_LIMIT;
    }
    for (size_t i = 0; i < factors; i++) {
        dt__factor f = *DT__FACTOR(p, i);
        if (f.kind != DT__FACTOR_SUM || !belongs(p, f.target, parties)) continue;
        if ((st = add_scaled(p, &f, *coordinate, info.unit / DT__COORDINATE(p, f.target)->unit, env)) != DT_OK)
            return st;
    }
    if (!sums_fit(p, *coordinate)) return DT_ERR_LIMIT;
    return dt__vector_push(&p->coordinates, &info, env);
}

uint32_t dt__problem_bit(const dt__problem *problem, dt__bit_kind kind, uint32_t party, uint32_t index) {
    for (uint32_t b = 0; b < problem->bits.count; b++) {
        const dt__bit *bit = DT__BIT(problem, b);
        if (bit->kind == kind && bit->party == party && bit->index == index) return b;
    }
    return DT__NO_INDEX;
}

bool dt__coordinate_value(dt__rational *out, const dt__coordinate *coordinate, dt__int128 sum) {
    return dt__rational_make(out, sum, coordinate->unit);
}
