#include "document/document.h"

#include <string.h>

#include "base/catalog.h"

dt_document *dt__document_new(const dt_model *model, dt_env *env) {
    dt_document *d = DT__NEW(env, dt_document);
    if (d == NULL) return NULL;
    d->env = env;
    d->model = model;
    dt__arena_init(&d->arena, env);
    return d;
}

void dt_document_free(dt_document *document, dt_env *env) {
    if (document == NULL) return;
    document->arena.env = env;
    dt__arena_clear(&document->arena);
    DT__FREE(env, document, 1);
}

dt_status dt__document_finish(dt_document **out, dt_document *d, dt_env *env) {
    if (d->failed) {
        dt_document_free(d, env);
        return DT_ERR_MEMORY;
    }
    d->env = NULL;
    d->model = NULL;
    *out = d;
    return DT_OK;
}

/* ---- texts ---- */

const char *dt__document_bytes(dt_document *d, const char *bytes, size_t length) {
    const char *copy = dt__arena_string(&d->arena, bytes, length);
    if (copy != NULL) return copy;
    d->failed = true;
    return "";
}

/* Ids and words of a model come again and again from the same place: they are copied once. */
const char *dt__document_copy(dt_document *d, const char *text) {
    dt__known_text *known;

    if (text == NULL || *text == '\0') return "";
    known = &d->known[((uintptr_t)text >> 3) % DT__KNOWN_TEXTS];
    if (known->from != text || strcmp(known->copy, text) != 0) {
        known->copy = dt__document_bytes(d, text, strlen(text));
        known->from = text;
    }
    return known->copy;
}

const char *dt__document_take(dt_document *d, dt__text *text) {
    const char *copy = dt__document_copy(d, dt__text_get(text));
    if (dt__text_status(text) != DT_OK) d->failed = true;
    dt__text_clear(text);
    return copy;
}

const char *dt__say(dt_document *d, const char *msgid, ...) {
    const char *copy = "";
    va_list arguments;
    char *message;

    va_start(arguments, msgid);
    message = dt__string_message(d->env, msgid, arguments);
    va_end(arguments);
    if (message == NULL) d->failed = true;
    else copy = dt__document_copy(d, message);
    dt__string_free(d->env, message);
    return copy;
}

const char *dt__word(dt_document *d, const char *msgid) {
    return dt__t(d->env, msgid);
}

/* ---- blocks ---- */

static dt__block *add_block(dt_document *d, dt__block_kind kind, size_t columns) {
    dt__block *block = DT__ARENA_NEW(&d->arena, dt__block);
    dt__column *heads = DT__ARENA_ARRAY(&d->arena, dt__column, columns);

    if (block == NULL || heads == NULL) {
        d->failed = true;
        return NULL;
    }
    *block = (dt__block){.kind = kind, .text = "", .column_count = columns, .columns = heads};
    for (size_t i = 0; i < columns; i++) heads[i].title = "";
    if (d->last == NULL) d->first = block;
    else d->last->next = block;
    d->last = block;
    return block;
}

void dt__heading(dt_document *d, unsigned level, const char *text) {
    dt__block *block = add_block(d, DT__HEADING, 0);
    if (block == NULL) return;
    block->level = level;
    block->text = dt__document_copy(d, text);
}

void dt__paragraph(dt_document *d, const char *text) {
    dt__block *block = add_block(d, DT__PARAGRAPH, 0);
    if (block != NULL) block->text = dt__document_copy(d, text);
}

void dt__next_command(dt_document *d, const char *text) {
    dt__paragraph(d, text);
    if (d->last != NULL) d->last->typed = true;
}

void dt__paragraph_or(dt_document *d, const char *text, const char *page) {
    dt__next_command(d, text);
    if (d->last != NULL) d->last->page = dt__document_copy(d, page);
}

dt__block *dt__bullets(dt_document *d) {
    return add_block(d, DT__BULLETS, 1);
}

void dt__bullet(dt_document *d, dt__block *bullets, const char *text) {
    dt__table_row(d, bullets);
    dt__table_cell(d, bullets, text, DT__PLAIN);
}

dt__block *dt__table(dt_document *d, const dt__column *columns, size_t count) {
    dt__block *table = add_block(d, DT__TABLE, count);
    for (size_t i = 0; columns != NULL && i < count; i++) {
        dt__table_column(d, table, i, *columns[i].title == '\0' ? "" : dt__t(d->env, columns[i].title),
                         columns[i].align);
    }
    return table;
}

void dt__table_column(dt_document *d, dt__block *table, size_t column, const char *title, dt__align align) {
    if (table == NULL) return;
    table->columns[column].title = dt__document_copy(d, title);
    table->columns[column].align = align;
}

void dt__table_row(dt_document *d, dt__block *table) {
    dt__row *row;
    dt__cell *cells;

    if (table == NULL) return;
    row = DT__ARENA_NEW(&d->arena, dt__row);
    cells = DT__ARENA_ARRAY(&d->arena, dt__cell, table->column_count);
    if (row == NULL || cells == NULL) {
        d->failed = true;
        return;
    }
    row->cells = cells;
    if (table->last == NULL) table->first = row;
    else table->last->next = row;
    table->last = row;
}

void dt__table_cell(dt_document *d, dt__block *table, const char *text, dt__emphasis emphasis) {
    dt__row *row = table == NULL ? NULL : table->last;
    if (row == NULL || row->filled == table->column_count) return;
    row->cells[row->filled++] = (dt__cell){.text = dt__document_copy(d, text), .emphasis = emphasis};
}

static bool is_empty_column(const dt__block *table, size_t column) {
    for (const dt__row *row = table->first; row != NULL; row = row->next) {
        if (row->cells[column].text != NULL && row->cells[column].text[0] != '\0') return false;
    }
    return true;
}

void dt__table_drop_empty(dt__block *table) {
    size_t kept = 1;

    if (table == NULL || table->column_count == 0) return;
    for (size_t i = 1; i < table->column_count; i++) {
        if (is_empty_column(table, i)) continue;
        table->columns[kept] = table->columns[i];
        for (dt__row *row = table->first; row != NULL; row = row->next) row->cells[kept] = row->cells[i];
        kept++;
    }
    table->column_count = kept;
}
