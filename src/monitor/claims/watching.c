/* Lines of sources about when they watched: made into the seconds watched up to any moment, for each source and zone,
 * and told channel by channel.  Of lines of one channel that overlap the worst counts, of channels the best. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "monitor/ledger.h"

static const double weights[DT__WATCHES] = {[DT__WATCHING] = 1, [DT__WATCH_DEGRADED] = 0.5, [DT__WATCH_BLIND] = 0};

/* Open ends, and what is nearly one: sums stay exact in doubles. */
static const dt__moment AGES = INT64_C(400000000000);

/* ---- order ---- */

static int by_text(const char *a, const char *b) {
    if (a == NULL || b == NULL) return (a != NULL) - (b != NULL);
    return strcmp(a, b);
}

static int by_number(double a, double b) {
    return (a > b) - (a < b);
}

static int by_zone(const dt__watch_line *x, const dt__watch_line *y) {
    int order;

    if (x->source != y->source) return x->source < y->source ? -1 : 1;
    if ((order = by_text(x->zone, y->zone)) != 0) return order;
    if (x->has_place != y->has_place) return x->has_place ? 1 : -1;
    if (!x->has_place) return 0;
    if ((order = by_number(x->at.lon, y->at.lon)) != 0) return order;
    if ((order = by_number(x->at.lat, y->at.lat)) != 0) return order;
    return by_number(x->radius, y->radius);
}

static int by_channel(const void *a, const void *b) {
    const dt__watch_line *x = a, *y = b;
    int order = by_zone(x, y);

    if (order == 0) order = by_text(x->channel, y->channel);
    if (order == 0) order = (x->when.lo > y->when.lo) - (x->when.lo < y->when.lo);
    if (order == 0) order = (x->when.hi > y->when.hi) - (x->when.hi < y->when.hi);
    if (order == 0) order = (int)x->state - (int)y->state;
    return order != 0 ? order : by_text(x->reason, y->reason);
}

static int by_id(const void *a, const void *b) {
    const dt__watch_line *x = a, *y = b;
    int order = strcmp(x->id, y->id);

    if (order == 0) order = strcmp(x->file, y->file);
    return order != 0 ? order : (x->line > y->line) - (x->line < y->line);
}

/* Of lines of one file with the same id the last counts. */
static void drop_corrected(dt__vector *lines) {
    size_t kept = 0;

    for (size_t i = 0; i < lines->count; i++) {
        const dt__watch_line *x = DT__AT(*lines, dt__watch_line, i);
        const dt__watch_line *next = i + 1 < lines->count ? DT__AT(*lines, dt__watch_line, i + 1) : NULL;
        if (next != NULL && strcmp(x->id, next->id) == 0 && strcmp(x->file, next->file) == 0) continue;
        *DT__AT(*lines, dt__watch_line, kept++) = *x;
    }
    lines->count = kept;
}

/* ---- one zone of one source ---- */

typedef struct edge {
    dt__moment at;
    uint32_t channel;
    dt__watch state;
    int step; /* 1: a line begins, -1: it ends */
} edge;

static int by_moment(const void *a, const void *b) {
    const edge *x = a, *y = b;
    return (x->at > y->at) - (x->at < y->at);
}

static dt__moment bounded(dt__moment moment) {
    return moment < -AGES ? -AGES : moment > AGES ? AGES : moment;
}

/* How many lines of each state are open in each channel. */
typedef struct channel {
    uint32_t open[DT__WATCHES];
} channel;

static double weight_of(const channel *c) {
    for (unsigned state = DT__WATCHES; state-- > 0;)
        if (c->open[state] > 0) return weights[state];
    return 0;
}

static double best_weight(const channel *channels, size_t count) {
    double best = 0;

    for (size_t i = 0; i < count; i++) best = fmax(best, weight_of(&channels[i]));
    return best;
}

static void walk(dt__sight *sight, const edge *edges, size_t count, channel *channels, size_t channel_count) {
    double watched = 0, weight = 0;

    for (size_t i = 0; i < count;) {
        dt__moment at = edges[i].at;
        if (sight->count > 0) watched += weight * (double)(at - sight->moments[sight->count - 1]);
        for (; i < count && edges[i].at == at; i++)
            channels[edges[i].channel].open[edges[i].state] += (uint32_t)edges[i].step;
        weight = best_weight(channels, channel_count);
        sight->moments[sight->count] = at;
        sight->before[sight->count] = watched;
        sight->weight[sight->count++] = weight;
    }
}

/* Lines of a zone, and those of the same source that name none: they are about every zone. */
typedef struct zone_lines {
    const dt__watch_line *lines, *general;
    size_t count, general_count;
} zone_lines;

static const dt__watch_line *line_at(const zone_lines *z, size_t i) {
    return i < z->count ? &z->lines[i] : &z->general[i - z->count];
}

/* A channel is the same by its name, whether the line names a zone or not. */
static uint32_t channel_of(const char **names, size_t *count, const char *name) {
    for (size_t i = 0; i < *count; i++)
        if (by_text(names[i], name) == 0) return (uint32_t)i;
    names[*count] = name;
    return (uint32_t)(*count)++;
}

static dt_status build_sight(dt__ledger *l, dt__sight *sight, const zone_lines *z) {
    size_t lines = z->count + z->general_count, channel_count = 0;
    edge *edges = DT__ARENA_ARRAY(&l->scratch, edge, 2 * lines);
    const char **names = DT__ARENA_ARRAY(&l->scratch, const char *, lines);
    channel *channels;

    *sight = (dt__sight){.source = z->lines->source,
                         .zone = z->lines->zone,
                         .has_place = z->lines->has_place,
                         .at = z->lines->at,
                         .radius = z->lines->radius,
                         .moments = DT__ARENA_ARRAY(&l->scratch, dt__moment, 2 * lines),
                         .before = DT__ARENA_ARRAY(&l->scratch, double, 2 * lines),
                         .weight = DT__ARENA_ARRAY(&l->scratch, double, 2 * lines)};
    if (edges == NULL || names == NULL || sight->moments == NULL || sight->before == NULL || sight->weight == NULL)
        return DT_ERR_MEMORY;
    for (size_t i = 0; i < lines; i++) {
        const dt__watch_line *x = line_at(z, i);
        uint32_t index = channel_of(names, &channel_count, x->channel);
        edges[2 * i] = (edge){bounded(x->when.lo), index, x->state, 1};
        edges[2 * i + 1] = (edge){bounded(x->when.hi), index, x->state, -1};
    }
    channels = DT__ARENA_ARRAY(&l->scratch, channel, channel_count);
    if (channels == NULL) return DT_ERR_MEMORY;
    qsort(edges, 2 * lines, sizeof *edges, by_moment);
    walk(sight, edges, 2 * lines, channels, channel_count);
    return DT_OK;
}

/* ---- how long ---- */

static double watched_until(const dt__sight *s, dt__moment moment) {
    size_t low = 0, high = s->count;

    moment = bounded(moment);
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (s->moments[middle] <= moment) low = middle + 1;
        else high = middle;
    }
    return low == 0 ? 0 : s->before[low - 1] + s->weight[low - 1] * (double)(moment - s->moments[low - 1]);
}

double dt__sight_share(const dt__sight *s, dt__interval when) {
    dt__moment lo = bounded(when.lo), hi = bounded(when.hi);

    if (hi <= lo) return 0;
    return fmin(1, (watched_until(s, hi) - watched_until(s, lo)) / (double)(hi - lo));
}

/* ---- all of them ---- */

/* Names neither zone nor place; of one source such lines come first. */
static bool is_general(const dt__watch_line *x) {
    return x->zone == NULL && !x->has_place;
}

static const dt__watch_line *lines_of(const dt__ledger *l) {
    return l->watch_lines.items;
}

dt_status dt__sights_prepare(dt__ledger *l) {
    dt__vector *lines = &l->watch_lines;
    size_t general_first = 0, general = 0;
    dt_status st = DT_OK;

    if (lines->count == 0) return DT_OK;
    for (size_t i = 0; i < lines->count; i++)
        DT__AT(*lines, dt__watch_line, i)->source = dt__source_named(l, DT__AT(*lines, dt__watch_line, i)->name, NULL);
    if (l->b->failed) return DT_ERR_MEMORY;
    qsort(lines->items, lines->count, sizeof(dt__watch_line), by_id);
    drop_corrected(lines);
    qsort(lines->items, lines->count, sizeof(dt__watch_line), by_channel);
    if ((l->sights = DT__ARENA_ARRAY(&l->scratch, dt__sight, lines->count)) == NULL) return DT_ERR_MEMORY;
    for (size_t first = 0, end; st == DT_OK && first < lines->count; first = end) {
        for (end = first + 1; end < lines->count &&
                              by_zone(DT__AT(*lines, dt__watch_line, first), DT__AT(*lines, dt__watch_line, end)) == 0;)
            end++;
        zone_lines z;
        if (first == 0 || lines_of(l)[first].source != lines_of(l)[first - 1].source) general = end;
        z = (zone_lines){.lines = &lines_of(l)[first], .count = end - first};
        if (is_general(z.lines)) general_first = first;
        else if (is_general(&lines_of(l)[general_first]) && lines_of(l)[general_first].source == z.lines->source) {
            z.general = &lines_of(l)[general_first];
            z.general_count = general - general_first;
        }
        st = build_sight(l, &l->sights[l->sight_count++], &z);
    }
    return st == DT_OK ? dt__sights_relate(l) : st;
}

/* ---- until when ---- */

int64_t dt__last_watched_day(const dt__ledger *l, int64_t day) {
    int64_t last = day;

    for (size_t i = 0; i < l->watch_lines.count; i++) {
        const dt__watch_line *x = DT__AT(l->watch_lines, dt__watch_line, i);
        if (x->state == DT__WATCH_BLIND || x->when.hi > day * DT__DAY + DT__LONG_WAIT) continue;
        if ((x->when.hi - 1) / DT__DAY > last) last = (x->when.hi - 1) / DT__DAY;
    }
    return last;
}

dt__moment dt__told_until(const dt__ledger *l) {
    dt__moment end = (l->last_day + 1) * DT__DAY, last = end;

    for (size_t i = 0; i < l->watch_lines.count; i++) {
        const dt__watch_line *x = DT__AT(l->watch_lines, dt__watch_line, i);
        if (x->when.hi <= end + DT__LONG_WAIT && x->when.hi > last) last = x->when.hi;
    }
    return last;
}

/* ---- for the answer ---- */

static dt__interval told_span(const dt__ledger *l) {
    dt__interval span = {DT__MOMENT_NEVER, DT__MOMENT_ALWAYS};

    for (size_t i = 0; i < l->claims.count; i++) {
        const dt__interval *when = &dt__claim_at(l, i)->when;
        if (when->lo != DT__MOMENT_ALWAYS && when->lo < span.lo) span.lo = when->lo;
        if (when->hi != DT__MOMENT_NEVER && when->hi > span.hi) span.hi = when->hi;
    }
    for (size_t i = 0; i < l->watch_lines.count; i++) {
        const dt__interval *when = &DT__AT(l->watch_lines, dt__watch_line, i)->when;
        if (when->lo != DT__MOMENT_ALWAYS && when->lo < span.lo) span.lo = when->lo;
        if (when->hi != DT__MOMENT_NEVER && when->hi > span.hi) span.hi = when->hi;
    }
    return span;
}

static void add_span(dt_watch_record *out, dt_watch_span *spans, int64_t from, int64_t until, dt_watch_state state) {
    dt_watch_span *last = &spans[out->span_count == 0 ? 0 : out->span_count - 1];

    if (from >= until) return;
    if (out->span_count > 0 && last->until == from && last->state == state) last->until = until;
    else spans[out->span_count++] = (dt_watch_span){from, until, state};
}

/* Hours in each state of the lines of one channel, by a walk along their edges. */
static dt_status add_hours(dt__ledger *l, dt_watch_record *out, size_t first, size_t end, dt__interval span) {
    edge *edges = DT__ARENA_ARRAY(&l->scratch, edge, 2 * (end - first));
    dt_watch_span *spans = DT__BUILDER_ARRAY(l->b, dt_watch_span, 2 * (end - first));
    double *hours[DT__WATCHES] = {&out->watching, &out->degraded, &out->blind};
    channel open = {{0}};
    dt__moment last = span.lo;

    if (edges == NULL || spans == NULL) return DT_ERR_MEMORY;
    out->spans = spans;
    for (size_t i = first; i < end; i++) {
        const dt__watch_line *x = DT__AT(l->watch_lines, dt__watch_line, i);
        edges[2 * (i - first)] = (edge){x->when.lo < span.lo ? span.lo : x->when.lo, 0, x->state, 1};
        edges[2 * (i - first) + 1] = (edge){x->when.hi > span.hi ? span.hi : x->when.hi, 0, x->state, -1};
    }
    qsort(edges, 2 * (end - first), sizeof *edges, by_moment);
    for (size_t i = 0; i < 2 * (end - first); i++) {
        unsigned state = DT__WATCHES;
        while (state > 0 && open.open[state - 1] == 0) state--;
        if (state > 0) *hours[state - 1] += (double)(edges[i].at - last) / 3600;
        if (state > 0) add_span(out, spans, last, edges[i].at, (dt_watch_state)(state - 1));
        last = edges[i].at;
        open.open[edges[i].state] += (uint32_t)edges[i].step;
    }
    return DT_OK;
}

static int by_reason(const void *a, const void *b) {
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static dt_status add_reasons(dt__ledger *l, dt_watch_record *out, size_t first, size_t end) {
    const char **list = DT__BUILDER_ARRAY(l->b, const char *, end - first);
    size_t count = 0, kept = 0;

    if (list == NULL) return DT_ERR_MEMORY;
    for (size_t i = first; i < end; i++) {
        const dt__watch_line *x = DT__AT(l->watch_lines, dt__watch_line, i);
        if (x->state != DT__WATCHING && x->reason != NULL) list[count++] = x->reason;
    }
    if (count > 0) qsort(list, count, sizeof *list, by_reason);
    for (size_t i = 0; i < count; i++)
        if (i == 0 || strcmp(list[i], list[kept - 1]) != 0) list[kept++] = list[i];
    out->reasons = list;
    out->reason_count = kept;
    return DT_OK;
}

static dt_status tell_channel(dt__ledger *l, dt_watch_record *out, size_t first, size_t end, dt__interval span) {
    const dt__watch_line *head = DT__AT(l->watch_lines, dt__watch_line, first);
    dt_status st;

    *out = (dt_watch_record){.source = head->source,
                             .channel = head->channel,
                             .zone = head->zone,
                             .has_place = head->has_place,
                             .longitude = head->at.lon,
                             .latitude = head->at.lat,
                             .radius = head->radius,
                             .records = end - first,
                             .from = head->when.lo,
                             .until = head->when.hi};
    for (size_t i = first + 1; i < end; i++) {
        dt__moment until = DT__AT(l->watch_lines, dt__watch_line, i)->when.hi;
        if (until > out->until) out->until = until;
    }
    st = add_hours(l, out, first, end, span);
    return st == DT_OK ? add_reasons(l, out, first, end) : st;
}

dt_status dt__tell_watches(dt__ledger *l, dt_monitor_answer *answer) {
    const dt__vector *lines = &l->watch_lines;
    dt_watch_record *list = DT__BUILDER_ARRAY(l->b, dt_watch_record, lines->count);
    dt__interval span = told_span(l);
    dt_status st = list == NULL ? DT_ERR_MEMORY : DT_OK;

    for (size_t first = 0, end; st == DT_OK && first < lines->count; first = end) {
        const dt__watch_line *head = DT__AT(*lines, dt__watch_line, first);
        for (end = first + 1; end < lines->count; end++) {
            const dt__watch_line *x = DT__AT(*lines, dt__watch_line, end);
            if (by_zone(head, x) != 0 || by_text(head->channel, x->channel) != 0) break;
        }
        st = tell_channel(l, &list[answer->watch_count++], first, end, span);
    }
    answer->watches = list;
    answer->degraded_weight = weights[DT__WATCH_DEGRADED];
    return st;
}
