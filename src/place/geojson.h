/* GeoJSON (RFC 7946) as shapes: one shape per feature, in constant memory beside the shapes. */
#ifndef DT__PLACE_GEOJSON_H
#define DT__PLACE_GEOJSON_H

#include "base/arena.h"
#include "place/shapes.h"

/* A property of text, of at most 400 bytes. */
typedef struct dt__text_property {
    const char *key, *value;
} dt__text_property;

/* What a feature is called, and where it stands in its file. */
typedef struct dt__feature {
    const char *name;               /* of the property asked for; NULL: it has none */
    const char *sort;               /* its property class; NULL: it has none */
    const dt__text_property *texts; /* the first 64 of its own, in their order */
    uint32_t text_count;
    uint32_t shape, line;
} dt__feature;

/* Adds the features of a document (a FeatureCollection, a Feature or a bare geometry) to the shapes; names live in the
 * arena.  name_key: the property that names a feature; NULL: the first of name, NAME, id, ID, title.
 * A feature without geometry becomes an empty shape, with a warning.  Not JSON, positions off the Earth, geometries of
 * other kinds: DT_ERR_MODEL with diagnostics.  DT_OK, DT_ERR_MEMORY, DT_ERR_IO. */
/* How well a text names a feature: the smaller the better; DT__NAMED_NOT: it does not. */
typedef enum dt__named {
    DT__NAMED_SO = 0,  /* it is its name */
    DT__NAMED_USUALLY, /* it stands in another of the properties that usually are names */
    DT__NAMED_ANYHOW,  /* it stands in some property */
    DT__NAMED_NOT
} dt__named;
dt__named dt__feature_named(const dt__feature *feature, const char *text);

DT_NODISCARD dt_status dt__geojson_read(dt__shapes *shapes, dt__vector *features, dt__arena *arena,
                                        const dt_source *source, const char *name_key, const char *file, dt_env *env);

#endif
