/* Event files become claims: words looked up, parties by their names, what is taken back marked. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "model/acts.h"
#include "monitor/ledger.h"

/* The words of readers for acts, and those of the vocabulary.  Words of the vocabulary stand for themselves. */
static const dt__word act_words[] = {
    {"abduction-forced-disappearance", "civilians.abduction"},
    {"air-attack", "strike"},
    {"air-drone-strike", "strike|fire.air|fire.drone"},
    {"air-raid-alert", "air-alert"},
    {"air-strike", "fire.air"},
    {"aircraft-type-uav", "strike.drone"},
    {"airstrike", "strike.air|fire.air"},
    {"armed-clash", "clash"},
    {"armor", "fire.tank"},
    {"artillery", "fire.artillery"},
    {"artillery-mlrs-mortar", "fire.artillery|fire.mortar"},
    {"attack", "civilians"},
    {"battles", "clash"},
    {"ceasefire-violation", "fire"},
    {"chemical-weapon", "chemical"},
    {"disrupted-weapons-use", "air-defence"},
    {"drone-strike", "fire.drone"},
    {"drone-use", "fire.drone|strike.drone"},
    {"energy-strike", "strike.energy"},
    {"excessive-force-against-protesters", "civilians"},
    {"explosions-remote-violence", "fire|strike|explosive"},
    {"firefight", "clash"},
    {"fpv", "fire.drone"},
    {"government-regains-territory", "territory"},
    {"ied", "explosive"},
    {"looting-property-destruction", "property"},
    {"mob-violence", "unrest"},
    {"non-state-actor-overtakes-territory", "territory"},
    {"non-state-violence", "clash"},
    {"one-sided-violence", "civilians"},
    {"peaceful-protest", "unrest"},
    {"position-attack", "fire.artillery"},
    {"protest-with-intervention", "unrest"},
    {"protests", "unrest"},
    {"remote-explosive-landmine-ied", "explosive"},
    {"riots", "unrest"},
    {"sexual-violence", "civilians"},
    {"shelling", "fire.artillery"},
    {"shelling-artillery-missile-attack", "fire.artillery|strike.missile"},
    {"shelling-heavy", "fire.artillery.heavy"},
    {"state-based-violence", "clash|fire|strike|assault|explosive"},
    {"suicide-bomb", "explosive.suicide"},
    {"total", "any"},
    {"uav", "strike.drone|fire.drone"},
    {"violence-against-civilians", "civilians"},
    {"violent-demonstration", "unrest"},
};

/* ---- words ---- */

/* Each list of words has names of a kind of its own. */
static dt__name_kind kind_of_list(const dt__ledger *l, const dt__vector *words) {
    return (dt__name_kind)(DT__NAME_WORD + (size_t)((const char *)words - (const char *)l));
}

static uint32_t word_index(dt__vector *words, const char *word, dt__ledger *l) {
    dt__name_kind kind = kind_of_list(l, words);
    const char *copy;
    uint32_t index;

    if (dt__name_find(&l->names, kind, word, strlen(word), &index)) return index;
    index = (uint32_t)words->count;
    copy = dt__builder_text(l->b, word);
    if (copy != NULL && dt__vector_push(words, &copy, l->env) == DT_OK &&
        dt__name_add(&l->names, kind, copy, index, l->env) == DT_OK)
        return index;
    l->b->failed = true;
    return DT__NOBODY;
}

uint32_t dt__known_word(dt__vector *words, const char *word, dt__ledger *l) {
    return word == NULL || word[0] == '\0' ? DT__NOBODY : word_index(words, word, l);
}

/* Letters of English are the same in either case. */
static bool same_word(const char *a, const char *b, size_t length) {
    size_t i = 0;

    for (; i < length && b[i] != '\0'; i++) {
        char x = a[i], y = b[i];
        if (x >= 'A' && x <= 'Z') x = (char)(x - 'A' + 'a');
        if (y >= 'A' && y <= 'Z') y = (char)(y - 'A' + 'a');
        if (x != y) return false;
    }
    return i == length && b[i] == '\0';
}

static bool party_is(const dt__party *party, const char *name, size_t length) {
    if (same_word(name, party->id, length)) return true;
    for (size_t i = 0; i < party->alias_count; i++)
        if (same_word(name, party->aliases[i], length)) return true;
    for (size_t i = 0; i < party->name.count; i++)
        if (same_word(name, party->name.texts[i], length)) return true;
    return false;
}

static uint32_t find_party(dt__ledger *l, const char *name, size_t length) {
    const dt_model *m = l->model;
    uint32_t found = DT__NOBODY;
    char *copy;

    if (dt__name_find(&l->names, DT__NAME_PARTY, name, length, &found)) return found;
    for (size_t p = 0; found == DT__NOBODY && p < m->party_count; p++)
        if (party_is(&m->parties[p], name, length)) found = (uint32_t)p;
    if ((copy = DT__ARENA_ARRAY(&l->scratch, char, length + 1)) == NULL) {
        l->b->failed = true;
        return found;
    }
    memcpy(copy, name, length);
    if (dt__name_add(&l->names, DT__NAME_PARTY, copy, found, l->env) != DT_OK) l->b->failed = true;
    return found;
}

static dt__party_set find_parties(dt__ledger *l, const char *names) {
    dt__party_set set = 0;

    while (names != NULL && *names != '\0') {
        size_t length = strcspn(names, "|");
        uint32_t p = find_party(l, names, length);
        if (p != DT__NOBODY) set |= UINT64_C(1) << p;
        else (void)dt__stranger_met(l, names, length);
        names += length + (names[length] == '|');
    }
    return set;
}

/* ---- sources ---- */

/* What a record says of the family of its source; of several that differ the first by name, whichever came first. */
static void note_family(dt__ledger *l, dt__told_source *s, const char *family) {
    if (family == NULL || (s->family_said && strcmp(family, s->family) >= 0)) return;
    s->family = dt__builder_text(l->b, family);
    s->family_said = true;
}

uint32_t dt__source_named(dt__ledger *l, const char *name, const char *family) {
    dt__told_source fresh = {.first = INT64_MAX,
                             .last = INT64_MIN,
                             .newest_day = INT64_MIN,
                             .side = DT__NOBODY,
                             .works_from = DT__MOMENT_NEVER,
                             .works_until = DT__MOMENT_ALWAYS};
    uint32_t index = (uint32_t)l->sources.count;

    if (dt__name_find(&l->names, DT__NAME_SOURCE, name, strlen(name), &index)) {
        note_family(l, DT__AT(l->sources, dt__told_source, index), family);
        return index;
    }
    fresh.name = fresh.family = dt__builder_text(l->b, name);
    note_family(l, &fresh, family);
    if (l->b->failed) return 0;
    if (dt__vector_push(&l->sources, &fresh, l->env) != DT_OK ||
        dt__name_add(&l->names, DT__NAME_SOURCE, fresh.name, index, l->env) != DT_OK)
        l->b->failed = true;
    return index;
}

/* What tells for one party alone is of that party's family, and so is what says so by whatever name of the party. */
static void settle_family(dt__ledger *l, dt__told_source *s) {
    uint32_t side = s->family_said ? find_party(l, s->family, strlen(s->family)) : s->side;

    if (side == DT__NOBODY || (!s->family_said && s->sides_differ)) return;
    s->family = l->model->parties[side].id;
}

/* Each source by the first one of its family. */
static dt_status number_families(dt__ledger *l) {
    dt_status st = DT_OK;

    for (uint32_t i = 0; i < l->sources.count; i++) settle_family(l, DT__AT(l->sources, dt__told_source, i));
    for (uint32_t i = 0; st == DT_OK && i < l->sources.count; i++) {
        dt__told_source *s = DT__AT(l->sources, dt__told_source, i);
        s->family_index = i;
        if (dt__name_find(&l->names, DT__NAME_FAMILY, s->family, strlen(s->family), &s->family_index)) continue;
        l->family_count++;
        st = dt__name_add(&l->names, DT__NAME_FAMILY, s->family, i, l->env);
    }
    return st;
}

uint32_t dt__family_of(const dt__ledger *l, const dt__claim_in *c) {
    return DT__AT(l->sources, dt__told_source, c->source)->family_index;
}

static void note_source(dt__ledger *l, const dt__claim_in *c) {
    dt__told_source *s = DT__AT(l->sources, dt__told_source, c->source);
    int64_t day = dt__local_day(NULL, c->filed);

    if (s->records > 0 && s->side != c->claimant) s->sides_differ = true;
    s->side = c->claimant;
    s->records++;
    if (c->asset != DT__NOBODY) s->says_targets = true;
    if (c->has_place) s->says_places = true;
    if (c->actor != DT__NOBODY || c->outsider) s->says_actors = true;
    if (c->filed == DT__MOMENT_ALWAYS) return;
    if (day < s->first) s->first = day;
    if (day > s->last) s->last = day;
}

/* ---- one record ---- */

static bool act_is_known(const dt__ledger *l, const char *act) {
    const dt_model *m = l->model;

    while (*act != '\0') {
        size_t length = strcspn(act, "|");
        bool known = false;
        for (size_t i = 0; !known && dt__act_at(i) != NULL; i++)
            known = dt__act_within(act, length, dt__act_at(i)->code) && strcmp(dt__act_at(i)->code, "any") != 0;
        for (size_t i = 0; !known && i < m->act_count; i++) known = dt__act_within(act, length, m->acts[i].code);
        if (!known && !(length == 3 && memcmp(act, "any", 3) == 0)) return false;
        act += length + (act[length] == '|');
    }
    return true;
}

/* An act may name what it is aimed at. */
static const char *asset_named_by(const char *act) {
    return act != NULL && strcmp(act, "strike.energy") == 0 ? "energy" : NULL;
}

/* The act of the ledger; DT__NOBODY for a word that is in no vocabulary. */
static uint32_t act_named(dt__ledger *l, const char *act) {
    uint32_t index = DT__NOBODY;
    const char *copy;

    if (dt__name_find(&l->names, DT__NAME_RAW_ACT, act, strlen(act), &index)) return index;
    if (act_is_known(l, act)) index = dt__known_word(&l->acts, act, l);
    copy = dt__builder_text(l->b, act);
    if (copy == NULL || dt__name_add(&l->names, DT__NAME_RAW_ACT, copy, index, l->env) != DT_OK) l->b->failed = true;
    return index;
}

/* Records of a file mostly come one behind the other. */
static uint32_t list_of(dt__ledger *l, const char *file) {
    size_t last = l->lists.count - 1;
    if (l->lists.count > 0 && strcmp(*DT__AT(l->lists, const char *, last), file) == 0) return (uint32_t)last;
    return word_index(&l->lists, file, l);
}

static void set_words(dt__ledger *l, dt__claim_in *c, const dt__record *r) {
    c->source = dt__source_named(l, r->source == NULL ? "" : r->source, r->family);
    if (r->act != NULL && *r->act != '\0') {
        c->act = act_named(l, r->act);
        l->unknown_acts += c->act == DT__NOBODY;
    }
    c->asset = dt__known_word(&l->assets, r->asset == NULL ? asset_named_by(r->act) : r->asset, l);
    if (r->actor != NULL) {
        c->actor = find_party(l, r->actor, strlen(r->actor));
        if (c->actor == DT__NOBODY) c->stranger = dt__stranger_met(l, r->actor, strlen(r->actor));
        c->outsider = c->stranger != DT__NOBODY;
    }
    c->observer = r->claimant == NULL;
    if (r->claimant != NULL) c->claimant = find_party(l, r->claimant, strlen(r->claimant));
    c->involved = find_parties(l, r->involved);
    c->id = dt__builder_text(l->b, r->id == NULL ? "" : r->id);
    c->list = list_of(l, r->file == NULL ? "" : r->file);
}

dt_status dt__take_record(void *payload, const dt__record *r) {
    dt__ledger *l = payload;
    dt__claim_in c = {.line = r->line,
                      .act = DT__NOBODY,
                      .asset = DT__NOBODY,
                      .actor = DT__NOBODY,
                      .claimant = DT__NOBODY,
                      .stranger = DT__NOBODY,
                      .occurrence = DT__NOBODY,
                      .kind = (uint8_t)r->kind,
                      .attribution = (uint8_t)r->attribution,
                      .when = r->when,
                      .has_place = r->has_place && (r->region == NULL || r->radius > 0), /* a region is no point */
                      .at = r->at,
                      .radius = r->radius,
                      .counted = (uint8_t)r->counted,
                      .unit = (uint8_t)r->unit};

    if (r->when.lo >= l->opts->until && r->kind != DT__RECORD_RETRACTION) {
        l->withheld++;
        return DT_OK;
    }
    set_words(l, &c, r);
    c.coded = r->coded;
    c.stable = r->stable;
    c.published = r->published == DT__MOMENT_ALWAYS ? r->received : r->published;
    c.filed = r->filed;
    c.total = r->unit == DT__UNIT_INCIDENT && !isnan(r->low) && (r->low < 1 || r->high > 1);
    c.rest = dt__rest_of_record(l, &c, r);
    if (l->b->failed) return DT_ERR_MEMORY;
    if (c.kind != DT__RECORD_RETRACTION) note_source(l, &c);
    return dt__vector_push(&l->claims, &c, l->env);
}

dt_status dt__take_coverage(void *payload, const dt__coverage *c) {
    dt__ledger *l = payload;
    dt__watch_line line = {.id = dt__builder_text(l->b, c->id),
                           .name = dt__builder_text(l->b, c->source == NULL ? "" : c->source),
                           .file = dt__builder_text(l->b, c->file == NULL ? "" : c->file),
                           .channel = c->channel == NULL ? NULL : dt__builder_text(l->b, c->channel),
                           .zone = c->zone == NULL ? NULL : dt__builder_text(l->b, c->zone),
                           .reason = c->reason == NULL ? NULL : dt__builder_text(l->b, c->reason),
                           .line = c->line,
                           .has_place = c->has_place,
                           .at = c->at,
                           .radius = c->radius,
                           .when = c->when,
                           .state = c->state};

    if (line.when.lo >= l->opts->until) return DT_OK;
    if (line.when.hi > l->opts->until) line.when.hi = l->opts->until;
    return l->b->failed ? DT_ERR_MEMORY : dt__vector_push(&l->watch_lines, &line, l->env);
}

/* ---- files ---- */

/* The words of the readers, and those of the vocabulary and of the model, which stand for themselves. */
static dt_status collect_words(dt__ledger *l) {
    const dt_model *m = l->model;
    size_t own = sizeof act_words / sizeof *act_words, common = 0, count = 0;
    dt__word *words;

    while (dt__act_at(common) != NULL) common++;
    if ((words = DT__ARENA_ARRAY(&l->scratch, dt__word, own + common + m->act_count)) == NULL) return DT_ERR_MEMORY;
    for (size_t i = 0; i < m->act_count; i++) words[count++] = (dt__word){m->acts[i].code, m->acts[i].code};
    for (size_t i = 0; i < own; i++) words[count++] = act_words[i];
    for (size_t i = 0; i < common; i++) words[count++] = (dt__word){dt__act_at(i)->code, dt__act_at(i)->code};
    l->words = (dt__words){words, count};
    return DT_OK;
}

static dt_status zone_named(void *payload, const char *name, const dt__zone **out) {
    return dt__ledger_zone(payload, name, out);
}

static dt_status read_file(dt__ledger *l, const char *name, dt_file_record *out) {
    const dt_monitor_files *files = &l->opts->files;
    dt__record_sink sink = {.take = dt__take_record, .payload = l, .cover = dt__take_coverage};
    const struct dt__offered_mapping *mapping;
    dt__reading_tally tally = {0};
    dt__records_opts opts;
    dt_source source, hashing;
    dt__hashed_source hashed;
    dt_status st = files->open(files->payload, DT_MONITOR_EVENTS, name, &source);

    if (st != DT_OK) return st;
    hashing = dt__hash_source(&hashed, &source);
    dt__records_opts_init(&opts);
    opts.file = name;
    opts.zone = l->opts->timezone == NULL ? NULL : l->file_zone;
    opts.otherwise = l->file_zone;
    opts.zone_named = zone_named;
    opts.zones = l;
    opts.acts = l->words;
    opts.offered = (const dt__mapping *const *)l->mappings;
    opts.offered_count = l->mapping_count;
    st = dt__records_read(&tally, &sink, NULL, &hashing, &opts, l->env);
    if (st == DT_OK) st = dt__hash_finish(&hashed, l->b, &out->sha256);
    files->close(files->payload, &source);
    out->name = dt__builder_text(l->b, dt__file_base(name));
    out->format = dt__builder_text(l->b, tally.format == NULL ? "" : tally.format);
    if ((mapping = dt__offered(l, tally.mapping)) != NULL) {
        out->mapping = mapping->name;
        out->mapping_sha256 = mapping->sha256;
    }
    out->rows = tally.rows;
    out->records = tally.records;
    out->set_aside = tally.set_aside;
    out->coverage = tally.coverage;
    out->ids_unchecked = tally.ids_unchecked;
    return st;
}

/* What a file adds to; kept from before it, for the case that the same one was given twice. */
typedef struct so_far {
    dt__told_source *sources;
    dt__stranger *strangers;
    size_t source_count, stranger_count, claims, watch_lines;
    uint64_t unknown_acts, withheld;
} so_far;

static dt_status keep_so_far(dt__ledger *l, so_far *s) {
    *s = (so_far){.sources = DT__ARENA_ARRAY(&l->scratch, dt__told_source, l->sources.count),
                  .strangers = DT__ARENA_ARRAY(&l->scratch, dt__stranger, l->strangers.count),
                  .source_count = l->sources.count,
                  .stranger_count = l->strangers.count,
                  .claims = l->claims.count,
                  .watch_lines = l->watch_lines.count,
                  .unknown_acts = l->unknown_acts,
                  .withheld = l->withheld};
    if (s->sources == NULL || s->strangers == NULL) return DT_ERR_MEMORY;
    if (s->source_count > 0) memcpy(s->sources, l->sources.items, s->source_count * sizeof *s->sources);
    if (s->stranger_count > 0) memcpy(s->strangers, l->strangers.items, s->stranger_count * sizeof *s->strangers);
    return DT_OK;
}

/* It names nobody who was not named before. */
static void go_back(dt__ledger *l, const so_far *s) {
    l->repeated += l->claims.count - s->claims;
    l->claims.count = s->claims;
    l->watch_lines.count = s->watch_lines;
    l->unknown_acts = s->unknown_acts;
    l->withheld = s->withheld;
    if (s->source_count > 0) memcpy(l->sources.items, s->sources, s->source_count * sizeof *s->sources);
    if (s->stranger_count > 0) memcpy(l->strangers.items, s->strangers, s->stranger_count * sizeof *s->strangers);
}

/* The same file under two names, or named twice, counts once. */
static dt_status read_file_once(dt__ledger *l, dt_file_record *files, size_t index) {
    so_far before;
    dt_status st = keep_so_far(l, &before);

    if (st == DT_OK) st = read_file(l, l->opts->events[index], &files[index]);
    for (size_t i = 0; st == DT_OK && i < index; i++) {
        if (strcmp(files[i].sha256, files[index].sha256) != 0) continue;
        if (l->sources.count == before.source_count) go_back(l, &before);
        break;
    }
    return st;
}

/* Of local times in event files whose format has no clocks of its own: as asked for, else those of the first reading
 * that names some. */
static dt_status zone_of_files(dt__ledger *l, const dt__zone **out) {
    const char *name = l->opts->timezone;

    for (size_t i = 0; name == NULL && i < l->obligation_count; i++) name = l->obligations[i].terms->timezone;
    return dt__ledger_zone(l, name, out);
}

/* ---- what was told when, and by whom who did not look ---- */

static void count_days(dt__ledger *l) {
    for (size_t i = 0; i < l->claims.count; i++) {
        const dt__claim_in *c = dt__claim_at(l, i);
        dt__told_source *s = DT__AT(l->sources, dt__told_source, c->source);
        int64_t day = dt__local_day(NULL, c->filed);
        if (c->kind == DT__RECORD_RETRACTION || c->filed == DT__MOMENT_ALWAYS || day == s->newest_day) continue;
        s->newest_day = day;
        s->days++;
    }
}

/* Observations of sources that say themselves that they were not watching. */
static void mark_blind(dt__ledger *l) {
    if (l->sight_count == 0) return;
    for (size_t i = 0; i < l->claims.count; i++) {
        dt__claim_in *c = dt__claim_at(l, i);
        if (c->kind != DT__RECORD_OBSERVATION || !dt__has_coverage(l, c->source)) continue;
        c->blind =
            !dt__view_of(l, c->source, &c->when, c->has_place ? &c->at : NULL, c->radius, c->rest->region).possible;
    }
}

dt_status dt__intake(dt__ledger *l, dt_file_record *files) {
    dt_status st = zone_of_files(l, &l->file_zone);

    if (st == DT_OK) st = collect_words(l);
    if (st == DT_OK) st = dt__read_mappings(l);
    l->asked = (dt__interval){DT__MOMENT_NEVER, DT__MOMENT_ALWAYS};
    for (size_t i = 0; i < l->obligation_count; i++) {
        const dt__interval *possible = &l->obligations[i].possible;
        if (possible->lo < l->asked.lo) l->asked.lo = possible->lo;
        if (possible->hi > l->asked.hi) l->asked.hi = possible->hi;
    }
    for (size_t i = 0; st == DT_OK && i < l->opts->event_count; i++) st = read_file_once(l, files, i);
    if (st == DT_OK) st = dt__read_ledgers(l, files + l->opts->event_count);
    if (st != DT_OK) return st;
    if (l->b->failed) return DT_ERR_MEMORY;
    if ((st = dt__order_claims(l)) != DT_OK) return st;
    count_days(l);
    if ((st = number_families(l)) == DT_OK) st = dt__mark_retracted(l);
    if (st == DT_OK) st = dt__sights_prepare(l);
    if (st == DT_OK) mark_blind(l);
    return st;
}
