/* From work to answer: everything is copied into one arena. */
#ifndef DT__DEAL_ANSWER_H
#define DT__DEAL_ANSWER_H

#include "deal/tasks.h"
#include "question/builder.h"

dt_zone dt__answer_zone(dt__builder *b, const dt__format_work *w);
/* All that is known about one format but its proposals. */
void dt__answer_format(dt__builder *b, dt_deal_format *out, const dt__format_work *w);

DT_NODISCARD dt_status dt__answer_proposals(dt__builder *b, dt_deal_format *formats, size_t format_count,
                                            const dt__setting *setting);
void dt__answer_no_deal_breaks(dt__builder *b, dt_deal_answer *answer, const dt__setting *setting);
DT_NODISCARD dt_status dt__answer_oppositions(dt__builder *b, dt_deal_answer *answer, const dt__setting *setting);

#endif
