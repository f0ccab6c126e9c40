/* A document as Markdown: CommonMark with the tables that GitHub and pandoc read.  What would be markup is escaped. */
#include <string.h>

#include "render/markup.h"

/* ---- texts ---- */

/* On one line: a line break would end a cell or a list item. */
static void add_char(dt__text *out, char c) {
    if (c == '\n' || c == '\r' || c == '\t') c = ' ';
    if (c == '<') {
        dt__text_add(out, "&lt;");
        return;
    }
    if (strchr("\\`*_[]|#~&>", c) != NULL) dt__text_add_char(out, '\\');
    dt__text_add_char(out, (unsigned char)c < 0x20 ? ' ' : c);
}

/* A number and a full stop, a dash or a plus at the beginning would open a list. */
static bool opens_list(const char *text) {
    size_t digits = strspn(text, "0123456789");

    if (digits > 0) return (text[digits] == '.' || text[digits] == ')') && text[digits + 1] == ' ';
    return (*text == '-' || *text == '+' || *text == '=') && (text[1] == ' ' || text[1] == *text);
}

void dt__markdown_add(dt__text *out, const char *text) {
    size_t left = text == NULL ? 0 : strlen(text);

    if (left > 0 && opens_list(text)) {
        size_t digits = strspn(text, "0123456789");
        dt__text_add_bytes(out, text, digits);
        dt__text_add_char(out, '\\');
        dt__text_add_char(out, text[digits]);
        text += digits + 1;
        left -= digits + 1;
    }
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

static void add_heading(dt__text *out, const dt__block *block, unsigned deeper) {
    unsigned level = block->level + deeper < 6 ? block->level + deeper : 6;

    dt__text_add_repeated(out, '#', level);
    dt__text_add_char(out, ' ');
    dt__markdown_add(out, block->text);
    dt__text_add(out, "\n\n");
}

static void add_bullets(dt__text *out, const dt__block *block) {
    for (const dt__row *row = block->first; row != NULL; row = row->next) {
        dt__text_add(out, "- ");
        dt__markdown_add(out, row->cells[0].text);
        dt__text_add_char(out, '\n');
    }
    dt__text_add_char(out, '\n');
}

static void add_row(dt__text *out, const dt__block *table, const dt__row *row) {
    for (size_t i = 0; i < table->column_count; i++) {
        const char *text = row == NULL ? table->columns[i].title : row->cells[i].text;
        bool strong = row != NULL && row->cells[i].emphasis == DT__STRONG && text != NULL && *text != '\0';
        dt__text_add(out, "| ");
        if (strong) dt__text_add(out, "**");
        dt__markdown_add(out, text);
        if (strong) dt__text_add(out, "**");
        dt__text_add_char(out, ' ');
    }
    dt__text_add(out, "|\n");
}

static void add_table(dt__text *out, const dt__block *table) {
    if (table->first == NULL || table->column_count == 0) return;
    add_row(out, table, NULL);
    for (size_t i = 0; i < table->column_count; i++)
        dt__text_add(out, table->columns[i].align == DT__RIGHT ? "| ---: " : "| --- ");
    dt__text_add(out, "|\n");
    for (const dt__row *row = table->first; row != NULL; row = row->next) add_row(out, table, row);
    dt__text_add_char(out, '\n');
}

/* ---- the whole ---- */

void dt__markdown_blocks(dt__text *out, const dt_document *document, unsigned deeper, bool titled) {
    for (const dt__block *block = document->first; block != NULL; block = block->next) {
        if ((block == document->first && !titled && block->kind == DT__HEADING) ||
            (block->typed && block->page == NULL))
            continue;
        switch (block->kind) {
        case DT__HEADING: add_heading(out, block, deeper); break;
        case DT__PARAGRAPH:
            dt__markdown_add(out, block->page == NULL ? block->text : block->page);
            dt__text_add(out, "\n\n");
            break;
        case DT__BULLETS: add_bullets(out, block); break;
        case DT__TABLE: add_table(out, block); break;
        }
    }
}

dt_status dt_render_markdown(const dt_document *document, const dt_sink *sink, dt_env *env) {
    dt__text out;
    dt_status st;

    dt__text_init(&out, env);
    dt__markdown_blocks(&out, document, 0, true);
    st = dt__text_status(&out);
    if (st == DT_OK) st = sink->write(sink->payload, dt__text_get(&out), out.length);
    dt__text_clear(&out);
    return st;
}
