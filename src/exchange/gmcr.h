/* A graph model of GMCR+ while it is read: options that are taken or not, who takes them, what cannot be, what each
 * party prefers. */
#ifndef DT__EXCHANGE_GMCR_H
#define DT__EXCHANGE_GMCR_H

#include "exchange/tree.h"

typedef struct dt__gmcr_literal {
    uint32_t option;
    bool yes;
} dt__gmcr_literal;

/* All of these hold. */
typedef struct dt__gmcr_pattern {
    size_t count;
    dt__gmcr_literal *literals;
} dt__gmcr_pattern;

/* One of these holds. */
typedef struct dt__gmcr_condition {
    size_t count, literal_count;
    dt__gmcr_pattern *patterns;
    dt__place place;
} dt__gmcr_condition;

typedef struct dt__gmcr_conditions {
    size_t count;
    dt__gmcr_condition *list;
} dt__gmcr_conditions;

typedef struct dt__gmcr_option {
    const char *name;
    bool may_give_up; /* from Y to N */
    bool may_take;    /* from N to Y */
    uint32_t owner;   /* party; DT__NOT_FOUND: none yet */
    dt__place place;
} dt__gmcr_option;

typedef struct dt__gmcr_party {
    const char *name;
    dt__gmcr_conditions statements, unseen;
    const dt__tree *ranking; /* NULL: none */
    dt__place place;
} dt__gmcr_party;

typedef struct dt__gmcr {
    const dt_file *file;
    size_t option_count, party_count;
    dt__gmcr_option *options;
    dt__gmcr_party *parties;
    dt__gmcr_conditions infeasible;
    bool ranked;                /* rankings count, not statements */
    bool in_order;              /* each party's options stand side by side, in the order of the parties */
    const dt__tree *coalitions; /* NULL: none */
} dt__gmcr;

/* The first feasible states by number: option 0 changes fastest, N before Y. */
typedef struct dt__gmcr_states {
    size_t count;
    bool complete; /* there is no other */
    size_t width;  /* bytes of a state */
    uint8_t *bits; /* option o of state s is bit o of its bytes */
} dt__gmcr_states;

static inline bool dt__gmcr_taken(const dt__gmcr_states *states, size_t s, uint32_t option) {
    return states->bits[s * states->width + option / 8] >> option % 8 & 1;
}

/* At most `most` of them; fewer, and not complete, when the search is given up. */
void dt__gmcr_list_states(dt__import *x, const dt__gmcr *g, size_t most, dt__gmcr_states *out);

/* A ranking checked: states by their places, and where each group of tied ones ends. */
typedef struct dt__gmcr_ranking {
    size_t count, group_count;
    uint32_t *states;
    uint32_t *ends; /* per group, an index of states */
} dt__gmcr_ranking;

/* The states that rankings name: those of the longest one, and one more if there is one. */
void dt__gmcr_states_of_rankings(dt__import *x, const dt__gmcr *g, dt__gmcr_states *out);
/* False after a finding. */
bool dt__gmcr_read_ranking(dt__import *x, const dt__gmcr_party *party, const dt__gmcr_states *states,
                           dt__gmcr_ranking *out);

void dt__gmcr_emit(dt__import *x, const dt__gmcr *g, dt__text *out);

#endif
