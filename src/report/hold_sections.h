/* The sections of the report on "would it hold?", from the answer; each adds its blocks, or nothing when there is
 * nothing to say. */
#ifndef DT__REPORT_HOLD_SECTIONS_H
#define DT__REPORT_HOLD_SECTIONS_H

#include "detente/hold.h"
#include "document/phrase.h"
#include "document/value.h"

/* Of long lists so many are shown; the rest is in the JSON. */
enum { DT__HOLD_SHOWN = 12, DT__HOLD_ROWS = 20 };

typedef struct dt__hold_page {
    dt_document *d;
    const dt_hold_answer *answer;
    bool letters;     /* every issue is yes or no: states are written YNNY */
    bool written_out; /* states have names of their own */
} dt__hold_page;

/* ---- hold_words.c: states and concepts in words ---- */

dt__hold_page dt__hold_page_of(dt_document *d, const dt_hold_answer *answer);
const char *dt__concept_name(dt_document *d, dt_concept concept);
const char *dt__concept_meaning(dt_document *d, dt_concept concept);
/* Concepts from the strongest to the weakest, for i in 0..DT_CONCEPT_COUNT-1. */
dt_concept dt__concept_ranked(unsigned i);
/* "SEQ and SSEQ", strongest first; `concepts` is a bit mask. */
const char *dt__concepts_text(dt_document *d, uint32_t concepts);
/* A state that the answer describes; NULL when it does not. */
const dt_hold_state *dt__hold_find(const dt_hold_answer *answer, uint32_t id);
/* What a state is: "YNNY", its name, or what differs from no deal. */
const char *dt__state_what(const dt__hold_page *p, uint32_t id);
/* "5 (YNNY)"; where that would be long, "5". */
const char *dt__state_text(const dt__hold_page *p, uint32_t id);
/* "1, 4 and 5", at most `most` of them; "none". */
const char *dt__states_text(const dt__hold_page *p, const dt_states *states, size_t most);
/* "North moves to 5 (YNNY), and then South moves to 6 (YNYY)" */
const char *dt__steps_text(const dt__hold_page *p, const dt_hold_step *steps, size_t count);

/* ---- the sections ---- */

void dt__hold_head(const dt__hold_page *p);
void dt__hold_equilibria_table(const dt__hold_page *p);
void dt__hold_parties(const dt__hold_page *p);
void dt__hold_start(const dt__hold_page *p);
void dt__hold_explanation(const dt__hold_page *p);
void dt__hold_unknown(const dt__hold_page *p);
void dt__hold_strength(const dt__hold_page *p);
void dt__hold_coalitions(const dt__hold_page *p);
void dt__hold_foresight(const dt__hold_page *p);
void dt__hold_margins(const dt__hold_page *p);
void dt__hold_makes(const dt__hold_page *p);
void dt__hold_shares(const dt__hold_page *p);
/* Half the widest interval of 95 % that a share of so many draws can have. */
const char *dt__hold_chance(dt_document *d, uint64_t draws);
/* hold_leaving.c */
void dt__hold_deals(const dt__hold_page *p);
const char *dt__deal_name(dt_document *d, const dt_hold_deal *deal); /* "what Nash chooses" */
void dt__hold_meanings(const dt__hold_page *p);

/* hold_json.c: the same facts for programs (docs/json.md) */
dt__value *dt__hold_value(dt_document *d, const dt_hold_answer *answer);
/* hold_leaving_json.c */
dt__value *dt__hold_deals_value(dt_document *d, const dt_hold_answer *answer);
dt__value *dt__hold_deals_only_value(dt_document *d, const dt_hold_answer *answer);

#endif
