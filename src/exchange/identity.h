/* Ids of the model language for the names of another program. */
#ifndef DT__EXCHANGE_IDENTITY_H
#define DT__EXCHANGE_IDENTITY_H

#include "exchange/import.h"

/* One id for each name, all different: the name itself where it is one, otherwise with _ for what an id cannot hold,
 * and _2, _3 ... for what then stands twice.  otherwise: for a name without letters and digits. */
const char **dt__make_ids(dt__import *x, const char *const *names, size_t count, const char *otherwise);

#endif
