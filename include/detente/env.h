/* What every call is given: memory, cancelling, progress, language and a list of diagnostics.
 *
 * The library has no globals and prints nothing.  A dt_env belongs to one thread at a time; two threads
 * use two.  Everything that a function allocates comes from the allocator of the dt_env it was given
 * and is freed with the same one. */
#ifndef DETENTE_ENV_H
#define DETENTE_ENV_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define DT_NODISCARD __attribute__((warn_unused_result))
#define DT_API __attribute__((visibility("default")))
#else
#define DT_NODISCARD
#define DT_API
#endif

/** What a call can come to.  A negative answer (no deal) is DT_OK: it stands in the answer. */
typedef enum dt_status {
    DT_OK = 0,
    DT_ERR_MEMORY,    /* the allocator gave nothing */
    DT_ERR_MODEL,     /* the input is wrong; the diagnostics say where */
    DT_ERR_ARGUMENT,  /* an option names what the model does not have, or is out of range; see the diagnostics */
    DT_ERR_LIMIT,     /* too large to answer exactly within the stated limits; see the diagnostics */
    DT_ERR_IO,        /* reading or writing failed */
    DT_ERR_CANCELLED, /* the caller's cancel callback said so */
    DT_STATUS_COUNT
} dt_status;

/** One English sentence for a status, never NULL. */
DT_API const char *dt_status_text(dt_status status);

/** The version of the library, as "1.2.3". */
DT_API const char *dt_version(void);

/** resize: new_size 0 frees and returns NULL; ptr NULL allocates; NULL on failure leaves ptr valid.
 *  Has to be thread-safe when the environment has more than one thread. */
typedef struct dt_allocator {
    void *(*resize)(void *payload, void *ptr, size_t old_size, size_t new_size);
    void *payload;
} dt_allocator;

/** Where output goes.  write returns DT_OK or DT_ERR_IO. */
typedef struct dt_sink {
    dt_status (*write)(void *payload, const char *bytes, size_t length);
    void *payload;
} dt_sink;

/** Where long input comes from, piece by piece.  read puts at most `room` bytes into `bytes` and sets *got; 0 means the
 *  end.  Returns DT_OK or DT_ERR_IO. */
typedef struct dt_source {
    dt_status (*read)(void *payload, char *bytes, size_t room, size_t *got);
    void *payload;
} dt_source;

typedef enum dt_language { DT_LANG_EN = 0, DT_LANG_ZH_HANT, DT_LANG_COUNT } dt_language;

/** "en", "zh-Hant"; NULL when out of range. */
DT_API const char *dt_language_tag(dt_language language);
/** Finds a language by tag (case is ignored; zh, zh-TW and zh-HK count as zh-Hant); false when unknown. */
DT_API bool dt_language_find(dt_language *language, const char *tag);

/** Marks a text of a front end for translation where it stands in a table. */
#define DT_N(text) text
/** The text in a language, from the catalogue that is built in; msgid itself when it is not there.  Borrowed. */
DT_API const char *dt_translate(dt_language language, const char *msgid);

/** Settings of an environment.  Initialise with dt_env_opts_init, then change what differs. */
typedef struct dt_env_opts {
    dt_allocator allocator;           /* default: malloc, realloc, free */
    bool (*cancelled)(void *payload); /* polled by long loops, from any thread; NULL: never */
    void *cancelled_payload;
    void (*progress)(void *payload, const char *what, double share); /* share 0..1; NULL: none */
    void *progress_payload;
    dt_language language; /* of diagnostics and documents; default English */
    unsigned threads;     /* 0: as many as processors, 1: none beside the caller's */
    double time_limit;    /* seconds for one question; 0: none.  Past it the best answer so far is given, marked */
    size_t memory_limit;  /* bytes that one question may use beside the model; default 2 GiB.  Past it as past the time
                             limit */
} dt_env_opts;

DT_API void dt_env_opts_init(dt_env_opts *opts);

typedef struct dt_env dt_env;

/** New environment; opts NULL means defaults.  Returns DT_OK, DT_ERR_MEMORY.
 *  Owns: *out, free with dt_env_free. */
DT_API DT_NODISCARD dt_status dt_env_new(dt_env **out, const dt_env_opts *opts);
DT_API void dt_env_free(dt_env *env);

typedef enum dt_severity { DT_NOTE = 0, DT_WARNING, DT_ERROR } dt_severity;

/** One finding about the input.  All texts are in the language of the environment. */
typedef struct dt_diagnostic {
    dt_severity severity;
    const char *code; /* stable, lower-case with hyphens: "unknown-key" */
    const char *file; /* "" when it concerns no file */
    uint32_t line;    /* from 1; 0: no line */
    uint32_t column;  /* from 1, in characters; 0: no column */
    const char *text; /* what is wrong and what was expected, one sentence */
    const char *hint; /* what to do, "" when there is nothing to say */
} dt_diagnostic;

/** Number of diagnostics collected so far. */
DT_API size_t dt_env_diagnostic_count(const dt_env *env);
/** The i-th of them, in the order found; borrowed until the next call with this env. */
DT_API const dt_diagnostic *dt_env_diagnostic(const dt_env *env, size_t i);
/** Forgets all diagnostics. */
DT_API void dt_env_diagnostics_clear(dt_env *env);

#ifdef __cplusplus
}
#endif
#endif
