/* A frontier that was searched for, checked by another way. */
#ifndef DT__BARGAIN_AUDIT_SEARCH_H
#define DT__BARGAIN_AUDIT_SEARCH_H

#include "bargain/work.h"

/* No vector may dominate another; no outcome met by climbing from random ones, in sums weighted at random, may lie
 * beyond the vectors and their epsilon, nor beyond the bounds; neither may what a search by elimination bounds (another
 * way than boxes) finds best for each party.  *failure: a msgid, or left alone.  DT_OK, DT_ERR_MEMORY,
 * DT_ERR_CANCELLED. */
DT_NODISCARD dt_status dt__audit_search(const char **failure, const dt__bargain_work *w, dt_env *env);

#endif
