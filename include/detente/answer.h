/* What the answers to all questions are made of: settings, exact numbers, outcomes, judgements. */
#ifndef DETENTE_ANSWER_H
#define DETENTE_ANSWER_H

#include "detente/model.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A what-if: NAME is an issue (VALUE an option: where the issue stands with no deal) or a quantity (VALUE a number).
 */
typedef struct dt_setting {
    const char *name, *value;
} dt_setting;

/** An exact number: its text (a decimal, or num/den), and a double beside it. */
typedef struct dt_exact {
    const char *text; /* NULL: there is no such number (an ordinal party's utility) */
    double value;
} dt_exact;

/** One option per issue, as indices; NULL where there is none. */
typedef const uint16_t *dt_outcome;

typedef enum dt_preference { DT_WORSE = -1, DT_EQUAL = 0, DT_BETTER = 1 } dt_preference;

/** What one party makes of one outcome. */
typedef struct dt_judgement {
    uint32_t party;
    bool accepts;
    dt_preference preference; /* against no deal */
    dt_exact utility, no_deal, gain;
    size_t red_line_count;     /* crossed */
    const uint32_t *red_lines; /* indices into the party's */
} dt_judgement;

#ifdef __cplusplus
}
#endif
#endif
