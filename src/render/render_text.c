/* A document as text for a terminal or a file. */
#include <string.h>

#include "render/columns.h"
#include "render/wrap.h"

enum { DEFAULT_WIDTH = 100, LEAST_WIDTH = 20 };

typedef struct dt__page {
    dt_env *env;
    dt__text out;
    size_t width;
    bool colour;
    dt_status status;
} dt__page;

static const char *const colours[] = {
    [DT__PLAIN] = "", [DT__GOOD] = "\033[32m", [DT__BAD] = "\033[31m", [DT__STRONG] = "\033[1m"};

static void add_line(dt__page *page, const dt__line *line, dt__emphasis emphasis) {
    bool coloured = page->colour && emphasis != DT__PLAIN && line->length > 0;

    if (coloured) dt__text_add(&page->out, colours[emphasis]);
    dt__wrap_add(&page->out, line);
    if (coloured) dt__text_add(&page->out, "\033[0m");
}

static void add_rule(dt__page *page, const char *stroke, size_t count) {
    while (count-- > 0) dt__text_add(&page->out, stroke);
}

/* ---- headings, paragraphs, bullets ---- */

/* Every line of a text, the first after `first`, the others after as many spaces as that has columns. */
static void add_hanging(dt__page *page, const char *first, const char *text, dt__emphasis emphasis) {
    size_t indent = dt__wrap_width(first);
    dt__line line;

    dt__text_add(&page->out, first);
    for (bool again = false; dt__wrap_next(&text, page->width - indent, &line); again = true) {
        if (again) dt__text_add_repeated(&page->out, ' ', indent);
        add_line(page, &line, emphasis);
        dt__text_add_char(&page->out, '\n');
    }
}

static void add_heading(dt__page *page, const dt__block *block) {
    size_t width = dt__wrap_width(block->text);

    add_hanging(page, "", block->text, DT__STRONG);
    add_rule(page, block->level == 1 ? "=" : "-", width < page->width ? width : page->width);
    dt__text_add_char(&page->out, '\n');
}

static void add_bullets(dt__page *page, const dt__block *block) {
    for (const dt__row *row = block->first; row != NULL; row = row->next) {
        if (row->cells[0].text != NULL) add_hanging(page, "• ", row->cells[0].text, row->cells[0].emphasis);
    }
}

/* ---- tables ---- */

/* One line of a row: a piece of each cell; `rests` are what is left of them.  Trailing spaces are not written. */
static void add_row_line(dt__page *page, const dt__block *table, const dt__columns *c, const dt__cell *cells,
                         const char **rests) {
    size_t owed = 0;

    for (size_t i = 0; i < c->count; i = dt__columns_after(c, i)) {
        dt__line line = {0};
        size_t pad;
        if (i > 0) owed += DT__COLUMN_GAP;
        if (rests[i] == NULL || !dt__wrap_next(&rests[i], c->widths[i], &line)) {
            owed += c->widths[i];
            continue;
        }
        pad = line.width < c->widths[i] ? c->widths[i] - line.width : 0;
        if (table->columns[i].align == DT__RIGHT) owed += pad;
        dt__text_add_repeated(&page->out, ' ', owed);
        add_line(page, &line, cells[i].emphasis);
        owed = table->columns[i].align == DT__RIGHT ? 0 : pad;
    }
    dt__text_add_char(&page->out, '\n');
}

static bool is_left(const dt__columns *c, const char *const *rests) {
    for (size_t i = 0; i < c->count; i = dt__columns_after(c, i)) {
        if (rests[i] != NULL && rests[i][strspn(rests[i], " \t\r\n")] != '\0') return true;
    }
    return false;
}

static void add_row(dt__page *page, const dt__block *table, const dt__columns *c, const dt__cell *cells,
                    const char **rests) {
    for (size_t i = 0; i < c->count; i++) rests[i] = cells[i].text;
    do add_row_line(page, table, c, cells, rests);
    while (is_left(c, rests));
}

static bool has_titles(const dt__block *table) {
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].title[0] != '\0') return true;
    }
    return false;
}

static void add_head(dt__page *page, const dt__block *table, const dt__columns *c, dt__cell *cells,
                     const char **rests) {
    for (size_t i = 0; i < c->count; i++)
        cells[i] = (dt__cell){.text = table->columns[i].title, .emphasis = DT__STRONG};
    add_row(page, table, c, cells, rests);
    for (size_t i = 0; i < c->count; i = dt__columns_after(c, i)) {
        if (i > 0) dt__text_add_repeated(&page->out, ' ', DT__COLUMN_GAP);
        add_rule(page, "─", c->widths[i]);
    }
    dt__text_add_char(&page->out, '\n');
}

static bool is_wrapped(const dt__row *row, const dt__columns *c) {
    for (size_t i = 0; i < c->count; i = dt__columns_after(c, i)) {
        if (row->cells[i].text != NULL && dt__wrap_width(row->cells[i].text) > c->widths[i]) return true;
    }
    return false;
}

/* Do most of the rows take several lines?  Then blank lines part them. */
static bool is_airy(const dt__block *table, const dt__columns *c) {
    size_t rows = 0, wrapped = 0;

    for (const dt__row *row = table->first; row != NULL; row = row->next, rows++) wrapped += is_wrapped(row, c);
    return has_titles(table) && wrapped * 2 > rows;
}

static void add_table(dt__page *page, const dt__block *table) {
    dt__cell *head = DT__ARRAY(page->env, dt__cell, table->column_count);
    const char **rests = DT__ARRAY(page->env, const char *, table->column_count);
    dt__columns c;

    page->status = dt__columns_init(&c, table, page->env);
    if (head == NULL || rests == NULL) page->status = DT_ERR_MEMORY;
    for (bool again = false; page->status == DT_OK && dt__columns_next(&c, page->width); again = true) {
        bool airy = is_airy(table, &c);
        if (again) dt__text_add_char(&page->out, '\n');
        if (has_titles(table)) add_head(page, table, &c, head, rests);
        for (const dt__row *row = table->first; row != NULL; row = row->next) {
            add_row(page, table, &c, row->cells, rests);
            if (airy && row->next != NULL) dt__text_add_char(&page->out, '\n');
        }
    }
    dt__columns_clear(&c, page->env);
    DT__FREE(page->env, rests, table->column_count == 0 ? 1 : table->column_count);
    DT__FREE(page->env, head, table->column_count == 0 ? 1 : table->column_count);
}

/* ---- the whole ---- */

static void add_block(dt__page *page, const dt__block *block) {
    switch (block->kind) {
    case DT__HEADING: add_heading(page, block); break;
    case DT__PARAGRAPH: add_hanging(page, "", block->text, DT__PLAIN); break;
    case DT__BULLETS: add_bullets(page, block); break;
    case DT__TABLE: add_table(page, block); break;
    }
}

/* Bullets stand right below the paragraph that leads them in; so does a list of keys and values. */
static bool is_close(const dt__block *above, const dt__block *below) {
    if (above->kind != DT__PARAGRAPH) return false;
    return below->kind == DT__BULLETS || (below->kind == DT__TABLE && !has_titles(below));
}

dt_status dt_render_text(const dt_document *document, const dt_text_style *style, const dt_sink *sink, dt_env *env) {
    dt__page page = {.env = env, .width = style->width == 0 ? DEFAULT_WIDTH : style->width, .colour = style->colour};
    const dt__block *above = NULL;

    if (page.width < LEAST_WIDTH) page.width = LEAST_WIDTH;
    dt__text_init(&page.out, env);
    for (const dt__block *block = document->first; block != NULL && page.status == DT_OK; block = block->next) {
        if (above != NULL && !is_close(above, block)) dt__text_add_char(&page.out, '\n');
        add_block(&page, block);
        above = block;
    }
    if (page.status == DT_OK) page.status = dt__text_status(&page.out);
    if (page.status == DT_OK) page.status = sink->write(sink->payload, dt__text_get(&page.out), page.out.length);
    dt__text_clear(&page.out);
    return page.status;
}
