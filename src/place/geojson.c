#include "place/geojson.h"

#include <string.h>

#include "base/catalog.h"
#include "base/json_scan.h"

/* Coordinates of one geometry before its type is known: positions, and where arrays of arrays ended. */
typedef struct coordinates {
    dt__vector points; /* dt__point */
    dt__vector ends;   /* level_end */
    int depth;         /* of arrays around a position; -1: none seen */
} coordinates;

typedef struct level_end {
    uint32_t points; /* that stood before */
    int level;       /* 0: the array of one position's siblings ended (a run), 1: an array of runs (a part) */
} level_end;

enum { MOST_TEXTS = 64, LONGEST_TEXT = 400, MOST_KEYS = 256 };

typedef struct reading {
    dt__json_scan scan;
    dt__shapes *shapes;
    dt__vector *features;
    dt__arena *arena;
    const char *name_key, *file;
    dt_env *env;
    coordinates at;
    bool has_geometry;
    char type[32];           /* of the geometry at hand */
    const char *name, *sort; /* of the feature at hand */
    int name_rank;           /* how good a name it is: smaller is better */
    dt__vector texts;        /* dt__text_property, of the feature at hand */
    dt__vector keys;         /* const char *: of all features; each is kept once */
} reading;

static dt__json_token next(reading *r) {
    return dt__json_next(&r->scan);
}

/* ---- what is wrong ---- */

static dt_status refuse(reading *r, const char *msgid, const char *argument) {
    dt__place place = {.file = r->file, .line = r->scan.line, .column = r->scan.column};

    if (r->scan.status != DT_OK) return r->scan.status;
    dt__diagnose(r->env, DT_ERROR, place, "geojson", msgid, argument, NULL);
    return DT_ERR_MODEL;
}

static dt_status unexpected(reading *r, const char *msgid) {
    if (r->scan.wrong != NULL) return refuse(r, r->scan.wrong, NULL);
    return refuse(r, msgid, NULL);
}

/* ---- coordinates ---- */

/* The numbers of one position; the first has been read.  Heights and what follows them are passed by. */
static dt_status read_position(reading *r) {
    double numbers[2] = {r->scan.number, 0};
    size_t count = 1;
    dt__json_token token;

    while ((token = next(r)) == DT__JSON_NUMBER) {
        if (count < 2) numbers[count] = r->scan.number;
        count++;
    }
    if (token != DT__JSON_ARRAY_END || count < 2)
        return unexpected(r, DT__N("a position of two numbers was expected here"));
    if (!(numbers[0] >= -180 && numbers[0] <= 180 && numbers[1] >= -90 && numbers[1] <= 90))
        return refuse(r, DT__N("this position is not on the Earth; degrees of longitude, then latitude, were expected"),
                      NULL);
    return dt__vector_push(&r->at.points, &(dt__point){.lon = numbers[0], .lat = numbers[1]}, r->env);
}

/* Arrays down to positions; levels are counted from the positions up once their depth is known. */
static dt_status read_coordinates(reading *r) {
    int depth = 1;
    dt_status st = DT_OK;

    r->at.points.count = r->at.ends.count = 0;
    r->at.depth = -1;
    if (next(r) != DT__JSON_ARRAY) return unexpected(r, DT__N("an array of coordinates was expected here"));
    while (depth > 0 && st == DT_OK) {
        dt__json_token token = next(r);
        if (token == DT__JSON_ARRAY && depth < 5) depth++;
        else if (token == DT__JSON_NUMBER && (r->at.depth < 0 || r->at.depth == depth)) {
            r->at.depth = depth;
            st = read_position(r);
            depth--;
        } else if (token == DT__JSON_ARRAY_END) {
            depth--;
            if (r->at.depth > 0 && depth + 1 < r->at.depth)
                st = dt__vector_push(&r->at.ends, &(level_end){(uint32_t)r->at.points.count, r->at.depth - depth - 2},
                                     r->env);
        } else st = unexpected(r, DT__N("an array of coordinates was expected here"));
    }
    return st;
}

/* ---- geometries ---- */

typedef struct geometry_kind {
    const char *type;
    dt__shape_kind part;
    int depth;        /* of arrays around a position */
    bool run_is_part; /* every run (every position of points) is a part of its own */
} geometry_kind;

static const geometry_kind *kind_of(const char *type) {
    static const geometry_kind kinds[] = {
        {"Polygon", DT__SHAPE_POLYGON, 3, false}, {"MultiPolygon", DT__SHAPE_POLYGON, 4, false},
        {"LineString", DT__SHAPE_LINE, 2, true},  {"MultiLineString", DT__SHAPE_LINE, 3, true},
        {"Point", DT__SHAPE_POINT, 1, true},      {"MultiPoint", DT__SHAPE_POINT, 2, true}};

    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(kinds[i].type, type) == 0) return &kinds[i];
    return NULL;
}

static dt_status add_points(reading *r) {
    dt_status st = DT_OK;

    for (size_t i = 0; i < r->at.points.count && st == DT_OK; i++) {
        st = dt__shapes_part(r->shapes, DT__SHAPE_POINT);
        if (st == DT_OK) st = dt__shapes_run(r->shapes, DT__AT(r->at.points, dt__point, i), 1);
    }
    return st;
}

static dt_status add_runs(reading *r, const geometry_kind *kind) {
    bool open = false; /* a part that further runs belong to */
    uint32_t from = 0;
    dt_status st = DT_OK;

    for (size_t i = 0; i < r->at.ends.count && st == DT_OK; i++) {
        const level_end *end = DT__AT(r->at.ends, level_end, i);
        if (end->level > 0) {
            open = false;
            continue;
        }
        if (kind->part == DT__SHAPE_POLYGON && end->points - from < 3)
            return refuse(r, DT__N("a ring of a polygon has fewer than three corners"), NULL);
        if (!open || kind->run_is_part) st = dt__shapes_part(r->shapes, kind->part);
        open = true;
        if (st == DT_OK) st = dt__shapes_run(r->shapes, DT__AT(r->at.points, dt__point, from), end->points - from);
        from = end->points;
    }
    return st;
}

static dt_status add_geometry(reading *r, bool has_coordinates) {
    const geometry_kind *kind = kind_of(r->type);

    if (strcmp(r->type, "GeometryCollection") == 0) return DT_OK; /* its members were added as they were read */
    if (kind == NULL) return refuse(r, DT__N("`{0}` is no kind of geometry known here"), r->type);
    if (!has_coordinates || (r->at.depth > 0 && r->at.depth != kind->depth))
        return refuse(r, DT__N("the coordinates do not have the shape of a {0}"), r->type);
    r->has_geometry = r->has_geometry || r->at.points.count > 0;
    return kind->part == DT__SHAPE_POINT ? add_points(r) : add_runs(r, kind);
}

static void keep_type(reading *r) {
    const char *text = dt__text_get(&r->scan.text);
    size_t length = strlen(text) < sizeof r->type ? strlen(text) : sizeof r->type - 1;

    memcpy(r->type, text, length);
    r->type[length] = '\0';
}

static dt_status read_geometry(reading *r, int nesting);

static dt_status read_members(reading *r, int nesting) {
    dt__json_token token;
    dt_status st = DT_OK;

    if (next(r) != DT__JSON_ARRAY) return unexpected(r, DT__N("an array of geometries was expected here"));
    while (st == DT_OK && (token = next(r)) != DT__JSON_ARRAY_END) {
        if (token != DT__JSON_OBJECT || nesting > 8) return unexpected(r, DT__N("a geometry was expected here"));
        st = read_geometry(r, nesting + 1);
    }
    return st;
}

/* After the opening bracket. */
static dt_status read_geometry(reading *r, int nesting) {
    char type[sizeof r->type] = "";
    bool has_coordinates = false;
    dt__json_token token;
    dt_status st = DT_OK;

    while (st == DT_OK && (token = next(r)) != DT__JSON_OBJECT_END) {
        const char *key = dt__text_get(&r->scan.text);
        if (token != DT__JSON_KEY) return unexpected(r, DT__N("a geometry was expected here"));
        if (strcmp(key, "type") == 0) {
            if (next(r) != DT__JSON_STRING) return unexpected(r, DT__N("a type in quotation marks was expected here"));
            keep_type(r);
            memcpy(type, r->type, sizeof type);
        } else if (strcmp(key, "coordinates") == 0) {
            st = read_coordinates(r);
            has_coordinates = true;
        } else if (strcmp(key, "geometries") == 0) st = read_members(r, nesting);
        else if (dt__json_skip(&r->scan, next(r)) >= DT__JSON_WRONG)
            return unexpected(r, DT__N("a geometry was expected here"));
    }
    memcpy(r->type, type, sizeof type);
    return st == DT_OK ? add_geometry(r, has_coordinates) : st;
}

/* ---- features ---- */

/* The place of a property among those that usually are names; -1: it is none of them. */
static int usual_rank(const char *key) {
    static const char *const usual[] = {"name", "NAME", "id", "ID", "title"};

    for (int i = 0; i < (int)(sizeof usual / sizeof *usual); i++)
        if (strcmp(key, usual[i]) == 0) return i;
    return -1;
}

/* How good a property is as a name; -1: none. */
static int name_rank(const reading *r, const char *key) {
    if (r->name_key != NULL) return strcmp(key, r->name_key) == 0 ? 0 : -1;
    return usual_rank(key);
}

dt__named dt__feature_named(const dt__feature *feature, const char *text) {
    dt__named best = DT__NAMED_NOT;

    if (feature->name != NULL && strcmp(feature->name, text) == 0) return DT__NAMED_SO;
    for (uint32_t i = 0; i < feature->text_count && best != DT__NAMED_USUALLY; i++)
        if (strcmp(feature->texts[i].value, text) == 0)
            best = usual_rank(feature->texts[i].key) >= 0 ? DT__NAMED_USUALLY : DT__NAMED_ANYHOW;
    return best;
}

/* NULL: there are too many of them, or *st says why. */
static const char *key_kept(reading *r, dt_status *st) {
    const char *key = dt__text_get(&r->scan.text), *copy;

    for (size_t i = 0; i < r->keys.count; i++)
        if (strcmp(*DT__AT(r->keys, const char *, i), key) == 0) return *DT__AT(r->keys, const char *, i);
    if (r->keys.count == MOST_KEYS || r->texts.count == MOST_TEXTS) return NULL;
    copy = dt__arena_string(r->arena, key, r->scan.text.length);
    *st = copy == NULL ? DT_ERR_MEMORY : dt__vector_push(&r->keys, &copy, r->env);
    return *st == DT_OK ? copy : NULL;
}

static dt_status keep_text(reading *r, const char *key) {
    dt__text_property text = {.key = key};

    if (r->scan.text.length == 0 || r->scan.text.length > LONGEST_TEXT || r->texts.count == MOST_TEXTS) return DT_OK;
    text.value = dt__arena_string(r->arena, dt__text_get(&r->scan.text), r->scan.text.length);
    return text.value == NULL ? DT_ERR_MEMORY : dt__vector_push(&r->texts, &text, r->env);
}

static dt_status read_properties(reading *r) {
    dt__json_token token = next(r);
    dt_status st = DT_OK;

    if (token == DT__JSON_NULL) return DT_OK;
    if (token != DT__JSON_OBJECT) return unexpected(r, DT__N("the properties of a feature were expected here"));
    while ((token = next(r)) == DT__JSON_KEY) {
        int rank = name_rank(r, dt__text_get(&r->scan.text));
        bool is_sort = strcmp(dt__text_get(&r->scan.text), "class") == 0;
        const char *key = key_kept(r, &st);
        token = next(r);
        if (st == DT_OK && key != NULL && token == DT__JSON_STRING) st = keep_text(r, key);
        if (st != DT_OK) return st;
        if (is_sort && token == DT__JSON_STRING) {
            r->sort = dt__arena_string(r->arena, dt__text_get(&r->scan.text), r->scan.text.length);
            if (r->sort == NULL) return DT_ERR_MEMORY;
        }
        if (rank >= 0 && rank < r->name_rank && (token == DT__JSON_STRING || token == DT__JSON_NUMBER)) {
            r->name = dt__arena_string(r->arena, dt__text_get(&r->scan.text), r->scan.text.length);
            r->name_rank = rank;
            if (r->name == NULL) return DT_ERR_MEMORY;
        }
        if (dt__json_skip(&r->scan, token) >= DT__JSON_WRONG) break;
    }
    return token == DT__JSON_OBJECT_END ? DT_OK
                                        : unexpected(r, DT__N("the properties of a feature were expected here"));
}

static void start_feature(reading *r) {
    dt__shapes_begin(r->shapes);
    r->name = r->sort = NULL;
    r->name_rank = 99;
    r->texts.count = 0;
    r->has_geometry = false;
}

static dt_status end_feature(reading *r, uint32_t line) {
    dt__text_property *texts = DT__ARENA_ARRAY(r->arena, dt__text_property, r->texts.count);
    dt__feature feature = {.name = r->name,
                           .sort = r->sort,
                           .texts = texts,
                           .text_count = (uint32_t)r->texts.count,
                           .shape = r->shapes->count - 1,
                           .line = line};

    if (texts == NULL) return DT_ERR_MEMORY;
    if (r->texts.count > 0) memcpy(texts, r->texts.items, r->texts.count * sizeof *texts);
    if (!r->has_geometry)
        dt__diagnose(r->env, DT_WARNING, (dt__place){.file = r->file, .line = line}, "geojson",
                     DT__N("this feature has no geometry; nothing lies in it"), NULL);
    return dt__vector_push(r->features, &feature, r->env);
}

/* One key of a feature, of a collection or of a bare geometry: they are told apart by what they hold. */
static dt_status read_object(reading *r, bool nested);

static dt_status read_features(reading *r) {
    dt__json_token token;
    dt_status st = DT_OK;

    if (next(r) != DT__JSON_ARRAY) return unexpected(r, DT__N("an array of features was expected here"));
    while (st == DT_OK && (token = next(r)) != DT__JSON_ARRAY_END) {
        if (token != DT__JSON_OBJECT) return unexpected(r, DT__N("a feature was expected here"));
        st = read_object(r, true);
    }
    return st;
}

static dt_status read_feature_geometry(reading *r) {
    dt__json_token token = next(r);

    if (token == DT__JSON_NULL) return DT_OK;
    if (token != DT__JSON_OBJECT) return unexpected(r, DT__N("a geometry was expected here"));
    return read_geometry(r, 0);
}

static dt_status read_object(reading *r, bool nested) {
    uint32_t line = r->scan.line;
    bool collection = false, bare = false;
    dt__json_token token;
    dt_status st = DT_OK;

    start_feature(r);
    while (st == DT_OK && (token = next(r)) != DT__JSON_OBJECT_END) {
        const char *key = dt__text_get(&r->scan.text);
        if (token != DT__JSON_KEY) return unexpected(r, DT__N("a feature was expected here"));
        if (!nested && strcmp(key, "features") == 0) {
            r->shapes->count--; /* the collection itself is no feature */
            st = read_features(r);
            collection = true;
        } else if (strcmp(key, "geometry") == 0) st = read_feature_geometry(r);
        else if (strcmp(key, "properties") == 0) st = read_properties(r);
        else if (!nested && strcmp(key, "coordinates") == 0) {
            st = read_coordinates(r);
            bare = true;
        } else if (!nested && strcmp(key, "geometries") == 0) {
            st = read_members(r, 0);
            bare = true;
            r->type[0] = '\0';
        } else {
            bool is_type = strcmp(key, "type") == 0;
            token = next(r);
            if (is_type && token == DT__JSON_STRING) keep_type(r);
            if (dt__json_skip(&r->scan, token) >= DT__JSON_WRONG)
                return unexpected(r, DT__N("a feature was expected here"));
        }
    }
    if (st != DT_OK || collection) return st;
    if (bare && r->at.depth > 0 && r->type[0] != '\0') st = add_geometry(r, true);
    return st == DT_OK ? end_feature(r, line) : st;
}

dt_status dt__geojson_read(dt__shapes *shapes, dt__vector *features, dt__arena *arena, const dt_source *source,
                           const char *name_key, const char *file, dt_env *env) {
    reading r = {
        .shapes = shapes, .features = features, .arena = arena, .name_key = name_key, .file = file, .env = env};
    dt_status st;

    r.at = (coordinates){.points = DT__VECTOR(dt__point), .ends = DT__VECTOR(level_end), .depth = -1};
    r.texts = DT__VECTOR(dt__text_property);
    r.keys = DT__VECTOR(const char *);
    st = dt__json_init(&r.scan, source, env);
    if (st == DT_OK)
        st = next(&r) == DT__JSON_OBJECT ? read_object(&r, false)
                                         : unexpected(&r, DT__N("a GeoJSON object was expected here"));
    if (st == DT_OK && next(&r) != DT__JSON_DONE) st = unexpected(&r, DT__N("nothing may follow here"));
    dt__vector_clear(&r.at.points, env);
    dt__vector_clear(&r.at.ends, env);
    dt__vector_clear(&r.texts, env);
    dt__vector_clear(&r.keys, env);
    dt__json_clear(&r.scan);
    return st;
}
