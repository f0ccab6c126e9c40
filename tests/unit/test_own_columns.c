/* Files in columns of our own, as people write them: blanks around names, time beside date, columns that nobody reads.
 */
#include "event_files.h"

/* ---- blanks ---- */

#define NBSP "\xC2\xA0"
#define WIDE "\xE3\x80\x80" /* as Chinese keyboards give it */

static void blanks_make_no_other_name(void **state) {
    static const char expected[] =
        "allegation id=1 source=staff family=f claimant=N actor=S by=adversary involved=N|S target=N when=2025-04-19 "
        "00:00/2025-04-20 00:00 lon=30.5 lat=50 radius=10 region=East act=shelling weapon=gun asset=dam low=3 "
        "unit=salvo deaths=1 text= as it stands  url=u\n";
    static const char *const texts[] = {
        ("id,source,family,kind,claimant,actor,involved,target,date,longitude,latitude,radius,region,act,weapon,asset,"
         "count,unit,deaths,text,url\n"
         " 1 , staff , f , allegation , N , S , N | S , N , 2025-04-19 , 30.5 , 50 , 10 , East , shelling , gun , dam "
         ", 3 , salvo , 1 , as it stands , u \n"),
        ("id ,source," NBSP "family,kind,claimant,actor,involved,target,date,longitude,latitude,radius,region,act,"
         "weapon,asset,count,unit,deaths,text,url\n" NBSP "1\t,staff" NBSP ",\"f\r\n\"," NBSP "allegation,N" NBSP
         "," WIDE "S" WIDE ",N" NBSP "|" NBSP "S,N\xE2\x80\x8B," NBSP "2025-04-19" NBSP "," NBSP "30.5,50" NBSP
         ",10" NBSP "," NBSP "East,shelling" NBSP ",gun" NBSP ",dam" NBSP "," NBSP "3" NBSP ",salvo" NBSP "," NBSP
         "1, as it stands ,u" NBSP "\n"),
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) assert_records(texts[i], NULL, expected);
    assert_records(
        "{\"features\":[{\"properties\":{\"date\":\" 2025-04-19 \",\"Actor\":\"S" NBSP "\",\"text\":\" x "
        "\"},\"geometry\":null}]}",
        NULL,
        "observation id=events.csv:1 source=events.csv actor=S when=2025-04-19 00:00/2025-04-20 00:00 text= x "
        "\n");
}

static void blanks_alone_are_nothing(void **state) {
    (void)state;
    assert_records("date,actor,act,count,longitude,latitude,id\n2025-04-19, ," NBSP ", , ," NBSP ", \n", NULL,
                   "observation id=events.csv:2 source=events.csv when=2025-04-19 00:00/2025-04-20 00:00\n");
}

/* The formats of others are written by hand as well. */
static void names_of_other_formats_are_trimmed(void **state) {
    (void)state;
    assert_records("oblast,raion,hromada,level,started_at,finished_at,source\n"
                   " East" NBSP ",,,oblast,2022-03-15 16:10:34+00:00,2022-03-15 16:50:07+00:00,official\n",
                   NULL,
                   "observation id=alert:ce4e2bfc44341f05 source=air-raid alerts family=UA claimant=UA when=2022-03-15 "
                   "16:10:34/2022-03-15 16:50:07 region=East act=air-raid-alert low=1\n");
}

/* ---- counts ---- */

static void counts_are_not_below_zero(void **state) {
    (void)state;
    assert_records("date,count,low,high,deaths,id\n2025-04-19,-3,,,,a\n2025-04-19,,-1,2,,b\n2025-04-19,,,-2,,c\n"
                   "2025-04-19,,,,-1,d\n2025-04-19,0,,,0,e\n2025-04-19,-0,,,,f\n",
                   NULL,
                   "aside line=2 why=a count is 0 or more, not “{0}” what=-3\n"
                   "aside line=3 why=a count is 0 or more, not “{0}” what=-1\n"
                   "aside line=4 why=a count is 0 or more, not “{0}” what=-2\n"
                   "aside line=5 why=a count is 0 or more, not “{0}” what=-1\n"
                   "observation id=e source=events.csv when=2025-04-19 00:00/2025-04-20 00:00 low=0 deaths=0\n"
                   "observation id=f source=events.csv when=2025-04-19 00:00/2025-04-20 00:00 low=-0\n");
}

/* ---- dates and times in two columns ---- */

static void dates_and_times_may_stand_apart(void **state) {
    static const char expected[] = "observation id=1 source=events.csv when=2025-04-19 15:00/2025-04-19 16:31\n"
                                   "observation id=2 source=events.csv when=2025-04-19 18:00/2025-04-19 19:00\n"
                                   "observation id=3 source=events.csv when=2025-04-19 18:30/2025-04-20 02:01\n";
    (void)state;
    assert_records("id,date,end\n1,2025-04-19T18:00+03:00,2025-04-19T19:30+03:00\n2,2025-04-19T18,\n"
                   "3,2025-04-19 18:30,2025-04-20 02:00\n",
                   NULL, expected);
    assert_records("id,date,time,end,end_time\n1,2025-04-19,18:00+03:00,,19:30+03:00\n2,2025-04-19 , 18,,\n"
                   "3,2025-04-19 00:00:00,6:30 PM,2025-04-20,02:00\n",
                   NULL, expected);
    assert_records("{\"features\":[{\"properties\":{\"id\":4,\"date\":\"2025-04-19\",\"time\":\"18:00\"},\"geometry\":"
                   "null}]}",
                   NULL, "observation id=4 source=events.csv when=2025-04-19 18:00/2025-04-19 18:01\n");
    assert_records("date,time,id\n2025-04-19,1800,a\n2025-04-19,25:00,b\n2025-04,18:00,c\n2025-04-19T18:00,19:00,d\n"
                   "x,18:00,e\n,18:00,f\n2025-04-19,NA,g\n",
                   NULL,
                   "aside line=2 why=“{0}” is no time of day; expected one like 18:00 or 6:30 PM what=1800\n"
                   "aside line=3 why=“{0}” is no time of day; expected one like 18:00 or 6:30 PM what=25:00\n"
                   "aside line=4 why=“{0}” is no day that a time of day could belong to what=2025-04\n"
                   "aside line=5 why=“{0}” is no day that a time of day could belong to what=2025-04-19T18:00\n"
                   "aside line=6 why=“{0}” is no date what=x\n"
                   "aside line=7 why=there is no date\n"
                   "observation id=g source=events.csv when=2025-04-19 00:00/2025-04-20 00:00\n");
}

static void mappings_take_times_apart(void **state) {
    dt__records_opts opts;
    dt_env *env = NULL;
    dt__mapping *mapping;
    (void)state;

    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    mapping = mapping_of("date: Day\ntime: Hour\norder: dmy\nend_time: Until\nactor: = S \n", env, DT_OK);
    dt__records_opts_init(&opts);
    opts.file = "m.csv";
    opts.mapping = mapping;
    assert_records("Day,Hour,Until,Weather\n03.04.2025,18:00,19:00,fair\n", &opts,
                   "observation id=m.csv:2 source=m.csv actor=S when=2025-04-03 18:00/2025-04-03 19:01\n");
    dt__mapping_free(mapping, env);
    dt_env_free(env);
}

/* ---- who was watching ---- */

static dt_status log_watch(void *payload, const dt__coverage *c) {
    event_log *log = payload;

    dt__text_add(&log->text, c->id);
    dt__text_add(&log->text, " ");
    dt__text_add(&log->text, c->source);
    dt__text_add(&log->text, " ");
    dt__text_add(&log->text, c->zone == NULL ? "-" : c->zone);
    dt__text_add(&log->text, " ");
    dt__moment_print(&log->text, c->when.lo, NULL);
    dt__text_add(&log->text, "/");
    dt__moment_print(&log->text, c->when.hi, NULL);
    dt__text_add(&log->text, "\n");
    return DT_OK;
}

/* Reads lines about watching; says what the file says, and how often it warns. */
static void assert_watches(const char *text, const dt__mapping *mapping, const char *expected, size_t warnings) {
    event_text memory = {.bytes = text, .length = strlen(text), .piece = 100};
    dt_source source = {.read = event_text_read, .payload = &memory};
    event_log log = {.stop_with = DT_OK};
    dt__record_sink sink = {.take = log_record, .cover = log_watch, .payload = &log};
    dt__records_opts opts;
    dt__reading_tally tally;
    dt_env *env = NULL;

    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    dt__text_init(&log.text, env);
    dt__records_opts_init(&opts);
    opts.file = "w.csv";
    opts.mapping = mapping;
    assert_int_equal(dt__records_read(&tally, &sink, NULL, &source, &opts, env), DT_OK);
    assert_string_equal(dt__text_get(&log.text), expected);
    assert_int_equal(dt_env_diagnostic_count(env), warnings);
    dt__text_clear(&log.text);
    dt_env_free(env);
}

static void lines_about_watching(void **state) {
    dt_env *env = NULL;
    dt__mapping *mapping;
    (void)state;

    /* the id is made of what the cells say: blanks do not matter */
    assert_watches("source,from,until,state,zone\nm,2031-05-10,2031-05-11T06:00,watching,Valley\n", NULL,
                   "watch:8372e8b6d3ecf7ad m Valley 2031-05-10 00:00/2031-05-11 06:00\n", 0);
    assert_watches("source,from,until,state,zone\n m, 2031-05-10,2031-05-11T06:00 , watching,Valley" NBSP "\n", NULL,
                   "watch:8372e8b6d3ecf7ad m Valley 2031-05-10 00:00/2031-05-11 06:00\n", 0);
    assert_watches("source,from,until,state,chanel\nm,2031-05-10,,watching,\n", NULL,
                   "watch:dd489b3327b98218 m - 2031-05-10 00:00/2031-05-11 00:00\n", 1);
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    mapping = mapping_of("from: day\ntime: begin\nend_time: end\nstate: =blind\nsource: =m\n", env, DT_OK);
    assert_watches("day,begin,end,why\n2031-05-10,6 AM,8 AM,x\n2031-05-10,9 AM,10 AM,x\n", mapping,
                   "watch:74c9c24e14cf794a m - 2031-05-10 06:00/2031-05-10 08:00\n"
                   "watch:13b67fdfbf35571d m - 2031-05-10 09:00/2031-05-10 10:00\n",
                   0);
    dt__mapping_free(mapping, env);
    dt_env_free(env);
}

/* ---- columns that nobody reads ---- */

static void assert_warnings(const char *text, const char *expected) {
    event_text memory = {.bytes = text, .length = strlen(text), .piece = 100};
    dt_source source = {.read = event_text_read, .payload = &memory};
    event_log log = {.stop_with = DT_OK};
    dt__record_sink sink = {.take = log_record, .payload = &log};
    dt__records_opts opts;
    dt__reading_tally tally;
    dt_env *env = NULL;

    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    dt__text_init(&log.text, env);
    dt__records_opts_init(&opts);
    opts.file = "e.csv";
    assert_int_equal(dt__records_read(&tally, &sink, NULL, &source, &opts, env), DT_OK);
    dt__text_reset(&log.text);
    for (size_t i = 0; i < dt_env_diagnostic_count(env); i++) {
        const dt_diagnostic *d = dt_env_diagnostic(env, i);
        dt__text_add(&log.text, d->code);
        dt__text_add(&log.text, ": ");
        dt__text_add(&log.text, d->text);
        dt__text_add(&log.text, *d->hint == '\0' ? "" : " / ");
        dt__text_add(&log.text, d->hint);
        dt__text_add(&log.text, "\n");
    }
    assert_string_equal(dt__text_get(&log.text), expected);
    dt__text_clear(&log.text);
    dt_env_free(env);
}

static void columns_that_nobody_reads_are_told(void **state) {
    (void)state;
    assert_warnings("date,time,act\n2025-04-19,18:00,x\n", "");
    assert_warnings("date,acter,act\n2025-04-19,S,x\n2025-04-20,S,x\n",
                    "unread-column: the column “acter” is not read: no key has this name / did you mean actor?\n");
    assert_warnings("date,Who,lat,LON,zone,\n2025-04-19,a,1,2,z,\n",
                    "unread-column: these columns are not read, since no keys have their names: Who, lat "
                    "(latitude?), LON (longitude?), zone / the keys are listed in docs/formats.md\n");
    assert_warnings("date,actor,Actor \n2025-04-19,S,N\n",
                    "column-again: the column “Actor ” stands here twice: the first one is read\n");
    assert_warnings("id,date,file,line\n1,2025-04-19,a.csv,7\n", ""); /* as exports have them */
    assert_warnings("{\"features\":[{\"properties\":{\"date\":\"2025-04-19\",\"acter\":\"S\"},\"geometry\":null},"
                    "{\"properties\":{\"date\":\"2025-04-19\",\"acter\":\"N\",\"Time\":\"18:00\"},\"geometry\":null}]}",
                    "unread-column: the column “acter” is not read: no key has this name / did you mean actor?\n");
}

static void only_so_many_names_are_told(void **state) {
    dt__text text, told;
    dt_env *env = NULL;
    (void)state;

    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    dt__text_init(&text, env);
    dt__text_init(&told, env);
    dt__text_add(&told, "unread-column: these columns are not read, since no keys have their names: ");
    dt__text_add(&text, "date");
    for (unsigned i = 0; i < 30; i++) {
        dt__text_add(&text, ",zz");
        dt__text_add_unsigned(&text, i);
        if (i >= 20) continue;
        dt__text_add(&told, "zz");
        dt__text_add_unsigned(&told, i);
        dt__text_add(&told, ", ");
    }
    dt__text_add(&text, "\n");
    dt__text_add(&told, "… / the keys are listed in docs/formats.md\n");
    assert_warnings(dt__text_get(&text), dt__text_get(&told));
    dt__text_clear(&text);
    dt__text_clear(&told);
    dt_env_free(env);
}

/* ---- features without ids, all in one line as programs write them ---- */

static void features_of_one_line_are_several(void **state) {
    (void)state;
    assert_records(
        "{\"features\":[{\"properties\":{\"date\":\"2025-04-19\"}},{\"properties\":{\"date\":\"2025-04-19\"}},"
        "{\"properties\":{\"date\":\"2025-04-20\"}},\n{\"properties\":{\"date\":\"2025-04-21\"}}]}",
        NULL,
        "observation id=events.csv:1 source=events.csv when=2025-04-19 00:00/2025-04-20 00:00\n"
        "observation id=events.csv:1#2 source=events.csv when=2025-04-19 00:00/2025-04-20 00:00\n"
        "observation id=events.csv:1#3 source=events.csv when=2025-04-20 00:00/2025-04-21 00:00\n"
        "observation id=events.csv:2 source=events.csv when=2025-04-21 00:00/2025-04-22 00:00\n");
}

/* ---- every allocation failing in turn ---- */

static void failing_allocations(void **state) {
    static const char *const texts[] = {
        "date,acter,zz\n2025-01-01 , S ,1\n", "date,acter\n2025-01-01,S\n",
        "{\"features\":[{\"properties\":{\"date\":\"2025-01-01\",\"acter\":1,\"b\":2}}]}"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        dt_status st = DT_ERR_MEMORY;
        for (size_t n = 1; st != DT_OK; n++) {
            failing_memory memory;
            event_text text = {.bytes = texts[i], .length = strlen(texts[i]), .piece = 1000};
            dt_source source = {.read = event_text_read, .payload = &text};
            event_log log = {.stop_with = DT_OK};
            dt__record_sink sink = {.take = log_record, .payload = &log};
            dt__reading_tally tally;
            dt__records_opts opts;
            dt_env *env = failing_env(&memory, n), *good = NULL;
            if (env == NULL) continue;
            assert_int_equal(dt_env_new(&good, NULL), DT_OK);
            dt__text_init(&log.text, good);
            dt__records_opts_init(&opts);
            st = dt__records_read(&tally, &sink, NULL, &source, &opts, env);
            assert_true(st == DT_OK || st == DT_ERR_MEMORY);
            dt__text_clear(&log.text);
            dt_env_free(env);
            dt_env_free(good);
            assert_int_equal(memory.held, 0);
            assert_true(n < 1000);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(blanks_make_no_other_name),
        cmocka_unit_test(blanks_alone_are_nothing),
        cmocka_unit_test(names_of_other_formats_are_trimmed),
        cmocka_unit_test(counts_are_not_below_zero),
        cmocka_unit_test(dates_and_times_may_stand_apart),
        cmocka_unit_test(mappings_take_times_apart),
        cmocka_unit_test(lines_about_watching),
        cmocka_unit_test(columns_that_nobody_reads_are_told),
        cmocka_unit_test(only_so_many_names_are_told),
        cmocka_unit_test(features_of_one_line_are_several),
        cmocka_unit_test(failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
