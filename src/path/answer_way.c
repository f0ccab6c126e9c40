#include "path/answer_way.h"

#include <string.h>

#include "base/catalog.h"
#include "question/departure.h"

static size_t issue_count(const dt__path_work *w) {
    return w->setting->situation.model->issue_count;
}

/* ---- steps ---- */

static const dt_exact *gains_of(dt__builder *b, const dt__path_work *w, const dt_path_format *f,
                                const dt__option *outcome, dt_status *st) {
    dt_exact *gains = DT__BUILDER_ARRAY(b, dt_exact, f->party_count);
    const dt_judgement *judged;
    size_t count;

    *st = gains == NULL ? DT_ERR_MEMORY : dt__builder_judgements(b, &judged, &count, w->setting, outcome);
    for (size_t i = 0; *st == DT_OK && i < f->party_count; i++) {
        for (size_t j = 0; j < count; j++) {
            if (judged[j].party == f->parties[i]) gains[i] = judged[j].gain;
        }
    }
    return gains;
}

/* Other walkers that would gain by leaving right after a step. */
static dt_status find_tempted(dt_path_step *out, const dt__path_work *w, dt__party_set walkers, uint32_t mover,
                              dt_env *env) {
    dt_status st = DT_OK;

    for (uint32_t p = 0; p < w->setting->situation.model->party_count && st == DT_OK; p++) {
        dt__departure departure;
        if ((walkers >> p & 1) == 0 || p == mover) continue;
        st = dt__best_departure(&departure, &w->setting->situation, p, out->after, env);
        if (st == DT_OK && departure.possible && departure.order > 0) out->tempted |= UINT64_C(1) << p;
    }
    out->exposed = out->irreversible && out->tempted != 0;
    return st;
}

/* The least gain of a walker, and whose and when. */
static void find_floor(dt_walk *out, const dt_path_format *f) {
    const dt_exact *least = NULL;

    for (size_t i = 0; i < out->step_count; i++) {
        for (size_t p = 0; p < f->party_count; p++) {
            const dt_exact *gain = &out->steps[i].gains[p];
            if ((out->walkers >> f->parties[p] & 1) == 0 || gain->text == NULL) continue;
            if (least != NULL && gain->value >= least->value) continue;
            least = gain;
            out->floor = *gain;
            out->floor_party = f->parties[p];
            out->floor_step = i;
        }
    }
}

static dt_status answer_walk(dt__builder *b, const dt_walk **out, const dt__path_work *w, const dt_path_format *f,
                             const dt__found_walk *found) {
    dt_walk *walk = DT__BUILDER_ARRAY(b, dt_walk, 1);
    dt_path_step *steps = DT__BUILDER_ARRAY(b, dt_path_step, found->step_count);
    dt_status st = walk == NULL || steps == NULL ? DT_ERR_MEMORY : DT_OK;

    if (st != DT_OK) return st;
    *walk = (dt_walk){.walkers = found->gait->walkers, .step_count = found->step_count, .steps = steps};
    for (size_t i = 0; i < found->step_count && st == DT_OK; i++) {
        const dt__found_step *step = &found->steps[i];
        steps[i] = (dt_path_step){.joint = step->joint, .irreversible = step->irreversible};
        steps[i].parties = step->joint ? walk->walkers : UINT64_C(1) << step->mover;
        steps[i].after = dt__builder_outcome(b, step->after, issue_count(w));
        if (steps[i].after == NULL) return DT_ERR_MEMORY;
        steps[i].gains = gains_of(b, w, f, step->after, &st);
        if (st == DT_OK)
            st = find_tempted(&steps[i], w, walk->walkers, step->joint ? DT__NO_INDEX : step->mover, b->env);
        walk->irreversible_count += step->irreversible;
    }
    if (st == DT_OK) find_floor(walk, f);
    *out = walk;
    return st;
}

/* ---- cuts ---- */

static const char *cut_id(dt__builder *b, const dt_model *model, const dt__hold *hold) {
    dt__text *text = dt__builder_scratch(b);

    if (hold->kind == DT_CUT_PRINCIPLE) {
        dt__text_add(text, model->principles[hold->index].id);
        return dt__builder_take(b);
    }
    dt__text_add(text, model->parties[hold->party].id);
    dt__text_add(text, ".");
    if (hold->kind == DT_CUT_RED_LINE)
        dt__text_add(text, model->parties[hold->party].preferences->red_lines[hold->index].id);
    else dt__text_add(text, hold->kind == DT_CUT_NO_DEAL ? "no_deal" : "step");
    return dt__builder_take(b);
}

static dt_cut_set cut_set(dt__builder *b, const dt_model *model, const dt__cut_found *found) {
    const dt__gait *gait = found->gait;
    dt_cut *cuts = DT__BUILDER_ARRAY(b, dt_cut, dt__mask_size(&found->mask));
    dt_cut_set set = {.cuts = cuts, .step_count = found->steps};

    for (uint32_t h = 0; cuts != NULL && h < gait->hold_count; h++) {
        const dt__hold *hold = &gait->holds[h];
        if (!dt__mask_has(&found->mask, h)) continue;
        cuts[set.count++] = (dt_cut){.kind = hold->kind, .party = hold->party, .index = hold->index};
        cuts[set.count - 1].id = cut_id(b, model, hold);
    }
    return set;
}

static void answer_cuts(dt__builder *b, dt_way *out, const dt__path_work *w, const dt__found_way *way) {
    dt_cut_set *sets = DT__BUILDER_ARRAY(b, dt_cut_set, way->cuts.count);

    out->cut_sets = sets;
    for (size_t i = 0; sets != NULL && i < way->cuts.count; i++)
        sets[out->cut_set_count++] = cut_set(b, w->setting->situation.model, DT__AT(way->cuts, dt__cut_found, i));
    out->cuts_complete = way->cuts_complete;
}

/* ---- ways ---- */

static void answer_broken(dt__builder *b, dt_way *out, const dt__path_work *w) {
    const dt__situation *s = &w->setting->situation;
    uint32_t *list = DT__BUILDER_ARRAY(b, uint32_t, s->model->principle_count);

    out->broken = list;
    for (uint32_t i = 0; list != NULL && i < s->model->principle_count; i++) {
        if (dt__principle_broken(s->model, &s->model->principles[i], w->format, out->destination, s->no_deal))
            list[out->broken_count++] = i;
    }
}

static void answer_obstacles(dt__builder *b, dt_way *out, const dt__path_work *w, const dt__found_way *way) {
    uint32_t *list = DT__BUILDER_ARRAY(b, uint32_t, way->off_agenda_count);

    if (list != NULL && way->off_agenda_count > 0) memcpy(list, way->off_agenda, way->off_agenda_count * sizeof *list);
    out->off_agenda = list;
    out->off_agenda_count = way->off_agenda_count;
    out->incoherent = way->incoherent;
    out->barred = way->barred;
    out->reached = way->reached;
    out->missing = way->missing;
    if (way->nearest != NULL) out->nearest = dt__builder_outcome(b, way->nearest, issue_count(w));
    out->least_bundle = way->least_bundle;
    out->tried_bundle = way->tried_bundle;
    if (way->cuts_sought) answer_cuts(b, out, w, way);
}

static dt_status answer_way(dt__builder *b, dt_way *out, const dt__path_work *w, const dt_path_format *f, size_t d) {
    const dt__found_way *way = &w->ways[d];
    dt_status st = DT_OK;

    *out = (dt_way){.kind = w->destinations[d].kind, .index = w->destinations[d].index, .status = way->status};
    out->there = way->there;
    out->step_count = way->status == DT_WAY_FOUND ? way->step_count : 0;
    out->safest_known = way->safest_known;
    if (way->there) out->destination = dt__builder_outcome(b, w->setting->no_deal, issue_count(w));
    else if (way->arrival != NULL) out->destination = dt__builder_outcome(b, way->arrival, issue_count(w));
    if (out->destination != NULL) answer_broken(b, out, w);
    if (way->status != DT_WAY_FOUND) answer_obstacles(b, out, w, way);
    if (way->shortest.found) st = answer_walk(b, &out->shortest, w, f, &way->shortest);
    if (st == DT_OK && way->safest.found) st = answer_walk(b, &out->safest, w, f, &way->safest);
    return st;
}

static const char *limit_note(dt__builder *b, const dt__path_work *w) {
    bool undecided = false;

    for (size_t d = 0; d < w->destination_count; d++) undecided |= w->ways[d].status == DT_WAY_UNDECIDED;
    dt__builder_scratch(b);
    if (!w->groups_complete)
        dt__text_message(&b->scratch, "the consent rule has too many minimal winning sets to walk with each of them.",
                         NULL);
    else if (w->ground.too_linked)
        dt__text_message(&b->scratch,
                         "a rule links more than {0} combinations of options; its issues do not change in one step "
                         "beyond the bundle.",
                         "4096", NULL);
    else if (undecided && w->opts->steps > 0)
        dt__text_message(&b->scratch,
                         "ways of more steps than allowed, or past the limits of work, were not looked at.", NULL);
    else if (undecided)
        dt__text_message(&b->scratch, "more can be reached than was looked at; --to, or --time-limit, looks further.",
                         NULL);
    else return NULL;
    return dt__builder_take(b);
}

static void list_parties(dt__builder *b, dt_path_format *out, const dt__path_work *w) {
    uint32_t *list = DT__BUILDER_ARRAY(b, uint32_t, DT__MAX_PARTIES);

    out->parties = list;
    for (uint32_t p = 0; list != NULL && p < w->setting->situation.model->party_count; p++) {
        if (w->ground.parties >> p & 1) list[out->party_count++] = p;
    }
}

dt_status dt__answer_path_format(dt__builder *b, dt_path_format *out, const dt__path_work *w) {
    dt_way *ways = DT__BUILDER_ARRAY(b, dt_way, w->destination_count);
    dt_status st = ways == NULL ? DT_ERR_MEMORY : DT_OK;

    *out = (dt_path_format){.format = (uint32_t)(w->format - w->setting->situation.model->formats)};
    out->group_count = w->group_count;
    out->ways = ways;
    out->way_count = w->destination_count;
    out->reached = w->reached;
    out->reached_all = w->reached_all;
    list_parties(b, out, w);
    if (out->parties == NULL) return DT_ERR_MEMORY;
    for (size_t d = 0; d < w->destination_count && st == DT_OK; d++) st = answer_way(b, &ways[d], w, out, d);
    if (st == DT_OK) out->limit_note = limit_note(b, w);
    return st;
}
