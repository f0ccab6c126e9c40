/* Rows of an export: the same fields as lines of CSV or as features of GeoJSON (RFC 7946), written as they come. */
#ifndef DT__BASE_EXPORT_ROWS_H
#define DT__BASE_EXPORT_ROWS_H

#include <math.h>

#include "base/text.h"

typedef enum dt__field_kind {
    DT__FIELD_TEXT = 0, /* NULL: nothing */
    DT__FIELD_NUMBER,   /* not finite: nothing */
    DT__FIELD_FLAG,     /* `number` is not 0 */
    DT__FIELD_MOMENT,   /* seconds since 1970 UTC; INT64_MIN, INT64_MAX: nothing */
    DT__FIELD_DAY,      /* its day */
    DT__FIELD_LONGITUDE,
    DT__FIELD_LATITUDE /* both finite: the geometry of a feature, behind one another; numbers in CSV */
} dt__field_kind;

typedef struct dt__field {
    const char *name;
    dt__field_kind kind;
    const char *text;
    double number;
    int64_t moment;
} dt__field;

#define DT__TEXT_FIELD(name, value) ((dt__field){(name), DT__FIELD_TEXT, (value), 0, 0})
#define DT__NUMBER_FIELD(name, value) ((dt__field){(name), DT__FIELD_NUMBER, NULL, (value), 0})
#define DT__FLAG_FIELD(name, value) ((dt__field){(name), DT__FIELD_FLAG, NULL, (value) ? 1 : 0, 0})
#define DT__MOMENT_FIELD(name, value) ((dt__field){(name), DT__FIELD_MOMENT, NULL, 0, (value)})
/* Degrees; known false: empty cells. */
#define DT__LONGITUDE_FIELD(known, degrees) \
    ((dt__field){"longitude", DT__FIELD_LONGITUDE, NULL, (known) ? (degrees) : NAN, 0})
#define DT__LATITUDE_FIELD(known, degrees) \
    ((dt__field){"latitude", DT__FIELD_LATITUDE, NULL, (known) ? (degrees) : NAN, 0})
#define DT__DAY_FIELD(name, value) ((dt__field){(name), DT__FIELD_DAY, NULL, 0, (value)})

typedef struct dt__export {
    const dt_sink *sink;
    bool geojson;
    uint64_t rows;
    dt__text text;
} dt__export;

/* The first row names the columns; without a row an export of CSV holds the names given to the end, of GeoJSON an empty
 * collection.  The first field is the id of a feature.  DT_OK, DT_ERR_IO, DT_ERR_MEMORY. */
void dt__export_begin(dt__export *e, bool geojson, const dt_sink *sink, dt_env *env);
DT_NODISCARD dt_status dt__export_row(dt__export *e, const dt__field *fields, size_t count);
/* Writes the rest and frees; status: of what went before. */
DT_NODISCARD dt_status dt__export_end(dt__export *e, const dt__field *fields, size_t count, dt_status status);

/* One cell: quoted where it has to be.  What a spreadsheet would take for a formula (=, +, -, @, a tab or a carriage
 * return first, apostrophes before it or not) gets an apostrophe in front. */
void dt__text_add_cell(dt__text *out, const char *text);

#endif
