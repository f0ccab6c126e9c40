/* All questions that a model allows, asked one after the other as the options of a report say. */
#ifndef CLI_ASKING_H
#define CLI_ASKING_H

#include "cli/session.h"

/* The answers in the language of an environment.  Set session, env and answers.redacted; the rest is filled in. */
typedef struct cli_asked {
    cli_session *session;
    dt_env *env;
    dt_answers answers;
    dt_deal_answer *deal;
    dt_bargain_answer *bargain;
    dt_path_answer *path, *way, *chances;
    dt_hold_answer *hold;
    dt_forecast_answer *forecast;
    dt_drivers_answer *drivers;
    dt_check_answer *check;
    dt_score_answer *scores;
    dt_monitor_answer *monitor;
} cli_asked;

/* Clear also after a failure. */
DT_NODISCARD dt_status cli_ask_all(cli_asked *q);
void cli_asked_free(cli_asked *q);

/* Do the answers hold notes, which are in one language? */
bool cli_asked_has_notes(const cli_asked *q);
/* With --verify: does everything hold that was checked? */
bool cli_asked_is_verified(const cli_asked *q);

#endif
