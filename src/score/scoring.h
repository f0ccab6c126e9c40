/* Scoring rules: how good a stated probability or distribution was, once the outcome is known.  All are penalties:
 * 0 is perfect.  Plain arithmetic; nothing is allocated. */
#ifndef DT__SCORE_SCORING_H
#define DT__SCORE_SCORING_H

#include <stdbool.h>
#include <stddef.h>

/* ---- probabilities of events (brier.c) ---- */

/* (p - o)^2, 0..1 (Brier 1950, one event). */
double dt__score_brier(double chance, bool happened);
/* Sum over classes of (p_k - o_k)^2, 0..2: the form that tournaments print. */
double dt__score_brier_classes(const double *chances, size_t count, size_t happened);
/* Mean over the count - 1 splits of ordered classes of the two-sided Brier score, 0..2; 0 for fewer than two classes.
 */
double dt__score_brier_ordinal(const double *chances, size_t count, size_t happened);
/* -ln of the chance of what happened, which counts as at least `floor`, declared in advance. */
double dt__score_log(double chance, double floor);

typedef struct dt__scored_chance {
    double chance;
    bool happened;
} dt__scored_chance;

/* brier = reliability - resolution + uncertainty (Murphy 1973), cases grouped by equal chances. */
typedef struct dt__murphy {
    double brier, reliability, resolution, uncertainty;
    size_t groups;
} dt__murphy;

/* Sorts the cases.  Cost: n log n. */
void dt__score_murphy(dt__murphy *out, dt__scored_chance *cases, size_t count);

/* ---- distributions of a number: the continuous ranked probability score (crps.c) ---- */

/* Of an ensemble: E|X - y| - E|X - X'|/2.  Fair: pairs are divided by m (m - 1), so that ensembles of different size
 * can be compared (Ferro 2014); one member: |x - y|.  Sorts the members.  Cost: m log m. */
double dt__score_crps_ensemble(double *members, size_t count, double outcome, bool fair);
/* Of values in ascending order with their probabilities. */
double dt__score_crps_atoms(const double *values, const double *chances, size_t count, double outcome);
/* Of masses on an even grid of values low, low + step ...: sum of (F - 1[value >= outcome])^2 step. */
double dt__score_crps_grid(const double *masses, size_t count, double low, double step, double outcome);
double dt__score_crps_normal(double mean, double deviation, double outcome);
double dt__score_crps_uniform(double low, double high, double outcome);

/* ---- the score of ensembles taken apart (hersbach.c) ---- */

/* Mean widths on either side of the outcomes, for the count + 1 gaps between the members. */
typedef struct dt__hersbach_gap {
    double above, below; /* alpha and beta */
    double beyond;       /* of the outermost gaps: how often the outcome lies beyond */
} dt__hersbach_gap;

/* crps = reliability + potential (Hersbach 2000). */
typedef struct dt__hersbach {
    double crps, reliability, potential;
} dt__hersbach;

/* Adds a case to gaps[0..count], which start as zeros; the members are in ascending order. */
void dt__score_hersbach_add(dt__hersbach_gap *gaps, const double *members, size_t count, double outcome);
void dt__score_hersbach(dt__hersbach *out, const dt__hersbach_gap *gaps, size_t count, size_t cases);

#endif
