/* The readers on files of others, where they are: counts as their provenance states them. */
#include "event_files.h"

typedef struct counted {
    uint64_t records, places, regions, reported, imputed, actors, involved, more_than, subsets, cumulative;
    uint64_t whole_days;      /* intervals of 86,400 seconds */
    uint64_t near_1, near_25; /* radius of 1 and 25 km */
    uint64_t midnights;
    double sum, deaths;
    dt__moment first, last;
} counted;

static dt_status count_record(void *payload, const dt__record *r) {
    counted *c = payload;

    c->records++;
    c->places += r->has_place;
    c->regions += r->region != NULL;
    c->reported += r->reported_only;
    c->imputed += r->end_imputed;
    c->actors += r->actor != NULL;
    c->involved += r->involved != NULL;
    c->more_than += isinf(r->high) != 0;
    c->subsets += r->counted == DT__COUNT_SUBSET;
    c->cumulative += r->counted == DT__COUNT_CUMULATIVE;
    if (!isnan(r->low)) c->sum += r->low;
    if (!isnan(r->deaths)) c->deaths += r->deaths;
    if (r->when.lo < c->first) c->first = r->when.lo;
    if (r->when.hi > c->last) c->last = r->when.hi;
    c->whole_days += r->when.hi - r->when.lo == 86400;
    c->midnights += r->when.lo % 86400 == 0;
    c->near_1 += r->radius > 0 && r->radius < 1001;
    c->near_25 += r->radius > 24999 && r->radius < 25001;
    return DT_OK;
}

static bool read_data(const char *name, counted *c, dt__reading_tally *tally) {
    dt__record_sink sink = {.take = count_record, .payload = c};
    FILE *file = event_data(name);
    dt_source source = {.read = event_stream_read, .payload = file};
    dt__records_opts opts;
    dt_env *env = NULL;

    if (file == NULL) return false;
    *c = (counted){.first = INT64_MAX, .last = INT64_MIN};
    dt__records_opts_init(&opts);
    opts.file = name;
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    assert_int_equal(dt__records_read(tally, &sink, NULL, &source, &opts, env), DT_OK);
    for (size_t i = 0; i < dt_env_diagnostic_count(env) && i < 5; i++)
        print_message("%s:%u: %s\n", dt_env_diagnostic(env, i)->file, dt_env_diagnostic(env, i)->line,
                      dt_env_diagnostic(env, i)->text);
    dt_env_free(env);
    event_data_close(name, file);
    print_message("%s: %llu records, sum %.0f, deaths %.0f\n", name, (unsigned long long)c->records, c->sum, c->deaths);
    assert_int_equal(tally->set_aside, 0);
    assert_int_equal(tally->records, c->records);
    assert_int_equal(tally->repeated + tally->revised, 0);
    return true;
}

#define READ(name)           \
    counted c;               \
    dt__reading_tally tally; \
    (void)state;             \
    if (!read_data((name), &c, &tally)) skip()

static void air_log(void **state) {
    READ("airforce/missile_attacks_daily.csv");
    assert_string_equal(tally.format, "air-log");
    assert_int_equal(c.records, 3770);
    assert_int_equal(tally.no_count, 3);
    assert_true(fabs(c.sum - 118578) < 0.5);
    assert_int_equal(c.whole_days, 1457);
    assert_int_equal(c.midnights, 2233 + 22); /* days, and waves from 00:00 on */
    assert_int_equal(c.actors, 3770);
}

static void ucdp(void **state) {
    READ("donbas/UCDP-Ukraine.csv.gz");
    assert_string_equal(tally.format, "ucdp");
    assert_int_equal(c.records, 3883);
    assert_int_equal(c.involved, 3883);
    assert_int_equal(c.whole_days, 2809); /* date_prec 1 */
    assert_int_equal(c.near_1, 1055);
    assert_int_equal(c.near_25, 1841);
    assert_int_equal(c.actors, 0);                        /* side_a is no aggressor */
    assert_int_equal(c.regions, 38 + 568 + 343 + 37 + 1); /* where_prec 3 to 7 */
    assert_true(fabs(c.deaths - 18480) < 0.5);
    assert_int_equal(c.first, dt__days_of(2014, 1, 22) * 86400);
}

static void claims(void **state) {
    READ("claims/party_claim_aggregates.csv");
    assert_string_equal(tally.format, "claims");
    assert_int_equal(c.records, 25);
    assert_int_equal(c.more_than, 3);
    assert_int_equal(c.subsets, 1);
    assert_int_equal(c.cumulative, 3);
    assert_int_equal(tally.no_count, 1);
}

static void posts(void **state) {
    READ("claims/ru_mod_telegram_facts.csv");
    assert_string_equal(tally.format, "mod-posts");
    assert_int_equal(c.records, 5927);
    assert_int_equal(c.actors, 852 + 1385);
    assert_int_equal(tally.no_count, 5927 - 852 - 1385);
    assert_int_equal(c.reported, 5927);
}

static void snippets(void **state) {
    READ("claims/ru_mod_energy_claims_20250318_20250430.csv");
    assert_string_equal(tally.format, "mod-texts");
    assert_int_equal(c.records, 15);
}

static void alerts(void **state) {
    READ("alerts/official_data_en_to_20240423.csv.gz");
    assert_string_equal(tally.format, "alerts");
    assert_int_equal(c.records, 43031);
}

static void volunteer_alerts(void **state) {
    READ("alerts/volunteer_data_en_to_20241010.csv.gz");
    assert_string_equal(tally.format, "volunteer-alerts");
    assert_int_equal(c.records, 54514);
    assert_true(c.imputed > 0);
}

static void sectors(void **state) {
    READ("kashmir/cfv_sectors_var.csv");
    assert_string_equal(tally.format, "sectors");
    assert_int_equal(tally.rows, 84);
    assert_true(fabs(c.sum - 803) < 0.5); /* the totals' sum: nothing counts twice */
    assert_int_equal(c.first, dt__days_of(2013, 1, 1) * 86400);
    assert_int_equal(c.last, dt__days_of(2020, 1, 1) * 86400);
}

static void energy(void **state) {
    static const char *const names[] = {
        "energy/VIINA_2022_energy_candidates.csv.gz", "energy/VIINA_2023_energy_candidates.csv.gz",
        "energy/VIINA_2024_energy_candidates.csv.gz", "energy/VIINA_2025_energy_candidates.csv.gz"};
    static const uint64_t rows[] = {2060, 650, 543, 325}, actors[] = {2, 0, 0, 12 + 2 + 51 + 82 + 6 + 3};
    (void)state;

    for (size_t i = 0; i < 4; i++) {
        counted c;
        dt__reading_tally tally;
        if (!read_data(names[i], &c, &tally)) skip();
        assert_string_equal(tally.format, "viina");
        assert_int_equal(c.records, rows[i]);
        assert_int_equal(c.reported, rows[i]);
        assert_int_equal(c.actors, actors[i]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(air_log),          cmocka_unit_test(ucdp),
        cmocka_unit_test(claims),           cmocka_unit_test(posts),
        cmocka_unit_test(snippets),         cmocka_unit_test(alerts),
        cmocka_unit_test(volunteer_alerts), cmocka_unit_test(sectors),
        cmocka_unit_test(energy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
