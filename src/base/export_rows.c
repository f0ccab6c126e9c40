#include "base/export_rows.h"

#include <math.h>
#include <string.h>

#include "base/calendar.h"

enum { FLUSH_AT = 1 << 16 };

/* ---- CSV ---- */

static bool looks_like_formula(const char *text) {
    while (*text == '\'') text++;
    return *text != '\0' && strchr("=+-@\t\r", *text) != NULL;
}

void dt__text_add_cell(dt__text *out, const char *text) {
    bool quoted = strpbrk(text, ",\"\r\n") != NULL;

    if (quoted) dt__text_add_char(out, '"');
    if (looks_like_formula(text)) dt__text_add_char(out, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '"') dt__text_add_char(out, '"');
        dt__text_add_char(out, *text);
    }
    if (quoted) dt__text_add_char(out, '"');
}

static bool is_empty(const dt__field *f) {
    if (f->kind == DT__FIELD_TEXT) return f->text == NULL;
    if (f->kind == DT__FIELD_MOMENT || f->kind == DT__FIELD_DAY)
        return f->moment == INT64_MIN || f->moment == INT64_MAX;
    return !isfinite(f->number);
}

static void add_cell(dt__text *out, const dt__field *f) {
    if (is_empty(f)) return;
    switch (f->kind) {
    case DT__FIELD_TEXT: dt__text_add_cell(out, f->text); break;
    case DT__FIELD_FLAG: dt__text_add(out, f->number > 0 ? "yes" : ""); break;
    case DT__FIELD_MOMENT:
    case DT__FIELD_DAY:
        dt__text_add_instant(out, f->moment, f->kind == DT__FIELD_DAY ? DT__TO_THE_DAY : DT__TO_THE_SECOND);
        break;
    case DT__FIELD_NUMBER:
    case DT__FIELD_LONGITUDE:
    case DT__FIELD_LATITUDE: dt__text_add_double(out, f->number); break;
    }
}

static void add_names(dt__text *out, const dt__field *fields, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i > 0) dt__text_add_char(out, ',');
        dt__text_add(out, fields[i].name);
    }
    dt__text_add_char(out, '\n');
}

static void add_line(dt__text *out, const dt__field *fields, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (i > 0) dt__text_add_char(out, ',');
        add_cell(out, &fields[i]);
    }
    dt__text_add_char(out, '\n');
}

/* ---- GeoJSON ---- */

static void add_string(dt__text *out, const char *text) {
    static const char hex[] = "0123456789abcdef";

    dt__text_add_char(out, '"');
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c == '"' || c == '\\') dt__text_add_char(out, '\\');
        if (c >= 0x20) dt__text_add_char(out, (char)c);
        else {
            dt__text_add(out, "\\u00");
            dt__text_add_char(out, hex[c >> 4]);
            dt__text_add_char(out, hex[c & 15]);
        }
    }
    dt__text_add_char(out, '"');
}

static void add_property(dt__text *out, const dt__field *f) {
    add_string(out, f->name);
    dt__text_add_char(out, ':');
    if (is_empty(f)) {
        dt__text_add(out, "null");
        return;
    }
    switch (f->kind) {
    case DT__FIELD_TEXT: add_string(out, f->text); break;
    case DT__FIELD_FLAG: dt__text_add(out, f->number > 0 ? "true" : "false"); break;
    case DT__FIELD_MOMENT:
    case DT__FIELD_DAY:
        dt__text_add_char(out, '"');
        dt__text_add_instant(out, f->moment, f->kind == DT__FIELD_DAY ? DT__TO_THE_DAY : DT__TO_THE_SECOND);
        dt__text_add_char(out, '"');
        break;
    case DT__FIELD_NUMBER:
    case DT__FIELD_LONGITUDE:
    case DT__FIELD_LATITUDE: dt__text_add_double(out, f->number); break;
    }
}

static bool is_coordinate(const dt__field *f) {
    return f->kind == DT__FIELD_LONGITUDE || f->kind == DT__FIELD_LATITUDE;
}

static void add_geometry(dt__text *out, const dt__field *fields, size_t count) {
    for (size_t i = 0; i + 1 < count; i++) {
        if (fields[i].kind != DT__FIELD_LONGITUDE || is_empty(&fields[i]) || is_empty(&fields[i + 1])) continue;
        dt__text_add(out, "{\"type\":\"Point\",\"coordinates\":[");
        dt__text_add_double(out, fields[i].number);
        dt__text_add_char(out, ',');
        dt__text_add_double(out, fields[i + 1].number);
        dt__text_add(out, "]}");
        return;
    }
    dt__text_add(out, "null");
}

static void add_feature(dt__text *out, const dt__field *fields, size_t count) {
    bool first = true;

    dt__text_add(out, "{\"type\":\"Feature\",\"id\":");
    add_string(out, fields[0].text == NULL ? "" : fields[0].text);
    dt__text_add(out, ",\"geometry\":");
    add_geometry(out, fields, count);
    dt__text_add(out, ",\"properties\":{");
    for (size_t i = 0; i < count; i++) {
        if (is_coordinate(&fields[i])) continue;
        if (!first) dt__text_add_char(out, ',');
        add_property(out, &fields[i]);
        first = false;
    }
    dt__text_add(out, "}}");
}

/* ---- the whole ---- */

void dt__export_begin(dt__export *e, bool geojson, const dt_sink *sink, dt_env *env) {
    *e = (dt__export){.sink = sink, .geojson = geojson};
    dt__text_init(&e->text, env);
}

static dt_status flush(dt__export *e) {
    dt_status st = dt__text_status(&e->text);

    if (st == DT_OK && e->text.length > 0)
        st = e->sink->write(e->sink->payload, dt__text_get(&e->text), e->text.length);
    dt__text_reset(&e->text);
    return st;
}

static void add_head(dt__export *e, const dt__field *fields, size_t count) {
    if (e->geojson) dt__text_add(&e->text, "{\"type\":\"FeatureCollection\",\"features\":[\n");
    else add_names(&e->text, fields, count);
}

dt_status dt__export_row(dt__export *e, const dt__field *fields, size_t count) {
    if (e->rows == 0) add_head(e, fields, count);
    else if (e->geojson) dt__text_add(&e->text, ",\n");
    if (e->geojson) add_feature(&e->text, fields, count);
    else add_line(&e->text, fields, count);
    e->rows++;
    return e->text.length < FLUSH_AT ? dt__text_status(&e->text) : flush(e);
}

dt_status dt__export_end(dt__export *e, const dt__field *fields, size_t count, dt_status status) {
    if (status == DT_OK && e->rows == 0) add_head(e, fields, count);
    if (e->geojson) dt__text_add(&e->text, e->rows == 0 ? "]}\n" : "\n]}\n");
    if (status == DT_OK) status = flush(e);
    dt__text_clear(&e->text);
    return status;
}
