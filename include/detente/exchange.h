/* Negotiation domains of other programs, as text in the model language: read with dt_model_read, kept as a file, or
 * both, so that what was imported and what is exported are one thing.  docs/formats.md says what is read, and how.
 *
 * Nothing is opened, fetched or run: a domain is the bytes that are given.  Keeps nothing.  Thread-safe. */
#ifndef DETENTE_EXCHANGE_H
#define DETENTE_EXCHANGE_H

#include "detente/env.h"

#ifdef __cplusplus
extern "C" {
#endif

/** A file: its name, for diagnostics and for what is named after it, and its bytes; borrowed. */
typedef struct dt_file {
    const char *name;
    const char *bytes;
    size_t length;
} dt_file;

typedef enum dt_foreign {
    DT_FOREIGN_NONE = 0,  /* the model language, or nothing that is known here */
    DT_FOREIGN_GENIUS,    /* Genius XML: a domain and profiles */
    DT_FOREIGN_GENIUSWEB, /* GeniusWeb JSON: profiles, which hold their domain */
    DT_FOREIGN_NEGOLOG,   /* NegoLog JSON: profiles without a domain of their own */
    DT_FOREIGN_SCORABLE,  /* a scorable game: a list of parties and a file of scores for each */
    DT_FOREIGN_NEGMAS,    /* NegMAS YAML: an outcome space and utility functions */
    DT_FOREIGN_GMCR,      /* GMCR+ JSON: a graph model of options that parties take or do not take */
    DT_FOREIGN_COUNT
} dt_foreign;

/** "Genius", "GeniusWeb", ...; "" for none and what is out of range. */
DT_API const char *dt_foreign_name(dt_foreign foreign);

/** Initialise with dt_import_opts_init, then change what differs. */
typedef struct dt_import_opts {
    bool raw_weights; /* keep weights that do not sum to one; default: divide them by their sum */
} dt_import_opts;

DT_API void dt_import_opts_init(dt_import_opts *opts);

/** What the files are, by their content and never by their names: what the first file that is known says.
 *  Cost: linear in the bytes. */
DT_API dt_foreign dt_foreign_recognise(const dt_file *files, size_t count);

/** Reads a domain with the preferences of its parties, in any order of files, and writes it in the model language.
 *  opts NULL: defaults.  What is wrong, and what was read by a stated rule (warnings and notes), is collected as
 *  diagnostics in env.  Returns DT_OK, DT_ERR_MODEL, DT_ERR_LIMIT, DT_ERR_MEMORY, DT_ERR_CANCELLED; *text is NULL
 *  unless DT_OK.
 *  Owns: *text, *length bytes and a zero byte, free with dt_import_free.
 *  Cost: linear in the bytes, n log n in the options of an issue.
 *  Ref: docs/formats.md */
DT_API DT_NODISCARD dt_status dt_import(char **text, size_t *length, const dt_file *files, size_t count,
                                        const dt_import_opts *opts, dt_env *env);
DT_API void dt_import_free(char *text, size_t length, dt_env *env);

#ifdef __cplusplus
}
#endif
#endif
