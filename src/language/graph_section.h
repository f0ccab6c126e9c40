/* The parts of a graph written out. */
#ifndef DT__LANGUAGE_GRAPH_SECTION_H
#define DT__LANGUAGE_GRAPH_SECTION_H

#include "language/preferences.h"

/* Index of a state, or DT__NO_OPTION after a finding. */
dt__option dt__read_state(dt__reader *r, const dt__node *node);

void dt__read_graph_rankings(dt__reader *r, const dt__node *node);

/* `prefers` and `ties`: lists of states, each better than (or tied with) the next; NULL: not given. */
void dt__read_comparisons(dt__reader *r, const dt__node *prefers, const dt__node *ties, uint32_t party,
                          dt__preferences *p);

#endif
