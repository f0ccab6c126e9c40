/* What files are, by their content: marks that one format has and the others have not. */
#include <string.h>

#include "exchange/recognise.h"

static bool holds(const dt_file *file, const char *word) {
    size_t length = strlen(word);
    const char *at = file->bytes, *end = file->bytes + file->length;

    while (at < end && (size_t)(end - at) >= length &&
           (at = memchr(at, word[0], (size_t)(end - at) - length + 1)) != NULL) {
        if (memcmp(at, word, length) == 0) return true;
        at++;
    }
    return false;
}

/* The first byte that is no white space; 0 when there is none. */
static char first_mark(const dt_file *file) {
    size_t i = file->length >= 3 && memcmp(file->bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;

    for (; i < file->length; i++) {
        if (strchr(" \t\r\n", file->bytes[i]) == NULL || file->bytes[i] == '\0') return file->bytes[i];
    }
    return '\0';
}

bool dt__next_line(const dt_file *file, size_t *offset, const char **line, size_t *length) {
    const char *start = file->bytes + *offset, *newline;
    size_t left;

    if (*offset >= file->length) return false;
    left = file->length - *offset;
    newline = memchr(start, '\n', left);
    *line = start;
    *length = newline == NULL ? left : (size_t)(newline - start);
    *offset += *length + 1;
    if (*length > 0 && start[*length - 1] == '\r') (*length)--;
    return true;
}

static bool begins(const char *line, size_t length, const char *word) {
    return length >= strlen(word) && memcmp(line, word, strlen(word)) == 0;
}

static bool ends_with(const char *line, size_t length, const char *word) {
    return length >= strlen(word) && memcmp(line + length - strlen(word), word, strlen(word)) == 0;
}

/* `type: ...OutcomeSpace` or `type: ...UtilityFunction` at the top; nothing of the model language. */
static bool is_negmas(const dt_file *file) {
    size_t offset = 0, length;
    bool found = false;
    const char *line;

    while (dt__next_line(file, &offset, &line, &length)) {
        if (begins(line, length, "detente:")) return false;
        while (length > 0 && (line[length - 1] == ' ' || line[length - 1] == '\'' || line[length - 1] == '"')) length--;
        if (!begins(line, length, "type:")) continue;
        found |= ends_with(line, length, "OutcomeSpace") || ends_with(line, length, "UtilityFunction") ||
                 ends_with(line, length, "UFun");
    }
    return found;
}

bool dt__is_cast_line(const char *line, size_t length) {
    static const char *const roles[] = {",p1,", ",p2,", ",player,"};

    for (size_t r = 0; r < sizeof roles / sizeof *roles; r++) {
        size_t n = strlen(roles[r]);
        for (size_t i = 1; i + n <= length; i++) {
            if (memcmp(line + i, roles[r], n) == 0) return memchr(line, ',', i) != NULL;
        }
    }
    return false;
}

bool dt__is_cast(const dt_file *file) {
    size_t offset = 0, length, lines = 0;
    const char *line;

    while (dt__next_line(file, &offset, &line, &length)) {
        if (length == 0) continue;
        if (!dt__is_cast_line(line, length)) return false;
        lines++;
    }
    return lines > 0;
}

bool dt__is_genius(const dt_file *file) {
    return first_mark(file) == '<' && (holds(file, "<negotiation_template") || holds(file, "<utility_space"));
}

bool dt__is_geniusweb(const dt_file *file) {
    return first_mark(file) == '{' &&
           (holds(file, "\"issuesValues\"") || holds(file, "\"LinearAdditiveUtilitySpace\""));
}

bool dt__is_negolog(const dt_file *file) {
    return first_mark(file) == '{' && holds(file, "\"issueWeights\"") && holds(file, "\"issues\"");
}

bool dt__is_gmcr(const dt_file *file) {
    return first_mark(file) == '{' && holds(file, "\"decisionMakers\"") && holds(file, "\"options\"");
}

/* Protocol 2 and later begin with byte 0x80 and the protocol, which no text does; the older ones are known by a key. */
bool dt__is_pickle(const dt_file *file) {
    bool binary = file->length >= 2 && (unsigned char)file->bytes[0] == 0x80 && (unsigned char)file->bytes[1] <= 5;
    bool old = file->length >= 2 && (file->bytes[0] == '(' || file->bytes[0] == '}');

    return binary || (old && holds(file, "prefPri") && holds(file, "infeas"));
}

dt_foreign dt_foreign_recognise(const dt_file *files, size_t count) {
    for (size_t i = 0; i < count; i++) {
        if (dt__is_genius(&files[i])) return DT_FOREIGN_GENIUS;
        if (dt__is_geniusweb(&files[i])) return DT_FOREIGN_GENIUSWEB;
        if (dt__is_negolog(&files[i])) return DT_FOREIGN_NEGOLOG;
        if (dt__is_gmcr(&files[i]) || dt__is_pickle(&files[i])) return DT_FOREIGN_GMCR;
        if (dt__is_cast(&files[i])) return DT_FOREIGN_SCORABLE;
        if (is_negmas(&files[i])) return DT_FOREIGN_NEGMAS;
    }
    return DT_FOREIGN_NONE;
}
