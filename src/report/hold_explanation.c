/* Why a state is stable for each party, or not. */
#include <string.h>

#include "base/catalog.h"
#include "report/hold_sections.h"

/* ---- one improvement ---- */

static const char *escapes_text(const dt__hold_page *p, const dt_hold_reply *r) {
    dt_states escapes = {.count = r->escape_count, .listed = r->escape_count, .ids = r->escapes};

    if (r->escape_count == 0) return "";
    return dt__say(p->d, "From there it could go to {0}: no better either.",
                   dt__states_text(p, &escapes, DT__HOLD_SHOWN), NULL);
}

static const char *reply_text(const dt__hold_page *p, const dt_hold_reply *r) {
    dt_document *d = p->d;
    const char *to = dt__state_text(p, r->improvement);

    if (r->answered)
        return dt__sentences(d,
                             dt__say(d, "It would rather be at {0}. The others answer: {1}, which is no better for it.",
                                     to, dt__steps_text(p, r->steps, r->step_count), NULL),
                             escapes_text(p, r));
    if (r->reachable == 0) return dt__say(d, "It would rather be at {0}, and the others have no answer.", to, NULL);
    if (r->way_out != 0)
        return dt__say(d,
                       "It would rather be at {0}. Whatever the others do then (states that they can lead to: {1}), it "
                       "has something better; from {2}, where it is held down most, {3}.",
                       to, dt__say_size(d, r->reachable), dt__state_text(p, r->least), dt__state_text(p, r->way_out),
                       NULL);
    return dt__say(d,
                   "It would rather be at {0}. Whatever the others do then (states that they can lead to: {1}), it "
                   "stays better off; the least good for it is {2}.",
                   to, dt__say_size(d, r->reachable), dt__state_text(p, r->least), NULL);
}

/* ---- one party ---- */

static bool same_reason(const dt_hold_reason *a, const dt_hold_reason *b) {
    if (a->stable != b->stable || a->reply_count != b->reply_count) return false;
    for (size_t i = 0; i < a->reply_count; i++) {
        const dt_hold_reply *x = &a->replies[i], *y = &b->replies[i];
        if (x->improvement != y->improvement || x->answered != y->answered || x->step_count != y->step_count ||
            x->reachable != y->reachable || x->least != y->least || x->way_out != y->way_out ||
            x->escape_count != y->escape_count)
            return false;
        if (x->step_count > 0 && memcmp(x->steps, y->steps, x->step_count * sizeof *x->steps) != 0) return false;
    }
    return true;
}

static void add_reason(const dt__hold_page *p, dt__block *list, uint32_t concepts, const dt_hold_reason *reason) {
    dt_document *d = p->d;
    const char *names = dt__concepts_text(d, concepts);
    size_t shown = reason->reply_count < DT__HOLD_SHOWN ? reason->reply_count : DT__HOLD_SHOWN;
    const char *text =
        reason->stable ? dt__say(d, "Stable by {0}.", names, NULL) : dt__say(d, "Not stable by {0}.", names, NULL);

    for (size_t i = 0; i < shown; i++) text = dt__sentences(d, text, reply_text(p, &reason->replies[i]));
    if (shown < reason->reply_count)
        text = dt__sentences(
            d, text, dt__say(d, "… and {0} more (see --json).", dt__say_size(d, reason->reply_count - shown), NULL));
    dt__bullet(d, list, text);
}

/* Concepts with the same reason stand together. */
static void add_reasons(const dt__hold_page *p, const dt_hold_view *view) {
    dt__block *list = dt__bullets(p->d);
    uint32_t told = 0;

    for (unsigned i = 0; i < DT_CONCEPT_COUNT; i++) {
        dt_concept c = dt__concept_ranked(i);
        uint32_t group = 0;
        if ((told >> c) & 1) continue;
        for (unsigned k = 0; k < DT_CONCEPT_COUNT; k++) {
            if (((told >> k) & 1) == 0 && same_reason(&view->reasons[c], &view->reasons[k])) group |= UINT32_C(1) << k;
        }
        told |= group;
        add_reason(p, list, group, &view->reasons[c]);
    }
}

static void add_view(const dt__hold_page *p, const dt_hold_view *view) {
    dt_document *d = p->d;
    const char *name = dt__party_name(d, view->party);

    if (view->moves.count == 0) {
        dt__paragraph(d, dt__say(d, "{0} cannot move from there, so it is stable for it.", name, NULL));
        return;
    }
    if (view->improvements.count == 0) {
        dt__paragraph(d, dt__say(d, "{0} can move to {1}, but likes none of that better: stable by every concept.",
                                 name, dt__states_text(p, &view->moves, DT__HOLD_SHOWN), NULL));
        return;
    }
    dt__paragraph(d, dt__say(d, "{0} can move to {1}. It likes better: {2}.", name,
                             dt__states_text(p, &view->moves, DT__HOLD_SHOWN),
                             dt__states_text(p, &view->improvements, DT__HOLD_SHOWN), NULL));
    add_reasons(p, view);
}

static void add_outcome(const dt__hold_page *p, const dt_hold_state *state) {
    if (p->letters || p->written_out || state == NULL) return;
    dt__paragraph(p->d,
                  dt__say(p->d, "What it is: {0}.", dt__changes_text(p->d, state->outcome, p->answer->no_deal), NULL));
}

void dt__hold_explanation(const dt__hold_page *p) {
    const dt_hold_explanation *e = p->answer->explanation;

    if (e == NULL) return;
    dt__heading(p->d, 2, dt__say(p->d, "Why state {0} holds, or not", dt__state_text(p, e->state), NULL));
    add_outcome(p, dt__hold_find(p->answer, e->state));
    for (size_t i = 0; i < p->answer->party_count; i++) add_view(p, &e->views[i]);
}
