/* Compromise and the other means: the position weighted by what an actor can do, and by how much it cares.
 * The base model of Achen 2006 ("mean decision"); "NBS" in decide. */
#include "positions/contest.h"

static void predict_means(dt__predictor *p, const dt__stakes *stakes, unsigned capability_power,
                          unsigned salience_power, dt__prediction *out) {
    for (size_t i = 0; i < stakes->issues; i++) {
        dt__contest_gather(&p->contest, stakes, i, &out[i]);
        dt__contest_weigh(&p->contest, capability_power, salience_power, &out[i]);
        if (dt__contest_is_settled(&p->contest, &out[i])) continue;
        dt__predict_atom(&out[i], dt__contest_mean(&p->contest));
    }
}

void dt__predict_compromise(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts,
                            dt__prediction *out) {
    (void)opts;
    predict_means(p, stakes, 1, 1, out);
}

void dt__predict_compromise_squared(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts,
                                    dt__prediction *out) {
    (void)opts;
    predict_means(p, stakes, 1, 2, out);
}

void dt__predict_mean(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts, dt__prediction *out) {
    (void)opts;
    predict_means(p, stakes, 0, 0, out);
}

void dt__predict_mean_salience(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts,
                               dt__prediction *out) {
    (void)opts;
    predict_means(p, stakes, 0, 1, out);
}

void dt__predict_mean_capability(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts,
                                 dt__prediction *out) {
    (void)opts;
    predict_means(p, stakes, 1, 0, out);
}
