/* How each party compares two states when it does not compare everything, and how strongly. */
#ifndef DT__HOLD_RELATION_H
#define DT__HOLD_RELATION_H

#include "graph/definition.h"
#include "hold/work.h"

typedef enum dt__relation {
    DT__REL_WORSE = -1,
    DT__REL_EQUAL = 0,
    DT__REL_BETTER = 1,
    DT__REL_UNKNOWN = 2
} dt__relation;

typedef struct dt__relations {
    const dt__hold_work *work;
    size_t truth_words[DT__MAX_PARTIES]; /* priorities: words of truth values per state */
    uint64_t *truth[DT__MAX_PARTIES];    /* states x words; bit j: priority j holds */
    size_t row_words;                    /* comparisons of a graph written out: words of a row */
    uint64_t *at_least[DT__MAX_PARTIES]; /* options x words: known to be at least as good as */
    uint32_t *steps[DT__MAX_PARTIES];    /* ranking: per rank, how many ranks up to it are greatly above the next */
    uint32_t *place[DT__MAX_PARTIES];    /* ranking: per state its rank in the model, 0 is best */
    dt__option *option;                  /* per state: its option of the first issue */
    dt__party_set strong;                /* parties that prefer something greatly */
} dt__relations;

/* DT_OK, DT_ERR_MEMORY.  The memory is the work's scratch. */
DT_NODISCARD dt_status dt__relations_init(dt__relations *r, dt__hold_work *w);

/* What a party makes of t, seen from s. */
dt__relation dt__relate(const dt__relations *r, uint32_t party, dt__state s, dt__state t);
/* Is s greatly preferred to t? */
bool dt__greatly(const dt__relations *r, uint32_t party, dt__state s, dt__state t);
/* Pairs of states that some party does not compare, added up. */
uint64_t dt__unknown_pairs(const dt__relations *r);

/* Is the definitional engine quick enough on this graph? */
bool dt__is_definable(const dt__hold_work *w);

#endif
