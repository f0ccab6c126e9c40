/* Scorable games: a list of parties (`name,file,role,...`), and for each a file of scores: a line of scores for each
 * issue, option by option, and last the score below which the party does not agree.  Two formats of agreement: all, or
 * all but one, the parties of the roles p1 and p2 among them. */
#include <string.h>

#include "exchange/import.h"
#include "exchange/recognise.h"

/* ---- lines of fields ---- */

typedef struct field {
    const char *at;
    size_t length;
} field;

/* The next field up to a comma, without white space around it; false at the end of the line. */
static bool next_field(const char **at, const char *end, field *out) {
    const char *comma;

    if (*at == NULL || *at > end) return false;
    comma = memchr(*at, ',', (size_t)(end - *at));
    *out = (field){*at, (size_t)((comma == NULL ? end : comma) - *at)};
    *at = comma == NULL ? NULL : comma + 1;
    while (out->length > 0 && (out->at[0] == ' ' || out->at[0] == '\t')) out->at++, out->length--;
    while (out->length > 0 &&
           (out->at[out->length - 1] == ' ' || out->at[out->length - 1] == '\t' || out->at[out->length - 1] == '\r'))
        out->length--;
    return true;
}

static bool field_is(field f, const char *word) {
    return f.length == strlen(word) && memcmp(f.at, word, f.length) == 0;
}

/* ---- scores ---- */

typedef struct score_line {
    dt__rational *scores;
    size_t count;
    uint32_t line;
} score_line;

/* The lines of a file of scores; false after a finding. */
static bool read_scores(dt__import *x, const dt_file *file, dt__vector *lines) {
    size_t offset = 0, length;
    uint32_t number = 0;
    const char *line;

    while (x->status == DT_OK && dt__next_line(file, &offset, &line, &length)) {
        const char *at = line;
        score_line scores = {.line = ++number};
        dt__place place = {.file = file->name, .line = number};
        field f;
        if (length == 0) continue;
        scores.scores = DT__IMPORT_ARRAY(x, dt__rational, length / 2 + 1);
        while (scores.scores != NULL && next_field(&at, line + length, &f)) {
            const char *text = dt__import_string(x, f.at, f.length);
            if (text == NULL || !dt__import_number(x, place, "score", text, &scores.scores[scores.count])) return false;
            if (dt__rational_sign(scores.scores[scores.count++]) < 0) {
                dt__import_error(x, place, "bad-number", "the score “{0}” is negative", text, NULL);
                return false;
            }
        }
        if (x->status == DT_OK) x->status = dt__vector_push(lines, &scores, x->env);
    }
    if (x->status != DT_OK) return false;
    if (lines->count >= 2 && DT__AT(*lines, score_line, lines->count - 1)->count == 1) return true;
    dt__import_error(x, (dt__place){.file = file->name, .line = number}, "bad-scores",
                     "expected a line of scores for each issue, and the least acceptable score alone on the last line",
                     NULL);
    return false;
}

/* "A", "B", ...; after Z "AA". */
static const char *letters(dt__import *x, size_t number) {
    char name[8] = "", *at = name + sizeof name - 1;

    do {
        *--at = (char)('A' + number % 26);
        number = number / 26;
    } while (number-- > 0 && at > name);
    return dt__import_string(x, at, strlen(at));
}

static const char *option_name(dt__import *x, const char *issue, size_t number) {
    dt__text text;

    dt__text_init(&text, x->env);
    dt__text_add(&text, issue);
    dt__text_add_unsigned(&text, number + 1);
    return dt__import_keep(x, &text);
}

static void add_issues(dt__import *x, const dt__vector *lines, const dt_file *file) {
    for (size_t i = 0; i + 1 < lines->count && x->status == DT_OK; i++) {
        const score_line *line = DT__AT(*lines, score_line, i);
        const char *name = letters(x, i), **options = DT__IMPORT_ARRAY(x, const char *, line->count);
        for (size_t o = 0; options != NULL && o < line->count; o++) options[o] = option_name(x, name, o);
        if (x->status == DT_OK)
            dt__foreign_add_options(x, (dt__place){.file = file->name, .line = line->line}, name, options, line->count);
    }
}

/* Utilities that are the sums of scores: the most of each issue as its weight, scores as shares of it times the sum of
 * all weights. */
static bool weigh(dt__foreign_party *party, const dt__vector *lines) {
    dt__rational total = DT__RATIONAL(0);

    for (size_t i = 0; i + 1 < lines->count; i++) {
        const score_line *line = DT__AT(*lines, score_line, i);
        dt__rational most = line->scores[0];
        for (size_t o = 1; o < line->count; o++) {
            if (dt__rational_compare(line->scores[o], most) > 0) most = line->scores[o];
        }
        party->weights[i] = most;
        if (!dt__rational_add(&total, total, most)) return false;
    }
    for (size_t i = 0; i + 1 < lines->count; i++) {
        const score_line *line = DT__AT(*lines, score_line, i);
        for (size_t o = 0; o < line->count && dt__rational_sign(party->weights[i]) > 0; o++) {
            if (!dt__rational_mul(&party->values[i][o], line->scores[o], total) ||
                !dt__rational_div(&party->values[i][o], party->values[i][o], party->weights[i]))
                return false;
        }
    }
    party->scale_high = total;
    party->reservation = DT__AT(*lines, score_line, lines->count - 1)->scores[0];
    return true;
}

static void add_party(dt__import *x, const dt_file *file, const char *name, const char *label, bool veto) {
    dt__vector lines = DT__VECTOR(score_line);
    dt__foreign_party *party;
    bool fits = true;

    if (!read_scores(x, file, &lines)) goto done;
    if (x->domain.issues.count == 0) add_issues(x, &lines, file);
    for (size_t i = 0; i + 1 < lines.count && !dt__import_failed(x); i++) {
        const score_line *line = DT__AT(lines, score_line, i);
        if (lines.count == x->domain.issues.count + 1 && line->count == dt__foreign_issue_at(&x->domain, i)->count)
            continue;
        dt__import_error(x, (dt__place){.file = file->name, .line = line->line}, "other-domain",
                         "there are other issues or options here than in “{0}”",
                         DT__AT(x->domain.parties, dt__foreign_party, 0)->file, NULL);
    }
    if (dt__import_failed(x) || (party = dt__foreign_add_party(x, name, file->name, dt__place_of_file(file))) == NULL)
        goto done;
    party->label = label;
    party->veto = veto;
    fits = weigh(party, &lines);
    if (!fits) dt__import_too_large(x, party->place, name);
done:
    dt__vector_clear(&lines, x->env);
}

/* ---- the list of parties ---- */

/* Instructions may bear the name of a party too: scores begin with a number. */
static bool begins_with_number(const dt_file *file) {
    return file->length > 0 && ((file->bytes[0] >= '0' && file->bytes[0] <= '9') || file->bytes[0] == '-');
}

static const dt_file *find_scores(dt__import *x, const char *party, const dt_file *cast) {
    for (size_t i = 0; i < x->count; i++) {
        const dt_file *file = &x->files[i];
        const char *stem = file == cast || !begins_with_number(file) ? NULL : dt__file_stem(x, file->name);
        if (stem != NULL && strcmp(stem, party) == 0) return file;
    }
    return NULL;
}

static void read_cast_line(dt__import *x, const dt_file *cast, const char *line, size_t length, uint32_t number) {
    dt__place place = {.file = cast->name, .line = number};
    const char *at = line, *name, *stem;
    const dt_file *scores;
    field label, file, role;

    if (!next_field(&at, line + length, &label) || !next_field(&at, line + length, &file) ||
        !next_field(&at, line + length, &role))
        return;
    name = dt__import_string(x, label.at, label.length);
    stem = dt__import_string(x, file.at, file.length);
    if (name == NULL || stem == NULL) return;
    if (dt__utf8_valid(line, length) != length) {
        dt__import_error(x, place, "bad-utf8", "this is no UTF-8 text", NULL);
        return;
    }
    if (*stem != '\0' && (scores = find_scores(x, stem, cast)) != NULL) {
        add_party(x, scores, stem, name, field_is(role, "p1") || field_is(role, "p2"));
        return;
    }
    dt__import_error(x, place, "missing-file", "there is no file of scores “{0}” for party “{1}”", stem, name, NULL);
}

/* ---- the deal that play begins with, and what issues and options are called ---- */

/* A1,B1,C4: an option of each issue. */
static void read_start(dt__import *x, const dt_file *file) {
    size_t offset = 0, length, i = 0, issues = x->domain.issues.count;
    const char **start = DT__IMPORT_ARRAY(x, const char *, issues), *line, *at;
    field f;

    if (start == NULL || !dt__next_line(file, &offset, &line, &length) || length > 64 * issues) return;
    for (at = line; i < issues && next_field(&at, line + length, &f); i++) {
        start[i] = dt__import_string(x, f.at, f.length);
        if (start[i] == NULL ||
            dt__lookup_find(&dt__foreign_issue_at(&x->domain, i)->by_name, start[i]) == DT__NOT_FOUND)
            return;
    }
    if (i == issues && at == NULL) x->domain.start = start;
}

/* What stands after `Issue A` or `A1`, up to the first colon outside of quotes, without quotes around all of it. */
static const char *called(dt__import *x, const char *at, size_t length) {
    bool quoted = false;
    size_t n = 0;

    while (length > 0 && (*at == ':' || *at == ' ')) at++, length--;
    for (; n < length && (quoted || at[n] != ':'); n++) quoted ^= at[n] == '"';
    while (n > 0 && (at[n - 1] == ' ' || at[n - 1] == '.')) n--;
    if (n > 2 && at[0] == '"' && at[n - 1] == '"' && memchr(at + 1, '"', n - 2) == NULL) at++, n -= 2;
    return n == 0 || dt__utf8_valid(at, n) != n ? NULL : dt__import_string(x, at, n);
}

/* The number that letters stand for: A 0, Z 25, AA 26; *length: how many letters.  Past the issues: DT__NOT_FOUND. */
static uint32_t letters_number(const dt__import *x, const char *at, size_t left, size_t *length) {
    uint64_t number = 0;

    for (*length = 0; *length < left && *length < 3 && at[*length] >= 'A' && at[*length] <= 'Z'; (*length)++) {
        number = number * 26 + (uint64_t)(at[*length] - 'A') + 1;
    }
    return number == 0 || number > x->domain.issues.count ? DT__NOT_FOUND : (uint32_t)number - 1;
}

static bool ends_word(const char *at, size_t left) {
    return left > 0 && (*at == ':' || *at == ' ');
}

/* A1: ... or A1 "..." */
static void name_option(dt__import *x, const char *line, size_t length) {
    size_t at, digits;
    uint32_t i = letters_number(x, line, length, &at);
    uint64_t number = 0;
    dt__foreign_issue *issue;

    if (i == DT__NOT_FOUND) return;
    for (digits = at; digits < length && digits < at + 5 && line[digits] >= '0' && line[digits] <= '9'; digits++) {
        number = number * 10 + (uint64_t)(line[digits] - '0');
    }
    issue = dt__foreign_issue_at(&x->domain, i);
    if (number == 0 || number > issue->count || !ends_word(line + digits, length - digits)) return;
    if (issue->labels == NULL) issue->labels = DT__IMPORT_ARRAY(x, const char *, issue->count);
    if (issue->labels == NULL || issue->labels[number - 1] != NULL) return;
    issue->labels[number - 1] = called(x, line + digits, length - digits);
}

/* Issue A: "..." */
static void name_issue(dt__import *x, const char *line, size_t length) {
    size_t at;
    uint32_t i = letters_number(x, line, length, &at);
    dt__foreign_issue *issue = i == DT__NOT_FOUND ? NULL : dt__foreign_issue_at(&x->domain, i);

    if (issue != NULL && issue->label == NULL && ends_word(line + at, length - at)) {
        issue->label = called(x, line + at, length - at);
    }
}

/* The rules of the game, in which every issue is introduced. */
static void read_names(dt__import *x, const dt_file *file) {
    size_t offset = 0, length;
    const char *line;

    while (x->status == DT_OK && dt__next_line(file, &offset, &line, &length)) {
        if (length > 6 && memcmp(line, "Issue ", 6) == 0) name_issue(x, line + 6, length - 6);
        else name_option(x, line, length);
    }
}

static bool introduces_issues(const dt_file *file) {
    const char *line;
    size_t offset = 0, length;

    while (dt__next_line(file, &offset, &line, &length)) {
        if (length > 9 && memcmp(line, "Issue A: ", 9) == 0) return true;
    }
    return false;
}

/* A game is called as its folder is. */
static const char *folder_of(dt__import *x, const char *name) {
    const char *end = dt__file_base(name), *start;

    if (end == name) return dt__file_stem(x, name);
    for (start = end - 1; start > name && start[-1] != '/' && start[-1] != '\\';) start--;
    return dt__import_string(x, start, (size_t)(end - 1 - start));
}

void dt__import_scorable(dt__import *x) {
    const dt_file *cast = x->files;
    size_t offset = 0, length;
    uint32_t number = 0;
    const char *line;

    while (!dt__is_cast(cast)) cast++; /* by it the game was recognised */
    x->domain.title = folder_of(x, cast->name);
    x->domain.file = cast->name;
    x->domain.all_but_one = true;
    while (!dt__import_failed(x) && dt__next_line(cast, &offset, &line, &length)) {
        number++;
        if (length > 0) read_cast_line(x, cast, line, length, number);
    }
    for (size_t i = 0; i < x->count && !dt__import_failed(x); i++) {
        if (&x->files[i] == cast || dt__utf8_valid(x->files[i].bytes, x->files[i].length) != x->files[i].length)
            continue;
        if (introduces_issues(&x->files[i])) read_names(x, &x->files[i]);
        else if (x->domain.start == NULL) read_start(x, &x->files[i]);
    }
}
