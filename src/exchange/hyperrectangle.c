/* Utility spaces of hyper-rectangles: each adds its utility where the issues it names lie within bounds (INCLUDES), or
 * where not all of them do (EXCLUDES); the sum is divided by `maxutility`. */
#include <string.h>

#include "exchange/genius.h"

static size_t count_children(const dt__element *element, const char *name) {
    size_t count = 0;
    DT__EACH_ELEMENT(child, element) count += dt__xml_is(child, name);
    return count;
}

/* Options within min..max; false when there is none. */
static bool clip(const dt__foreign_issue *issue, int64_t min, int64_t max, dt__foreign_bound *bound) {
    int64_t low = min - issue->low, high = max - issue->low;

    if (low < 0) low = 0;
    if (high >= (int64_t)issue->count) high = (int64_t)issue->count - 1;
    if (low > high) return false;
    bound->low = (uint32_t)low;
    bound->high = (uint32_t)high;
    return true;
}

/* Reads one bound; *empty when no value satisfies it. */
static bool read_bound(dt__import *x, const dt__profile *p, const dt__element *element, dt__foreign_bound *bound,
                       bool *empty) {
    const char *index = dt__genius_need(x, element, "index"), *min = dt__genius_need(x, element, "min"),
               *max = dt__genius_need(x, element, "max");
    const dt__foreign_issue *issue;
    int64_t at, low, high;

    if (index == NULL || min == NULL || max == NULL || !dt__import_whole(x, element->place, "index", index, &at) ||
        !dt__import_whole(x, element->place, "min", min, &low) ||
        !dt__import_whole(x, element->place, "max", max, &high))
        return false;
    bound->issue = dt__profile_find(p, at);
    if (bound->issue == DT__NOT_FOUND) {
        dt__import_error(x, element->place, "unknown-index", "no issue has the index {0}", index, NULL);
        return false;
    }
    issue = dt__foreign_issue_at(&x->domain, bound->issue);
    if (!issue->integer) {
        dt__import_error(x, element->place, "unsupported", "issue “{0}” is no integer issue; bounds need one",
                         issue->name, NULL);
        return false;
    }
    if (!clip(issue, low, high, bound)) *empty = true;
    return true;
}

static bool covers_all(const dt__import *x, const dt__foreign_bound *bound) {
    return bound->low == 0 && bound->high + 1 == dt__foreign_issue_at(&x->domain, bound->issue)->count;
}

/* The bounds that matter, into box; false after a finding.  *never: within them lies nothing. */
static bool read_bounds(dt__import *x, const dt__profile *p, const dt__element *rectangle, const char *name,
                        dt__foreign_box *box, bool *never) {
    dt__foreign_bound *bounds = DT__IMPORT_ARRAY(x, dt__foreign_bound, count_children(rectangle, name));

    if (bounds == NULL) return false;
    DT__EACH_ELEMENT(child, rectangle) {
        if (!dt__xml_is(child, name)) continue;
        if (!read_bound(x, p, child, &bounds[box->count], never)) return false;
        if (!*never && !covers_all(x, &bounds[box->count])) box->count++;
    }
    box->bounds = bounds;
    return true;
}

/* utility x weight / maxutility */
static bool read_add(dt__import *x, const dt__element *rectangle, dt__rational most, dt__rational *add) {
    const char *utility = dt__genius_need(x, rectangle, "utility"), *weight = dt__xml_attribute(rectangle, "weight");
    dt__rational factor = DT__RATIONAL(1);

    if (utility == NULL || !dt__import_number(x, rectangle->place, "utility", utility, add)) return false;
    if (weight != NULL && !dt__import_number(x, rectangle->place, "weight", weight, &factor)) return false;
    if (dt__rational_mul(add, *add, factor) && dt__rational_div(add, *add, most)) return true;
    dt__import_too_large(x, rectangle->place, "hyperRectangle");
    return false;
}

static void read_rectangle(dt__import *x, const dt__profile *p, const dt__element *rectangle, dt__rational most) {
    bool excludes = dt__xml_child(rectangle, "EXCLUDES") != NULL, never = false;
    dt__foreign_box box = {.outside = excludes};

    if (excludes && dt__xml_child(rectangle, "INCLUDES") != NULL) {
        dt__import_error(x, rectangle->place, "unsupported",
                         "a hyper-rectangle has both INCLUDES and EXCLUDES; expected one of them", NULL);
        return;
    }
    if (!read_add(x, rectangle, most, &box.add)) return;
    if (!read_bounds(x, p, rectangle, excludes ? "EXCLUDES" : "INCLUDES", &box, &never)) return;
    if (never && !excludes) return;                   /* adds nowhere */
    if (excludes && !never && box.count == 0) return; /* outside of everything: nowhere */
    if (never) box.count = 0;                         /* outside of nothing: everywhere */
    if (x->status == DT_OK) x->status = dt__vector_push(&p->party->boxes, &box, x->env);
}

/* Genius cuts the utility at 1; sums of conditions cannot say that. */
static void note_cut(dt__import *x, const dt__profile *p) {
    dt__rational most = DT__RATIONAL(0);
    dt__text note;

    for (size_t b = 0; b < p->party->boxes.count; b++) {
        dt__rational add = DT__AT(p->party->boxes, dt__foreign_box, b)->add;
        if (dt__rational_sign(add) > 0 && !dt__rational_add(&most, most, add)) return;
    }
    if (dt__rational_compare(most, DT__RATIONAL(1)) <= 0) return;
    dt__text_init(&note, x->env);
    dt__text_message(&note, "Genius cuts utilities at 1; here they are not cut.", NULL);
    dt__foreign_add_note(p->party, dt__import_keep(x, &note));
}

void dt__genius_read_rectangles(dt__import *x, dt__profile *p, const dt__element *utility) {
    const dt__element *ufun = dt__xml_child(utility, "ufun");
    const char *most = dt__genius_need(x, utility, "maxutility"), *aggregation, *weight;
    dt__rational number, one;

    p->party->weights = NULL;
    p->party->values = NULL;
    if (most == NULL || !dt__import_number(x, utility->place, "maxutility", most, &number)) return;
    if (dt__rational_sign(number) <= 0) {
        dt__import_error(x, utility->place, "bad-number", "`maxutility` is {0}; expected a number above zero", most,
                         NULL);
        return;
    }
    if (ufun == NULL || count_children(utility, "ufun") > 1 || dt__xml_child(ufun, "ufun") != NULL) {
        dt__import_error(x, utility->place, "unsupported", "expected one utility function here, without others in it",
                         NULL);
        return;
    }
    aggregation = dt__xml_attribute(ufun, "aggregation");
    if (aggregation != NULL && strcmp(aggregation, "sum") != 0) {
        dt__import_error(x, ufun->place, "unsupported",
                         "a utility function that aggregates by “{0}” is not read; expected sum", aggregation, NULL);
        return;
    }
    weight = dt__xml_attribute(ufun, "weight");
    if (weight != NULL && (!dt__foreign_number(&one, weight) || dt__rational_compare(one, DT__RATIONAL(1)) != 0)) {
        dt__import_error(x, ufun->place, "unsupported", "a utility function of weight {0} is not read; expected 1",
                         weight, NULL);
        return;
    }
    DT__EACH_ELEMENT(child, ufun) {
        if (dt__xml_is(child, "hyperRectangle")) read_rectangle(x, p, child, number);
        else
            dt__import_error(x, child->place, "unsupported",
                             "“{0}” in a utility function is not read; expected hyperRectangle", child->name, NULL);
    }
    note_cut(x, p);
}
