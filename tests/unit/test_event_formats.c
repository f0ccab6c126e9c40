/* The readers of other people's event files, on rows re-made in their layouts with invented content: every trap of the
 * method page. */
#include "event_files.h"

#define HEAD_ACLED                                                                                               \
    "event_id_cnty,event_date,year,time_precision,disorder_type,event_type,sub_event_type,actor1,assoc_actor_1," \
    "inter1,actor2,assoc_actor_2,inter2,interaction,civilian_targeting,iso,region,country,admin1,admin2,admin3," \
    "location,latitude,longitude,geo_precision,source,source_scale,notes,fatalities,tags,timestamp\n"

static void acled(void **state) {
    (void)state;
    assert_records(
        HEAD_ACLED
        "NOR1,2025-04-19,2025,1,d,Explosions,Shelling/artillery/missile attack,Army North,,1,Army South,,1,11,,1,r,"
        "Northland,East,,,Milltown,50.5,30.25,1,Daily; Radio,local,Shells fell,2,,1745200000\n"
        "NOR2,19 April 2025,2025,2,d,Battles,Armed clash,Army North,,1,,,0,10,Civilian targeting,1,r,Northland,East,,"
        ",Milltown,50.5,30.25,2,Daily,local,,0,,1745200000\n"
        "NOR3,2025-04-19,2025,3,d,Battles,,Army South,,1,Army South,,1,11,,1,r,Northland,East,,,Milltown,50.5,30.25,3,"
        "Daily,local,,,,\n"
        /* revised: the same id, later and different */
        "NOR1,2025-04-19,2025,1,d,Explosions,Shelling/artillery/missile attack,Army North,,1,Army South,,1,11,,1,r,"
        "Northland,East,,,Milltown,50.5,30.25,1,Daily; Radio,local,Shells fell,3,,1745300000\n"
        /* no id: two events, not one */
        ",2025-04-20,2025,1,d,Battles,Armed clash,Army North,,1,,,0,10,,1,r,N,E,,,M,50,30,1,D,l,a,0,,\n"
        ",2025-04-20,2025,1,d,Battles,Armed clash,Army North,,1,,,0,10,,1,r,N,E,,,M,50,30,1,D,l,b,0,,\n"
        "NOR9,2025-04-20,2025,4,d,Battles,Armed clash,A,,1,,,0,10,,1,r,N,E,,,M,50,30,1,D,l,b,0,,\n",
        NULL,
        "observation id=NOR1 source=ACLED involved=Army North|Army South when=2025-04-19 00:00/2025-04-20 00:00 "
        "lon=30.25 lat=50.5 radius=5000 act=shelling-artillery-missile-attack low=1 deaths=2 text=Shells fell\n"
        "observation id=NOR2 source=ACLED involved=Army North target=civilians when=2025-04-16 00:00/2025-04-23 00:00 "
        "lon=30.25 lat=50.5 radius=25000 act=armed-clash low=1 deaths=0\n"
        "observation id=NOR3 source=ACLED involved=Army South when=2025-04-01 00:00/2025-05-01 00:00 lon=30.25 "
        "lat=50.5 radius=0 region=East act=battles low=1\n"
        "observation id=NOR1 revises=NOR1 source=ACLED involved=Army North|Army South when=2025-04-19 00:00/2025-04-20 "
        "00:00 lon=30.25 lat=50.5 radius=5000 act=shelling-artillery-missile-attack low=1 deaths=3 text=Shells fell\n"
        "observation id=events.csv:6 source=ACLED involved=Army North when=2025-04-20 00:00/2025-04-21 00:00 lon=30 "
        "lat=50 radius=5000 act=armed-clash low=1 deaths=0 text=a\n"
        "observation id=events.csv:7 source=ACLED involved=Army North when=2025-04-20 00:00/2025-04-21 00:00 lon=30 "
        "lat=50 radius=5000 act=armed-clash low=1 deaths=0 text=b\n"
        "aside line=8 why=“{0}” is no precision of a time: expected 1, 2 or 3 what=4\n");
}

static void acled_deletions(void **state) {
    (void)state;
    assert_records("event_id_cnty,deleted_timestamp\nNOR1,1745400000\n,1\n", NULL,
                   "retraction id=deleted:NOR1 revises=NOR1 source=ACLED when=open/open\n"
                   "aside line=3 why=there is no id\n");
}

#define HEAD_UCDP                                                                                                     \
    "id,relid,year,active_year,code_status,type_of_violence,conflict_dset_id,conflict_new_id,conflict_name,"          \
    "dyad_dset_id,dyad_new_id,dyad_name,side_a_dset_id,side_a_new_id,side_a,side_b_dset_id,side_b_new_id,side_b,"     \
    "number_of_sources,source_article,source_office,source_date,source_headline,source_original,where_prec,"          \
    "where_coordinates,where_description,adm_1,adm_2,latitude,longitude,geom_wkt,priogrid_gid,country,country_id,"    \
    "region,event_clarity,date_prec,date_start,date_end,deaths_a,deaths_b,deaths_civilians,deaths_unknown,best,high," \
    "low,gwnoa,gwnob\n"
#define UCDP_ROW(id, type, where, prec, from, to, best, high, low)                                           \
    id ",r,2016,1,Clear," type                                                                               \
       ",1,1,c,1,1,d,1,1,Government of North,2,2,South Front,1,a,o,2016,Caf\xe9 shelled,x," where            \
       ",Mill bridge,desc,Eastland,Mill raion,50.5,30.25,POINT,1,Northland,1,Europe,1," prec "," from "," to \
       ",0,0,0,0," best "," high "," low ",1,\n"

static void ucdp(void **state) {
    (void)state;
    assert_records(
        HEAD_UCDP UCDP_ROW("1", "1", "1", "1", "1/22/2014 12:00:00 AM", "1/22/2014 12:00:00 AM", "5", "7", "4")
            UCDP_ROW("2", "2", "2", "2", "02/01/2016 00:00", "02/07/2016 00:00", "1", "1", "1")
                UCDP_ROW("3", "3", "3", "3", "2/3/2016", "2/3/2016", "1", "1", "1")
                    UCDP_ROW("4", "1", "4", "4", "2/3/2016", "2/3/2016", "7", "6", "7")
                        UCDP_ROW("5", "1", "5", "5", "2/3/2016", "3/9/2016", "1", "1", "1")
                            UCDP_ROW("6", "1", "6", "1", "2/3/2016", "2/2/2016", "1", "1", "1")
                                UCDP_ROW("7", "1", "7", "1", "13/3/2016", "13/3/2016", "1", "1", "1"),
        NULL,
        "observation id=1 source=UCDP involved=Government of North|South Front when=2014-01-22 00:00/2014-01-23 00:00 "
        "lon=30.25 lat=50.5 radius=1000 act=state-based-violence low=1 deaths=5 deaths_low=4 deaths_high=7 text=Café "
        "shelled\n"
        "observation id=2 source=UCDP involved=Government of North|South Front when=2016-02-01 00:00/2016-02-08 00:00 "
        "lon=30.25 lat=50.5 radius=25000 act=non-state-violence low=1 deaths=1 text=Café shelled\n"
        "observation id=3 source=UCDP involved=Government of North|South Front when=2016-02-01 00:00/2016-02-08 00:00 "
        "lon=30.25 lat=50.5 radius=0 region=Mill raion act=one-sided-violence low=1 deaths=1 text=Café shelled\n"
        "observation id=4 source=UCDP involved=Government of North|South Front when=2016-02-01 00:00/2016-03-01 00:00 "
        "lon=30.25 lat=50.5 radius=0 region=Eastland act=state-based-violence low=1 deaths=7 deaths_low=6 text=Café "
        "shelled\n"
        "observation id=5 source=UCDP involved=Government of North|South Front when=2016-02-03 00:00/2016-03-10 00:00 "
        "lon=30.25 lat=50.5 radius=0 region=Mill bridge act=state-based-violence low=1 deaths=1 text=Café shelled\n"
        "aside line=7 why=it ends before it begins\n"
        "aside line=8 why=“{0}” is no date what=13/3/2016\n");
}

static void viina(void **state) {
    (void)state;
    /* `_b` labels; who began, not who is named; report's date; precision of the place */
    assert_records(
        "event_id_1pd,date,longitude,latitude,asciiname,ADM1_NAME,ADM2_NAME,GEO_PRECISION,source,url,text,"
        "a_rus_b,a_ukr_b,a_rus_init_b,a_ukr_init_b,a_rus_init_pred,t_artillery_b,t_uav_b\n"
        "11,20250419,30.25,50.5,Milltown,East,Mill,STREET,unian,http://a,x,1,1,1,0,0.9,1,1\n"
        "12,20250419,30.25,50.5,Milltown,East,Mill,ADM1,nv,http://a,x,1,0,0,0,0.99,0,0\n"
        "13,20250419,30.25,50.5,Milltown,East,Mill,ADM2,nv,http://a,x,0,0,1,1,0,0,1\n",
        NULL,
        "observation id=11 source=unian actor=RU by=inferred involved=RU|UA when=2025-04-16 00:00/2025-04-20 00:00 "
        "reported lon=30.25 lat=50.5 radius=1000 act=uav|artillery low=1 text=x url=http://a\n"
        "observation id=12 source=nv involved=RU when=2025-04-16 00:00/2025-04-20 00:00 reported lon=30.25 lat=50.5 "
        "radius=0 region=East low=1 text=x url=http://a\n"
        "observation id=13 source=nv involved=RU|UA when=2025-04-16 00:00/2025-04-20 00:00 reported lon=30.25 lat=50.5 "
        "radius=0 region=Mill act=uav low=1 text=x url=http://a\n");
    /* the layout of candidate files: a field names where a label is from; `_pred` is no label */
    assert_records(
        "event_id_1pd,date,source_urls,sources_matching,target_classes,asciiname,ADM1_NAME,ADM2_NAME,longitude,"
        "latitude,a_ukr_init_field,a_ukr_init,a_ukr_field,a_ukr,a_rus_init_field,a_rus_init,a_rus_field,a_rus,"
        "representative_text\n"
        "21,20250419,http://a|http://b,unian|nv,ENERGY_GRID_SUPPORT|FUEL_STORAGE_TERMINAL,Milltown,East,Mill,30,"
        "50,a_ukr_init_b,1,a_ukr_b,1,a_rus_init_b,0,a_rus_b,0,text\n"
        "22,20250419,,nv,PIPELINE_PUMPING,East,East,,30,50,a_ukr_init_pred,0.9,a_ukr_b,0,a_rus_init_b,,a_rus_b,"
        "0,\n"
        "23,20250419,,nv,PIPELINE_PUMPING,,,,30,50,a_ukr_init_b,,a_ukr_b,0,a_rus_init_b,,a_rus_b,0,\n",
        NULL,
        "observation id=21 source=VIINA actor=UA by=inferred involved=UA when=2025-04-16 00:00/2025-04-20 00:00 "
        "reported lon=30 lat=50 radius=5000 asset=energy-grid-support|fuel-storage-terminal low=1 text=text "
        "url=http://a\n"
        "observation id=22 source=nv when=2025-04-16 00:00/2025-04-20 00:00 reported lon=30 lat=50 radius=0 "
        "region=East asset=pipeline-pumping low=1\n"
        "observation id=23 source=nv when=2025-04-16 00:00/2025-04-20 00:00 reported lon=30 lat=50 radius=50000 "
        "asset=pipeline-pumping low=1\n");
}

#define HEAD_AIR                                                                                                   \
    "time_start,time_end,model,launch_place,target,target_main,launched,destroyed,not_reach_goal,still_attacking," \
    "border_crossing,is_shahed,num_hit_location,num_fall_fragment_location,carrier,turbojet,turbojet_destroyed,"   \
    "affected region,destroyed_details,launched_details,launch_place_details,source\n"

static void air_log(void **state) {
    dt__reading_tally tally;
    (void)state;
    tally = assert_records(
        HEAD_AIR
        "2025-04-20 18:00,2025-04-21 08:30,Delta-1,Cape,North,,36.0,30.0,0.0,,{},,,,,,,\"['Oldtown', 'Newtown']\","
        "\"{'south': 61, 'east': NaN}\",,,posts/1\n"
        "2025-05-10,2025-05-10,Scout,,south,,2.0,2.0,,,{},,,,,,,,,,,posts/2\n"
        "2023-05-16 3:30,2023-05-16 07:00,Kite,,south,,6.0,6.0,,,{},,,,,,,,,,,posts/3\n"
        "2025-03-06 21:00 ,2025-03-07 10:00,Kite,,south,,1,1,,,{},,,,,,,,,,,posts/4\n"
        "2024-02-28,2024-02-28 08:00,S-1,East,North,,,0.0,,,{},,,,,,,,,,,posts/5\n"
        /* a corrected count of the same wave */
        "2025-05-10,2025-05-10,Scout,,south,,4.0,2.0,,,{},,,,,,,,,,,posts/2\n"
        "2025-05-11,2025-05-10,Scout,,south,,4.0,2.0,,,{},,,,,,,,,,,posts/2\n"
        "2025-05-11,2025-05-11,Scout,,south,,many,2.0,,,{},,,,,,,,,,,posts/2\n",
        NULL,
        "allegation id=air:fbac8957f4746f70 source=Air Force of Ukraine family=UA claimant=UA actor=RU by=adversary "
        "when=2025-04-20 18:00/2025-04-21 08:31 region=North act=air-attack weapon=Delta-1 low=36 unit=munition "
        "url=posts/1\n"
        "allegation id=air:8e0bb751a6b13410 source=Air Force of Ukraine family=UA claimant=UA actor=RU by=adversary "
        "when=2025-05-10 00:00/2025-05-11 00:00 region=south act=air-attack weapon=Scout low=2 unit=munition "
        "url=posts/2\n"
        "allegation id=air:9dcb6ecf245726e5 source=Air Force of Ukraine family=UA claimant=UA actor=RU by=adversary "
        "when=2023-05-16 03:30/2023-05-16 07:01 region=south act=air-attack weapon=Kite low=6 unit=munition "
        "url=posts/3\n"
        "allegation id=air:649808bdc22a0a56 source=Air Force of Ukraine family=UA claimant=UA actor=RU by=adversary "
        "when=2025-03-06 21:00/2025-03-07 10:01 region=south act=air-attack weapon=Kite low=1 unit=munition "
        "url=posts/4\n"
        "allegation id=air:1e636be38aa2f06c source=Air Force of Ukraine family=UA claimant=UA actor=RU by=adversary "
        "when=2024-02-28 00:00/2024-02-28 08:01 region=North act=air-attack weapon=S-1 unit=munition url=posts/5\n"
        "allegation id=air:8e0bb751a6b13410 revises=air:8e0bb751a6b13410 source=Air Force of Ukraine family=UA "
        "claimant=UA actor=RU by=adversary when=2025-05-10 00:00/2025-05-11 00:00 region=south act=air-attack "
        "weapon=Scout low=4 unit=munition url=posts/2\n"
        "aside line=8 why=it ends before it begins\n"
        "aside line=9 why=“{0}” is no number what=many\n");
    assert_int_equal(tally.no_count, 1);
    assert_int_equal(tally.revised, 1);
}

/* The words of a source and of a vocabulary: a weapon, a code, parties. */
static void vocabulary(void **state) {
    static const dt__word acts[] = {{"Scout", "reconnaissance"}, {"AIR-ATTACK", "air_strike"}};
    static const dt__word parties[] = {{"ru", "russia"}, {"UA", "ukraine"}};
    dt__records_opts opts;
    (void)state;

    dt__records_opts_init(&opts);
    opts.file = "air.csv";
    opts.source = "log";
    opts.acts = (dt__words){acts, 2};
    opts.parties = (dt__words){parties, 2};
    assert_records(
        HEAD_AIR "2025-05-10,,Scout,,,,2.0,2.0,,,{},,,,,,,,,,,\n2025-05-10,,Kite,,,,2.0,2.0,,,{},,,,,,,,,,,\n", &opts,
        "allegation id=air:1c0cf48311393fe7 source=log family=UA claimant=ukraine actor=russia by=adversary "
        "when=2025-05-10 00:00/2025-05-11 00:00 act=reconnaissance weapon=Scout low=2 unit=munition\n"
        "allegation id=air:bca2807881ee8c5d source=log family=UA claimant=ukraine actor=russia by=adversary "
        "when=2025-05-10 00:00/2025-05-11 00:00 act=air_strike weapon=Kite low=2 unit=munition\n");
}

static void claims(void **state) {
    (void)state;
    assert_records(
        "agreement,claimant,accused,period_start_local,period_end_local,category,count,qualifier,source\n"
        "T,N,S,2025-05-08T00:00,2025-05-08T13:20,total,488,exact,http://a\n"
        "T,N,S,2025-05-08T00:00,2025-05-10T12:00,total,9318,exact,same\n"
        "T,N,S,2025-05-08T00:00,2025-05-09T12:00,total,5026,exact,same + http://b\n"
        "T,S,N,2025-05-08T00:00,2025-05-09T00:00,shelling,1882,exact (Paper: 1883),http://c\n"
        "T,S,N,2025-05-08T00:00,2025-05-09T00:00,shelling_heavy,812,subset,same\n"
        "T,S,N,2025-05-08T00:00,2025-05-09T00:00,fpv,950,more than,same\n"
        "T,S,N,2025-05-08T00:00,2025-05-09T00:00,strike,80,over,same\n"
        "T,S,N,2025-05-08T00:00,2025-05-08T23:59,alert,0,a claim of compliance,same\n"
        "T,S,,2025-05-08T00:00,2025-05-08T23:59,denial,,denies all,same\n"
        "T,S,N,2025-05-08T00:00,2025-05-08T23:59,uav,90,\"8 outside zone\",same\n"
        "T,S,N,2025-05-08T00:00,2025-05-07T23:59,uav,90,,same\n",
        NULL,
        "aside line=12 why=it ends before it begins\n"
        "allegation id=T:N:2025-05-08T00:00:2025-05-08T13:20:total source=N family=N claimant=N actor=S by=adversary "
        "when=2025-05-08 00:00/2025-05-08 13:20 act=total low=488 counted=cumulative url=http://a\n"
        "allegation id=T:N:2025-05-08T00:00:2025-05-10T12:00:total source=N family=N claimant=N actor=S by=adversary "
        "when=2025-05-08 00:00/2025-05-10 12:00 act=total low=9318 counted=cumulative url=http://a\n"
        "allegation id=T:N:2025-05-08T00:00:2025-05-09T12:00:total source=N family=N claimant=N actor=S by=adversary "
        "when=2025-05-08 00:00/2025-05-09 12:00 act=total low=5026 counted=cumulative url=http://a\n"
        "allegation id=T:S:2025-05-08T00:00:2025-05-09T00:00:shelling source=S family=S claimant=S actor=N "
        "by=adversary when=2025-05-08 00:00/2025-05-09 00:00 act=shelling low=1882 high=1883 text=exact (Paper: 1883) "
        "url=http://c\n"
        "allegation id=T:S:2025-05-08T00:00:2025-05-09T00:00:shelling_heavy source=S family=S claimant=S actor=N "
        "by=adversary when=2025-05-08 00:00/2025-05-09 00:00 act=shelling-heavy low=812 counted=subset url=http://c\n"
        "allegation id=T:S:2025-05-08T00:00:2025-05-09T00:00:fpv source=S family=S claimant=S actor=N by=adversary "
        "when=2025-05-08 00:00/2025-05-09 00:00 act=fpv low=950 high=inf url=http://c\n"
        "allegation id=T:S:2025-05-08T00:00:2025-05-09T00:00:strike source=S family=S claimant=S actor=N by=adversary "
        "when=2025-05-08 00:00/2025-05-09 00:00 act=strike low=80 high=inf url=http://c\n"
        "compliance id=T:S:2025-05-08T00:00:2025-05-08T23:59:alert source=S family=S claimant=S actor=N by=adversary "
        "when=2025-05-08 00:00/2025-05-09 00:00 low=0 text=a claim of compliance url=http://c\n"
        "denial id=T:S:2025-05-08T00:00:2025-05-08T23:59:denial source=S family=S claimant=S when=2025-05-08 "
        "00:00/2025-05-09 00:00 text=denies all url=http://c\n"
        "allegation id=T:S:2025-05-08T00:00:2025-05-08T23:59:uav source=S family=S claimant=S actor=N by=adversary "
        "when=2025-05-08 00:00/2025-05-09 00:00 act=uav low=90 text=8 outside zone url=http://c\n");
}

static void posts(void **state) {
    (void)state;
    /* 0 is a number in words or none at all, never a zero */
    assert_records("datetime_utc_probable,uav_count_digit_parse,uav_count_word_parse,regions_mentioned,energy_keyword,"
                   "truce_keyword,first_linked_post_id\n"
                   "2023-03-27 20:01,0,13,vladimir,0,0,25140\n"
                   "2023-03-28 20:01,0,,unknown,0,0,\n"
                   "2023-03-29 20:01,10,,bryansk|crimea,0,0,7\n",
                   NULL,
                   "allegation id=mod-russia:39b472d6c4021512 source=Ministry of Defence of Russia family=RU "
                   "claimant=RU actor=UA by=adversary when=2023-03-24 20:01/2023-03-27 20:02 reported region=vladimir "
                   "act=uav-attack low=13 unit=munition url=t.me/mod_russia/25140\n"
                   "allegation id=mod-russia:15db07e1e3d1bacc source=Ministry of Defence of Russia family=RU "
                   "claimant=RU when=2023-03-25 20:01/2023-03-28 20:02 reported\n"
                   "allegation id=mod-russia:eba5e37437105e38 source=Ministry of Defence of Russia family=RU "
                   "claimant=RU actor=UA by=adversary when=2023-03-26 20:01/2023-03-29 20:02 reported "
                   "region=bryansk|crimea act=uav-attack low=10 unit=munition url=t.me/mod_russia/7\n");
    assert_records(
        "datetime_utc_probable,regions,snippet_ru_max400\n"
        "2025-03-24 20:04,kursk,Уничтожены девять украинских БпЛА\n"
        "2025-03-25 20:04,unknown,Сбиты сто двадцать один беспилотный аппарат\n"
        "2025-03-26 20:04,unknown,26 марта около 17.00 атака\n"
        "2025-03-26 20:05,unknown,\n",
        NULL,
        "allegation id=mod-russia-text:1a99e4dfafbfddca source=Ministry of Defence of Russia family=RU claimant=RU "
        "actor=UA by=adversary when=2025-03-21 20:04/2025-03-24 20:05 reported region=kursk act=energy-strike "
        "asset=energy low=9 unit=munition text=Уничтожены девять украинских БпЛА\n"
        "allegation id=mod-russia-text:795df8e8b2d31d89 source=Ministry of Defence of Russia family=RU claimant=RU "
        "actor=UA by=adversary when=2025-03-22 20:04/2025-03-25 20:05 reported act=energy-strike asset=energy low=121 "
        "unit=munition text=Сбиты сто двадцать один беспилотный аппарат\n"
        "allegation id=mod-russia-text:da460900f4af1f1e source=Ministry of Defence of Russia family=RU claimant=RU "
        "actor=UA by=adversary when=2025-03-23 20:04/2025-03-26 20:05 reported act=energy-strike asset=energy text=26 "
        "марта около 17.00 атака\n"
        "aside line=5 why=there is no text\n");
}

static void alerts(void **state) {
    (void)state;
    assert_records("oblast,raion,hromada,level,started_at,finished_at,source\n"
                   "East oblast,,,oblast,2022-03-15 16:10:34+00:00,2022-03-15 16:50:07+00:00,official\n"
                   "East oblast,Mill raion,Mill hromada,hromada,2022-03-15 16:10:34+00:00,,official\n"
                   "East oblast,Mill raion,,raion,2022-03-15 16:10:34+00:00,2022-03-15 16:00:00+00:00,official\n",
                   NULL,
                   "observation id=alert:d6d35416fd387f03 source=air-raid alerts family=UA claimant=UA when=2022-03-15 "
                   "16:10:34/2022-03-15 16:50:07 region=East oblast act=air-raid-alert low=1\n"
                   "observation id=alert:cf768d00ce88370c source=air-raid alerts family=UA claimant=UA when=2022-03-15 "
                   "16:10:34/open region=Mill hromada act=air-raid-alert low=1\n"
                   "aside line=4 why=it ends before it begins\n");
    assert_records("region,started_at,finished_at,naive\n"
                   "East,2022-02-25 16:36:22+00:00,2022-02-25 17:06:22+00:00,True\n"
                   "East,2022-02-26 16:36:22+00:00,2022-02-26 17:06:20+00:00,False\n",
                   NULL,
                   "observation id=alert:c5b676776e26fa9e source=air-raid alerts family=UA claimant=UA when=2022-02-25 "
                   "16:36:22/2022-02-25 17:06:22 imputed region=East act=air-raid-alert low=1\n"
                   "observation id=alert:5f532e221104d9e5 source=air-raid alerts family=UA claimant=UA when=2022-02-26 "
                   "16:36:22/2022-02-26 17:06:20 region=East act=air-raid-alert low=1\n");
}

static void sectors(void **state) {
    dt__reading_tally tally;
    (void)state;
    tally = assert_records("\xEF\xBB\xBFMonth_wise,East,West,Total_cfv\n2013-02,1,0,1\n2013-03,,,0\n2013-04,,2,3\n"
                           "2013-05,x,1,1\n2013-13,1,1,2\n",
                           NULL,
                           "observation id=2013-02:East source=events.csv when=2013-02-01 00:00/2013-03-01 00:00 "
                           "region=East act=ceasefire-violation low=1\n"
                           "observation id=2013-02:West source=events.csv when=2013-02-01 00:00/2013-03-01 00:00 "
                           "region=West act=ceasefire-violation low=0\n"
                           "observation id=2013-03: source=events.csv when=2013-03-01 00:00/2013-04-01 00:00 "
                           "act=ceasefire-violation low=0\n"
                           "observation id=2013-04:West source=events.csv when=2013-04-01 00:00/2013-05-01 00:00 "
                           "region=West act=ceasefire-violation low=2\n"
                           "aside line=5 why=“{0}” is no number what=x\n"
                           "aside line=6 why=“{0}” is no date what=2013-13\n");
    assert_int_equal(tally.rows, 5);
}

static void own_columns(void **state) {
    (void)state;
    assert_records("id;date;act;actor;claimant;count;longitude;latitude\n"
                   "1;2025-04-19T18:00+03:00;shelling;S;N;80+;30,5x;50\n"
                   "1;2025-04-19T18:00+03:00;shelling;S;N;80+;30.5;50\n"
                   "1;2025-04-19T18:00+03:00;shelling;S;N;81;30.5;50\n"
                   "2;2025-04;Air strike;S;S;3;;\n"
                   "3;2025-04-19;x;;;;200;50\n"
                   "4;2025-04-19;x;;;\n"
                   "5;2025-04-19;\"x\"y;;;;;\n",
                   NULL,
                   "aside line=2 why=“{0}” is no number what=30,5x\n"
                   "allegation id=1 source=events.csv claimant=N actor=S by=adversary when=2025-04-19 15:00/2025-04-19 "
                   "15:01 lon=30.5 lat=50 radius=0 act=shelling low=80 high=inf\n"
                   "allegation id=1 revises=1 source=events.csv claimant=N actor=S by=adversary when=2025-04-19 "
                   "15:00/2025-04-19 15:01 lon=30.5 lat=50 radius=0 act=shelling low=81\n"
                   "allegation id=2 source=events.csv claimant=S actor=S by=admitted when=2025-04-01 00:00/2025-05-01 "
                   "00:00 act=air-strike low=3\n"
                   "aside line=6 why=“{0}” is no place on the Earth: expected a latitude from -90 to 90 and a "
                   "longitude from -180 to 180 what=200\n"
                   "aside line=7 why=this row has more or fewer cells than the first one\n"
                   "aside line=8 why=the quotation marks of this row do not match\n");
}

/* Spreadsheets of half of Europe: a comma is the point where it does not part the cells, in counts as in places. */
static void decimal_commas(void **state) {
    static const char read[] =
        "observation id=1 source=events.csv when=2025-04-19 00:00/2025-04-20 00:00 lon=37.9 lat=-48.05 radius=1.5 "
        "act=shelling low=1.234\n"
        "allegation id=2 source=events.csv claimant=N when=2025-04-19 00:00/2025-04-20 00:00 act=shelling low=2.5 "
        "high=inf\n"
        "observation id=3 source=events.csv when=2025-04-19 00:00/2025-04-20 00:00 lon=37.9 lat=48 radius=0 "
        "act=shelling low=7\n";
    static const char head[] = "id;date;act;claimant;count;longitude;latitude;radius\n";
    static const char rows[] = "1;2025-04-19;shelling;;1,234;37,9;-48,05; 1,5 \n"
                               "2;2025-04-19;shelling;N;2,5+;;;\n"
                               "3;2025-04-19;shelling;;7;37.9;48;\n";
    char text[512];
    (void)state;

    for (const char *mark = ";\t|"; *mark != '\0'; mark++) {
        snprintf(text, sizeof text, "%s%s", head, rows);
        for (char *c = text; *c != '\0'; c++)
            if (*c == ';') *c = *mark;
        assert_records(text, NULL, read);
    }
    assert_records("id;date;count;longitude;latitude\n1;2025-04-19;1.234,5;;\n2;2025-04-19;1,234,567;;\n"
                   "3;2025-04-19;,;;\n4;2025-04-19;;200,5;50\n",
                   NULL,
                   "aside line=2 why=“{0}” is no number what=1.234,5\n"
                   "aside line=3 why=“{0}” is no number what=1,234,567\n"
                   "aside line=4 why=“{0}” is no number what=,\n"
                   "aside line=5 why=“{0}” is no place on the Earth: expected a latitude from -90 to 90 and a "
                   "longitude from -180 to 180 what=200,5\n");
    /* where the comma parts the cells, and in GeoJSON, it is no point */
    assert_records("id,date,count,longitude,latitude\n1,2025-04-19,2,\"37,9\",48\n", NULL,
                   "aside line=2 why=“{0}” is no number what=37,9\n");
    assert_records("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":"
                   "{\"date\":\"2025-04-19\",\"count\":\"2,5\"},\"geometry\":null}]}",
                   NULL, "aside line=1 why=“{0}” is no number what=2,5\n");
}

/* The formats of others go the same way, saved again by such a spreadsheet. */
static void decimal_commas_of_others(void **state) {
    (void)state;
    assert_records("Month_wise;East;Total_cfv\n2013-02;1,5;1,5\n", NULL,
                   "observation id=2013-02:East source=events.csv when=2013-02-01 00:00/2013-03-01 00:00 region=East "
                   "act=ceasefire-violation low=1.5\n");
    assert_records("event_id_cnty;event_date;time_precision;sub_event_type;actor1;actor2;geo_precision;fatalities;"
                   "longitude;latitude\nNOR1;2025-04-19;1;Armed clash;A;B;1;2;37,9;48,05\n",
                   NULL,
                   "observation id=NOR1 source=ACLED involved=A|B when=2025-04-19 00:00/2025-04-20 00:00 lon=37.9 "
                   "lat=48.05 radius=5000 act=armed-clash low=1 deaths=2\n");
}

/* Of several the first that a file has every column of; none of them keeps a known file from its reader. */
static void mappings_on_offer(void **state) {
    const dt__mapping *offered[2];
    dt__records_opts opts;
    dt__reading_tally tally;
    dt_env *env = NULL;
    (void)state;

    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    offered[0] = mapping_of("date: Day\nactor: By\n", env, DT_OK);
    offered[1] = mapping_of("date: Day\nactor: Who\n", env, DT_OK);
    dt__records_opts_init(&opts);
    opts.file = "m.csv";
    opts.offered = offered;
    opts.offered_count = 2;
    assert_records("Day,Who\n2025-04-03,S\n", &opts,
                   "observation id=m.csv:2 source=m.csv actor=S when=2025-04-03 00:00/2025-04-04 00:00\n");
    assert_records("date,actor\n2025-04-03,T\n", &opts,
                   "observation id=m.csv:2 source=m.csv actor=T when=2025-04-03 00:00/2025-04-04 00:00\n");
    free(records_of("Day,What\n1,2\n", 13, &opts, 100, &tally, DT_ERR_MODEL)); /* neither, and no date of ours */
    assert_null(tally.mapping);
    free(records_of("Day,By\n2025-04-03,S\n", 20, &opts, 100, &tally, DT_OK));
    assert_ptr_equal(tally.mapping, offered[0]);
    for (size_t i = 0; i < 2; i++) dt__mapping_free((dt__mapping *)offered[i], env);
    dt_env_free(env);
}

static void mappings(void **state) {
    dt__records_opts opts;
    dt_env *env = NULL;
    dt__mapping *mapping;
    dt__reading_tally tally;
    char *records;
    (void)state;

    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    mapping =
        mapping_of("# ours\ndate: Day\norder: dmy\nact: =shelling\r\nactor: \"Who did\"\nlow: at least\nunit: =salvo\n"
                   "kind: =allegation\nclaimant: =N\nreported: =yes\n",
                   env, DT_OK);
    dt__records_opts_init(&opts);
    opts.file = "m.csv";
    opts.mapping = mapping;
    assert_records("Day,Who did,at least\n03.04.2025,S,5\n31.04.2025,S,5\n", &opts,
                   "allegation id=m.csv:2 source=m.csv claimant=N actor=S by=adversary when=2025-03-31 "
                   "00:00/2025-04-04 00:00 reported act=shelling low=5 high=inf unit=salvo\n"
                   "aside line=3 why=“{0}” is no date what=31.04.2025\n");
    records = records_of("Day,at least\n1,2\n", 17, &opts, 100, &tally, DT_ERR_MODEL); /* a column is missing */
    free(records);
    dt__mapping_free(mapping, env);
    assert_null(mapping_of("dat: x\n", env, DT_ERR_MODEL));
    assert_string_equal(dt_env_diagnostic(env, 0)->hint, "did you mean date?");
    assert_null(mapping_of("date: x\ndate: y\n", env, DT_ERR_MODEL));
    assert_null(mapping_of("date\n", env, DT_ERR_MODEL));
    dt_env_free(env);
}

static void geojson(void **state) {
    (void)state;
    assert_records(
        "{\"type\":\"FeatureCollection\",\"features\":[\n"
        "{\"type\":\"Feature\",\"id\":7,\"geometry\":{\"type\":\"Point\",\"coordinates\":[30.5,50.25,100]},"
        "\"properties\":{\"date\":\"2025-04-19\",\"act\":\"Air strike\",\"nested\":{\"a\":[1]},\"count\":3}},\n"
        "{\"type\":\"Feature\",\"properties\":{\"date\":\"2025-04-20\",\"id\":\"x\"},\"geometry\":null},\n"
        "{\"type\":\"Feature\",\"properties\":{\"date\":\"2025-04-20\"},\"geometry\":{\"type\":\"LineString\","
        "\"coordinates\":[[1,2],[3,4]]}},\n"
        "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"coordinates\":[1,2],\"type\":\"Point\"}}\n"
        "]}",
        NULL,
        "observation id=7 source=events.csv when=2025-04-19 00:00/2025-04-20 00:00 lon=30.5 lat=50.25 radius=0 "
        "act=air-strike low=3\n"
        "observation id=x source=events.csv when=2025-04-20 00:00/2025-04-21 00:00\n"
        "aside line=4 why=this feature is no point\n"
        "aside line=5 why=there is no date\n");
}

/* A half hour before a change of the clock, a zone: local times are read in it. */
static void zones(void **state) {
    dt__reading_tally tally;
    dt__records_opts opts;
    dt_env *env = NULL;
    dt__zone *zone = NULL;
    static char bytes[65536];
    FILE *file = fopen("/usr/share/zoneinfo/Europe/Kyiv", "rb");
    size_t size = file == NULL ? 0 : fread(bytes, 1, sizeof bytes, file);
    (void)state;

    if (file == NULL) {
        print_message("skipped: no zone Europe/Kyiv here\n");
        skip();
    }
    fclose(file);
    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    assert_int_equal(dt__zone_new(&zone, "Europe/Kyiv", bytes, size, env), DT_OK);
    dt__records_opts_init(&opts);
    opts.file = "air.csv";
    opts.source = "log";
    opts.zone = zone;
    tally = assert_records(HEAD_AIR "2025-04-21 02:00,2025-04-21 02:00,Kite,,,,2,,,,{},,,,,,,,,,,\n"
                                    "2025-01-21,2025-01-21,Kite,,,,2,,,,{},,,,,,,,,,,\n",
                           &opts,
                           "allegation id=air:ec9efdd5f1c49640 source=log family=UA claimant=UA actor=RU by=adversary "
                           "when=2025-04-20 23:00/2025-04-20 23:01 act=air-attack weapon=Kite low=2 unit=munition\n"
                           "allegation id=air:8742e54d58b4d26c source=log family=UA claimant=UA actor=RU by=adversary "
                           "when=2025-01-20 22:00/2025-01-21 22:00 act=air-attack weapon=Kite low=2 unit=munition\n");
    assert_int_equal(tally.records, 2);
    dt__zone_free(zone, env);
    dt_env_free(env);
}

/* ---- what is no event file; sinks that stop; failing memory ---- */

static void strange_files(void **state) {
    static const char *const texts[] = {"",    "\n\n",  "a,b\n1,2\n",   "{}", "{\"features\":[", "{\"features\":[{]}",
                                        "[1]", "\"a\n", "id,act\n1,2\n"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        dt__reading_tally tally;
        char *records = records_of(texts[i], strlen(texts[i]), NULL, 7, &tally, DT_ERR_MODEL);
        assert_int_equal(tally.records, 0);
        free(records);
    }
}

static dt_status stop(void *payload, const dt__record *record) {
    (void)payload;
    (void)record;
    return DT_ERR_CANCELLED;
}

static void sinks_may_stop(void **state) {
    static const char text[] = "date\n2025-01-01\n2025-01-02\n";
    event_text memory = {.bytes = text, .length = sizeof text - 1, .piece = 5};
    dt_source source = {.read = event_text_read, .payload = &memory};
    dt__record_sink sink = {.take = stop};
    dt__records_opts opts;
    dt__reading_tally tally;
    dt_env *env = NULL;
    (void)state;

    assert_int_equal(dt_env_new(&env, NULL), DT_OK);
    dt__records_opts_init(&opts);
    assert_int_equal(dt__records_read(&tally, &sink, NULL, &source, &opts, env), DT_ERR_CANCELLED);
    assert_int_equal(tally.records, 1);
    dt_env_free(env);
}

static void failing_allocations(void **state) {
    static const char *const texts[] = {
        "date,act,id\n2025-01-01,a,1\n2025-01-02,\xe9,1\nbad,b,2\n",
        ("agreement,claimant,accused,period_start_local,period_end_local,category,count,qualifier,source\n"
         "T,N,S,2025-05-08,2025-05-08,total,488,exact,http://a\nT,N,S,2025-05-08,2025-05-09,total,500,exact,same\n"),
        "Month_wise,East,Total_cfv\n2013-02,1,0\n",
        "datetime_utc_probable,regions,snippet_ru_max400\n2025-03-24 20:04,kursk,девять БпЛА\n",
        "{\"features\":[{\"properties\":{\"date\":\"2025-01-01\"},\"geometry\":null}]}",
    };
    static const dt__word words[] = {{"a", "b"}};
    (void)state;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        dt_status st = DT_ERR_MEMORY;
        for (size_t n = 1; st != DT_OK; n++) {
            failing_memory memory;
            event_text text = {.bytes = texts[i], .length = strlen(texts[i]), .piece = 1000};
            dt_source source = {.read = event_text_read, .payload = &text};
            uint64_t count = 0;
            dt__record_sink sink = {.take = NULL, .payload = &count};
            dt__reading_tally tally;
            dt__records_opts opts;
            event_log log = {.stop_with = DT_OK};
            dt_env *env = failing_env(&memory, n), *good = NULL;
            if (env == NULL) continue;
            assert_int_equal(dt_env_new(&good, NULL), DT_OK);
            dt__text_init(&log.text, good);
            sink = (dt__record_sink){.take = log_record, .payload = &log};
            dt__records_opts_init(&opts);
            opts.acts = opts.parties = (dt__words){words, 1};
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
        cmocka_unit_test(acled),
        cmocka_unit_test(acled_deletions),
        cmocka_unit_test(ucdp),
        cmocka_unit_test(viina),
        cmocka_unit_test(air_log),
        cmocka_unit_test(vocabulary),
        cmocka_unit_test(claims),
        cmocka_unit_test(posts),
        cmocka_unit_test(alerts),
        cmocka_unit_test(sectors),
        cmocka_unit_test(own_columns),
        cmocka_unit_test(decimal_commas),
        cmocka_unit_test(decimal_commas_of_others),
        cmocka_unit_test(mappings),
        cmocka_unit_test(mappings_on_offer),
        cmocka_unit_test(geojson),
        cmocka_unit_test(zones),
        cmocka_unit_test(strange_files),
        cmocka_unit_test(sinks_may_stop),
        cmocka_unit_test(failing_allocations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
