/* Many cells tested at once: which findings stand while the share of false ones stays under a budget. */
#ifndef DT__STATISTICS_DISCOVERY_H
#define DT__STATISTICS_DISCOVERY_H

#include "base/env.h"

/* Benjamini and Hochberg 1995 on p-values of independent (or positively dependent) cells: found[i] says which stand at
 * level alpha.  DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__discoveries(bool *found, const double *p, size_t count, double alpha, dt_env *env);
/* e-BH (Wang and Ramdas 2022) on log e-values, whatever depends on whatever. */
DT_NODISCARD dt_status dt__e_discoveries(bool *found, const double *log_e, size_t count, double alpha, dt_env *env);

#endif
