/* Conditions as text. */
#ifndef DT__LANGUAGE_EXPRESSION_H
#define DT__LANGUAGE_EXPRESSION_H

#include "model/model.h"

/* Prints a condition with as few parentheses as its reading back needs. */
void dt__condition_print(dt__text *text, const dt_model *model, const dt__condition *condition);

#endif
