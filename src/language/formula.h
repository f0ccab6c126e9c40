/* Formulas over quantities: "0.2 * initiative - 3". */
#ifndef DT__LANGUAGE_FORMULA_H
#define DT__LANGUAGE_FORMULA_H

#include "language/reader.h"

/* NULL after a finding.  The text lies in the model's arena; node says where it stands. */
const dt__formula *dt__read_formula(dt__reader *r, const dt__node *node, const char *text);

#endif
