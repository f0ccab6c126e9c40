/* Medians: among the positions held, the least sum of weighted distances; the Condorcet winner on a line (Black 1948).
 */
#include "positions/contest.h"

static void predict_medians(dt__predictor *p, const dt__stakes *stakes, unsigned power, dt__prediction *out) {
    for (size_t i = 0; i < stakes->issues; i++) {
        dt__contest_gather(&p->contest, stakes, i, &out[i]);
        dt__contest_weigh(&p->contest, power, power, &out[i]);
        if (dt__contest_is_settled(&p->contest, &out[i])) continue;
        dt__predict_atom(&out[i], dt__contest_median(&p->contest));
    }
}

void dt__predict_weighted_median(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts,
                                 dt__prediction *out) {
    (void)opts;
    predict_medians(p, stakes, 1, out);
}

void dt__predict_median(dt__predictor *p, const dt__stakes *stakes, const dt__predict_opts *opts, dt__prediction *out) {
    (void)opts;
    predict_medians(p, stakes, 0, out);
}
