/* An improvement, issue by issue. */
#ifndef DT__BARGAIN_TRADES_H
#define DT__BARGAIN_TRADES_H

#include "bargain/work.h"

/* What changes from one outcome to another give each dimension: terms on one issue by themselves, terms on several
 * apart.  They add up to the totals exactly.  DT_OK, DT_ERR_MEMORY, DT_ERR_MODEL (a number leaves 128 bits). */
DT_NODISCARD dt_status dt__answer_trades(dt__builder *b, dt_trade_list *out, const dt__bargain_work *w,
                                         const dt__option *from, const dt__option *to);

#endif
