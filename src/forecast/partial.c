/* What a shard has counted, as text: a head that says of which draws of which question, the counts, a checksum.
 *
 * One key and value a line.  Counts stand twenty to a line.  The last line is the SHA-256 of everything before it. */
#include <string.h>

#include "base/catalog.h"
#include "base/digest.h"
#include "forecast/run.h"

enum { COUNTS_IN_LINE = 20 };
static const char magic[] = "detente-partial 1\n";

/* ---- writing ---- */

static void add_line(dt__text *t, const char *key, const char *value) {
    dt__text_add(t, key);
    dt__text_add_char(t, ' ');
    dt__text_add(t, value);
    dt__text_add_char(t, '\n');
}

static void add_number(dt__text *t, const char *key, uint64_t value) {
    dt__text_add(t, key);
    dt__text_add_char(t, ' ');
    dt__text_add_unsigned(t, value);
    dt__text_add_char(t, '\n');
}

static void add_settings(dt__text *t, const char *key, const dt_setting *settings, size_t count) {
    for (size_t i = 0; i < count; i++) {
        dt__text_add(t, key);
        dt__text_add_char(t, ' ');
        dt__text_add(t, settings[i].name);
        dt__text_add_char(t, ' ');
        dt__text_add(t, settings[i].value);
        dt__text_add_char(t, '\n');
    }
}

/* The question: lines that are the same for all of its partials. */
static void add_question(dt__text *t, const dt_forecast_run *run) {
    const dt_forecast_opts *o = &run->opts;

    dt__text_add(t, magic);
    add_line(t, "version", dt_version());
    add_line(t, "model", dt_model_sha256(run->model));
    add_number(t, "draws", o->draws);
    add_number(t, "seed", o->seed);
    if (o->among != NULL) add_line(t, "among", o->among);
    if (o->at != NULL) add_line(t, "at", o->at);
    add_settings(t, "set", o->settings, o->setting_count);
    add_settings(t, "base-rate", o->base_rates, o->base_rate_count);
}

static void add_checksum(dt__text *t) {
    char digest[DT__DIGEST_TEXT];

    dt__digest_of(digest, dt__text_get(t), t->length);
    add_line(t, "sha256", digest);
}

static void add_partial(dt__text *t, const dt_forecast_run *run) {
    add_question(t, run);
    add_number(t, "first", run->first);
    add_number(t, "next", run->next);
    add_number(t, "end", run->end);
    add_number(t, "counts", run->layout.all);
    for (size_t i = 0; i < run->layout.all; i++) {
        dt__text_add_unsigned(t, run->counts[i]);
        dt__text_add_char(t, (i + 1) % COUNTS_IN_LINE == 0 || i + 1 == run->layout.all ? '\n' : ' ');
    }
    add_checksum(t);
}

dt_status dt_forecast_save(const dt_forecast_run *run, const dt_sink *sink, dt_env *env) {
    dt__text text;
    dt_status st;

    if (run->ragged)
        return dt__refuse_option(env, "stopped-early",
                                 DT__N("a run that a time limit stopped cannot be kept: its draws have gaps"), "");
    dt__text_init(&text, env);
    add_partial(&text, run);
    st = dt__text_status(&text);
    if (st == DT_OK) st = sink->write(sink->payload, dt__text_get(&text), text.length);
    dt__text_clear(&text);
    return st;
}

/* ---- reading ---- */

dt_status dt__refuse_partial(dt_env *env, const char *file, const char *msgid, const char *argument) {
    dt__diagnose(env, DT_ERROR, (dt__place){.file = file}, "bad-partial", msgid, argument, NULL);
    return DT_ERR_ARGUMENT;
}

typedef struct reading {
    const dt_file *file;
    const char *at, *end;
} reading;

static bool digits(reading *r, uint64_t *out) {
    const char *start = r->at;
    uint64_t value = 0;

    for (; r->at < r->end && *r->at >= '0' && *r->at <= '9'; r->at++) {
        uint64_t digit = (uint64_t)(*r->at - '0');
        if (value > (UINT64_MAX - digit) / 10) return false;
        value = value * 10 + digit;
    }
    *out = value;
    return r->at > start;
}

/* "key 123\n" */
static bool number_line(reading *r, const char *key, uint64_t *out) {
    size_t length = strlen(key);

    if ((size_t)(r->end - r->at) <= length || memcmp(r->at, key, length) != 0 || r->at[length] != ' ') return false;
    r->at += length + 1;
    if (!digits(r, out) || r->at == r->end || *r->at != '\n') return false;
    r->at++;
    return true;
}

/* Is the last line the checksum of what stands before it?  r->end is then where it begins. */
static bool sound(reading *r) {
    char digest[DT__DIGEST_TEXT];
    size_t tail = strlen("sha256 ") + 64 + 1, length = r->file->length;

    if (length < tail + sizeof magic || memcmp(r->file->bytes, magic, sizeof magic - 1) != 0) return false;
    r->at = r->file->bytes;
    r->end = r->file->bytes + length - tail;
    dt__digest_of(digest, r->at, length - tail);
    return memcmp(r->end, "sha256 ", 7) == 0 && memcmp(r->end + 7, digest, 64) == 0;
}

/* The head has to be that of the run, letter by letter. */
static dt_status same_question(reading *r, const dt_forecast_run *run, dt_env *env) {
    dt__text head;
    bool same;
    dt_status st;

    dt__text_init(&head, env);
    add_question(&head, run);
    st = dt__text_status(&head);
    same = (size_t)(r->end - r->at) > head.length && memcmp(r->at, dt__text_get(&head), head.length) == 0;
    if (same) r->at += head.length;
    dt__text_clear(&head);
    if (st != DT_OK || same) return st;
    return dt__refuse_partial(env, r->file->name,
                              DT__N("this is a partial of another question: model, version, seed, number of draws and "
                                    "options have to be the same"),
                              "");
}

typedef struct share {
    uint64_t first, next, end;
} share;

static dt_status read_share(reading *r, share *s, const dt_forecast_run *run, dt_env *env) {
    uint64_t counts;

    if (number_line(r, "first", &s->first) && number_line(r, "next", &s->next) && number_line(r, "end", &s->end) &&
        number_line(r, "counts", &counts) && counts == run->layout.all && s->first <= s->next && s->next <= s->end &&
        s->end <= run->opts.draws)
        return DT_OK;
    return dt__refuse_partial(env, r->file->name, DT__N("the partial is damaged"), "");
}

/* Adds the counts to those of the run. */
static dt_status add_counts(reading *r, dt_forecast_run *run, dt_env *env) {
    for (size_t i = 0; i < run->layout.all; i++) {
        uint64_t count;
        if (!digits(r, &count) || r->at == r->end)
            return dt__refuse_partial(env, r->file->name, DT__N("the partial is damaged"), "");
        run->counts[i] += count;
        r->at++;
    }
    return DT_OK;
}

static dt_status open_partial(reading *r, share *s, const dt_file *file, const dt_forecast_run *run, dt_env *env) {
    dt_status st;

    *r = (reading){.file = file};
    if (!sound(r)) return dt__refuse_partial(env, file->name, DT__N("this is no partial, or it is damaged"), "");
    if ((st = same_question(r, run, env)) != DT_OK) return st;
    return read_share(r, s, run, env);
}

dt_status dt_forecast_resume(dt_forecast_run *run, const dt_file *partial, dt_env *env) {
    reading r;
    share s;
    dt_status st = open_partial(&r, &s, partial, run, env);

    if (st != DT_OK) return dt__settled(env, st);
    if (s.first != run->first || s.end != run->end || run->made > 0)
        return dt__settled(env,
                           dt__refuse_partial(env, partial->name, DT__N("this is a partial of another shard"), ""));
    if ((st = add_counts(&r, run, env)) != DT_OK) return dt__settled(env, st);
    run->next = s.next;
    run->made = s.next - s.first;
    return DT_OK;
}

/* ---- joining ---- */

/* The lines of a head as options; texts lie in the arena. */
typedef struct head {
    dt__arena arena;
    dt_forecast_opts opts;
    dt_setting *settings, *base_rates;
} head;

static bool keep_setting(dt_setting *list, size_t *count, char *value) {
    char *space = strchr(value, ' ');

    if (space == NULL) return false;
    *space = '\0';
    list[(*count)++] = (dt_setting){.name = value, .value = space + 1};
    return true;
}

static bool read_head_line(head *h, char *key, char *value) {
    dt__rational number;
    bool is_number = dt__rational_parse(&number, value, strlen(value)) && number.den == 1 && number.num >= 0 &&
                     number.num <= (dt__int128)UINT64_MAX;

    if (strcmp(key, "draws") == 0) h->opts.draws = is_number ? (uint64_t)number.num : 0;
    else if (strcmp(key, "seed") == 0) h->opts.seed = is_number ? (uint64_t)number.num : 0;
    else if (strcmp(key, "among") == 0) h->opts.among = value;
    else if (strcmp(key, "at") == 0) h->opts.at = value;
    else if (strcmp(key, "set") == 0) return keep_setting(h->settings, &h->opts.setting_count, value);
    else if (strcmp(key, "base-rate") == 0) return keep_setting(h->base_rates, &h->opts.base_rate_count, value);
    return true;
}

/* Up to the line "first". */
static dt_status read_head(head *h, const reading *r, dt_env *env) {
    size_t lines = 0, length = (size_t)(r->end - r->at);
    char *text = dt__arena_string(&h->arena, r->at, length), *line = text;

    for (size_t i = 0; text != NULL && i < length; i++) lines += text[i] == '\n';
    h->settings = DT__ARENA_ARRAY(&h->arena, dt_setting, lines);
    h->base_rates = DT__ARENA_ARRAY(&h->arena, dt_setting, lines);
    if (text == NULL || h->settings == NULL || h->base_rates == NULL) return DT_ERR_MEMORY;
    dt_forecast_opts_init(&h->opts);
    h->opts.settings = h->settings;
    h->opts.base_rates = h->base_rates;
    while (line != NULL && *line != '\0' && strncmp(line, "first ", 6) != 0) {
        char *newline = strchr(line, '\n'), *space;
        if (newline != NULL) *newline = '\0';
        space = strchr(line, ' ');
        if (space != NULL) *space = '\0';
        if (space == NULL || !read_head_line(h, line, space + 1))
            return dt__refuse_partial(env, r->file->name, DT__N("the partial is damaged"), "");
        line = newline == NULL ? NULL : newline + 1;
    }
    return DT_OK;
}

static dt_status open_like(dt_forecast_run **run, const dt_model *model, const dt_file *file, dt_env *env) {
    reading r = {.file = file};
    head h = {0};
    dt_status st;

    if (!sound(&r)) return dt__refuse_partial(env, file->name, DT__N("this is no partial, or it is damaged"), "");
    dt__arena_init(&h.arena, env);
    st = read_head(&h, &r, env);
    if (st == DT_OK) st = dt_forecast_open(run, model, &h.opts, env);
    dt__arena_clear(&h.arena);
    return st;
}

static dt_status refuse_cover(dt_env *env, const char *file, const char *msgid, uint64_t draw) {
    dt__text number;

    dt__text_init(&number, env);
    dt__text_add_unsigned(&number, draw);
    dt__refuse_partial(env, file, msgid, dt__text_get(&number));
    dt__text_clear(&number);
    return DT_ERR_ARGUMENT;
}

/* Shares in the order of their first draws, each complete and each beginning where the one before ended. */
static dt_status join_in_order(dt_forecast_run *run, const dt_file *files, size_t count, bool *taken, dt_env *env) {
    reading r;
    share s;
    dt_status st;

    for (size_t step = 0; step < count; step++) {
        size_t best = count;
        share least = {.first = UINT64_MAX};
        for (size_t i = 0; i < count; i++) {
            if (taken[i]) continue;
            if ((st = open_partial(&r, &s, &files[i], run, env)) != DT_OK) return st;
            if (best == count || s.first < least.first) best = i, least = s;
        }
        if (least.next < least.end)
            return refuse_cover(env, files[best].name, DT__N("this shard is not finished: it stopped before draw {0}"),
                                least.next);
        if (least.first < run->next)
            return refuse_cover(env, files[best].name, DT__N("overlap: draw {0} was counted before"), least.first);
        if (least.first > run->next)
            return refuse_cover(env, files[best].name, DT__N("gap: draw {0} is in no partial"), run->next);
        if ((st = open_partial(&r, &s, &files[best], run, env)) != DT_OK) return st;
        if ((st = add_counts(&r, run, env)) != DT_OK) return st;
        taken[best] = true;
        run->next = least.end;
    }
    run->made = run->next;
    if (run->next == run->opts.draws) return DT_OK;
    return refuse_cover(env, files[0].name, DT__N("gap: draw {0} is in no partial"), run->next);
}

dt_status dt_forecast_merge(dt_forecast_answer **out, const dt_model *model, const dt_file *partials, size_t count,
                            dt_env *env) {
    dt_forecast_run *run = NULL;
    bool *taken = NULL;
    dt_status st;

    *out = NULL;
    if (count == 0) return dt__refuse_option(env, "no-partials", DT__N("there are no partials to join"), "");
    DT__TRY(open_like(&run, model, &partials[0], env));
    if ((taken = DT__ARRAY(env, bool, count)) == NULL) DT__TRY(DT_ERR_MEMORY);
    DT__TRY(join_in_order(run, partials, count, taken, env));
    st = dt_forecast_finish(out, run, env);
done:
    if (taken != NULL) DT__FREE(env, taken, count);
    dt_forecast_close(run, env);
    return dt__settled(env, st);
}
