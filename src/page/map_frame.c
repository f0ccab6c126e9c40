#include <math.h>
#include <stdlib.h>

#include "page/map_parts.h"

static const double radians = 3.14159265358979323846 / 180;

/* 0..360 east of another longitude. */
static double east_of(double lon, double from) {
    double turn = fmod(lon - from, 360);
    return turn < 0 ? turn + 360 : turn;
}

static int by_west(const void *a, const void *b) {
    const dt__map_span *x = a, *y = b;
    return (x->west > y->west) - (x->west < y->west);
}

/* In the middle of the widest gap between spans; the date line itself, where it lies in that gap.  *covered: degrees
 * that are not that gap. */
static double cut_of(dt__map_span *spans, size_t count, double *covered) {
    double reach = -INFINITY, widest = 0, west = -180;

    for (size_t i = 0; i < count; i++) {
        double length = fmin(360, spans[i].east - spans[i].west);
        spans[i].west = east_of(spans[i].west, -180) - 180;
        spans[i].east = spans[i].west + length;
        reach = fmax(reach, spans[i].east - 360);
    }
    if (count > 0) qsort(spans, count, sizeof *spans, by_west);
    for (size_t i = 0; i < count; i++) {
        double gap = spans[i].west - reach;
        if (gap > widest) {
            widest = gap;
            west = reach <= -180 ? -180 : reach + gap / 2;
        }
        reach = fmax(reach, spans[i].east);
    }
    *covered = 360 - widest;
    return west;
}

/* Near a pole a map of straight meridians tells nothing of distances. */
static int pole_of(double south, double north, double covered) {
    double nearest = fmax(fabs(south), fabs(north)), farthest = fmin(fabs(south), fabs(north));

    if (south * north < 0 || farthest < 40 || (covered <= 180 && nearest <= 84)) return 0;
    return north > 0 ? 1 : -1;
}

dt__map_frame dt__map_frame_of(dt__map_span *spans, size_t count) {
    double south = 90, north = -90, covered;
    dt__map_frame f = {.west = cut_of(spans, count, &covered)};

    for (size_t i = 0; i < count; i++) {
        south = fmin(south, spans[i].south);
        north = fmax(north, spans[i].north);
    }
    if (south > north) south = north = 0;
    f.pole = pole_of(south, north, covered);
    f.narrow = fmax(0.02, cos((south + north) / 2 * radians));
    f.size = f.pole == 0 ? fmax(covered * f.narrow, north - south) : 2 * (90 - fmin(fabs(south), fabs(north)));
    return f;
}

void dt__map_project(const dt__map_frame *f, double lon, double lat, double *x, double *y) {
    double turn = east_of(lon, f->west), away = 90 - f->pole * lat;

    if (f->pole == 0) {
        *x = (f->west + turn) * f->narrow;
        *y = lat;
        return;
    }
    *x = away * sin((turn - 180) * radians);
    *y = -f->pole * away * cos((turn - 180) * radians);
}

void dt__map_unproject(const dt__map_frame *f, double x, double y, double *lon, double *lat) {
    if (f->pole == 0) {
        *lon = x / f->narrow;
        *lat = fmax(-90, fmin(90, y));
    } else {
        *lon = f->west + 180 + atan2(x, -f->pole * y) / radians;
        *lat = f->pole * (90 - hypot(x, y));
    }
    *lon = east_of(*lon, -180) - 180;
}
