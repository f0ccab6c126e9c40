/* Who gains by leaving a deal, and when. */
#ifndef DT__HOLD_LEAVING_H
#define DT__HOLD_LEAVING_H

#include "hold/work.h"
#include "question/departure.h"

enum { DT__MOST_DEALS = 256 };

/* One deal to be judged. */
typedef struct dt__deal_asked {
    dt_deal_origin origin;
    uint32_t proposal, format;
    uint32_t solutions; /* bit k: solution k of bargain */
    dt__option outcome[DT__MAX_ISSUES];
} dt__deal_asked;

/* When a party's stay ends. */
typedef struct dt__stay {
    dt__departure departure;
    bool ends;
    dt__rational gain;  /* of leaving now */
    dt__rational drift; /* per month */
    dt__rational month; /* when leaving becomes better; 0: it is now */
} dt__stay;

/* From the definitions.  DT_OK, DT_ERR_MODEL, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__stay_of(dt__stay *stay, const dt__situation *s, uint32_t party, const dt__option *deal,
                                   dt_env *env);

/* The earliest end among parties. */
typedef struct dt__first_end {
    bool ends;
    dt__rational month;
    uint32_t party;
    dt__party_set now; /* who gains by leaving now */
} dt__first_end;

DT_NODISCARD dt_status dt__first_to_leave(dt__first_end *first, const dt__situation *s, dt__party_set parties,
                                          const dt__option *deal, dt_env *env);

/* Parties to an agreement: those whose consent a format needs, of the format asked for or of all. */
dt__party_set dt__agreement_parties(const dt__hold_work *w);

/* deals.c: the deals that the question is about; *list is allocated, *count of DT__MOST_DEALS.
 * DT_OK, DT_ERR_ARGUMENT, DT_ERR_MEMORY, and what dt_bargain returns. */
DT_NODISCARD dt_status dt__deals_asked(dt__deal_asked **list, size_t *count, dt__hold_work *w);

/* deterrence.c: can the others answer, when a party leaves now?  Fills in deterred, credible and the answer. */
DT_NODISCARD dt_status dt__answer_deterrence(dt_leaving *out, dt__hold_work *w, const dt__option *deal,
                                             const dt__stay *stay);
/* remedies.c: single changes that keep everybody in, or longer. */
DT_NODISCARD dt_status dt__answer_remedies(dt_hold_deal *out, dt__hold_work *w, const dt__option *deal,
                                           const dt__first_end *first);
/* endurance.c: shares and quartiles over draws. */
DT_NODISCARD dt_status dt__answer_endurance(dt_hold_deal *out, const dt__deal_asked *deals, size_t count,
                                            dt__hold_work *w);

#endif
