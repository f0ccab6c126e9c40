/* Delimited text: quotes, encodings, pieces of any size, rows that are none. */
#include "base/env.h"
#include "chance.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/random.h"
#include "records/csv.h"

/* A source that gives at most `piece` bytes at a time. */
typedef struct pieces {
    const char *bytes;
    size_t length, at, piece;
} pieces;

static dt_status read_pieces(void *payload, char *bytes, size_t room, size_t *got) {
    pieces *p = payload;
    size_t left = p->length - p->at, size = p->piece < room ? p->piece : room;

    *got = left < size ? left : size;
    memcpy(bytes, p->bytes + p->at, *got);
    p->at += *got;
    return DT_OK;
}

/* All rows as one text: cells in brackets, broken rows as `!line`. */
static char *all_rows(const char *bytes, size_t length, size_t piece) {
    pieces p = {.bytes = bytes, .length = length, .piece = piece};
    dt_source source = {.read = read_pieces, .payload = &p};
    dt_env *env = NULL;
    dt__csv csv;
    dt__text out;
    dt__csv_result result;
    char *copy;

    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    assert_int_equal(dt__csv_init(&csv, &source, env), DT_OK);
    dt__text_init(&out, env);
    while ((result = dt__csv_next(&csv)) <= DT__CSV_BROKEN) {
        if (result == DT__CSV_BROKEN) dt__text_add_char(&out, '!');
        dt__text_add_unsigned(&out, csv.line);
        for (size_t i = 0; result == DT__CSV_ROW && i < csv.cells.count; i++) {
            dt__cell cell = dt__csv_cell(&csv, i);
            assert_int_equal(strlen(cell.text), cell.length);
            dt__text_add_char(&out, '[');
            dt__text_add(&out, cell.text);
            dt__text_add_char(&out, ']');
        }
        dt__text_add_char(&out, ';');
    }
    assert_int_equal(result, DT__CSV_END);
    copy = strdup(dt__text_get(&out));
    dt__text_clear(&out);
    dt__csv_clear(&csv);
    dt_env_free(env);
    return copy;
}

static void assert_rows_of(const char *bytes, size_t length, const char *expected) {
    static const size_t sizes[] = {1, 2, 3, 7, 100000};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        char *rows = all_rows(bytes, length, sizes[i]);
        assert_string_equal(rows, expected);
        free(rows);
    }
}

static void assert_rows(const char *text, const char *expected) {
    assert_rows_of(text, strlen(text), expected);
}

static void rows_and_quotes(void **state) {
    (void)state;
    assert_rows("a,b\n1,2\n", "1[a][b];2[1][2];");
    assert_rows("a,b\r\n1,2", "1[a][b];2[1][2];");
    assert_rows("a,b\r1,2\r", "1[a][b];2[1][2];");
    assert_rows("a,b\n\n,\n1,\n", "1[a][b];4[1][];");
    assert_rows("a,b\n\"x,\n\"\"y\"\"\",2\n3,4\n", "1[a][b];2[x,\n\"y\"][2];4[3][4];");
    assert_rows("a;b\n\"1\" ;\"\"\n", "1[a][b];2[1][];");
    assert_rows("a\tb\n1\t2,3\n", "1[a][b];2[1][2,3];");
    assert_rows("a,b\nit\"s,2\n", "1[a][b];2[it\"s][2];");
    assert_rows("", "");
    assert_rows("\n\n", "");
}

static void rows_that_are_none_are_set_aside(void **state) {
    (void)state;
    assert_rows("a,b\n\"x\"y,2\n3,4\n", "1[a][b];!2;3[3][4];");
    assert_rows("a,b\n\"x,2\n3,4\n", "1[a][b];!2;3[3][4];");
    assert_rows("a,b\n3,4\n\"x", "1[a][b];2[3][4];!3;");
}

static void encodings_become_utf8(void **state) {
    static const char wide[] = "\xFF\xFE"
                               "a\0,\0\x11\x04\n\0\x3D\xD8\x00\xDE,\0b\0\n\0";
    static const char big[] = "\xFE\xFF"
                              "\0a\0,\x04\x11\0\n";

    (void)state;
    assert_rows("\xEF\xBB\xBF"
                "a,b\n1,2\n",
                "1[a][b];2[1][2];");
    assert_rows("a,b\ncaf\xE9,\x93x\x94\n\xC3\xA9,2\n",
                "1[a][b];2[caf\xC3\xA9][\xE2\x80\x9Cx\xE2\x80\x9D];3[\xC3\xA9][2];");
    assert_rows_of(wide, sizeof wide - 1, "1[a][\xD0\x91];2[\xF0\x9F\x98\x80][b];");
    assert_rows_of(big, sizeof big - 1, "1[a][\xD0\x91];");
}

/* A row of more than the limit ends the row, not the reading. */
static void an_open_quote_does_not_swallow_the_file(void **state) {
    size_t length = DT__CSV_LONGEST + 3000000, at = 0;
    char *text = malloc(length + 16), *rows;

    (void)state;
    at += (size_t)sprintf(text, "a,b\n\"open,1\n");
    while (at < length) {
        memcpy(text + at, "x,y\n", 4);
        at += 4;
    }
    rows = all_rows(text, at, 65536);
    assert_memory_equal(rows, "1[a][b];!2;3[x][y];", 19);
    free(rows);
    free(text);
}

/* Whatever is written by the rules is read back. */
static void written_rows_are_read_back(void **state) {
    static const char alphabet[] = "ab,;\"\n\r \xD0\x96";

    (void)state;
    for (uint64_t run = 0; run < 300; run++) {
        char text[4096], expected[8192];
        size_t at = 0, to = 0;
        uint32_t line = 1;
        dt__random r;
        dt__random_init(&r, 5, run, 0);
        at += (size_t)sprintf(text, "h1,h2,h3\n");
        to += (size_t)sprintf(expected, "1[h1][h2][h3];");
        line = 2;
        for (int row = 0; row < 10; row++) {
            uint32_t lines = 1;
            to += (size_t)sprintf(expected + to, "%u", line);
            for (int cell = 0; cell < 3; cell++) {
                uint32_t length = dt__random_below(&r, 6);
                text[at++] = '"';
                expected[to++] = '[';
                for (uint32_t k = 0; k < length + (cell == 0); k++) {
                    char c = alphabet[dt__random_below(&r, 8)];
                    if (k == 0 && cell == 0) c = 'a';
                    lines += c == '\n';
                    text[at++] = expected[to++] = c;
                    if (c == '"') text[at++] = '"';
                }
                text[at++] = '"';
                text[at++] = cell < 2 ? ',' : '\n';
                expected[to++] = ']';
            }
            expected[to++] = ';';
            line += lines;
        }
        expected[to] = '\0';
        assert_rows_of(text, at, expected);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_and_quotes),
        cmocka_unit_test(rows_that_are_none_are_set_aside),
        cmocka_unit_test(encodings_become_utf8),
        cmocka_unit_test(an_open_quote_does_not_swallow_the_file),
        cmocka_unit_test(written_rows_are_read_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
