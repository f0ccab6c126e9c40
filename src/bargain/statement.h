/* From work to answer, part by part. */
#ifndef DT__BARGAIN_STATEMENT_H
#define DT__BARGAIN_STATEMENT_H

#include "bargain/solve.h"

/* A point of a set, with its utilities and gains. */
void dt__answer_point(dt__builder *b, dt_frontier_point *out, const dt__bargain_work *w, const dt__points *points,
                      const dt__points_kind *kind, size_t i, bool multiplicity_known);

/* Frontier, rational part, coalitions, solutions. */
DT_NODISCARD dt_status dt__answer_vectors(dt__builder *b, dt_bargain_format *out, const dt__bargain_work *w,
                                          size_t points);
DT_NODISCARD dt_status dt__answer_solutions(dt__builder *b, dt_bargain_format *out, const dt__bargain_work *w);
/* Shapley-Shubik and Banzhaf indices by counting all sets of at most 20 parties. */
DT_NODISCARD dt_status dt__answer_power(dt__builder *b, dt_bargain_format *out, const dt__bargain_work *w);
/* Does some winning set have an outcome that each of its members likes better? */
DT_NODISCARD dt_status dt__answer_core(dt__builder *b, dt_bargain_format *out, const dt__bargain_work *w);
/* Why not this deal: judgements, and deals that hurt nobody. */
DT_NODISCARD dt_status dt__answer_explanation(dt__builder *b, dt_bargain_format *out, const dt__bargain_work *w,
                                              const dt__option *outcome);
/* Every claim by an independent way. */
DT_NODISCARD dt_status dt__verify_bargain(dt__builder *b, dt_bargain_format *out, const dt__bargain_work *w);

#endif
