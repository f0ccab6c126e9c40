/* Is the model sound, and what does it rest on?  Lint and evidence audit. */
#ifndef DETENTE_CHECK_H
#define DETENTE_CHECK_H

#include "detente/model.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Reads a file that a source names: *text is owned by the callback's caller, freed with the environment's allocator
 *  (old size = length).  DT_ERR_IO when it is not there. */
typedef struct dt_check_opts {
    dt_status (*read_source)(void *payload, const char *file, char **text, size_t *length,
                             dt_env *env); /* NULL: quotes are not looked up */
    void *payload;
} dt_check_opts;

DT_API void dt_check_opts_init(dt_check_opts *opts);

typedef struct dt_check_answer {
    size_t evidenced, judged, defaulted;        /* numbers of the model, by evidence */
    size_t uncertain;                           /* of them, uncertain */
    size_t quotes, quotes_found, quotes_unread; /* passages: all, found where cited, in sources that are not at hand */
    size_t findings,
        warnings; /* findings of all kinds, and the warnings among them; they are diagnostics of the environment */
    size_t parties, issues, formats, rules, red_lines, principles, proposals, scenarios, quantities, claims;
    const char *outcomes; /* number of outcomes before rules, as text */
    void *memory;         /* private */
} dt_check_answer;

/** Lints and audits a model that was read.  Findings are added to the diagnostics of env as warnings and notes:
 *  numbers nobody uses, red lines that contradict one another or a rule, options nobody values, proposals that break
 *  rules, formats whose consent rule is odd, numbers without evidence, quoted passages that are not in their source.
 *  Returns DT_OK, DT_ERR_MEMORY, DT_ERR_CANCELLED, DT_ERR_MODEL, DT_ERR_LIMIT.
 *  Owns: *out, free with dt_check_free. */
DT_API DT_NODISCARD dt_status dt_check(dt_check_answer **out, const dt_model *model, const dt_check_opts *opts,
                                       dt_env *env);
DT_API void dt_check_free(dt_check_answer *answer, dt_env *env);

#ifdef __cplusplus
}
#endif
#endif
