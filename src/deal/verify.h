/* An independent check of an answer: outcome by outcome, by the definitions alone. */
#ifndef DT__DEAL_VERIFY_H
#define DT__DEAL_VERIFY_H

#include "deal/answer.h"

/* Up to a million outcomes all of them are looked at and every count and conflict is compared; beyond, every outcome
 * that the answer shows is judged anew, and a sample of outcomes must not contradict it.  Sets verified and
 * verify_note. DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED, DT_ERR_MODEL. */
DT_NODISCARD dt_status dt__verify_format(dt__builder *b, dt_deal_format *out, const dt__format_work *w);

#endif
