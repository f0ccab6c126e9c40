/* The points of a frontier as CSV. */
#include <string.h>

#include "base/text.h"
#include "detente/report.h"
#include "model/model.h"

/* ---- cells ---- */

static void add_text(dt__text *out, const char *text) {
    if (strpbrk(text, ",\"\r\n") == NULL) {
        dt__text_add(out, text);
        return;
    }
    dt__text_add_char(out, '"');
    for (; *text != '\0'; text++) {
        if (*text == '"') dt__text_add_char(out, '"');
        dt__text_add_char(out, *text);
    }
    dt__text_add_char(out, '"');
}

/* A decimal as it is, a fraction as its double. */
static void add_number(dt__text *out, dt_exact number) {
    if (number.text == NULL) return;
    if (strchr(number.text, '/') == NULL) dt__text_add(out, number.text);
    else dt__text_add_double(out, number.value);
}

/* ---- lines ---- */

static void add_head(dt__text *out, const dt_bargain_format *f, const dt_model *model) {
    for (size_t i = 0; i < f->party_count; i++) {
        add_text(out, model->parties[f->parties[i]].id);
        dt__text_add_char(out, ',');
    }
    dt__text_add(out, "multiplicity");
    for (size_t i = 0; i < model->issue_count; i++) {
        dt__text_add_char(out, ',');
        add_text(out, model->issues[i].id);
    }
    dt__text_add(out, "\n");
}

static void add_point(dt__text *out, const dt_frontier_point *point, size_t parties, const dt_model *model) {
    for (size_t i = 0; i < parties; i++) {
        add_number(out, point->utilities[i]);
        dt__text_add_char(out, ',');
    }
    add_number(out, point->multiplicity);
    for (size_t i = 0; i < model->issue_count; i++) {
        dt__text_add_char(out, ',');
        add_text(out, model->issues[i].options[point->outcome[i]].id);
    }
    dt__text_add(out, "\n");
}

dt_status dt_render_frontier(const dt_bargain_format *format, const dt_model *model, const dt_sink *sink, dt_env *env) {
    dt__text out;
    dt_status st;

    dt__text_init(&out, env);
    add_head(&out, format, model);
    for (size_t i = 0; i < format->frontier.point_count; i++)
        add_point(&out, &format->frontier.points[i], format->party_count, model);
    st = dt__text_status(&out);
    if (st == DT_OK) st = sink->write(sink->payload, dt__text_get(&out), out.length);
    dt__text_clear(&out);
    return st;
}
