/* A commented model to start from. */
#ifndef DETENTE_STARTER_H
#define DETENTE_STARTER_H

#include "detente/env.h"

#ifdef __cplusplus
extern "C" {
#endif

/** The text of a commented two-party model that runs, in a language; static, never NULL. */
DT_API const char *dt_starter(dt_language language);

#ifdef __cplusplus
}
#endif
#endif
