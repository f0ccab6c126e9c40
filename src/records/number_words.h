/* Numbers spelled out in Russian: official posts write small counts in words, and parsers of digits read them as 0. */
#ifndef DT__RECORDS_NUMBER_WORDS_H
#define DT__RECORDS_NUMBER_WORDS_H

#include "base/env.h"

/* The number that begins the text ("двадцать один", "девяти", "145"), in any case of the grammar; *used: bytes behind
 * which it ends.  The text is case-folded UTF-8.  False when it begins with none. */
DT_NODISCARD bool dt__number_words(const char *text, size_t *used, double *out);

/* The count of drones that a text speaks of: the first number within four words before "БпЛА" or "беспилотн...".
 * NAN when there is none.  Any case of letters.  DT_OK, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__drone_count(double *out, const char *text, dt_env *env);

#endif
