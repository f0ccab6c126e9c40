/* Quantiles of the distributions that an uncertain number can have. */
#ifndef DT__BASE_QUANTILE_H
#define DT__BASE_QUANTILE_H

/* Distribution function of the standard normal, and its inverse for p in (0, 1); |error| < 1e-12. */
double dt__normal_below(double x);
double dt__normal_quantile(double p);
/* Quantile of the normal distribution cut to [low, high]; either may be infinite. */
double dt__cut_normal_quantile(double p, double mean, double deviation, double low, double high);
/* log Gamma(x) for x > 0; relative error < 1e-13. */
double dt__log_gamma(double x);
/* Regularised incomplete beta function I_x(a, b) for a, b > 0 (continued fraction; Abramowitz and Stegun 26.5.8), and
 * its inverse in x for p in (0, 1); |error in x| < 1e-12. */
double dt__beta_below(double x, double a, double b);
double dt__beta_quantile(double p, double a, double b);

#endif
