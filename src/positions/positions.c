/* Tables of positions: their end, and what is missing in them. */
#include "positions/positions.h"

#include <math.h>

void dt__positions_clear(dt__positions *t) {
    dt__arena_clear(&t->arena);
    *t = (dt__positions){.arena = t->arena};
}

size_t dt__impute_salience(const double *position, double *salience, size_t actors) {
    double sum = 0, mean;
    size_t given = 0, imputed = 0;

    for (size_t a = 0; a < actors; a++) {
        if (isnan(position[a]) || isnan(salience[a])) continue;
        sum += salience[a];
        given++;
    }
    mean = given == 0 ? 0.5 : sum / (double)given;
    for (size_t a = 0; a < actors; a++) {
        if (isnan(position[a]) || !isnan(salience[a])) continue;
        salience[a] = mean;
        imputed++;
    }
    return imputed;
}
