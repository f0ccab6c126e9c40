/* The report of all answers as one page: head with its security policy, a body per language, the data of the pictures,
 * script and style.  Both languages stand in the page; a radio button and the style choose one, without a script. */

#include "base/catalog.h"
#include "base/digest.h"
#include "page/page_sections.h"

/* ---- the security policy ---- */

static void add_base64(dt__text *out, const uint8_t *bytes, size_t length) {
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    for (size_t i = 0; i < length; i += 3) {
        size_t left = length - i;
        uint32_t group = (uint32_t)bytes[i] << 16;
        if (left > 1) group |= (uint32_t)bytes[i + 1] << 8;
        if (left > 2) group |= bytes[i + 2];
        dt__text_add_char(out, digits[group >> 18]);
        dt__text_add_char(out, digits[(group >> 12) & 63]);
        dt__text_add_char(out, left > 1 ? digits[(group >> 6) & 63] : '=');
        dt__text_add_char(out, left > 2 ? digits[group & 63] : '=');
    }
}

static void add_hash(dt__text *out, const char *text, size_t length) {
    uint8_t hash[DT__DIGEST_BYTES];
    dt__digest digest;

    dt__digest_begin(&digest);
    dt__digest_add(&digest, text, length);
    dt__digest_end(&digest, hash);
    dt__text_add(out, "'sha256-");
    add_base64(out, hash, sizeof hash);
    dt__text_add(out, "'");
}

/* The page's own script and style by their hashes; no request, no frame, no form, no plug-in. */
static void add_policy(dt__text *out) {
    dt__text_add(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src ");
    if (dt__page_script_length > 0) add_hash(out, dt__page_script, dt__page_script_length);
    else dt__text_add(out, "'none'");
    dt__text_add(out, "; style-src ");
    add_hash(out, dt__page_style, dt__page_style_length);
    dt__text_add(out, "; img-src data:; base-uri 'none'; form-action 'none'\">\n");
}

static void add_head(dt__text *out, const dt_model *model, const dt_page_language *first) {
    dt_language language = first->env->opts.language;

    dt__text_add(out, "<!DOCTYPE html>\n<html lang=\"");
    dt__text_add(out, dt_language_tag(language));
    dt__text_add(out, "\">\n<head>\n<meta charset=\"utf-8\">\n");
    add_policy(out);
    dt__text_add(out,
                 "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                 "<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"generator\" content=\"detente ");
    dt__text_add(out, dt_version());
    dt__text_add(out, "\">\n<title>");
    dt__html_add(out, dt_model_title(model, language));
    dt__text_add(out, "</title>\n<style>");
    dt__text_add_bytes(out, dt__page_style, dt__page_style_length);
    dt__text_add(out, "</style>\n</head>\n");
}

/* ---- pieces ---- */

static void add_id(dt__text *out, const dt_env *env, const char *id) {
    dt__text_add(out, dt_language_tag(env->opts.language));
    dt__text_add_char(out, '-');
    dt__text_add(out, id);
}

static const char *first_text(const dt_document *d, dt__block_kind kind) {
    for (const dt__block *block = d->first; block != NULL; block = block->next) {
        if (block->kind == kind) return block->text;
    }
    return "";
}

/* The script puts its drawing into the empty part; without it the table says the same. */
static void add_picture(dt__text *out, const dt__page_parts *parts, size_t i) {
    const dt_document *d = parts->items[i].document;

    dt__text_add(out, "<figure class=\"picture\" data-part=\"");
    dt__text_add_unsigned(out, i);
    dt__text_add(out, "\">\n<figcaption><h3>");
    dt__html_add(out, first_text(d, DT__HEADING));
    dt__text_add(out, "</h3>\n<p>");
    dt__html_add(out, first_text(d, DT__PARAGRAPH));
    dt__text_add(out, "</p></figcaption>\n<div class=\"drawing\"></div>\n<details><summary>");
    dt__html_add(out, dt__t(parts->env, "The numbers as a table"));
    dt__text_add(out, "</summary>\n");
    dt__html_tables(out, d);
    dt__text_add(out, "</details>\n</figure>\n");
}

/* The last part of what it rests on lists numbers and sources; before it stands what the model holds. */
static const char *name_in_full(const dt__page_parts *parts, size_t i) {
    if (parts->items[i].section != DT__PAGE_EVIDENCE) return DT__N("The answer in full");
    return i + 1 == parts->count ? DT__N("The numbers and sources in full") : DT__N("What the model holds, in full");
}

static void add_in_full(dt__text *out, const dt__page_parts *parts, size_t i) {
    dt__text_add(out, "<details class=\"full\"><summary>");
    dt__html_add(out, dt__t(parts->env, name_in_full(parts, i)));
    dt__text_add(out, "</summary>\n");
    dt__html_blocks(out, parts->items[i].document, 2, false);
    dt__text_add(out, "</details>\n");
}

static bool has_part(const dt__page_parts *parts, dt__page_section section) {
    if (section == DT__PAGE_METHODS) return true;
    for (size_t i = 0; i < parts->count; i++) {
        if (parts->items[i].section == section) return true;
    }
    return false;
}

/* Does one of the sections that it is about stand on the page? */
static bool applies(const dt__page_parts *parts, const dt__page_limit *limit) {
    for (size_t i = 0; i < parts->count; i++)
        if ((limit->sections >> parts->items[i].section & 1) != 0) return true;
    return false;
}

static bool has_limits(const dt__page_parts *parts) {
    for (const dt__page_limit *l = dt__page_limits; l->msgid != NULL; l++)
        if (applies(parts, l)) return true;
    return false;
}

static void add_limits(dt__text *out, const dt__page_parts *parts) {
    dt__text_add(out, "<div class=\"limits\"><h3>");
    dt__html_add(out, dt__t(parts->env, "Not modelled"));
    dt__text_add(out, "</h3>\n<ul>\n");
    for (const dt__page_limit *l = dt__page_limits; l->msgid != NULL; l++) {
        if (!applies(parts, l)) continue;
        dt__text_add(out, "<li>");
        dt__html_add(out, dt__t(parts->env, l->msgid));
        dt__text_add(out, "</li>\n");
    }
    dt__text_add(out, "</ul></div>\n");
}

static void add_methods(dt__text *out, const dt__page_parts *parts, const dt_document *origin) {
    dt__text_add(out, "<ul>\n");
    for (unsigned s = 0; s < DT__PAGE_SECTION_COUNT; s++) {
        const char *method = dt__section_method(parts->env, (dt__page_section)s);
        if (method == NULL || !has_part(parts, (dt__page_section)s)) continue;
        dt__text_add(out, "<li>");
        dt__html_add(out, method);
        dt__text_add(out, "</li>\n");
    }
    dt__text_add(out, "</ul>\n");
    if (has_limits(parts)) add_limits(out, parts);
    dt__html_tables(out, origin);
}

static void add_section(dt__text *out, const dt__page_parts *parts, dt__page_section section,
                        const dt_document *origin) {
    if (section == DT__PAGE_SUMMARY || !has_part(parts, section)) return;
    dt__text_add(out, "<section id=\"");
    add_id(out, parts->env, dt__section_id(section));
    dt__text_add(out, "\">\n<h2>");
    dt__html_add(out, dt__section_title(parts->env, section));
    dt__text_add(out, "</h2>\n");
    for (size_t i = 0; i < parts->count; i++) {
        if (parts->items[i].section == section && parts->items[i].picture != DT_PICTURE_COUNT)
            add_picture(out, parts, i);
    }
    for (size_t i = 0; i < parts->count; i++) {
        if (parts->items[i].section == section && parts->items[i].picture == DT_PICTURE_COUNT)
            add_in_full(out, parts, i);
    }
    if (section == DT__PAGE_METHODS) add_methods(out, parts, origin);
    dt__text_add(out, "</section>\n");
}

static void add_contents(dt__text *out, const dt__page_parts *parts) {
    dt__text_add(out, "<nav class=\"contents\" aria-label=\"");
    dt__html_add(out, dt__t(parts->env, "Contents"));
    dt__text_add(out, "\"><ol>\n");
    for (unsigned s = DT__PAGE_SUMMARY + 1; s < DT__PAGE_SECTION_COUNT; s++) {
        if (!has_part(parts, (dt__page_section)s)) continue;
        dt__text_add(out, "<li><a href=\"#");
        add_id(out, parts->env, dt__section_id((dt__page_section)s));
        dt__text_add(out, "\">");
        dt__html_add(out, dt__section_title(parts->env, (dt__page_section)s));
        dt__text_add(out, "</a></li>\n");
    }
    dt__text_add(out, "</ol></nav>\n");
}

static void add_redaction(dt__text *out, const dt_model *model, const dt__page_parts *parts, uint64_t redacted) {
    for (uint32_t p = 0; p < model->party_count; p++) {
        dt__text sentence;
        if (((redacted >> p) & 1) == 0) continue;
        dt__text_init(&sentence, parts->env);
        dt__text_message(&sentence,
                         "Left out of this report: the red lines of {0}, what no deal is worth to it, and all that "
                         "would tell them.",
                         dt__label_text(&model->parties[p].name, parts->env->opts.language, model->parties[p].id),
                         NULL);
        dt__text_add(out, "<p class=\"note\">");
        dt__html_add(out, dt__text_get(&sentence));
        dt__text_add(out, "</p>\n");
        out->failed |= sentence.failed;
        dt__text_clear(&sentence);
    }
}

static void add_article(dt__text *out, const dt_model *model, const dt__page_parts *parts, uint64_t redacted,
                        const dt_document *origin) {
    const char *tag = dt_language_tag(parts->env->opts.language);

    dt__text_add(out, "<article lang=\"");
    dt__text_add(out, tag);
    dt__text_add(out, "\" class=\"in-");
    dt__text_add(out, tag);
    dt__text_add(out, "\">\n<section class=\"summary\" id=\"");
    add_id(out, parts->env, dt__section_id(DT__PAGE_SUMMARY));
    dt__text_add(out, "\">\n");
    if (parts->count > 0) dt__html_blocks(out, parts->items[0].document, 0, true);
    add_redaction(out, model, parts, redacted);
    dt__text_add(out, "</section>\n");
    add_contents(out, parts);
    for (unsigned s = 0; s < DT__PAGE_SECTION_COUNT; s++) add_section(out, parts, (dt__page_section)s, origin);
    dt__text_add(out, "</article>\n");
}

/* ---- the switch of languages ---- */

static const char *const own_names[DT_LANG_COUNT] = {[DT_LANG_EN] = "English", [DT_LANG_ZH_HANT] = "繁體中文"};

static void add_switch(dt__text *out, const dt_page_opts *opts) {
    if (opts->language_count < 2) return;
    dt__text_add(out, "<fieldset class=\"languages\"><legend>Language / 語言</legend>\n");
    for (size_t i = 0; i < opts->language_count; i++) {
        dt_language language = opts->languages[i].env->opts.language;
        const char *tag = dt_language_tag(language);
        dt__text_add(out, "<input type=\"radio\" name=\"language\" id=\"choose-");
        dt__text_add(out, tag);
        dt__text_add(out, i == 0 ? "\" checked>" : "\">");
        dt__text_add(out, "<label for=\"choose-");
        dt__text_add(out, tag);
        dt__text_add(out, "\" lang=\"");
        dt__text_add(out, tag);
        dt__text_add(out, "\">");
        dt__text_add(out, own_names[language]);
        dt__text_add(out, "</label>\n");
    }
    dt__text_add(out, "</fieldset>\n");
}

/* ---- the data ---- */

static dt_status add_data(dt__text *out, const dt_model *model, const dt__page_parts *parts, size_t count,
                          dt_env *env) {
    dt_document *d = dt__document_new(model, env);
    dt_status st;

    if (d == NULL) return DT_ERR_MEMORY;
    dt__text_add(out, "<script type=\"application/json\" id=\"data\">{");
    for (size_t l = 0; l < count; l++) {
        bool first = true;
        d->env = parts[l].env;
        if (l > 0) dt__text_add_char(out, ',');
        dt__text_add_char(out, '"');
        dt__text_add(out, dt_language_tag(parts[l].env->opts.language));
        dt__text_add(out, "\":{\"words\":");
        dt__json_embed(out, dt__page_words(d));
        dt__text_add(out, ",\"parts\":{");
        for (size_t i = 0; i < parts[l].count; i++) {
            if (parts[l].items[i].picture == DT_PICTURE_COUNT) continue;
            if (!first) dt__text_add_char(out, ',');
            first = false;
            dt__text_add_char(out, '"');
            dt__text_add_unsigned(out, i);
            dt__text_add(out, "\":");
            dt__json_embed(out, parts[l].items[i].document->answer);
        }
        dt__text_add(out, "}}");
    }
    dt__text_add(out, "}</script>\n");
    st = d->failed ? DT_ERR_MEMORY : DT_OK;
    dt_document_free(d, env);
    return st;
}

/* ---- the whole ---- */

static dt_status write_page(dt__text *out, const dt_model *model, const dt_page_opts *opts, const dt__page_parts *parts,
                            dt_env *env) {
    dt_status st = DT_OK;

    add_head(out, model, &opts->languages[0]);
    dt__text_add(out, "<body>\n<header>");
    add_switch(out, opts);
    dt__text_add(out, "</header>\n<main>\n");
    for (size_t l = 0; l < opts->language_count && st == DT_OK; l++) {
        dt_document *origin = NULL;
        st = dt__page_origin(&origin, model, opts, parts[l].env);
        if (st == DT_OK) add_article(out, model, &parts[l], opts->languages[l].answers.redacted, origin);
        dt_document_free(origin, parts[l].env);
    }
    dt__text_add(out, "</main>\n");
    if (st == DT_OK && dt__page_script_length > 0) {
        st = add_data(out, model, parts, opts->language_count, env);
        dt__text_add(out, "<script>");
        dt__text_add_bytes(out, dt__page_script, dt__page_script_length);
        dt__text_add(out, "</script>\n");
    }
    dt__text_add(out, "</body>\n</html>\n");
    return st == DT_OK ? dt__text_status(out) : st;
}

static void add_markdown_limits(dt__text *out, const dt__page_parts *parts) {
    dt__text_add(out, "\n### ");
    dt__markdown_add(out, dt__t(parts->env, "Not modelled"));
    dt__text_add(out, "\n\n");
    for (const dt__page_limit *l = dt__page_limits; l->msgid != NULL; l++) {
        if (!applies(parts, l)) continue;
        dt__text_add(out, "- ");
        dt__markdown_add(out, dt__t(parts->env, l->msgid));
        dt__text_add_char(out, '\n');
    }
}

static void add_markdown(dt__text *out, const dt_model *model, const dt__page_parts *parts, const dt_document *origin) {
    (void)model;
    if (parts->count > 0) dt__markdown_blocks(out, parts->items[0].document, 0, true);
    for (unsigned s = DT__PAGE_SUMMARY + 1; s < DT__PAGE_SECTION_COUNT; s++) {
        if (!has_part(parts, (dt__page_section)s)) continue;
        dt__text_add(out, "## ");
        dt__markdown_add(out, dt__section_title(parts->env, (dt__page_section)s));
        dt__text_add(out, "\n\n");
        for (size_t i = 0; i < parts->count; i++) {
            bool picture = parts->items[i].picture != DT_PICTURE_COUNT;
            if (parts->items[i].section == s)
                dt__markdown_blocks(out, parts->items[i].document, picture ? 2 : 1, picture);
        }
        if (s != DT__PAGE_METHODS) continue;
        for (unsigned m = 0; m < DT__PAGE_SECTION_COUNT; m++) {
            const char *method = dt__section_method(parts->env, (dt__page_section)m);
            if (method == NULL || !has_part(parts, (dt__page_section)m)) continue;
            dt__text_add(out, "- ");
            dt__markdown_add(out, method);
            dt__text_add_char(out, '\n');
        }
        if (has_limits(parts)) add_markdown_limits(out, parts);
        dt__text_add_char(out, '\n');
        dt__markdown_blocks(out, origin, 0, true);
    }
}

static dt_status write_markdown(dt__text *out, const dt_model *model, const dt_page_opts *opts,
                                const dt__page_parts *parts, dt_env *env) {
    dt_document *origin = NULL;
    dt_status st = dt__page_origin(&origin, model, opts, parts->env);

    (void)env;
    if (st == DT_OK) add_markdown(out, model, parts, origin);
    dt_document_free(origin, parts->env);
    return st == DT_OK ? dt__text_status(out) : st;
}

typedef dt_status page_writer(dt__text *out, const dt_model *model, const dt_page_opts *opts,
                              const dt__page_parts *parts, dt_env *env);

static dt_status render(const dt_model *model, const dt_page_opts *opts, size_t languages, page_writer *writer,
                        const dt_sink *sink, dt_env *env) {
    dt__page_parts parts[DT_LANG_COUNT] = {{0}};
    dt_status st = DT_OK;
    dt__text out;

    if (languages == 0 || languages > DT_LANG_COUNT) return DT_ERR_ARGUMENT;
    dt__text_init(&out, env);
    for (size_t l = 0; l < languages && st == DT_OK; l++)
        st = dt__page_parts_build(&parts[l], model, &opts->languages[l]);
    if (st == DT_OK) st = writer(&out, model, opts, parts, env);
    if (st == DT_OK) st = sink->write(sink->payload, dt__text_get(&out), out.length);
    for (size_t l = 0; l < languages; l++) dt__page_parts_clear(&parts[l]);
    dt__text_clear(&out);
    return st;
}

dt_status dt_render_page(const dt_model *model, const dt_page_opts *opts, const dt_sink *sink, dt_env *env) {
    return render(model, opts, opts->language_count, write_page, sink, env);
}

dt_status dt_render_page_markdown(const dt_model *model, const dt_page_opts *opts, const dt_sink *sink, dt_env *env) {
    return render(model, opts, opts->language_count == 0 ? 0 : 1, write_markdown, sink, env);
}
