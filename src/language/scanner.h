/* Words and signs of conditions and formulas. */
#ifndef DT__LANGUAGE_SCANNER_H
#define DT__LANGUAGE_SCANNER_H

#include "language/reader.h"

typedef enum dt__token_kind {
    DT__TOKEN_END = 0,
    DT__TOKEN_WORD,
    DT__TOKEN_QUOTED,
    DT__TOKEN_SIGN,
    DT__TOKEN_WRONG
} dt__token_kind;

typedef struct dt__token {
    dt__token_kind kind;
    size_t start, length; /* in the text */
    const char *text;     /* the word, the name without its quotes, the sign */
} dt__token;

typedef struct dt__scanner {
    dt__reader *r;
    const dt__node *node; /* where the text stands */
    const char *text;
    size_t length;
    const char *const *signs; /* longest first, ended by NULL */
    dt__token token;          /* the one we are at */
    unsigned depth, nodes;
    bool failed; /* a finding ended the reading of this text */
} dt__scanner;

void dt__scanner_init(dt__scanner *s, dt__reader *r, const dt__node *node, const char *text, const char *const *signs);
void dt__scanner_next(dt__scanner *s);
bool dt__scanner_at(const dt__scanner *s, const char *word); /* this sign or bare word */
bool dt__scanner_accept(dt__scanner *s, const char *word);
/* Splits a sign of length one off the word we are at: "-x" becomes "-" and "x". */
void dt__scanner_split(dt__scanner *s);
/* Place of the token we are at; only of the whole text where columns are not known. */
dt__place dt__scanner_place(const dt__scanner *s);
/* What stands at the token, for messages. */
const char *dt__scanner_found(const dt__scanner *s);
/* Counts one more node and one more level; false, with a finding, beyond the limits. */
bool dt__scanner_enter(dt__scanner *s);
bool dt__scanner_count(dt__scanner *s);

#endif
