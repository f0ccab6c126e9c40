/* Zones: drawn in files, by date where they move, or made of others. */
#include <string.h>

#include "language/agreements.h"
#include "moment/moment.h"

enum {
    ZONE_NAME,
    ZONE_FILE,
    ZONE_BY_DATE,
    ZONE_FEATURE,
    ZONE_CLASS,
    ZONE_SIDE,
    ZONE_BUFFER,
    ZONE_UNCERTAINTY,
    ZONE_INSIDE,
    ZONE_ALL_OF,
    ZONE_OUTSIDE,
    ZONE_KEYS
};
static const dt__key zone_keys[ZONE_KEYS] = {
    [ZONE_NAME] = {.name = "name"},       [ZONE_FILE] = {.name = "file"},
    [ZONE_BY_DATE] = {.name = "by_date"}, [ZONE_FEATURE] = {.name = "feature"},
    [ZONE_CLASS] = {.name = "class"},     [ZONE_SIDE] = {.name = "side"},
    [ZONE_BUFFER] = {.name = "buffer_m"}, [ZONE_UNCERTAINTY] = {.name = "uncertainty_m"},
    [ZONE_INSIDE] = {.name = "inside"},   [ZONE_ALL_OF] = {.name = "all_of"},
    [ZONE_OUTSIDE] = {.name = "outside"}};

/* ---- a drawn zone ---- */

static void read_metres(dt__reader *r, const dt__node *node, dt__rational *metres) {
    *metres = DT__RATIONAL(0);
    if (dt__read_exact(r, node, metres) && dt__rational_compare(*metres, DT__RATIONAL(0)) < 0)
        dt__reader_error(r, node, "bad-range", "a distance is negative; expected metres from 0 on", NULL);
}

static void read_version(dt__reader *r, const dt__node *node, dt__zone_version *version) {
    dt__written written;

    version->date = node->key->text;
    version->file = dt__read_path(r, node);
    if (!dt__written_parse(&written, version->date, DT__YEAR_FIRST) || written.precision != DT__PRECISION_DAY) {
        dt__reader_error(r, node->key, "bad-date", "“{0}” is no day; expected one like 2025-04-19", version->date,
                         NULL);
        return;
    }
    version->day = dt__days_of(written.wall.year, written.wall.month, written.wall.day);
}

/* Kept in order of time: insertion, for they are mostly written so. */
static void read_versions(dt__reader *r, const dt__node *node, dt__zone_term *zone) {
    dt__zone_version *list;

    if (node->kind != DT__NODE_MAPPING || node->count == 0) {
        dt__reader_error(r, node, "wrong-type",
                         "expected a file for each day here, such as {2025-04-19: front.geojson}", NULL);
        return;
    }
    if ((list = DT__READER_ARRAY(r, dt__zone_version, node->count)) == NULL) return;
    zone->versions = list;
    DT__EACH(child, node) {
        dt__zone_version version = {0};
        size_t at = zone->version_count;
        read_version(r, child, &version);
        for (; at > 0 && list[at - 1].day > version.day; at--) list[at] = list[at - 1];
        list[at] = version;
        if (at > 0 && list[at - 1].day == version.day && r->status == DT_OK)
            dt__reader_error(r, child->key, "duplicate-key", "the day “{0}” stands here a second time", version.date,
                             NULL);
        zone->version_count++;
    }
}

static void read_side(dt__reader *r, const dt__node *node, dt__zone_term *zone) {
    static const char *const sides[] = {"inside", "outside"};
    const char *side = dt__read_text(r, node);

    zone->other_side = side != NULL && strcmp(side, "outside") == 0;
    if (side == NULL || zone->other_side || strcmp(side, "inside") == 0) return;
    dt__reader_error(r, node, "wrong-type", "expected inside or outside instead of “{0}”", side, NULL);
    (void)dt__reader_hint_nearest(r, side, sides, 2);
}

static void read_drawn(dt__reader *r, const dt__node *const *f, dt__zone_term *zone) {
    zone->file = dt__read_path(r, f[ZONE_FILE]);
    if (f[ZONE_BY_DATE] != NULL) read_versions(r, f[ZONE_BY_DATE], zone);
    zone->feature = dt__read_text(r, f[ZONE_FEATURE]);
    zone->sort = dt__read_text(r, f[ZONE_CLASS]);
    dt__note_site_class(r, f[ZONE_CLASS]);
    read_side(r, f[ZONE_SIDE], zone);
    read_metres(r, f[ZONE_BUFFER], &zone->buffer_m);
    read_metres(r, f[ZONE_UNCERTAINTY], &zone->uncertainty_m);
}

/* ---- any zone ---- */

static void read_group(dt__reader *r, const dt__node *const *f, dt__zone_group *group);

/* A zone is drawn in one file, or by dates, or made of others. */
static void check_kind(dt__reader *r, const dt__node *node, const dt__node *const *f, bool group) {
    bool drawn = f[ZONE_FILE] != NULL || f[ZONE_BY_DATE] != NULL;

    if (!drawn && !group) {
        dt__reader_error(r, node, "missing-key", "the key “{0}” is missing here", "file", NULL);
        dt__reader_hint(r, "a zone is a `file`, files `by_date`, or zones under `inside`, `all_of` and `outside`",
                        NULL);
        return;
    }
    if (f[ZONE_FILE] != NULL && f[ZONE_BY_DATE] != NULL)
        dt__reader_error(r, f[ZONE_BY_DATE]->key, "two-forms", "a zone has either one `file` or files `by_date`", NULL);
    for (size_t i = ZONE_FILE; group && i <= ZONE_UNCERTAINTY; i++)
        if (f[i] != NULL)
            dt__reader_error(r, f[i]->key, "two-forms", "“{0}” has no place in a zone that is made of others",
                             f[i]->key->text, NULL);
}

static void read_zone(dt__reader *r, const dt__node *node, dt__zone_term *zone) {
    const dt__node *f[ZONE_KEYS];

    zone->place = dt__reader_place(r, node);
    zone->buffer_m = zone->uncertainty_m = DT__RATIONAL(0);
    if (!dt__read_fields(r, node, zone_keys, ZONE_KEYS, f)) return;
    zone->name = dt__read_label(r, f[ZONE_NAME]);
    zone->is_group = f[ZONE_INSIDE] != NULL || f[ZONE_ALL_OF] != NULL || f[ZONE_OUTSIDE] != NULL;
    check_kind(r, node, f, zone->is_group);
    if (zone->is_group) read_group(r, f, &zone->of);
    else read_drawn(r, f, zone);
}

static const dt__zone_term *read_zones(dt__reader *r, const dt__node *node, size_t *count) {
    dt__zone_term *zones = DT__READER_ARRAY(r, dt__zone_term, dt__read_list(r, node));

    if (zones == NULL || node == NULL || node->kind != DT__NODE_SEQUENCE) return zones;
    DT__EACH(child, node) read_zone(r, child, &zones[(*count)++]);
    return zones;
}

static void read_group(dt__reader *r, const dt__node *const *f, dt__zone_group *group) {
    group->inside = read_zones(r, f[ZONE_INSIDE], &group->inside_count);
    group->every = read_zones(r, f[ZONE_ALL_OF], &group->every_count);
    group->outside = read_zones(r, f[ZONE_OUTSIDE], &group->outside_count);
}

void dt__read_where(dt__reader *r, const dt__node *node, dt__zone_group *where) {
    static const dt__key keys[] = {{.name = "inside"}, {.name = "all_of"}, {.name = "outside"}};
    const dt__node *f[ZONE_KEYS] = {NULL};

    if (node == NULL || (node->kind == DT__NODE_SCALAR && strcmp(node->text, "anywhere") == 0)) return;
    if (dt__read_fields(r, node, keys, sizeof keys / sizeof *keys, f + ZONE_INSIDE)) read_group(r, f, where);
}
