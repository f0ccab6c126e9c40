/* A model of a negotiation: read from text, validated, immutable.
 *
 * Read-only after dt_model_read; any number of threads may use one model, each with its own dt_env.
 * It is freed with the environment it was read with, which has to outlive it. */
#ifndef DETENTE_MODEL_H
#define DETENTE_MODEL_H

#include "detente/env.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct dt_model dt_model;

/** Reads a model from text in the model language (docs/language.md).
 *  name: the file's name, for diagnostics.  All that is wrong is collected as diagnostics in env.
 *  Returns DT_OK, DT_ERR_MODEL, DT_ERR_LIMIT, DT_ERR_MEMORY, DT_ERR_CANCELLED; *out is NULL unless DT_OK.
 *  Owns: *out, free with dt_model_free.
 *  Cost: linear in the text. */
DT_API DT_NODISCARD dt_status dt_model_read(dt_model **out, const char *text, size_t length, const char *name,
                                            dt_env *env);
DT_API void dt_model_free(dt_model *model);

/** Writes the canonical form: reading it back gives the same model.
 *  Returns DT_OK, DT_ERR_IO, DT_ERR_MEMORY. */
DT_API DT_NODISCARD dt_status dt_model_write(const dt_model *model, const dt_sink *sink, dt_env *env);

/** Title in a language, "" when there is none; borrowed. */
DT_API const char *dt_model_title(const dt_model *model, dt_language language);
/** Name it was read under, and SHA-256 of the text as 64 hexadecimal digits; borrowed. */
DT_API const char *dt_model_file(const dt_model *model);
DT_API const char *dt_model_sha256(const dt_model *model);

DT_API size_t dt_model_party_count(const dt_model *model);
DT_API size_t dt_model_issue_count(const dt_model *model);
DT_API size_t dt_model_format_count(const dt_model *model);
/** Parties that have preferences. */
DT_API size_t dt_model_preference_count(const dt_model *model);
/** Ids by index, NULL past the end; borrowed. */
DT_API const char *dt_model_party_id(const dt_model *model, size_t party);
DT_API const char *dt_model_issue_id(const dt_model *model, size_t issue);
DT_API const char *dt_model_format_id(const dt_model *model, size_t format);
DT_API size_t dt_model_scenario_count(const dt_model *model);
DT_API const char *dt_model_scenario_id(const dt_model *model, size_t scenario);
DT_API size_t dt_model_option_count(const dt_model *model, size_t issue);
DT_API const char *dt_model_option_id(const dt_model *model, size_t issue, size_t option);

#ifdef __cplusplus
}
#endif
#endif
