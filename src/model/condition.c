#include "model/condition.h"

static bool listed(const dt__condition *c, dt__option option) {
    for (size_t i = 0; i < c->option_count; i++) {
        if (c->options[i] == option) return true;
    }
    return false;
}

static bool test_holds(const dt__condition *c, dt__option option) {
    switch (c->test) {
    case DT__TEST_EQ: return option == c->options[0];
    case DT__TEST_NE: return option != c->options[0];
    case DT__TEST_LT: return option < c->options[0];
    case DT__TEST_LE: return option <= c->options[0];
    case DT__TEST_GT: return option > c->options[0];
    case DT__TEST_GE: return option >= c->options[0];
    case DT__TEST_IN: return listed(c, option);
    case DT__TEST_NOT_IN: return !listed(c, option);
    }
    return false;
}

bool dt__condition_holds(const dt__condition *c, const dt__option *outcome) {
    switch (c->kind) {
    case DT__CONDITION_TRUE: return true;
    case DT__CONDITION_FALSE: return false;
    case DT__CONDITION_TEST: return test_holds(c, outcome[c->issue]);
    case DT__CONDITION_NOT: return !dt__condition_holds(c->left, outcome);
    case DT__CONDITION_AND: return dt__condition_holds(c->left, outcome) && dt__condition_holds(c->right, outcome);
    case DT__CONDITION_OR: return dt__condition_holds(c->left, outcome) || dt__condition_holds(c->right, outcome);
    case DT__CONDITION_IMPLIES: return !dt__condition_holds(c->left, outcome) || dt__condition_holds(c->right, outcome);
    case DT__CONDITION_IF: return dt__condition_holds(c->left, outcome) || !dt__condition_holds(c->right, outcome);
    case DT__CONDITION_IFF: return dt__condition_holds(c->left, outcome) == dt__condition_holds(c->right, outcome);
    }
    return false;
}

void dt__condition_scope(const dt__condition *c, dt__issue_set *set) {
    if (c->kind == DT__CONDITION_TEST) dt__issue_set_add(set, c->issue);
    if (c->left != NULL) dt__condition_scope(c->left, set);
    if (c->right != NULL) dt__condition_scope(c->right, set);
}
