#include "document/value.h"

#include <string.h>

static dt__value *new_value(dt_document *d, dt__value_kind kind) {
    dt__value *value = DT__ARENA_NEW(&d->arena, dt__value);
    if (value == NULL) {
        d->failed = true;
        return NULL;
    }
    value->kind = kind;
    value->text = "";
    return value;
}

static dt__value *new_text(dt_document *d, dt__value_kind kind, const char *text) {
    dt__value *value = new_value(d, kind);
    if (value != NULL) value->text = dt__document_copy(d, text);
    return value;
}

dt__value *dt__value_null(dt_document *d) {
    return new_value(d, DT__VALUE_NULL);
}

dt__value *dt__value_bool(dt_document *d, bool truth) {
    dt__value *value = new_value(d, DT__VALUE_BOOL);
    if (value != NULL) value->truth = truth;
    return value;
}

dt__value *dt__value_string(dt_document *d, const char *text) {
    return text == NULL ? dt__value_null(d) : new_text(d, DT__VALUE_STRING, text);
}

dt__value *dt__value_array(dt_document *d) {
    return new_value(d, DT__VALUE_ARRAY);
}

dt__value *dt__value_object(dt_document *d) {
    return new_value(d, DT__VALUE_OBJECT);
}

dt__value *dt__value_unsigned(dt_document *d, uint64_t value) {
    dt__text digits;

    dt__text_init(&digits, d->env);
    dt__text_add_unsigned(&digits, value);
    return new_text(d, value > UINT64_C(1) << 53 ? DT__VALUE_STRING : DT__VALUE_NUMBER, dt__document_take(d, &digits));
}

dt__value *dt__value_double(dt_document *d, double value) {
    dt__text digits;

    if (!(value - value >= 0)) return dt__value_null(d); /* NaN or infinite */
    dt__text_init(&digits, d->env);
    dt__text_add_double(&digits, value);
    return new_text(d, DT__VALUE_NUMBER, dt__document_take(d, &digits));
}

/* Is it a number as JSON writes it, without an exponent: -?(0|[1-9][0-9]*)(.[0-9]+)? */
static bool is_plain_number(const char *text) {
    size_t digits;

    if (*text == '-') text++;
    digits = strspn(text, "0123456789");
    if (digits == 0 || (digits > 1 && *text == '0')) return false;
    text += digits;
    if (*text == '\0') return true;
    if (*text++ != '.') return false;
    digits = strspn(text, "0123456789");
    return digits > 0 && text[digits] == '\0';
}

dt__value *dt__value_exact(dt_document *d, dt_exact number) {
    if (number.text == NULL) return dt__value_null(d);
    if (is_plain_number(number.text)) return new_text(d, DT__VALUE_NUMBER, number.text);
    return dt__value_double(d, number.value);
}

/* Compares natural numbers as text. */
static bool is_over(const char *count, const char *limit) {
    size_t a = strlen(count), b = strlen(limit);
    return a != b ? a > b : strcmp(count, limit) > 0;
}

dt__value *dt__value_count(dt_document *d, dt_exact count) {
    if (count.text == NULL) return dt__value_null(d);
    if (!is_plain_number(count.text) || is_over(count.text, "9007199254740992")) return dt__value_string(d, count.text);
    return new_text(d, DT__VALUE_NUMBER, count.text);
}

dt__value *dt__append(dt__value *parent, dt__value *member) {
    if (parent == NULL || member == NULL) return member;
    if (parent->last == NULL) parent->first = member;
    else parent->last->next = member;
    parent->last = member;
    return member;
}

dt__value *dt__put(dt_document *d, dt__value *object, const char *key, dt__value *member) {
    if (member != NULL) member->key = dt__document_copy(d, key);
    return dt__append(object, member);
}
