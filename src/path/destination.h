/* Where ways lead: the zone, a proposal, a scenario, or any outcome with some options. */
#ifndef DT__PATH_DESTINATION_H
#define DT__PATH_DESTINATION_H

#include "detente/path.h"
#include "path/stride.h"

typedef struct dt__destination {
    dt_destination_kind kind;
    uint32_t index;                   /* proposal or scenario, or DT__NO_INDEX */
    const dt__condition *when;        /* of a scenario */
    const dt__condition *within;      /* asked for beside it; NULL: nothing */
    dt__option named[DT__MAX_ISSUES]; /* of a proposal, in full; of terms DT__NO_OPTION where anything goes */
} dt__destination;

/* What was asked for: one destination, or with text NULL the zone, every scenario and every proposal.
 * *list has room for all; DT_OK, DT_ERR_ARGUMENT, DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__destinations_asked(dt__destination *list, size_t *count, const dt__setting *setting,
                                              const char *text, dt_env *env);
size_t dt__destination_room(const dt_model *model);

/* Has a way arrived that stands there? */
bool dt__has_arrived(const dt__destination *d, const dt__ground *g, const dt__option *outcome);
/* Issues by which an outcome misses a proposal or terms. */
unsigned dt__missing(const dt__destination *d, const dt_model *model, const dt__option *outcome);

#endif
