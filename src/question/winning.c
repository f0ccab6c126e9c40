/* Minimal winning sets of a consent rule. */
#include <stdlib.h>

#include "question/winning.h"

enum { MAX_OPTIONAL = 16 }; /* parties that some winning set can do without */

static int by_size(const void *a, const void *b) {
    dt__party_set x = *(const dt__party_set *)a, y = *(const dt__party_set *)b;
    int size_x = __builtin_popcountll(x), size_y = __builtin_popcountll(y);
    dt__party_set differ = x ^ y;

    if (size_x != size_y) return size_x < size_y ? -1 : 1;
    if (differ == 0) return 0;
    return (x & differ & -differ) != 0 ? -1 : 1;
}

static bool is_minimal(const dt__consent *consent, dt__party_set set) {
    if (!dt__consent_wins(consent, set)) return false;
    for (dt__party_set left = set; left != 0; left &= left - 1) {
        if (dt__consent_wins(consent, set & ~(left & -left))) return false;
    }
    return true;
}

/* The subset of `optional` whose members are the bits of `index`, in order. */
static dt__party_set subset(dt__party_set optional, uint32_t index) {
    dt__party_set set = 0;
    for (; index != 0; index >>= 1, optional &= optional - 1) {
        if (index & 1) set |= optional & -optional;
    }
    return set;
}

static dt__party_set needed_by(const dt__consent *consent, dt__party_set all) {
    dt__party_set needed = 0;
    for (dt__party_set left = all; left != 0; left &= left - 1) {
        dt__party_set one = left & -left;
        if (!dt__consent_wins(consent, all & ~one)) needed |= one;
    }
    return needed;
}

dt_status dt__winning_sets_init(dt__winning_sets *w, const dt__consent *consent, dt_env *env) {
    dt__party_set all = dt__consent_parties(consent), optional;
    uint32_t count;
    dt_status st = DT_OK;

    *w = (dt__winning_sets){.sets = DT__VECTOR(dt__party_set), .complete = true};
    w->needed = needed_by(consent, all);
    optional = all & ~w->needed;
    count = (uint32_t)__builtin_popcountll(optional);
    if (count > MAX_OPTIONAL) {
        w->complete = false;
        return DT_OK;
    }
    for (uint32_t i = 0; i < UINT32_C(1) << count && st == DT_OK; i++) {
        dt__party_set set = w->needed | subset(optional, i);
        if (is_minimal(consent, set)) st = dt__vector_push(&w->sets, &set, env);
        if (w->needed == 0 && dt__consent_wins(consent, set) && dt__consent_wins(consent, all & ~set))
            w->improper = true;
    }
    if (w->sets.count > 1) qsort(w->sets.items, w->sets.count, sizeof(dt__party_set), by_size);
    return st;
}
