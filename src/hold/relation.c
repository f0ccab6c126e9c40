#include "hold/relation.h"

#include "model/utility.h"

/* ---- priorities: the truth of each at each state ---- */

static bool has_strong(const dt__preferences *p) {
    for (size_t j = 0; p->form == DT__FORM_PRIORITIES && j < p->priority_count; j++) {
        if (p->priorities[j].strong) return true;
    }
    for (size_t j = 0; p->form == DT__FORM_RANKING && j < p->ranked_count; j++) {
        if (p->ranked[j].greatly) return true;
    }
    return false;
}

static dt_status note_truth(dt__relations *r, dt__hold_work *w, uint32_t party) {
    const dt__preferences *p = w->model->parties[party].preferences;
    size_t words = (p->priority_count + 63) / 64;
    dt__option outcome[DT__MAX_ISSUES];
    uint64_t *truth = DT__ARENA_ARRAY(&w->arena, uint64_t, w->graph.state_count * (words == 0 ? 1 : words));

    if (truth == NULL) return DT_ERR_MEMORY;
    for (dt__state s = 0; s < w->graph.state_count; s++) {
        dt__graph_outcome(&w->graph, s, outcome);
        for (size_t j = 0; j < p->priority_count; j++) {
            if (dt__condition_holds(p->priorities[j].when, outcome))
                truth[s * words + j / 64] |= UINT64_C(1) << (j % 64);
        }
    }
    r->truth[party] = truth;
    r->truth_words[party] = words;
    return DT_OK;
}

static bool holds(const dt__relations *r, uint32_t party, dt__state s, size_t j) {
    return (r->truth[party][s * r->truth_words[party] + j / 64] >> (j % 64)) & 1;
}

/* An uncertain priority may count or not: the order is known when it comes out the same both ways. */
static dt__relation relate_priorities(const dt__relations *r, uint32_t party, dt__state s, dt__state t) {
    const dt__preferences *p = r->work->model->parties[party].preferences;
    int open = 0; /* what uncertain priorities say so far */

    for (size_t j = 0; j < p->priority_count; j++) {
        int says = (int)holds(r, party, t, j) - (int)holds(r, party, s, j);
        if (says == 0) continue;
        if (!p->priorities[j].uncertain) return open == 0 || open == says ? (dt__relation)says : DT__REL_UNKNOWN;
        if (open == -says) return DT__REL_UNKNOWN;
        open = says;
    }
    return open == 0 ? DT__REL_EQUAL : DT__REL_UNKNOWN;
}

static bool greatly_by_priorities(const dt__relations *r, uint32_t party, dt__state s, dt__state t) {
    const dt__preferences *p = r->work->model->parties[party].preferences;

    for (size_t j = 0; j < p->priority_count; j++) {
        if (p->priorities[j].strong && holds(r, party, s, j) && !holds(r, party, t, j))
            return relate_priorities(r, party, t, s) == DT__REL_BETTER;
    }
    return false;
}

/* ---- comparisons of a graph written out: what follows from them ---- */

static void close_rows(uint64_t *rows, size_t options, size_t words) {
    for (size_t k = 0; k < options; k++) {
        for (size_t i = 0; i < options; i++) {
            if (((rows[i * words + k / 64] >> (k % 64)) & 1) == 0) continue;
            for (size_t x = 0; x < words; x++) rows[i * words + x] |= rows[k * words + x];
        }
    }
}

static dt_status note_comparisons(dt__relations *r, dt__hold_work *w, uint32_t party) {
    const dt__preferences *p = w->model->parties[party].preferences;
    size_t options = w->model->issues[0].option_count, words = (options + 63) / 64;
    uint64_t *rows = DT__ARENA_ARRAY(&w->arena, uint64_t, options * words);

    if (rows == NULL) return DT_ERR_MEMORY;
    for (size_t o = 0; o < options; o++) rows[o * words + o / 64] |= UINT64_C(1) << (o % 64);
    for (size_t i = 0; i < p->comparison_count; i++) {
        const dt__comparison *c = &p->comparisons[i];
        rows[c->better * words + c->worse / 64] |= UINT64_C(1) << (c->worse % 64);
        if (c->equal) rows[c->worse * words + c->better / 64] |= UINT64_C(1) << (c->better % 64);
    }
    close_rows(rows, options, words);
    r->at_least[party] = rows;
    r->row_words = words;
    return DT_OK;
}

static dt__relation relate_comparisons(const dt__relations *r, uint32_t party, dt__state s, dt__state t) {
    dt__option x = r->option[s], y = r->option[t];
    bool down = (r->at_least[party][x * r->row_words + y / 64] >> (y % 64)) & 1;
    bool up = (r->at_least[party][y * r->row_words + x / 64] >> (x % 64)) & 1;

    if (down && up) return DT__REL_EQUAL;
    if (!down && !up) return DT__REL_UNKNOWN;
    return up ? DT__REL_BETTER : DT__REL_WORSE;
}

/* ---- rankings: where a great step lies ---- */

static dt_status note_ranking(dt__relations *r, dt__hold_work *w, uint32_t party) {
    const dt__preferences *p = w->model->parties[party].preferences;
    uint32_t *place = DT__ARENA_ARRAY(&w->arena, uint32_t, w->graph.state_count);
    uint32_t *steps = DT__ARENA_ARRAY(&w->arena, uint32_t, (size_t)p->rank_count + 2);
    dt__option outcome[DT__MAX_ISSUES];

    if (place == NULL || steps == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < p->ranked_count; i++) {
        if (p->ranked[i].greatly) steps[p->ranked[i].rank + 1] = 1;
    }
    for (size_t k = 1; k <= p->rank_count; k++) steps[k] += steps[k - 1];
    for (dt__state s = 0; s < w->graph.state_count; s++) {
        dt__graph_outcome(&w->graph, s, outcome);
        place[s] = dt__ranking_place(w->model, p, outcome);
    }
    r->place[party] = place;
    r->steps[party] = steps;
    return DT_OK;
}

/* ---- all of them ---- */

static dt_status note_options(dt__relations *r, dt__hold_work *w) {
    dt__option outcome[DT__MAX_ISSUES];

    if (r->option != NULL) return DT_OK;
    if ((r->option = DT__ARENA_ARRAY(&w->arena, dt__option, w->graph.state_count)) == NULL) return DT_ERR_MEMORY;
    for (dt__state s = 0; s < w->graph.state_count; s++) {
        dt__graph_outcome(&w->graph, s, outcome);
        r->option[s] = outcome[0];
    }
    return DT_OK;
}

dt_status dt__relations_init(dt__relations *r, dt__hold_work *w) {
    dt_status st = DT_OK;

    *r = (dt__relations){.work = w};
    for (size_t i = 0; i < w->who_count && st == DT_OK; i++) {
        uint32_t party = w->who[i];
        const dt__preferences *p = w->model->parties[party].preferences;
        if (p == NULL) continue;
        if (has_strong(p)) r->strong |= (dt__party_set)1 << party;
        if (p->form == DT__FORM_PRIORITIES) st = note_truth(r, w, party);
        if (p->form == DT__FORM_RANKING) st = note_ranking(r, w, party);
        if (p->form == DT__FORM_COMPARISONS && (st = note_options(r, w)) == DT_OK) st = note_comparisons(r, w, party);
    }
    return st;
}

dt__relation dt__relate(const dt__relations *r, uint32_t party, dt__state s, dt__state t) {
    const dt__graph *graph = &r->work->graph;
    dt__rank x, y;

    if ((r->work->partial >> party) & 1)
        return r->truth[party] != NULL ? relate_priorities(r, party, s, t) : relate_comparisons(r, party, s, t);
    x = dt__rank_of(graph, NULL, party, s);
    y = dt__rank_of(graph, NULL, party, t);
    return x == y ? DT__REL_EQUAL : y > x ? DT__REL_BETTER : DT__REL_WORSE;
}

bool dt__greatly(const dt__relations *r, uint32_t party, dt__state s, dt__state t) {
    if (((r->strong >> party) & 1) == 0) return false;
    if (r->truth[party] != NULL) return greatly_by_priorities(r, party, s, t);
    return r->steps[party][r->place[party][t]] > r->steps[party][r->place[party][s]];
}

uint64_t dt__unknown_pairs(const dt__relations *r) {
    uint64_t pairs = 0;

    for (size_t i = 0; i < r->work->who_count; i++) {
        if (((r->work->partial >> r->work->who[i]) & 1) == 0) continue;
        for (dt__state s = 0; s < r->work->graph.state_count; s++) {
            for (dt__state t = s + 1; t < r->work->graph.state_count; t++)
                pairs += dt__relate(r, r->work->who[i], s, t) == DT__REL_UNKNOWN;
        }
    }
    return pairs;
}

bool dt__hold_tempts(const dt__hold_work *w, uint32_t party, dt__state s, dt__state t) {
    dt__relation r;

    if (w->relations == NULL || ((w->partial >> party) & 1) == 0)
        return dt__rank_of(&w->graph, NULL, party, t) > dt__rank_of(&w->graph, NULL, party, s);
    r = dt__relate(w->relations, party, s, t);
    return r == DT__REL_BETTER || r == DT__REL_UNKNOWN;
}

bool dt__is_definable(const dt__hold_work *w) {
    static const uint64_t most = UINT64_C(1) << 30;
    return w->has_board && w->board.states * (w->board.arcs + 1) * (w->who_count + 1) <= most;
}
