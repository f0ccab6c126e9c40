/* Rates of many small places, drawn towards their common distribution. */
#ifndef DT__STATISTICS_SHRINKAGE_H
#define DT__STATISTICS_SHRINKAGE_H

#include "base/env.h"

/* Gamma(shape, rate) over the places' rates, by maximum likelihood of events y in exposure E (negative binomial).
 * rate INFINITY: the places do not differ more than Poisson, and shape / rate is their common rate. */
typedef struct dt__gamma_prior {
    double shape, rate, common; /* common: all events over all exposure */
} dt__gamma_prior;

dt__gamma_prior dt__gamma_prior_of(const double *events, const double *exposures, size_t places);
/* (y + shape) / (E + rate). */
double dt__shrunk_rate(const dt__gamma_prior *prior, double events, double exposure);

#endif
