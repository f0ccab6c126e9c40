/* bench_monitor [EVENTS]: how many records a second are judged under 200 clauses, one thread.
 *
 * Random records in lon 22-40, lat 44-52.4; zones are 30 round polygons of 1,000 corners; every clause has a zone of
 * its own choice, codes of acts and a window of time.  Prints judgements with and without places known exactly. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "monitor/ledger.h"

enum { ZONES = 30, CORNERS = 1000, RULES = 200 };

/* Processor seconds: others use the machine too. */
static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double drawn(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (double)(*state >> 11) / 9007199254740992.0;
}

/* A closed polygon about a centre, of edges that nearly make a circle. */
static void print_zone(FILE *out, int zone, uint64_t *state) {
    double lon = 23 + 16 * drawn(state), lat = 45 + 6.5 * drawn(state), radius = 0.5 + drawn(state), x = 1, y = 0;

    fprintf(out,
            "%s{\"type\": \"Feature\", \"properties\": {\"name\": \"z%d\"}, \"geometry\": {\"type\": \"Polygon\", "
            "\"coordinates\": [[",
            zone == 0 ? "" : ",", zone);
    for (int i = 0; i <= CORNERS; i++) {
        double turned = x * 0.99998026085613712 - y * 0.0062831439655589; /* by a thousandth of the circle */
        if (i == CORNERS) fprintf(out, "[%.6f, %.6f]", lon + radius, lat);
        else fprintf(out, "[%.6f, %.6f], ", lon + radius * x, lat + radius * y);
        y = x * 0.0062831439655589 + y * 0.99998026085613712;
        x = turned;
    }
    fprintf(out, "]]}}");
}

static char *zones_text(void) {
    char *text = NULL;
    size_t length;
    uint64_t state = 7;
    FILE *out = open_memstream(&text, &length);

    fprintf(out, "{\"type\": \"FeatureCollection\", \"features\": [");
    for (int i = 0; i < ZONES; i++) print_zone(out, i, &state);
    fprintf(out, "]}");
    fclose(out);
    return text;
}

static char *model_text(void) {
    static const char *const acts[] = {"fire", "strike", "fire.artillery", "strike.drone", "assault"};
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);

    fprintf(out, "detente: 1\nparties: {a: {}, b: {}}\nissues: {x: {options: [p, q], no_deal: p}}\nagreements:\n"
                 "  pact:\n    parties: [a, b]\n    clauses:\n");
    for (int i = 0; i < RULES; i++)
        fprintf(out,
                "      c%d: {readings: {r: {bound: [a, b], acts: [%s, %s], where: {inside: [{file: z, feature: z%d}"
                "]}, from: 2031-%02d-01, until: 2031-%02d-28}}}\n",
                i, acts[i % 5], acts[(i / 5 + 1) % 5], i % ZONES, 1 + i % 10, 2 + i % 10);
    fclose(out);
    return text;
}

static dt_status read_text(void *payload, char *bytes, size_t room, size_t *got) {
    const char **at = payload;

    *got = strlen(*at) < room ? strlen(*at) : room;
    memcpy(bytes, *at, *got);
    *at += *got;
    return DT_OK;
}

typedef struct held {
    char *zones;
    const char *at;
} held;

static dt_status open_text(void *payload, dt_monitor_file kind, const char *name, dt_source *source) {
    held *h = payload;

    (void)kind;
    (void)name;
    h->at = h->zones;
    *source = (dt_source){.read = read_text, .payload = &h->at};
    return DT_OK;
}

static void close_text(void *payload, dt_source *source) {
    (void)payload;
    (void)source;
}

static int by_time(const void *a, const void *b) {
    const dt__occurrence *x = a, *y = b;
    return (x->when.lo > y->when.lo) - (x->when.lo < y->when.lo);
}

static bool draw_records(dt__ledger *l, size_t events, double radius) {
    static const dt__moment year = 1924992000; /* 2031 */
    uint64_t state = 11;

    l->occurrences = DT__VECTOR(dt__occurrence);
    for (size_t i = 0; i < events; i++) {
        dt__moment from = year + (dt__moment)(drawn(&state) * 365 * DT__DAY);
        double lon = 22 + 18 * drawn(&state), lat = 44 + 8.4 * drawn(&state);
        uint32_t actor = (uint32_t)(drawn(&state) * 2), act = (uint32_t)(drawn(&state) * (double)l->acts.count);
        dt__occurrence x = {.when = {from, from + 3600},
                            .act = act,
                            .actor = actor,
                            .asset = DT__NOBODY,
                            .has_place = true,
                            .at = {lon, lat},
                            .radius = radius,
                            .part_of = DT__NOBODY,
                            .count = 1};
        if (dt__vector_push(&l->occurrences, &x, l->env) != DT_OK) return false;
    }
    qsort(l->occurrences.items, events, sizeof(dt__occurrence), by_time);
    return true;
}

/* As the question does it: reading by reading, those that it may concern; what is found of a border is kept. */
static void judge_all(dt__ledger *l, size_t events, double radius) {
    uint64_t breaches = 0;
    double began;

    if (!draw_records(l, events, radius)) return;
    began = now();
    if (dt__time_index(l) != DT_OK || dt__zones_remember(l) != DT_OK) return;
    for (size_t o = 0; o < l->obligation_count; o++) {
        size_t first, end;
        dt__concerned_range(l, &l->obligations[o], &first, &end);
        for (size_t i = first; i < end; i++)
            if (dt__act_may_concern(l, &l->obligations[o], i))
                breaches += dt__judge(l, &l->obligations[o], dt__occurrence_at(l, i)).verdict == DT_VERDICT_ALLEGED;
    }
    began = now() - began;
    printf("radius %6.0f m: %zu records under %d clauses, %llu breaches, %.2f s, %.2f million records a second\n",
           radius, events, RULES, (unsigned long long)breaches, began, (double)events / began * 1e-6);
    dt__vector_clear(&l->occurrences, l->env);
}

int main(int argc, char **argv) {
    static const char *const acts[] = {"fire.artillery", "fire.mortar", "strike.drone", "strike.missile",
                                       "assault",        "raid",        "fire.drone",   "civilians"};
    size_t events = argc > 1 ? strtoul(argv[1], NULL, 10) : 1000000;
    held h = {.zones = zones_text()};
    char *text = model_text();
    dt_monitor_opts opts;
    dt__ledger l = {0};
    dt_model *model;
    dt__builder b;
    dt_env *env;

    if (dt_env_new(&env, NULL) != DT_OK || dt_model_read(&model, text, strlen(text), "bench", env) != DT_OK ||
        dt__builder_init(&b, env) != DT_OK)
        return 1;
    dt_monitor_opts_init(&opts);
    opts.files = (dt_monitor_files){open_text, close_text, &h};
    l = (dt__ledger){.env = env, .model = model, .opts = &opts, .b = &b};
    dt__ledger_start(&l);
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) (void)dt__known_word(&l.acts, acts[i], &l);
    if (dt__obligations_prepare(&l) != DT_OK || dt__obligations_tables(&l) != DT_OK) return 1;
    judge_all(&l, events, 0);
    judge_all(&l, events / 20, 5000);
    dt__ledger_clear(&l);
    dt__builder_clear(&b);
    dt_model_free(model);
    dt_env_free(env);
    free(text);
    free(h.zones);
    return 0;
}
