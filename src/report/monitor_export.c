/* The findings of `monitor` as CSV or GeoJSON: a row for each incident, clause and reading, with the party in whose
 * record it is (none: the actor is not known, and it is in doubt for every one that is bound).  For the public without
 * sources and words, with days for times, and places to a tenth of a degree within 10 km or more. */
#include <math.h>
#include <string.h>

#include "base/export_rows.h"
#include "detente/report.h"
#include "model/model.h"
#include "report/monitor_sections.h"

enum { FIELDS = 32, ID_ROOM = 1 << 15 };

typedef struct findings_writer {
    const dt_monitor_answer *answer;
    const dt_monitor_view *view;
    dt__export out;
    dt_env *env;
    dt__text words; /* of the row at hand */
    char id[ID_ROOM];
} findings_writer;

static const char *party_id(const findings_writer *w, uint32_t party) {
    return party == UINT32_MAX ? NULL : w->answer->model->parties[party].id;
}

/* The doubts by their keys, parted by blanks. */
static const char *doubts_of(findings_writer *w, unsigned doubts) {
    dt__text_reset(&w->words);
    for (unsigned i = 0; i < DT_DOUBT_KINDS; i++) {
        if ((doubts >> i & 1) == 0) continue;
        if (w->words.length > 0) dt__text_add_char(&w->words, ' ');
        dt__text_add(&w->words, dt__monitor_doubt_key(i));
    }
    return w->words.length == 0 ? NULL : dt__text_get(&w->words);
}

/* A day is that of the reading's clocks. */
static dt__field moment_field(const findings_writer *w, const dt_reading_record *r, const char *name, int64_t moment) {
    if (!w->view->redact) return DT__MOMENT_FIELD(name, moment);
    return DT__DAY_FIELD(name, moment == INT64_MIN || moment == INT64_MAX ? moment : moment + r->offset_from);
}

static size_t describe_place(const findings_writer *w, const dt_incident *x, dt__field *f) {
    dt__shown_place p = dt__monitor_place(x, w->view);

    f[0] = DT__LONGITUDE_FIELD(p.known, p.longitude);
    f[1] = DT__LATITUDE_FIELD(p.known, p.latitude);
    f[2] = DT__NUMBER_FIELD("radius", p.known ? p.radius : NAN);
    f[3] = DT__TEXT_FIELD("region", p.region);
    return 4;
}

static size_t describe_dispute(const findings_writer *w, const dt_reading_record *r, const dt_finding *finding,
                               dt__field *f) {
    const dt_dispute *d = finding->dispute == UINT32_MAX ? NULL : &w->answer->disputes[finding->dispute].dispute;

    f[0] = DT__TEXT_FIELD("dispute", d == NULL ? NULL : dt_dispute_state_name(d->state));
    f[1] = moment_field(w, r, "dispute_deadline", d == NULL ? INT64_MAX : d->deadline);
    return 2;
}

static size_t describe(findings_writer *w, const dt_clause_record *clause, const dt_reading_record *r,
                       const dt_finding *finding, dt__field *f) {
    const dt_incident *x = &w->answer->incidents[finding->incident];
    size_t n = 0;

    f[n++] = DT__TEXT_FIELD("id", w->id);
    f[n++] = DT__TEXT_FIELD("incident", x->id);
    f[n++] = DT__TEXT_FIELD("agreement", w->answer->model->agreements[clause->agreement].id);
    f[n++] = DT__TEXT_FIELD("clause", clause->id);
    f[n++] = DT__TEXT_FIELD("reading", r->id);
    f[n++] = DT__TEXT_FIELD("party", party_id(w, finding->party));
    f[n++] = DT__TEXT_FIELD("verdict", dt__monitor_verdict_key(finding->verdict));
    f[n++] = DT__TEXT_FIELD("not_known", doubts_of(w, finding->doubts));
    f[n++] = DT__NUMBER_FIELD("share", finding->share);
    f[n++] = DT__TEXT_FIELD("actor", party_id(w, x->actor));
    f[n++] = DT__TEXT_FIELD("act", x->act);
    f[n++] = DT__NUMBER_FIELD("count", finding->count);
    f[n++] = DT__FLAG_FIELD("at_least", x->at_least);
    f[n++] = DT__NUMBER_FIELD("claims", (double)x->claims);
    f[n++] = DT__NUMBER_FIELD("families", (double)x->families);
    f[n++] = DT__FLAG_FIELD("disputed", x->disputed);
    f[n++] = moment_field(w, r, "from", x->from);
    f[n++] = moment_field(w, r, "until", x->until);
    n += describe_place(w, x, f + n);
    n += describe_dispute(w, r, finding, f + n);
    if (w->view->redact) return n;
    f[n++] = DT__TEXT_FIELD("source", x->source);
    f[n++] = DT__TEXT_FIELD("file", x->file);
    f[n++] = DT__NUMBER_FIELD("line", (double)x->line);
    f[n++] = DT__TEXT_FIELD("text", x->text);
    return n;
}

static dt_status write_finding(findings_writer *w, const dt_clause_record *clause, const dt_reading_record *r,
                               const dt_finding *finding) {
    dt__field fields[FIELDS];
    dt_status st;

    (void)dt_monitor_finding_id(w->answer, clause, r, finding, w->id, sizeof w->id);
    st = dt__export_row(&w->out, fields, describe(w, clause, r, finding, fields));
    return st == DT_OK ? dt__text_status(&w->words) : st;
}

static dt_status write_all(findings_writer *w) {
    dt_status st = DT_OK;

    for (size_t c = 0; c < w->answer->clause_count; c++)
        for (size_t r = 0; r < w->answer->clauses[c].reading_count; r++) {
            const dt_reading_record *reading = &w->answer->clauses[c].readings[r];
            for (size_t i = 0; st == DT_OK && i < reading->finding_count; i++) {
                st = write_finding(w, &w->answer->clauses[c], reading, &reading->findings[i]);
                if (st == DT_OK && (i & 4095) == 4095) st = dt__poll(w->env);
            }
        }
    return st;
}

dt_status dt_render_findings(const dt_monitor_answer *answer, const dt_monitor_view *view, bool geojson,
                             const dt_sink *sink, dt_env *env) {
    findings_writer *w = DT__NEW(env, findings_writer);
    dt_incident nothing = {.actor = UINT32_MAX, .from = INT64_MIN, .until = INT64_MAX};
    dt_finding none = {.party = UINT32_MAX, .dispute = UINT32_MAX};
    dt_monitor_answer empty = *answer;
    dt__field names[FIELDS];
    size_t count = 0;
    dt_status st;

    if (w == NULL) return DT_ERR_MEMORY;
    w->answer = answer;
    w->view = view;
    w->env = env;
    dt__text_init(&w->words, env);
    dt__export_begin(&w->out, geojson, sink, env);
    st = write_all(w);
    if (answer->clause_count > 0 && answer->clauses[0].reading_count > 0) { /* the names of columns */
        empty.incidents = &nothing;
        w->answer = &empty;
        count = describe(w, &answer->clauses[0], &answer->clauses[0].readings[0], &none, names);
    }
    st = dt__export_end(&w->out, names, count, st);
    dt__text_clear(&w->words);
    DT__FREE(env, w, 1);
    return dt__settled(env, st);
}
