/* Texts of models and documents inside markup: nothing that they hold can become markup. */
#ifndef DT__RENDER_MARKUP_H
#define DT__RENDER_MARKUP_H

#include "document/value.h"

/* Adds a text for HTML, in content or in a quoted attribute; what is no UTF-8 becomes U+FFFD. */
void dt__html_add(dt__text *out, const char *text);
/* Adds the blocks of a document as HTML, headings `deeper` levels down (at most h6).  `titled`: with its first heading.
 */
void dt__html_blocks(dt__text *out, const dt_document *document, unsigned deeper, bool titled);
/* The tables of a document alone. */
void dt__html_tables(dt__text *out, const dt_document *document);
/* The same blocks as Markdown (CommonMark with tables). */
void dt__markdown_blocks(dt__text *out, const dt_document *document, unsigned deeper, bool titled);
/* Adds a text for Markdown. */
void dt__markdown_add(dt__text *out, const char *text);

/* render_json.c: a value as JSON without white space, safe inside a script element. */
void dt__json_embed(dt__text *out, const dt__value *value);

#endif
