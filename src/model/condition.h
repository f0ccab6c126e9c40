/* Conditions over outcomes. */
#ifndef DT__MODEL_CONDITION_H
#define DT__MODEL_CONDITION_H

#include "base/text.h"

enum { DT__MAX_ISSUES = 256, DT__MAX_PARTIES = 64, DT__MAX_OPTIONS = 65535, DT__MAX_CONDITION_NODES = 4096 };

typedef uint16_t dt__option; /* index of an option of an issue; an outcome is an array of them, one per issue */

/* A set of issues. */
typedef struct dt__issue_set {
    uint64_t words[DT__MAX_ISSUES / 64];
} dt__issue_set;

static inline void dt__issue_set_add(dt__issue_set *set, uint32_t issue) {
    set->words[issue / 64] |= UINT64_C(1) << (issue % 64);
}
static inline bool dt__issue_set_has(const dt__issue_set *set, uint32_t issue) {
    return (set->words[issue / 64] >> (issue % 64)) & 1;
}

typedef enum dt__condition_kind {
    DT__CONDITION_TRUE = 0,
    DT__CONDITION_FALSE,
    DT__CONDITION_TEST, /* issue, test, options */
    DT__CONDITION_NOT,  /* left */
    DT__CONDITION_AND,  /* left, right, as below */
    DT__CONDITION_OR,
    DT__CONDITION_IMPLIES, /* left => right */
    DT__CONDITION_IF,      /* left if right: right => left */
    DT__CONDITION_IFF
} dt__condition_kind;

typedef enum dt__test {
    DT__TEST_EQ = 0,
    DT__TEST_NE,
    DT__TEST_LT,
    DT__TEST_LE,
    DT__TEST_GT,
    DT__TEST_GE,
    DT__TEST_IN,
    DT__TEST_NOT_IN
} dt__test;

typedef struct dt__condition {
    dt__condition_kind kind;
    const struct dt__condition *left, *right;
    uint32_t issue;
    dt__test test;
    size_t option_count; /* 1 but for IN and NOT_IN */
    const dt__option *options;
} dt__condition;

bool dt__condition_holds(const dt__condition *condition, const dt__option *outcome);
/* Adds the issues it names to *set. */
void dt__condition_scope(const dt__condition *condition, dt__issue_set *set);

#endif
