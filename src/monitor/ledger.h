/* All that is known while an agreement is judged: claims as they came in, incidents made of them, readings made ready.
 */
#ifndef DT__MONITOR_LEDGER_H
#define DT__MONITOR_LEDGER_H

#include <math.h>

#include "base/digest.h"
#include "base/vector.h"
#include "ledger/entries.h"
#include "monitor/claims/claims.h"
#include "monitor/claims/known_names.h"
#include "monitor/claims/watching.h"
#include "monitor/clauses/clauses.h"
#include "monitor/rates/daily.h"
#include "question/builder.h"

enum { DT__COMMON_RESTS = 256 };

struct dt__ledger {
    dt__builder *b;
    dt_env *env;
    const dt_model *model;
    const dt_monitor_opts *opts;
    dt__arena scratch;
    dt__vector claims;     /* dt__claim_in, by time once ordered */
    dt__interval asked;    /* from the beginning of the first reading to the end of the last, at the widest */
    dt__vector asked_acts; /* uint8_t, per act: is it what some reading is about?  claim_rests.c */
    dt__vector regions;    /* const char * */
    const char *last_text; /* of a claim */
    dt__claim_rest *common[DT__COMMON_RESTS]; /* by what they hold, those that came last */
    dt__vector occurrences;                   /* dt__occurrence, by time */
    dt__moment *latest;                       /* per occurrence: when the last of it and those before it was over */
    uint32_t *act_of;                         /* per occurrence: its act */
    size_t special_count;
    uint32_t *special;       /* occurrences that are totals or parts of them */
    double *plain_counts;    /* per party: of all others */
    dt__vector sources;      /* dt__told_source */
    size_t family_count;     /* of sources */
    dt__vector acts, assets; /* const char * */
    dt__vector strangers;    /* dt__stranger */
    dt__known_names names;
    dt__vector zones;       /* dt__named_zone */
    dt__vector features;    /* dt__feature of all zone files */
    dt__vector zone_files;  /* dt__zone_file */
    dt__vector shape_list;  /* dt__named_shape */
    dt__vector lists;       /* const char *: files that records were read in */
    dt__vector watch_lines; /* dt__watch_line, by source, zone, channel once ordered */
    dt__vector disputes;    /* dt_monitor_dispute */
    size_t sight_count;
    dt__sight *sights;              /* by source */
    uint8_t *concerned;             /* per obligation and sight: is it about what is watched there? */
    dt__words words;                /* of acts, for files and ledgers */
    dt__vector raw_acts, told_acts; /* const char *: of a ledger's records, and what they mean */
    dt__vector sums;                /* dt_sum_finding */
    dt__vector gaps;                /* dt_coverage_gap */
    size_t obligation_count;
    dt__obligation *obligations; /* of the readings asked for */
    size_t window_count;
    struct dt__window *windows;                                      /* of all readings of the model */
    uint64_t retracted, unmatched, unknown_acts, repeated, withheld; /* unmatched: take back what is not there */
    const dt__zone *file_zone;
    size_t mapping_count; /* for event files with columns of their own */
    struct dt__mapping **mappings;
    struct dt__offered_mapping *offered; /* what the answer tells of each */
    struct dt__daily *daily;             /* of the sources that are followed; refilled for each party and reading */
    size_t daily_count;
    uint32_t *daily_of;  /* source -> daily; DT__NOBODY: not followed */
    size_t *line_starts; /* of `lines`: per party, for unknown actors, and the end */
    struct dt__told_line *lines;
    uint32_t *claim_starts, *claims_of; /* of each occurrence, and one more; its claims */
    double *told;                       /* per source: to work in */
    dt_file_record *files;
    int64_t first_day, last_day; /* with an occurrence, UTC */
    dt__moment last_filed;
    int64_t last_watched; /* day, when after the last occurrence; else INT64_MIN */
};

static inline dt__claim_in *dt__claim_at(const dt__ledger *l, size_t i) {
    return DT__AT(l->claims, dt__claim_in, i);
}

/* The file that it was read in. */
static inline const char *dt__file_of(const dt__ledger *l, const dt__claim_in *c) {
    return *DT__AT(l->lists, const char *, c->list);
}

static inline dt__occurrence *dt__occurrence_at(const dt__ledger *l, size_t i) {
    return DT__AT(l->occurrences, dt__occurrence, i);
}

/* By act alone, without a look at the occurrence. */
static inline bool dt__act_may_concern(const dt__ledger *l, const dt__obligation *o, size_t occurrence) {
    uint32_t act = l->act_of[occurrence];
    return act == DT__NOBODY || o->act[act] != DT__NO;
}

/* monitor.c: env, model, opts and b are set by the caller. */
void dt__ledger_start(dt__ledger *l);
void dt__ledger_clear(dt__ledger *l);

/* contested.c: which findings disputes are about. */
DT_NODISCARD dt_status dt__tell_disputes(dt__ledger *l, dt_monitor_answer *answer);

/* coverage.c */
DT_NODISCARD dt_status dt__find_gaps(dt__ledger *l);
DT_NODISCARD dt_status dt__describe_sources(dt__ledger *l, dt_monitor_answer *answer);

/* strangers.c: actors that are no party of the model, and the parties' names that they are near. */
DT_NODISCARD dt_status dt__tell_strangers(dt__ledger *l, dt_monitor_answer *answer);

/* drawn_zones.c: the zones of the answer's readings, with borders short enough to be drawn. */
DT_NODISCARD dt_status dt__draw_zones(dt__ledger *l, dt_monitor_answer *answer);

/* told_days.c: the days on which each source has a record. */
DT_NODISCARD dt_status dt__list_told_days(dt__ledger *l, dt_monitor_answer *answer);

/* hashed_source.c: a source whose bytes are hashed on their way. */
typedef struct dt__hashed_source {
    dt_source from;
    dt__digest digest;
} dt__hashed_source;
dt_source dt__hash_source(dt__hashed_source *h, const dt_source *from);
/* The hash of what was read, and of what is left: in hexadecimal, in the answer; NULL without memory. */
DT_NODISCARD dt_status dt__hash_finish(dt__hashed_source *h, dt__builder *b, const char **out);

#endif
