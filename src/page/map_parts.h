/* The parts of the map of an agreement: what of the Earth it shows, its incidents, its borders. */
#ifndef DT__PAGE_MAP_PARTS_H
#define DT__PAGE_MAP_PARTS_H

#include "page/page_sections.h"

/* ---- map_frame.c ---- */

typedef struct dt__map_span {
    double west, east, south, north; /* degrees; west <= east, past 180 across the date line */
} dt__map_span;

/* Longitudes are cut where nothing lies; about a pole the map is round.  Plain: x is the longitude times `narrow`, y
 * the latitude.  About a pole: the degrees from it, in the direction of the longitude (azimuthal, equidistant). */
typedef struct dt__map_frame {
    double west;   /* longitudes run from here 360 degrees to the east */
    double narrow; /* a degree of longitude in degrees of latitude, in the middle */
    int pole;      /* 1: the North Pole, -1: the South Pole, 0: neither */
    double size;   /* degrees of latitude: the longer side */
} dt__map_frame;

/* The spans are put into another order. */
dt__map_frame dt__map_frame_of(dt__map_span *spans, size_t count);
void dt__map_project(const dt__map_frame *f, double lon, double lat, double *x, double *y);
void dt__map_unproject(const dt__map_frame *f, double x, double y, double *lon, double *lat); /* lon: -180..180 */

/* ---- map_borders.c ---- */

/* The days from which borders of an agreement that move are shown; fewer than two: it has none that are seen to. */
typedef struct dt__map_days {
    size_t count;
    const int64_t *days; /* as dt_finding.day */
    bool thinned;        /* of more drawings */
} dt__map_days;

dt__map_days dt__map_days_of(dt_document *d, const dt_monitor_answer *m, uint32_t agreement);
/* In what way readings of the agreement use a zone. */
bool dt__map_uses(const dt_monitor_answer *m, uint32_t agreement, size_t zone, bool outside);
/* Adds them to the picture.  before: steps that come before the first day.  Returns the files, none: "". */
const char *dt__map_add_zones(dt_document *d, const dt_monitor_answer *m, uint32_t agreement, const dt__map_days *days,
                              size_t before);
/* Adds the spans of all borders; returns how many there are (list NULL: counts alone). */
size_t dt__map_border_spans(const dt_monitor_answer *m, uint32_t agreement, dt__map_span *list);

/* ---- map_spots.c ---- */

enum { DT__MAP_DIFFERS = DT_VERDICT_COUNT, DT__MAP_UNMET = DT_VERDICT_COUNT + 1 };

/* Incidents at one place, or in one square, with one verdict. */
typedef struct dt__map_spot {
    dt__shown_place place; /* of a square: its middle, and the widest radius of what is in it */
    const char *region;
    unsigned verdict; /* DT__MAP_DIFFERS: by reading */
    size_t step;      /* days of dt__map_days that had begun */
    bool vague;       /* of a square: known only within more than its side */
    size_t incidents, places;
    int64_t first, last;
} dt__map_spot;

typedef struct dt__map_spots {
    size_t count;
    dt__map_spot *items; /* those with a place first */
    size_t placed;       /* of them: with a place */
    double side;         /* metres of the squares; 0: every place stands by itself */
} dt__map_spots;

/* Every place once; false: memory is used up. */
bool dt__map_spots_of(dt_document *d, const dt_answers *a, uint32_t agreement, const dt__map_days *days,
                      dt__map_spots *out);
/* More places than `most` are put together in squares, as small as that number allows. */
void dt__map_square(dt_document *d, dt__map_spots *spots, const dt__map_frame *frame, size_t most);

#endif
