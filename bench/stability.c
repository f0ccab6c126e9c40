/* bench_stability FILE | FROM TO PARTIES: the state graph and all verdicts of a model, or of random ones.
 *
 * FILE: a model.  Prints states, parties, seconds to list the states and their moves, seconds for all five concepts for
 * every party and state, seconds for certificates of all verdicts on equilibria (at most 100, for 2 seconds) and peak
 * MiB; in brackets the processor seconds of all threads.
 * FROM TO PARTIES: models of FROM, FROM + 2 ... TO reversible yes/no options shared out among the parties, utilities
 * drawn at random; one line each. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "detente/model.h"
#include "graph/certificate.h"

static double now(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* Of all threads. */
static double processor(void) {
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static double peak(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1024;
}

static char *load(const char *path, size_t *length) {
    FILE *file = fopen(path, "rb");
    char *text;

    if (file == NULL) return NULL;
    fseek(file, 0, SEEK_END);
    *length = (size_t)ftell(file);
    rewind(file);
    text = malloc(*length + 1);
    if (text != NULL && fread(text, 1, *length, file) != *length) *length = 0;
    fclose(file);
    return text;
}

static uint32_t drawn(uint64_t *state) {
    *state = *state * UINT64_C(6364136223846793005) + 1442695040888963407;
    return (uint32_t)(*state >> 33) % 1000;
}

/* A model of yes/no options: each party weighs every option, and two pairs of options beside. */
static char *written(unsigned options, unsigned parties, size_t *length) {
    char *text = NULL;
    uint64_t state = options;
    FILE *out = open_memstream(&text, length);

    if (out == NULL) return NULL;
    fputs("detente: 1\nparties: {", out);
    for (unsigned p = 0; p < parties; p++) fprintf(out, "p%u: , ", p);
    fputs("}\nissues:\n", out);
    for (unsigned o = 0; o < options; o++)
        fprintf(out, "  o%u: {options: [n, y], decided_by: p%u, no_deal: n}\n", o, o % parties);
    fputs("preferences:\n", out);
    for (unsigned p = 0; p < parties; p++) {
        fprintf(out, "  p%u:\n    weights: {", p);
        for (unsigned o = 0; o < options; o++) fprintf(out, "o%u: 1, ", o);
        fputs("}\n    values:\n", out);
        for (unsigned o = 0; o < options; o++) fprintf(out, "      o%u: {y: %d}\n", o, (int)drawn(&state) - 500);
        fputs("    adjust:\n", out);
        for (unsigned k = 0; k < 2 * options; k++)
            fprintf(out, "      - {when: \"o%u == y and o%u == n\", add: %d}\n", drawn(&state) % options,
                    drawn(&state) % options, ((int)drawn(&state) - 500) / 10);
    }
    fclose(out);
    return text;
}

/* Certificates of every verdict on the first equilibria; returns how many. */
static size_t explain(const dt__graph *g, const dt__stability *s, dt_env *env) {
    size_t count = 0, states = 0;
    double start = now();

    for (dt__state at = 0; at < g->state_count && states < 100 && now() < start + 2; at++) {
        if (!dt__in_set(dt__equilibrium_set(s, DT__GMR), at)) continue;
        states++;
        for (uint32_t p = 0; p < g->party_count; p++) {
            for (int c = 0; c < DT__CONCEPT_COUNT; c++) {
                dt__certificate certificate;
                if (dt__certificate_init(&certificate, g, NULL, p, at, (dt__concept)c, 0, env) == DT_OK) count++;
                dt__certificate_clear(&certificate);
            }
        }
    }
    return count;
}

static int measure(const char *name, const char *text, size_t length, dt_env *env) {
    dt_model *model = NULL;
    dt__valuation valuation;
    dt__option no_deal[DT__MAX_ISSUES], anchor[DT__MAX_ISSUES];
    dt__graph_scope scope;
    dt__graph graph = {0};
    dt__stability stability = {0};
    double start, listed, judged, explained, used, using;
    size_t certificates;

    if (dt_model_read(&model, text, length, name, env) != DT_OK ||
        dt__valuation_init(&valuation, model, env) != DT_OK || dt__valuation_central(&valuation, model, env) != DT_OK) {
        if (dt_env_diagnostic_count(env) > 0) fprintf(stderr, "%s\n", dt_env_diagnostic(env, 0)->text);
        return 1;
    }
    dt__model_no_deal(model, no_deal);
    start = now();
    used = processor();
    dt__situation situation = {.model = model, .valuation = &valuation, .no_deal = no_deal, .months = {0, 1}};
    dt__graph_scope_whole(&scope, anchor, &situation);
    if (dt__graph_init(&graph, &situation, &scope, NULL, env) != DT_OK) {
        if (dt_env_diagnostic_count(env) > 0) fprintf(stderr, "%s\n", dt_env_diagnostic(env, 0)->text);
        return 1;
    }
    listed = now();
    using = processor();
    used = using - used;
    if (dt__stability_compute(&stability, &graph, NULL, env) != DT_OK) return 1;
    judged = now();
    using = processor() - using;
    certificates = explain(&graph, &stability, env);
    explained = now();
    printf("%-12s %9zu states %zu parties  graph %.3f s (%.3f)  verdicts %.3f s (%.3f)  %zu certificates %.3f s  %.0f "
           "MiB  equilibria",
           name, graph.state_count, graph.party_count, listed - start, used, judged - listed, using, certificates,
           explained - judged, peak());
    for (int c = 0; c < DT__CONCEPT_COUNT; c++)
        printf(" %zu", dt__set_size(dt__equilibrium_set(&stability, (dt__concept)c), stability.words));
    printf("\n");
    fflush(stdout);
    dt__stability_clear(&stability, env);
    dt__graph_clear(&graph);
    dt__valuation_clear(&valuation, env);
    dt_model_free(model);
    return 0;
}

int main(int argc, char **argv) {
    dt_env_opts opts;
    dt_env *env;
    int failed = 0;

    dt_env_opts_init(&opts);
    opts.memory_limit = (size_t)16 << 30;
    if ((argc != 2 && argc != 4) || dt_env_new(&env, &opts) != DT_OK) {
        fputs("usage: bench_stability FILE | FROM TO PARTIES\n", stderr);
        return 2;
    }
    if (argc == 2) {
        size_t length = 0;
        char *text = load(argv[1], &length);
        failed = text == NULL || measure("model", text, length, env);
        free(text);
    } else {
        for (unsigned o = (unsigned)atoi(argv[1]); o <= (unsigned)atoi(argv[2]) && !failed; o += 2) {
            size_t length = 0;
            char name[32], *text = written(o, (unsigned)atoi(argv[3]), &length);
            snprintf(name, sizeof name, "2^%u", o);
            failed = text == NULL || measure(name, text, length, env);
            free(text);
        }
    }
    dt_env_free(env);
    return failed;
}
