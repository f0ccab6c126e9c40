/* A document as a piece of HTML: headings, paragraphs, lists, tables.  Every text is escaped. */
#include <string.h>

#include "render/markup.h"

/* ---- texts ---- */

static void add_char(dt__text *out, char c) {
    switch (c) {
    case '&': dt__text_add(out, "&amp;"); break;
    case '<': dt__text_add(out, "&lt;"); break;
    case '>': dt__text_add(out, "&gt;"); break;
    case '"': dt__text_add(out, "&quot;"); break;
    case '\'': dt__text_add(out, "&#39;"); break;
    default:
        if ((unsigned char)c >= 0x20 || c == '\n' || c == '\t') dt__text_add_char(out, c);
        else dt__text_add(out, "\xEF\xBF\xBD"); /* HTML has no way to write a control character */
    }
}

void dt__html_add(dt__text *out, const char *text) {
    size_t left = text == NULL ? 0 : strlen(text);

    while (left > 0) {
        size_t valid = dt__utf8_valid(text, left);
        for (size_t i = 0; i < valid; i++) add_char(out, text[i]);
        text += valid;
        left -= valid;
        if (left == 0) break;
        dt__text_add(out, "\xEF\xBF\xBD");
        text++;
        left--;
    }
}

/* ---- blocks ---- */

static const char *const classes[] = {
    [DT__PLAIN] = NULL, [DT__GOOD] = "good", [DT__BAD] = "bad", [DT__STRONG] = "strong"};

static void add_heading(dt__text *out, const dt__block *block, unsigned deeper) {
    unsigned level = block->level + deeper < 6 ? block->level + deeper : 6;

    dt__text_add(out, "<h");
    dt__text_add_unsigned(out, level);
    dt__text_add_char(out, '>');
    dt__html_add(out, block->text);
    dt__text_add(out, "</h");
    dt__text_add_unsigned(out, level);
    dt__text_add(out, ">\n");
}

static void add_paragraph(dt__text *out, const dt__block *block) {
    dt__text_add(out, "<p>");
    dt__html_add(out, block->page == NULL ? block->text : block->page);
    dt__text_add(out, "</p>\n");
}

static void add_bullets(dt__text *out, const dt__block *block) {
    if (block->first == NULL) return; /* a list without items is not one */
    dt__text_add(out, "<ul>\n");
    for (const dt__row *row = block->first; row != NULL; row = row->next) {
        dt__text_add(out, "<li>");
        dt__html_add(out, row->cells[0].text);
        dt__text_add(out, "</li>\n");
    }
    dt__text_add(out, "</ul>\n");
}

static bool has_titles(const dt__block *table) {
    for (size_t i = 0; i < table->column_count; i++) {
        if (table->columns[i].title[0] != '\0') return true;
    }
    return false;
}

/* A tick or a cross stays on the line of its number. */
static void add_marked(dt__text *out, const char *text) {
    static const char *const marks[] = {"\xE2\x9C\x93 ", "\xE2\x9C\x97 "};

    for (size_t i = 0; text != NULL && i < 2; i++) {
        if (strncmp(text, marks[i], 4) != 0) continue;
        dt__text_add_bytes(out, text, 3);
        dt__text_add(out, "&nbsp;");
        text += 4;
    }
    dt__html_add(out, text);
}

static void add_cell(dt__text *out, const dt__column *column, const dt__cell *cell, bool heads_row) {
    const char *emphasis = classes[cell->emphasis];

    dt__text_add(out, heads_row ? "<th scope=\"row\"" : "<td");
    if (column->align == DT__RIGHT || emphasis != NULL) {
        dt__text_add(out, " class=\"");
        if (column->align == DT__RIGHT) dt__text_add(out, emphasis == NULL ? "number" : "number ");
        if (emphasis != NULL) dt__text_add(out, emphasis);
        dt__text_add_char(out, '"');
    }
    dt__text_add_char(out, '>');
    add_marked(out, cell->text);
    dt__text_add(out, heads_row ? "</th>" : "</td>");
}

static void add_head(dt__text *out, const dt__block *table) {
    dt__text_add(out, "<thead><tr>");
    for (size_t i = 0; i < table->column_count; i++) {
        const dt__column *column = &table->columns[i];
        bool named = column->title[0] != '\0';
        dt__text_add(out, named ? "<th scope=\"col\"" : "<td");
        if (column->align == DT__RIGHT) dt__text_add(out, " class=\"number\"");
        dt__text_add_char(out, '>');
        dt__html_add(out, column->title);
        dt__text_add(out, named ? "</th>" : "</td>");
    }
    dt__text_add(out, "</tr></thead>\n");
}

/* A table wider than the page scrolls by itself, with the keyboard too. */
static void add_table(dt__text *out, const dt__block *table) {
    if (table->first == NULL || table->column_count == 0) return;
    dt__text_add(out, "<div class=\"table\" tabindex=\"0\"><table>\n");
    if (has_titles(table)) add_head(out, table);
    dt__text_add(out, "<tbody>\n");
    for (const dt__row *row = table->first; row != NULL; row = row->next) {
        dt__text_add(out, "<tr>");
        for (size_t i = 0; i < table->column_count; i++) {
            bool heads_row = i == 0 && row->cells[i].text != NULL && row->cells[i].text[0] != '\0';
            add_cell(out, &table->columns[i], &row->cells[i], heads_row);
        }
        dt__text_add(out, "</tr>\n");
    }
    dt__text_add(out, "</tbody></table></div>\n");
}

/* ---- the whole ---- */

void dt__html_blocks(dt__text *out, const dt_document *document, unsigned deeper, bool titled) {
    for (const dt__block *block = document->first; block != NULL; block = block->next) {
        if ((block == document->first && !titled && block->kind == DT__HEADING) ||
            (block->typed && block->page == NULL))
            continue;
        switch (block->kind) {
        case DT__HEADING: add_heading(out, block, deeper); break;
        case DT__PARAGRAPH: add_paragraph(out, block); break;
        case DT__BULLETS: add_bullets(out, block); break;
        case DT__TABLE: add_table(out, block); break;
        }
    }
}

void dt__html_tables(dt__text *out, const dt_document *document) {
    for (const dt__block *block = document->first; block != NULL; block = block->next) {
        if (block->kind == DT__TABLE) add_table(out, block);
    }
}

dt_status dt_render_html(const dt_document *document, const dt_sink *sink, dt_env *env) {
    dt__text out;
    dt_status st;

    dt__text_init(&out, env);
    dt__html_blocks(&out, document, 0, true);
    st = dt__text_status(&out);
    if (st == DT_OK) st = sink->write(sink->payload, dt__text_get(&out), out.length);
    dt__text_clear(&out);
    return st;
}
