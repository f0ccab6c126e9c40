/* One import: its files, its memory, its findings, and the domain that the files of one format become.
 *
 * A failure that is no finding about a file (memory, a limit, cancelling) is kept in `status`, once; after it every
 * function returns at once with nothing.  Findings become diagnostics, and reading goes on to collect several. */
#ifndef DT__EXCHANGE_IMPORT_H
#define DT__EXCHANGE_IMPORT_H

#include "base/arena.h"
#include "base/catalog.h"
#include "base/vector.h"
#include "detente/exchange.h"
#include "exchange/foreign.h"

enum { DT__MAX_FOREIGN = 16 << 20, DT__MAX_FINDINGS = 100 };

typedef struct dt__import {
    dt_env *env;
    const dt_file *files;
    size_t count;
    dt_import_opts opts;
    dt__arena arena; /* all that is read, until the text is written */
    dt__foreign domain;
    dt_status status;
    size_t errors_before;
} dt__import;

/* Was anything wrong so far? */
bool dt__import_failed(const dt__import *x);

/* ---- memory; NULL sets status ---- */

void *dt__import_alloc(dt__import *x, size_t count, size_t item);
#define DT__IMPORT_ARRAY(x, type, count) ((type *)dt__import_alloc((x), (count), sizeof(type)))
const char *dt__import_string(dt__import *x, const char *bytes, size_t length);
/* The text without white space at its ends. */
const char *dt__import_trimmed(dt__import *x, const char *bytes, size_t length);
/* Hands a text over to the arena and clears it. */
const char *dt__import_keep(dt__import *x, dt__text *text);

/* ---- findings ---- */

void dt__import_error(dt__import *x, dt__place place, const char *code, const char *msgid, ...)
    __attribute__((sentinel));
void dt__import_warning(dt__import *x, dt__place place, const char *code, const char *msgid, ...)
    __attribute__((sentinel));
void dt__import_note(dt__import *x, dt__place place, const char *code, const char *msgid, ...)
    __attribute__((sentinel));
void dt__import_hint(dt__import *x, const char *msgid, ...) __attribute__((sentinel));
/* A place in a file that is known only as a whole. */
static inline dt__place dt__place_of_file(const dt_file *file) {
    return (dt__place){.file = file->name};
}

/* ---- numbers as other programs write them: decimals with an exponent; no fractions, no per cent ---- */

bool dt__foreign_number(dt__rational *out, const char *text);
/* The same, with an error when it is none. */
bool dt__import_number(dt__import *x, dt__place place, const char *what, const char *text, dt__rational *out);
bool dt__import_whole(dt__import *x, dt__place place, const char *what, const char *text, int64_t *out);
/* Said when exact arithmetic leaves 128 bits. */
void dt__import_too_large(dt__import *x, dt__place place, const char *what);

/* ---- names of files ---- */

/* Without folders and without the last extension. */
const char *dt__file_stem(dt__import *x, const char *name);

/* ---- one importer for each format: files into x->domain ---- */

void dt__import_genius(dt__import *x);
void dt__import_geniusweb(dt__import *x);
void dt__import_negolog(dt__import *x);
void dt__import_scorable(dt__import *x);
void dt__import_negmas(dt__import *x);
/* A graph model has no weights and values: it is written as it is read. */
void dt__import_gmcr(dt__import *x, dt__text *out);

/* Gives everything an id and writes x->domain in the model language. */
void dt__emit(dt__import *x, dt__text *out);

#endif
