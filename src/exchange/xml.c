#include "exchange/xml.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>
#include <libxml/xmlerror.h>
#include <string.h>

#include "base/encoding.h"

/* ---- the text before libxml2 sees it ---- */

typedef struct mending {
    dt__import *x;
    const dt_file *file;
    const char *at, *end;
    dt__text *out;
    bool latin; /* the bytes are windows-1252 */
    uint32_t line;
    size_t ampersands;
    uint32_t first_ampersand; /* its line */
} mending;

static bool starts(const mending *m, const char *word) {
    size_t length = strlen(word);
    return (size_t)(m->end - m->at) >= length && memcmp(m->at, word, length) == 0;
}

static void add_latin(dt__text *out, unsigned char byte) {
    char bytes[DT__UTF8_MOST];

    dt__text_add_bytes(out, bytes, dt__utf8_put(bytes, dt__windows_1252(byte)));
}

static void copy_one(mending *m) {
    unsigned char byte = (unsigned char)*m->at++;

    m->line += byte == '\n';
    if (byte >= 0x80 && m->latin) add_latin(m->out, byte);
    else dt__text_add_char(m->out, (char)byte);
}

/* Copies up to and with the end of a comment, an instruction or a section. */
static void copy_through(mending *m, const char *last) {
    while (m->at < m->end && !starts(m, last)) copy_one(m);
    for (size_t i = strlen(last); i > 0 && m->at < m->end; i--) copy_one(m);
}

/* An instruction as white space, its line ends kept. */
static void blank_through(mending *m, const char *last) {
    for (; m->at < m->end && !starts(m, last); m->at++) {
        m->line += *m->at == '\n';
        dt__text_add_char(m->out, *m->at == '\n' ? '\n' : ' ');
    }
    m->at += m->end - m->at < (ptrdiff_t)strlen(last) ? (size_t)(m->end - m->at) : strlen(last);
}

static bool is_name_byte(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '#' ||
           c == '.' || c == '-';
}

static void copy_ampersand(mending *m) {
    const char *c = m->at + 1;

    while (c < m->end && is_name_byte(*c)) c++;
    if (c < m->end && *c == ';' && c > m->at + 1) {
        copy_one(m);
        return;
    }
    dt__text_add(m->out, "&amp;");
    m->at++;
    if (m->ampersands++ == 0) m->first_ampersand = m->line;
}

/* False after a finding. */
static bool mend(mending *m) {
    while (m->at < m->end) {
        if (starts(m, "<!--")) copy_through(m, "-->");
        else if (starts(m, "<![CDATA[")) copy_through(m, "]]>");
        else if (starts(m, "<?xml ") || starts(m, "<?xml\t") || starts(m, "<?xml\r") || starts(m, "<?xml\n"))
            blank_through(m, "?>");
        else if (starts(m, "<?")) copy_through(m, "?>");
        else if (starts(m, "<!DOCTYPE") || starts(m, "<!ENTITY")) {
            dt__import_error(m->x, (dt__place){.file = m->file->name, .line = m->line}, "doctype",
                             "a document type declaration stands here; it is not read, and no entity is expanded",
                             NULL);
            dt__import_hint(m->x, "take it out: domains and profiles need none", NULL);
            return false;
        } else if (*m->at == '&') copy_ampersand(m);
        else copy_one(m);
    }
    return true;
}

/* The encoding that the declaration names, in capitals as it stands; "" when it names none. */
static void declared_encoding(const dt_file *file, char *out, size_t size) {
    const char *end = file->bytes + file->length, *at = file->bytes;
    size_t n = 0;

    *out = '\0';
    while (at < end && !((size_t)(end - at) > 6 && memcmp(at, "<?xml ", 6) == 0)) at++;
    while (at < end && *at != '>' && !((size_t)(end - at) > 9 && memcmp(at, "encoding=", 9) == 0)) at++;
    if (at >= end || *at == '>') return;
    for (at += 10; at < end && n + 1 < size && is_name_byte(*at); at++) {
        out[n++] = *at >= 'a' && *at <= 'z' ? (char)(*at - 'a' + 'A') : *at;
    }
    out[n] = '\0';
}

/* UTF-8 or windows-1252; false after a finding. */
static bool choose_encoding(mending *m) {
    const dt_file *file = m->file;
    size_t length = (size_t)(m->end - m->at), valid = dt__utf8_valid(m->at, length);
    char encoding[32];

    if (memchr(m->at, '\0', length) != NULL) {
        dt__import_error(m->x, dt__place_of_file(file), "bad-encoding", "this is no UTF-8 text", NULL);
        dt__import_hint(m->x, "save the file as UTF-8", NULL);
        return false;
    }
    declared_encoding(file, encoding, sizeof encoding);
    m->latin = strcmp(encoding, "ISO-8859-1") == 0 || strcmp(encoding, "WINDOWS-1252") == 0;
    if (m->latin || valid == length) return true;
    if (*encoding != '\0' && strcmp(encoding, "UTF-8") != 0 && strcmp(encoding, "US-ASCII") != 0) {
        dt__import_error(m->x, dt__place_of_file(file), "bad-encoding", "the encoding “{0}” is not read", encoding,
                         NULL);
        dt__import_hint(m->x, "save the file as UTF-8", NULL);
        return false;
    }
    m->latin = true;
    dt__import_warning(m->x, dt__place_of_file(file), "bad-utf8", "this is no UTF-8 text; it is read as windows-1252",
                       NULL);
    return true;
}

static void say_ampersands(const mending *m) {
    if (m->ampersands == 0) return;
    dt__import_warning(m->x, (dt__place){.file = m->file->name, .line = m->first_ampersand}, "bare-ampersand",
                       "an ampersand begins no entity here; it is read as it stands, here and further on", NULL);
}

/* ---- parsing ---- */

typedef struct first_error {
    char message[256];
    int line, column;
    bool found, memory;
} first_error;

#if LIBXML_VERSION >= 21200
typedef const xmlError *error_given;
#else
typedef xmlErrorPtr error_given;
#endif

/* Keeps the first error: those after it follow from it. */
static void take_error(void *context, error_given error) {
    first_error *first = ((xmlParserCtxtPtr)context)->_private;
    size_t length;

    if (first->found || error->level < XML_ERR_ERROR) return;
    if (error->code == XML_ERR_NO_MEMORY) {
        first->memory = true;
        return;
    }
    first->found = true;
    first->line = error->line;
    first->column = error->int2;
    length = error->message == NULL ? 0 : strcspn(error->message, "\r\n");
    if (length >= sizeof first->message) length = sizeof first->message - 1;
    if (length > 0) memcpy(first->message, error->message, length);
    first->message[length] = '\0';
    first->message[dt__utf8_valid(first->message, length)] = '\0';
}

static void say_error(dt__import *x, const dt_file *file, const first_error *error) {
    dt__place place = {.file = file->name, .line = error->line > 0 ? (uint32_t)error->line : 0};

    if (place.line > 0 && error->column > 0) place.column = (uint32_t)error->column;
    dt__import_error(x, place, "bad-xml", "this is no valid XML: {0}", error->message, NULL);
}

/* ---- from libxml2's tree to ours ---- */

static const char *attribute_value(dt__import *x, const xmlAttr *attribute) {
    const char *kept;
    dt__text value;

    dt__text_init(&value, x->env);
    for (const xmlNode *part = attribute->children; part != NULL; part = part->next) {
        if (part->content != NULL) dt__text_add(&value, (const char *)part->content);
    }
    if (value.failed && x->status == DT_OK) x->status = DT_ERR_MEMORY;
    kept = x->status == DT_OK ? dt__import_trimmed(x, dt__text_get(&value), value.length) : NULL;
    dt__text_clear(&value);
    return kept;
}

static dt__attribute *convert_attributes(dt__import *x, const xmlNode *node) {
    dt__attribute *first = NULL, **tail = &first;

    for (const xmlAttr *a = node->properties; a != NULL && x->status == DT_OK; a = a->next) {
        dt__attribute *attribute = dt__import_alloc(x, 1, sizeof *attribute);
        if (attribute == NULL) return NULL;
        attribute->name = dt__import_string(x, (const char *)a->name, strlen((const char *)a->name));
        attribute->value = attribute_value(x, a);
        *tail = attribute;
        tail = &attribute->next;
    }
    return first;
}

/* As deep as libxml2 lets a document be: 256. */
static dt__element *convert(dt__import *x, const dt_file *file, const xmlNode *node) {
    dt__element *element = dt__import_alloc(x, 1, sizeof *element), **tail;
    long line = xmlGetLineNo((xmlNode *)node);

    if (element == NULL) return NULL;
    element->name = dt__import_string(x, (const char *)node->name, strlen((const char *)node->name));
    element->place = (dt__place){.file = file->name, .line = line > 0 ? (uint32_t)line : 0};
    element->attributes = convert_attributes(x, node);
    tail = &element->first;
    for (const xmlNode *child = node->children; child != NULL && x->status == DT_OK; child = child->next) {
        if (child->type != XML_ELEMENT_NODE) continue;
        if ((*tail = convert(x, file, child)) != NULL) tail = &(*tail)->next;
    }
    return element;
}

static dt__element *parse(dt__import *x, const dt_file *file, const dt__text *text) {
    const int options =
        XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_BIG_LINES;
    first_error error = {0};
    xmlParserCtxtPtr context = xmlNewParserCtxt();
    const xmlNode *root;
    dt__element *element = NULL;
    xmlDocPtr doc = NULL;

    if (context != NULL) {
        context->_private = &error;
        context->sax->serror = take_error;
        doc = xmlCtxtReadMemory(context, dt__text_get(text), (int)text->length, NULL, "UTF-8", options);
        xmlFreeParserCtxt(context);
    }
    root = doc == NULL ? NULL : xmlDocGetRootElement(doc);
    if (context == NULL || (error.memory && !error.found)) x->status = DT_ERR_MEMORY;
    else if (root == NULL || error.found || doc->intSubset != NULL) say_error(x, file, &error);
    else element = convert(x, file, root);
    if (doc != NULL) xmlFreeDoc(doc);
    return x->status == DT_OK ? element : NULL;
}

const dt__element *dt__xml_read(dt__import *x, const dt_file *file) {
    mending m = {.x = x, .file = file, .at = file->bytes, .end = file->bytes + file->length, .line = 1};
    const dt__element *root = NULL;
    dt__text text;

    if (x->status != DT_OK) return NULL;
    if (file->length >= 3 && memcmp(file->bytes, "\xEF\xBB\xBF", 3) == 0) m.at += 3;
    dt__text_init(&text, x->env);
    m.out = &text;
    if (choose_encoding(&m) && mend(&m)) {
        if (text.failed) x->status = DT_ERR_MEMORY;
        else root = parse(x, file, &text);
        if (root != NULL) say_ampersands(&m);
    }
    dt__text_clear(&text);
    return root;
}

/* ---- looking at elements ---- */

bool dt__xml_is(const dt__element *element, const char *name) {
    return strcmp(element->name, name) == 0;
}

const char *dt__xml_attribute(const dt__element *element, const char *name) {
    for (const dt__attribute *a = element->attributes; a != NULL; a = a->next) {
        if (strcmp(a->name, name) == 0) return a->value;
    }
    return NULL;
}

const dt__element *dt__xml_child(const dt__element *element, const char *name) {
    DT__EACH_ELEMENT(child, element) {
        if (dt__xml_is(child, name)) return child;
    }
    return NULL;
}
