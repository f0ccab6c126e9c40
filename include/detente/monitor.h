/* Is it being kept?  Records of what is said to have happened, held against the clauses of agreements, reading by
 * reading: a ledger of claims and terms with statistics.  It finds nobody guilty: what is not known stays unknown, with
 * its reason, and a count is never a ranking.
 *
 * The answer is plain data; texts and arrays in it are borrowed from it.  Method: docs/method/monitor.md. */
#ifndef DETENTE_MONITOR_H
#define DETENTE_MONITOR_H

#include "detente/ledger.h"
#include "detente/model.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum dt_monitor_file {
    DT_MONITOR_EVENTS = 0,
    DT_MONITOR_ZONES,     /* GeoJSON, by the name that the model gives it */
    DT_MONITOR_TIME_ZONE, /* TZif, by its name in the IANA database: Europe/Kyiv */
    DT_MONITOR_MAPPING    /* which column of an event file holds what (docs/formats.md) */
} dt_monitor_file;

/** How the library comes to files; it opens none itself.  open sets *source and returns DT_OK, or DT_ERR_IO; a source
 *  that was opened is given back to close.  One file is open at a time, but a time zone may be asked for while an event
 *  file is. */
typedef struct dt_monitor_files {
    dt_status (*open)(void *payload, dt_monitor_file kind, const char *name, dt_source *source);
    void (*close)(void *payload, dt_source *source);
    void *payload;
} dt_monitor_files;

typedef enum dt_monitor_period { DT_PERIOD_DAY = 0, DT_PERIOD_WEEK } dt_monitor_period;

/** What rates are counted in: as the sources count (munitions, where they do), or one for each incident. */
typedef enum dt_monitor_unit { DT_UNIT_COUNTED = 0, DT_UNIT_INCIDENTS } dt_monitor_unit;

/** Options of `monitor`.  Initialise with dt_monitor_opts_init. */
typedef struct dt_monitor_opts {
    dt_monitor_files files;
    const char *const *events; /* names of event files, for files.open */
    size_t event_count;
    const char *const *mappings; /* names, for files.open: a delimited event file is read by the first whose columns it
                                    all has, or as if there were none */
    size_t mapping_count;
    dt_ledger *const *ledgers; /* read behind the event files: what is in force in each, who was watching, disputes */
    const char *const *ledger_names; /* as the answer names them */
    size_t ledger_count;
    dt_time ledgers_at;    /* state of the ledgers at a reception time; INT64_MAX: the newest */
    dt_time now;           /* what deadlines of disputes are compared with; INT64_MIN: none is overdue */
    dt_time until;         /* what begins then or later is left out, as if nobody had told it yet; INT64_MAX: nothing */
    const char *agreement; /* one, by its id; NULL: all */
    const char *timezone;  /* of local times in event files without an offset; NULL: UTC */
    uint32_t baseline;     /* days before a window that it is compared with, 1..3650; default 28 */
    dt_monitor_period period;
    dt_monitor_unit unit;
    uint64_t seed; /* of simulated thresholds */
} dt_monitor_opts;

DT_API void dt_monitor_opts_init(dt_monitor_opts *opts);

/** What became of an incident under one reading. */
typedef enum dt_verdict {
    DT_VERDICT_WITHIN = 0,    /* somebody says that nothing forbidden happened */
    DT_VERDICT_ALLEGED,       /* a breach, if true; only the other side says so, or nobody independent */
    DT_VERDICT_CORROBORATED,  /* admitted, seen by a third party, or told by two families of sources */
    DT_VERDICT_CONTRADICTED,  /* alleged, and denied by an observer without a side */
    DT_VERDICT_EXEMPT,        /* the reading permits it */
    DT_VERDICT_OUT_OF_SCOPE,  /* not in force, not there, not that act ... */
    DT_VERDICT_INDETERMINATE, /* something that decides is not known */
    DT_VERDICT_COUNT
} dt_verdict;

/** Why a finding is indeterminate: bits. */
typedef enum dt_doubt {
    DT_DOUBT_TIME = 1,
    DT_DOUBT_PLACE = 2,
    DT_DOUBT_ACTOR = 4,
    DT_DOUBT_ACT = 8,
    DT_DOUBT_TARGET = 16,
    DT_DOUBT_EXEMPTION = 32,
    DT_DOUBT_IN_FORCE = 64 /* a breach is said to have freed the others, or a trigger may have moved the time */
} dt_doubt;
enum { DT_DOUBT_KINDS = 7 };

/** What can be said of a party under a reading.  None of it is a judgement of guilt. */
typedef enum dt_conclusion {
    DT_CONCLUSION_NO_OBLIGATION = 0, /* the reading does not bind it */
    DT_CONCLUSION_NOT_OBSERVED,      /* no source speaks of such acts, or none that could tell was watching */
    DT_CONCLUSION_NOT_ASSESSABLE,    /* the sources cannot tell what this clause asks: no record says what was hit */
    DT_CONCLUSION_NONE_REPORTED,     /* a source that otherwise reports such acts reports none: no proof */
    DT_CONCLUSION_CANNOT_SAY,        /* everything that may be a breach is in doubt */
    DT_CONCLUSION_DISPUTED,          /* every allegation is contradicted */
    DT_CONCLUSION_ALLEGED,
    DT_CONCLUSION_CORROBORATED,
    DT_CONCLUSION_COUNT
} dt_conclusion;

/** One occurrence, from one claim or several that tell of the same. */
typedef struct dt_incident {
    const char *id;     /* of its first claim */
    const char *source; /* of its first claim */
    const char *file;
    uint32_t line;
    uint32_t actor;      /* party; UINT32_MAX: not known */
    const char *act;     /* NULL: not known */
    const char *text;    /* NULL: none */
    int64_t from, until; /* seconds since 1970, UTC */
    double count;        /* of occurrences that it stands for: 1, or a party's total */
    bool at_least;       /* `count` is a lower bound */
    uint32_t claims, families;
    bool disputed; /* the party it is laid to denies it */
    bool has_place;
    double longitude, latitude; /* degrees; NAN without a place */
    double radius;              /* metres within which it was; 0: exact */
    const char *region;         /* a named area; NULL: none */
} dt_incident;

/** An incident under a reading, where it is not out of scope. */
typedef struct dt_finding {
    uint32_t incident; /* of the answer's */
    uint32_t party;    /* whose record it is in; UINT32_MAX: the actor is not known, and it is in every bound party's */
    dt_verdict verdict;
    unsigned doubts;
    double share;     /* of what is possible that would be a breach: 0..1; NAN: not to be had */
    double count;     /* occurrences: of a total whose parts count by themselves what they leave of it */
    uint32_t dispute; /* of the answer's, the newest that is about it; UINT32_MAX: none */
    int64_t day;      /* that it began on, by the clocks of the reading: 0:00 as if they showed UTC */
} dt_finding;

typedef enum dt_rate_method {
    DT_RATE_NONE = 0,
    DT_RATE_NEGATIVE_BINOMIAL,
    DT_RATE_POISSON,
    DT_RATE_CONDITIONAL,
    DT_RATE_ZERO,
    DT_RATE_BLOCK_BOOTSTRAP,
    DT_RATE_LONG_RUN
} dt_rate_method;

/** Rate in the window over that before it; 95 percent. */
typedef struct dt_rate_ratio {
    dt_rate_method method;
    double value, low, high; /* NAN: not to be had; high INFINITY: no bound */
} dt_rate_ratio;

/** A window against one baseline, by one source. */
typedef struct dt_comparison {
    uint32_t source;             /* whose counts: those of different sources are not comparable */
    uint32_t days;               /* of the baseline asked for */
    bool without_others;         /* days in windows of other agreements are left out */
    uint32_t used;               /* days of it with the source at work */
    double watched;              /* time of those days in which it was, in days */
    double events;               /* in them */
    double mean, variance, size; /* per watched day; size of the negative binomial, INFINITY: scatter as of Poisson */
    uint32_t window;             /* days observed */
    double window_watched;       /* time of them watched, in days */
    double observed;             /* events in them */
    double zero_chance;          /* of no event in the window, at the baseline's rate */
    double autocorrelation;      /* of the baseline's days, from one to the next */
    double as_if_days;           /* so many independent days tell as much; below 20 hardly how long swings last */
    /* The baseline has 25 days and more, the correlation is above 0.5 / sqrt(days), and the interval of long_run is the
     * wider: it is then nearer to the truth than that of `fitting`. */
    bool dependent;
    dt_rate_ratio fitting, negative_binomial, poisson, conditional;
    dt_rate_ratio block_bootstrap; /* from seven days of window on */
    dt_rate_ratio long_run;        /* by how far sums of many days scatter; from twelve days of baseline on */
    uint32_t long_run_freedom;     /* degrees of freedom of its Student's t */
} dt_comparison;

/** An interrupted series drawn again from its own fit, and from that without a change.  95 percent. */
typedef struct dt_redrawn_series {
    uint32_t draws;                       /* of each; 0: there are too many parties, readings and clauses */
    uint32_t failed;                      /* of both: could not be fitted, and are left out */
    double chance;                        /* of as large a change at once where nothing changed */
    double change_low, change_high;       /* ratios */
    double slope_low, slope_high;         /* ratios per day */
    double half_life_low, half_life_high; /* days; INFINITY: does not fade */
} dt_redrawn_series;

/** Incidents of the window by two families of sources that tell of the same kind: those with most, ties by name. */
typedef struct dt_under_reporting {
    const char *first, *second;       /* families; NULL: there are no two */
    double of_first, of_second, both; /* incidents that each tells of, and both */
    double least, most;               /* without any assumption on the sources: the larger number, and the sum */
    bool estimated;                   /* both tell of at least seven: */
    double total, low, high;          /* Chapman, as if the families told of them independently of one another */
} dt_under_reporting;

/** What a trigger of the reading came to for one party. */
typedef struct dt_triggered {
    uint32_t trigger;              /* of the reading */
    bool certainly, possibly;      /* by breaches alone; with those in doubt and those contradicted */
    double most, most_possible;    /* breaches in the worst day or week, or in all; INFINITY: no bound is known */
    int64_t since, possibly_since; /* first moment of the first day behind the threshold; INT64_MIN: none */
} dt_triggered;

/** What a trigger did, or may have done, to the time in which its reading is in force. */
typedef struct dt_move {
    uint32_t trigger; /* of the reading */
    bool certainly;
    int64_t possibly_from, from; /* suspended or ended from then on, at the earliest and at the latest; extended: the
                                    end that was declared */
    int64_t until;               /* INT64_MAX: for good; else when a suspension is over at the latest, or the new end */
    int32_t offset_possibly, offset_from, offset_until; /* seconds that the reading's clocks are ahead of UTC then */
} dt_move;

/** A record of a party with one answer to whether the reading was still in force, wherever that is in doubt. */
typedef struct dt_branch {
    double counts[DT_VERDICT_COUNT];
    dt_conclusion conclusion;
} dt_branch;

/** What happened in one zone, as far as it is known to have been there. */
typedef struct dt_zone_record {
    const char *name;  /* a feature, a zone or a region; NULL: not known where */
    const char *title; /* in the language of the environment */
    double counts[DT_VERDICT_COUNT];
    double raw, shrunk; /* breaches per watched day; drawn towards the other zones (gamma-Poisson); NAN: none */
    const double *certain, *possible; /* per period */
} dt_zone_record;

typedef struct dt_party_record {
    uint32_t party;
    bool bound;
    dt_conclusion conclusion;
    double watched;  /* share of the interval in which sources that could tell watched: 0..1; NAN: no coverage known */
    unsigned doubts; /* of its indeterminate findings */
    double counts[DT_VERDICT_COUNT];
    bool at_least;   /* some count is a lower bound */
    double disputed; /* alleged and denied by the party itself */
    double expected; /* breaches, with shares: between alleged + corroborated and that + indeterminate + contradicted */
    size_t comparison_count; /* the first is the one asked for, without other agreements' windows; all of the source
                                that tells most of such acts in that baseline, ties by name */
    const dt_comparison *comparisons;
    size_t other_count; /* the comparison asked for, by every other source that tells of such acts then */
    const dt_comparison *others;
    bool has_control;              /* records of the same source and party that the reading leaves free */
    dt_comparison control;         /* of them, with the baseline asked for */
    dt_rate_ratio against_control; /* the ratio over theirs: difference of differences */
    bool has_imprecise;            /* some dates are not known within a day; the comparison asked for, */
    dt_comparison precise;         /* without those that are not known within six days */
    dt_comparison shared;          /* with equal shares of a record on each day that it may have been on */
    dt_under_reporting under_reporting;
    uint32_t placebo_rank, placebo_count;   /* rank of the real date's ratio among all dates with a baseline; 0: none */
    uint32_t placebo_ties;                  /* other dates with the same ratio */
    bool has_series;                        /* an interrupted series could be fitted */
    double change, change_low, change_high; /* at once, as a ratio */
    double slope, slope_low, slope_high;    /* of the days after, beside those before: a ratio per day */
    double half_life;                       /* days; INFINITY: does not fade */
    dt_redrawn_series redrawn;
    uint32_t change_rank, change_dates; /* rank of the change among those at up to 500 dates; 0: none */
    size_t period_count;                /* breaches and doubts by period of the window */
    const double *certain, *possible;   /* per period */
    bool alarm;                         /* CUSUM: incidents rose above the baseline's rate */
    double alarm_budget;                /* share of windows with an alarm while nothing changes; NAN: not watched */
    int64_t alarm_at;                   /* moment, if so */
    double log_e;                       /* of the e-process at the end of the window; NAN: none */
    bool alarm_stands;                  /* a rise that stands among all cells by its e-value (e-BH, 5 percent) */
    bool stands; /* the change against the baseline stands among all cells (Benjamini and Hochberg, 5 percent) */
    size_t triggered_count;
    const dt_triggered *triggered;
    bool has_branches;        /* of some findings it is in doubt whether the reading was still in force: */
    int64_t doubted_from;     /* the first moment of that doubt */
    int32_t offset_doubted;   /* seconds that the reading's clocks are ahead of UTC then */
    dt_branch stayed, lapsed; /* if it was; if it was not */
    size_t zone_count;        /* with a finding; 0: neither the reading nor the records name zones */
    const dt_zone_record *zones;
} dt_party_record;

/** Somebody whom records name as an actor, or as involved, and whom no party of the model is called: a word for "not
 * known" is no name.  Where it is a party all the same, the model lacks an alias, and "none reported" may stand for
 * want of it. */
typedef struct dt_stranger {
    const char *name;    /* upper and lower case of ASCII are the same */
    uint64_t records;    /* that came in, also those that were taken back later */
    const char *nearest; /* of the ids, names and aliases of the parties, one that is spelled almost so; NULL: none */
} dt_stranger;

/** How much of a reading's interval a source watched where the reading applies, from coverage records. */
typedef struct dt_reading_watch {
    uint32_t source;
    double share; /* 0..1: watching counts whole, degraded by dt_monitor_answer.degraded_weight */
} dt_reading_watch;

typedef struct dt_reading_record {
    const char *id;
    int64_t from, until;    /* INT64_MIN, INT64_MAX: open; where triggers surely moved the end, the moved one */
    int64_t declared_until; /* as it was agreed */
    int32_t offset_from, offset_until; /* seconds that its clocks are ahead of UTC at its ends */
    int64_t window_from, window_until; /* the days compared: whole local days, within what sources cover */
    size_t move_count;
    const dt_move *moves; /* by trigger */
    size_t party_count;   /* parties of the agreement */
    const dt_party_record *parties;
    size_t finding_count; /* in order of time */
    const dt_finding *findings;
    int64_t line_age;      /* days, at most, since a zone that moves was last drawn before a record; -1: none */
    uint64_t before_lines; /* incidents before such a zone was first drawn */
    size_t watch_count;    /* sources whose coverage is known, of which some may be about this reading */
    const dt_reading_watch *watches;
    size_t unassessing_count; /* sources none of whose records can answer this reading */
    const uint32_t *unassessing;
    size_t inside_count, outside_count; /* zones of the answer; both 0: anywhere */
    const uint32_t *inside, *outside;
} dt_reading_record;

/** How far the answer to a clause hangs on its reading. */
typedef struct dt_clause_record {
    const char *id;
    uint32_t agreement, clause;
    size_t reading_count;
    const dt_reading_record *readings;
    uint64_t incidents; /* that some reading does not put out of scope */
    uint64_t flips;     /* of those: readings disagree on them */
} dt_clause_record;

typedef struct dt_source_record {
    const char *name, *family;
    uint64_t records;
    int64_t first, last; /* moments told of */
    uint32_t days;       /* with a record */
    bool says_targets, says_places, says_actors;
    bool has_coverage; /* says itself when it watched; otherwise it is taken to have watched from first to last */
    const int64_t *told_days; /* those `days`, in order: 0:00 by the clocks of the files, as if they showed UTC */
} dt_source_record;

typedef enum dt_watch_state { DT_WATCH_WATCHING = 0, DT_WATCH_DEGRADED, DT_WATCH_BLIND } dt_watch_state;

typedef struct dt_watch_span {
    int64_t from, until; /* an open end: the first or last moment that anything tells of */
    dt_watch_state state;
} dt_watch_span;

/** When a source watched through one channel in one zone, from coverage records.  Where records of the same channel and
 *  zone overlap, the worst counts. */
typedef struct dt_watch_record {
    uint32_t source;
    const char *channel, *zone; /* NULL: not said */
    bool has_place;
    double longitude, latitude, radius; /* degrees, metres */
    uint64_t records;
    int64_t from, until;              /* first and last moment told of; INT64_MIN, INT64_MAX: open */
    double watching, degraded, blind; /* hours; what is open counts from or to the last moment that anything tells of */
    size_t span_count;                /* in order of time; between them nothing is known */
    const dt_watch_span *spans;
    size_t reason_count;
    const char *const *reasons; /* of poor sight or none, each once, sorted */
} dt_watch_record;

/** A dispute out of a ledger, in its last state, and the findings that it is about. */
typedef struct dt_monitor_dispute {
    dt_dispute dispute;
    uint32_t incident;        /* UINT32_MAX: it is about none of this answer */
    uint32_t clause, reading; /* of the answer, of the clause; UINT32_MAX: about the incident under all of them */
} dt_monitor_dispute;

/** A claim on a day for which a source that otherwise reports such acts has nothing. */
typedef struct dt_coverage_gap {
    uint32_t source;
    const char *claim, *act;
    int64_t day; /* its first moment */
} dt_coverage_gap;

typedef enum dt_sum_flaw {
    DT_SUM_DIFFERS = 0, /* parts of a total do not add up to it */
    DT_SUM_CUMULATIVE,  /* a running total: differences are counted */
    DT_SUM_SUBSET       /* part of another number: not counted */
} dt_sum_flaw;

/** What is wrong, or to be known, about a party's numbers. */
typedef struct dt_sum_finding {
    dt_sum_flaw kind;
    const char *claimant, *claim; /* id of the total, of the last of a running total, of the part */
    double declared, parts;       /* the total; the sum of its parts, or the number before */
    bool at_least;                /* `parts` is a lower bound */
} dt_sum_finding;

typedef struct dt_file_record {
    const char *name, *format; /* "ledger" for one */
    const char *sha256;        /* in hexadecimal; NULL: of a ledger */
    const char *mapping;       /* by which it was read; NULL: none */
    const char *mapping_sha256;
    uint64_t rows, records, set_aside;
    uint64_t coverage;  /* lines about who was watching; no records */
    bool ids_unchecked; /* more ids than are kept: from some row on nobody looked whether one stood twice */
} dt_file_record;

typedef enum dt_border_kind { DT_BORDER_RING = 0, DT_BORDER_LINE, DT_BORDER_POINT } dt_border_kind;

/** A ring, which does not repeat its first point, a line, or a point. */
typedef struct dt_border {
    dt_border_kind kind;
    size_t count;
    const double *points; /* longitude and latitude by turns, in degrees; past 180 where it crosses the date line */
} dt_border;

/** A zone that readings name, for drawing alone: its borders are what its file claims, with the least telling points
 *  left out (Douglas and Peucker 1973) so that all zones together have at most 3,000, or 9,000 where some move.  What
 * is inside is odd (holes are rings, too).  A zone that moves stands here once for each time that it is shown as one
 * file has it: on at most nine days of all such zones together, the first and the last that matter to the readings and
 * some between them. */
typedef struct dt_monitor_zone {
    const char *file, *feature; /* feature NULL: all of the file */
    const char *title;          /* as the model names it, in the language of the environment; NULL: it does not */
    double buffer;              /* metres that it is grown by; the borders are those before */
    int64_t from, until;        /* days that it is shown so, as dt_finding.day has them; INT64_MIN, INT64_MAX: open */
    uint32_t drawings;          /* files that the model has of it, by date; 1: it does not move */
    uint64_t point_count;       /* of the file's borders */
    size_t border_count;
    const dt_border *borders;
} dt_monitor_zone;

/** A class of what a clause protects that no record names, while some records name others. */
typedef struct dt_unmet_target {
    const char *clause, *target;
} dt_unmet_target;

typedef struct dt_monitor_answer {
    const dt_model *model; /* borrowed */
    size_t clause_count;
    const dt_clause_record *clauses;
    size_t incident_count;        /* that the claims make */
    size_t listed_count;          /* of them, those that some finding or dispute is about */
    const dt_incident *incidents; /* listed, by time */
    uint64_t claims, retracted, unknown_acts;
    uint64_t repeated;  /* records of one source with the same id in several files: the latest counts */
    uint64_t withheld;  /* left out by `until` */
    uint64_t unmatched; /* records that take back what is not there, or what others say: of no effect */
    size_t unmet_target_count;
    const dt_unmet_target *unmet_targets; /* by clause */
    size_t watch_count;
    const dt_watch_record *watches; /* by source, channel, zone */
    double degraded_weight;         /* what poor sight counts as: 0.5 */
    size_t dispute_count;
    const dt_monitor_dispute *disputes; /* by id */
    size_t source_count;
    const dt_source_record *sources;
    size_t stranger_count;
    const dt_stranger *strangers; /* those of most records first, then by name; the first 200 have their nearest */
    size_t gap_count;
    const dt_coverage_gap *gaps;
    size_t sum_count;
    const dt_sum_finding *sums;
    size_t file_count;
    const dt_file_record *files;
    size_t zone_count;
    const dt_monitor_zone *zones;
    dt_monitor_period period;
    dt_monitor_unit unit;
    uint32_t baseline;
    void *memory; /* private */
} dt_monitor_answer;

/** Holds the records of event files against the agreements of a model.
 *  Returns DT_OK; DT_ERR_ARGUMENT when the model has no such agreement, or none at all; DT_ERR_MODEL with diagnostics
 *  when an event file, a zone or a time zone is not what it should be; DT_ERR_IO, DT_ERR_MEMORY, DT_ERR_CANCELLED.
 *  Owns: *out, free with dt_monitor_free before the model.
 *  Cost: records x readings; a comparison of incidents that overlap in time. */
DT_API DT_NODISCARD dt_status dt_monitor(dt_monitor_answer **out, const dt_model *model, const dt_monitor_opts *opts,
                                         dt_env *env);
DT_API void dt_monitor_free(dt_monitor_answer *answer, dt_env *env);

/** The id of a finding, INCIDENT/CLAUSE/READING: what a dispute in a ledger names.  It stays while the incident keeps a
 *  claim by that id.  Writes at most `room` bytes with the zero byte; returns the length that it has. */
DT_API size_t dt_monitor_finding_id(const dt_monitor_answer *answer, const dt_clause_record *clause,
                                    const dt_reading_record *reading, const dt_finding *finding, char *text,
                                    size_t room);

/** How a report shows an answer. */
typedef struct dt_monitor_view {
    uint32_t findings; /* listed for each reading, the first in time; the counts are always whole */
    bool redact; /* for the public: days instead of hours, places to a tenth of a degree within 10 km or more; no words
                    of sources, no files */
    bool draft;  /* marked as a draft, not for publication */
} dt_monitor_view;

#ifdef __cplusplus
}
#endif
#endif
