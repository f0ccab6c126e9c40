/* detente: is there a deal, which deal, is there a way there, would it hold, what will happen, what would change it,
 * is it being kept?  All public headers. */
#ifndef DETENTE_DETENTE_H
#define DETENTE_DETENTE_H

#include "detente/answer.h"
#include "detente/backtest.h"
#include "detente/bargain.h"
#include "detente/check.h"
#include "detente/deal.h"
#include "detente/drivers.h"
#include "detente/env.h"
#include "detente/exchange.h"
#include "detente/forecast.h"
#include "detente/hold.h"
#include "detente/ledger.h"
#include "detente/model.h"
#include "detente/monitor.h"
#include "detente/path.h"
#include "detente/register.h"
#include "detente/report.h"
#include "detente/starter.h"
#include "detente/whatif.h"

#endif
