#include "bargain/statement.h"

enum { MAX_COUNTED = 20 }; /* parties: all 2^20 sets are looked at */

typedef struct swings {
    uint64_t by_size[DT__MAX_PARTIES]
                    [MAX_COUNTED + 1]; /* per party: sets of so many others that it turns into winning ones */
} swings;

/* The set of parties whose bits stand in index. */
static dt__party_set members(const dt__bargain_work *w, uint32_t index) {
    dt__party_set set = 0;
    for (size_t d = 0; d < w->count; d++) {
        if (index >> d & 1) set |= (dt__party_set)1 << w->parties[d];
    }
    return set;
}

static void count_swings(swings *s, const dt__bargain_work *w, const uint8_t *winning) {
    for (uint32_t index = 0; index < UINT32_C(1) << w->count; index++) {
        if (winning[index]) continue;
        for (size_t d = 0; d < w->count; d++) {
            if (!(index >> d & 1) && winning[index | UINT32_C(1) << d]) s->by_size[d][__builtin_popcount(index)]++;
        }
    }
}

/* sum over sizes of swings x |S|! (n - 1 - |S|)! / n!, with n! / (|S|! (n-1-|S|)!) = n C(n-1, |S|). */
static dt__rational shapley_shubik(const uint64_t *by_size, size_t n) {
    dt__rational sum = DT__RATIONAL(0);
    dt__int128 choose = 1;

    for (size_t size = 0; size < n; size++) {
        dt__rational part;
        if (dt__rational_make(&part, (dt__int128)by_size[size], (dt__int128)n * choose))
            (void)!dt__rational_add(&sum, sum, part);
        choose = choose * (dt__int128)(n - 1 - size) / (dt__int128)(size + 1);
    }
    return sum;
}

static uint64_t total(const uint64_t *by_size, size_t n) {
    uint64_t sum = 0;
    for (size_t size = 0; size < n; size++) sum += by_size[size];
    return sum;
}

static dt_exact ratio(dt__builder *b, uint64_t part, uint64_t whole) {
    dt__rational value = DT__RATIONAL(0);
    if (whole > 0) (void)!dt__rational_make(&value, (dt__int128)part, (dt__int128)whole);
    return dt__builder_exact(b, value);
}

static void fill(dt__builder *b, dt_power *power, const dt__bargain_work *w, const swings *s) {
    uint64_t all = 0;

    for (size_t d = 0; d < w->count; d++) all += total(s->by_size[d], w->count);
    for (size_t d = 0; d < w->count; d++) {
        uint64_t own = total(s->by_size[d], w->count);
        power[d] =
            (dt_power){.party = w->parties[d], .veto = w->winning.needed >> w->parties[d] & 1, .dummy = own == 0};
        power[d].shapley_shubik = dt__builder_exact(b, shapley_shubik(s->by_size[d], w->count));
        power[d].banzhaf = ratio(b, own, UINT64_C(1) << (w->count - 1));
        power[d].banzhaf_normalised = ratio(b, own, all);
    }
}

dt_status dt__answer_power(dt__builder *b, dt_bargain_format *out, const dt__bargain_work *w) {
    dt_power *power = DT__BUILDER_ARRAY(b, dt_power, w->count);
    size_t sets = (size_t)1 << (w->count > MAX_COUNTED ? 0 : w->count);
    uint8_t *winning;
    swings *s;
    dt_status st = DT_OK;

    out->power = power;
    if (power == NULL) return DT_ERR_MEMORY;
    if (w->count > MAX_COUNTED) {
        for (size_t d = 0; d < w->count; d++)
            power[d] = (dt_power){.party = w->parties[d], .veto = w->winning.needed >> w->parties[d] & 1};
        return DT_OK;
    }
    winning = DT__ARRAY(b->env, uint8_t, sets);
    s = DT__NEW(b->env, swings);
    if (winning != NULL && s != NULL) {
        for (uint32_t i = 0; i < sets; i++) winning[i] = dt__consent_wins(&w->format->consent, members(w, i));
        count_swings(s, w, winning);
        fill(b, power, w, s);
        out->power_exact = true;
    } else {
        st = DT_ERR_MEMORY;
    }
    if (winning != NULL) DT__FREE(b->env, winning, sets);
    if (s != NULL) DT__FREE(b->env, s, 1);
    return st;
}
