/* How wide the columns of a table become on a page, and which of them fit side by side. */
#ifndef DT__RENDER_COLUMNS_H
#define DT__RENDER_COLUMNS_H

#include "document/document.h"

enum { DT__COLUMN_GAP = 2 };

typedef struct dt__columns {
    size_t count;
    size_t *natural; /* of the widest cell */
    size_t *least;   /* of the longest word, within reason */
    size_t *widths;  /* chosen, for the columns shown */
    size_t from, to; /* shown are column 0 and from..to-1; from is at least 1 */
} dt__columns;

/* Measures a table.  Owns: free with dt__columns_clear, also after DT_ERR_MEMORY. */
DT_NODISCARD dt_status dt__columns_init(dt__columns *c, const dt__block *table, dt_env *env);
void dt__columns_clear(dt__columns *c, dt_env *env);

/* Chooses the next columns that fit into `page` and their widths; false when all were shown.  A table that is too
 * wide comes in parts, each with the first column. */
bool dt__columns_next(dt__columns *c, size_t page);
/* Column 0, then from..to-1: the column shown after `column`, or count. */
size_t dt__columns_after(const dt__columns *c, size_t column);

#endif
