/* bench_records [ROWS]: half a million events in the layouts of VIINA, ACLED and UCDP read, and appended to a ledger;
 * processor seconds and bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "ledger/entries.h"
#include "records/formats.h"

typedef struct rows {
    char *bytes;
    size_t length, at;
} rows;

static dt_status read_some(void *payload, char *bytes, size_t room, size_t *got) {
    rows *r = payload;
    size_t left = r->length - r->at;

    *got = left < room ? left : room;
    memcpy(bytes, r->bytes + r->at, *got);
    r->at += *got;
    return DT_OK;
}

typedef struct layout {
    const char *name, *head;
    int (*row)(char *out, size_t room, unsigned i);
} layout;

static int viina_row(char *out, size_t room, unsigned i) {
    return snprintf(
        out, room,
        "%u,2024%02u%02u,%u,unian|nv,https://example.org/news/%u,Milltown,East,Mill,%.6f,%.6f,ADM3,%u,%u,1,1,"
        "%u,0,Вночі пролунали вибухи\n",
        i, 1 + i % 12, 1 + i % 28, i % 7, i, 22 + i % 1800 * 0.01, 44 + i % 800 * 0.01, i % 2, i % 3 == 0, i % 5 == 0);
}

static int acled_row(char *out, size_t room, unsigned i) {
    return snprintf(
        out, room,
        "NOR%u,2024-%02u-%02u,2024,1,Political violence,Explosions/Remote violence,Shelling/artillery/missile "
        "attack,Military Forces of North,,8,Military Forces of South,,8,88,,804,Europe,Northland,East,Mill,,"
        "Milltown,%.4f,%.4f,1,Daily; Radio,National,\"On that day, forces shelled positions near Milltown. "
        "Casualties unknown, %u rounds.\",%u,,1745200000\n",
        i, 1 + i % 12, 1 + i % 28, 44 + i % 800 * 0.01, 22 + i % 1800 * 0.01, i % 90, i % 4);
}

static int ucdp_row(char *out, size_t room, unsigned i) {
    return snprintf(
        out, room,
        "%u,NOR-%u,2016,1,Clear,1,1,1,Northland: East,1,1,North - South,1,1,Government of North,2,2,South,1,"
        "\"\"\"Agency,2016-02-01,Two dead\"\"\",Agency,2016-02-01,Two dead,x,%u,Milltown,near Milltown,East,Mill,"
        "%.4f,%.4f,POINT (30 50),202022,Northland,369,Europe,1,1,%u/%u/2016 12:00:00 AM,%u/%u/2016 12:00:00 "
        "AM,0,1,0,1,2,2,2,369,\n",
        i, i, 1 + i % 6, 44 + i % 800 * 0.01, 22 + i % 1800 * 0.01, 1 + i % 12, 1 + i % 28, 1 + i % 12, 1 + i % 28);
}

static const layout layouts[] = {
    {"viina",
     "event_id_1pd,date,n_reports,sources_matching,source_urls,asciiname,ADM1_NAME,ADM2_NAME,longitude,latitude,"
     "GEO_PRECISION,a_rus_init_b,a_ukr_init_b,a_rus_b,a_ukr_b,t_artillery_b,t_uav_b,text\n",
     viina_row},
    {"acled",
     "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1,inter1,"
     "actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3,location,"
     "latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n",
     acled_row},
    {"ucdp",
     "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"
     "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"
     "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"
     "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"
     "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high,"
     "low,gwnoa,gwnob\n",
     ucdp_row},
};

static rows make_rows(const layout *l, unsigned count) {
    size_t capacity = strlen(l->head) + (size_t)count * 700;
    rows r = {.bytes = malloc(capacity)};

    if (r.bytes == NULL) exit(4);
    r.length = (size_t)snprintf(r.bytes, capacity, "%s", l->head);
    for (unsigned i = 0; i < count; i++) r.length += (size_t)l->row(r.bytes + r.length, capacity - r.length, i + 1);
    return r;
}

typedef struct taker {
    dt_ledger *ledger; /* NULL: only counted */
    dt_env *env;
    unsigned long long count;
} taker;

static dt_status take(void *payload, const dt__record *record) {
    taker *t = payload;
    dt__appended what;

    t->count += record->id != NULL;
    return t->ledger == NULL ? DT_OK : dt__ledger_add(&what, t->ledger, record, t->env);
}

static double seconds(void) {
    return (double)clock() / CLOCKS_PER_SEC;
}

static double read_all(rows *r, taker *t) {
    dt_source source = {.read = read_some, .payload = r};
    dt__record_sink sink = {.take = take, .payload = t};
    dt__reading_tally tally;
    dt__records_opts opts;
    double start = seconds();

    r->at = 0;
    dt__records_opts_init(&opts);
    opts.file = "bench.csv";
    if (dt__records_read(&tally, &sink, NULL, &source, &opts, t->env) != DT_OK) exit(1);
    if (tally.set_aside > 0) exit(2);
    return seconds() - start;
}

static void append_all(const layout *l, rows *r, dt_env *env) {
    char path[] = "/tmp/detente-bench-XXXXXX";
    taker t = {.env = env};
    double spent, start;
    int file = mkstemp(path);

    if (file < 0 || close(file) != 0) exit(4);
    if (dt_ledger_open(&t.ledger, path, true, env) != DT_OK) exit(1);
    start = seconds();
    if (dt__ledger_batch(t.ledger, 0, env) != DT_OK) exit(1);
    spent = read_all(r, &t);
    if (dt__ledger_batch_end(t.ledger, DT_OK, env) != DT_OK) exit(1);
    spent = seconds() - start;
    printf("%-6s %8llu records into a ledger, one batch: %.2f s of processor, %.0f a second\n", l->name, t.count, spent,
           (double)t.count / spent);
    dt_ledger_close(t.ledger, env);
    unlink(path);
}

int main(int argc, char **argv) {
    unsigned count = argc > 1 ? (unsigned)strtoul(argv[1], NULL, 10) : 500000;
    dt_env *env = NULL;

    if (dt_env_new(&env, NULL) != DT_OK) return 4;
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++) {
        rows r = make_rows(&layouts[i], count);
        taker t = {.env = env};
        double spent = read_all(&r, &t);
        printf("%-6s %8llu records, %.0f MB: %.2f s of processor, %.0f MB a second\n", layouts[i].name, t.count,
               (double)r.length / 1e6, spent, (double)r.length / 1e6 / spent);
        if (i == 0) append_all(&layouts[i], &r, env);
        free(r.bytes);
    }
    dt_env_free(env);
    return 0;
}
