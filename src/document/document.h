/* A document while it is built: blocks for people, a value for programs.
 *
 * Everything lies in one arena and every text is copied into it.  A failed allocation sets `failed`; building goes on
 * with empty texts, and dt__document_finish turns it into DT_ERR_MEMORY, so that no caller looks in between. */
#ifndef DT__DOCUMENT_H
#define DT__DOCUMENT_H

#include "base/text.h"
#include "detente/report.h"
#include "model/model.h"

struct dt__value;

typedef enum dt__emphasis { DT__PLAIN = 0, DT__GOOD, DT__BAD, DT__STRONG } dt__emphasis;
typedef enum dt__align { DT__LEFT = 0, DT__RIGHT } dt__align;
typedef enum dt__block_kind { DT__HEADING = 0, DT__PARAGRAPH, DT__BULLETS, DT__TABLE } dt__block_kind;

typedef struct dt__cell {
    const char *text; /* NULL: empty */
    dt__emphasis emphasis;
} dt__cell;

typedef struct dt__row {
    dt__cell *cells; /* one per column */
    size_t filled;
    struct dt__row *next;
} dt__row;

typedef struct dt__column {
    const char *title; /* "" in every column: a list of keys and values, printed without a head */
    dt__align align;
} dt__column;

typedef struct dt__block {
    dt__block_kind kind;
    unsigned level;   /* of a heading, from 1 */
    bool typed;       /* a paragraph for those who type commands, no part of a page */
    const char *page; /* of a typed one: what a page says instead; NULL: nothing */
    const char *text; /* heading, paragraph */
    size_t column_count;
    dt__column *columns;
    dt__row *first, *last; /* of a table; of bullets one cell each */
    struct dt__block *next;
} dt__block;

enum { DT__KNOWN_TEXTS = 2048 };

/* A text that was copied: its copy holds as long as the text at that place is still the same. */
typedef struct dt__known_text {
    const char *from, *copy;
} dt__known_text;

struct dt_document {
    dt_env *env;           /* while it is built */
    const dt_model *model; /* while it is built */
    dt__arena arena;
    bool failed;
    dt__block *first, *last;
    struct dt__value *answer;
    const char *title, *file, *sha256;     /* of what was read, when that is no model */
    dt__known_text known[DT__KNOWN_TEXTS]; /* by place, the latest of those that fall together */
};

/* A document of a model, NULL when there is no memory. */
dt_document *dt__document_new(const dt_model *model, dt_env *env);
/* Hands a built document over: DT_OK, or DT_ERR_MEMORY and the document is freed. */
dt_status dt__document_finish(dt_document **out, dt_document *d, dt_env *env);

/* ---- texts; "" when memory fails ---- */

const char *dt__document_copy(dt_document *d, const char *text);
/* Of so many bytes. */
const char *dt__document_bytes(dt_document *d, const char *bytes, size_t length);
/* Copies what a buffer holds, and clears it. */
const char *dt__document_take(dt_document *d, dt__text *text);
/* A translated message with its const char * arguments, ended by NULL. */
const char *dt__say(dt_document *d, const char *msgid, ...) __attribute__((sentinel));
/* A translated text without arguments. */
const char *dt__word(dt_document *d, const char *msgid);

/* ---- blocks ---- */

void dt__heading(dt_document *d, unsigned level, const char *text);
void dt__paragraph(dt_document *d, const char *text);
/* The same, on what can be typed next: left out of pages. */
void dt__next_command(dt_document *d, const char *text);
/* A paragraph that names an option, and what a page says instead, where nothing can be typed. */
void dt__paragraph_or(dt_document *d, const char *text, const char *page);
/* "… and 5 more (see --json).": of a list that is not told to its end. */
void dt__and_more(dt_document *d, size_t count);
dt__block *dt__bullets(dt_document *d);
void dt__bullet(dt_document *d, dt__block *bullets, const char *text);
/* A table with these columns; their titles are messages (DT__N).  NULL titles: columns to be named one by one. */
dt__block *dt__table(dt_document *d, const dt__column *columns, size_t count);
#define DT__TABLE_OF(d, columns) dt__table((d), (columns), sizeof(columns) / sizeof *(columns))
void dt__table_column(dt_document *d, dt__block *table, size_t column, const char *title, dt__align align);
void dt__table_row(dt_document *d, dt__block *table);
void dt__table_cell(dt_document *d, dt__block *table, const char *text,
                    dt__emphasis emphasis);  /* the next of the newest row */
void dt__table_drop_empty(dt__block *table); /* leaves out the columns without a text, the first excepted */

#endif
