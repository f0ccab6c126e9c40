/* Ledgers become claims as event files do: what is in force in each at a reception time, who was watching, and the
 * disputes. */
#include <string.h>

#include "monitor/ledger.h"

/* ---- records ---- */

/* A ledger keeps the source's own word for an act; what it means is looked up once for each. */
static const char *meaning_of(dt__ledger *l, const char *raw) {
    const char *told = raw;
    size_t i = 0;

    while (i < l->raw_acts.count && strcmp(*DT__AT(l->raw_acts, const char *, i), raw) != 0) i++;
    if (i < l->raw_acts.count) return *DT__AT(l->told_acts, const char *, i);
    for (size_t k = 0; told == raw && k < l->words.count; k++)
        if (strcmp(l->words.items[k].from, raw) == 0) told = l->words.items[k].to;
    if (told == raw) told = dt__builder_text(l->b, raw);
    if (dt__known_word(&l->raw_acts, raw, l) == DT__NOBODY || told == NULL ||
        dt__vector_push(&l->told_acts, &told, l->env) != DT_OK)
        l->b->failed = true;
    return told;
}

typedef struct ledger_intake {
    dt__ledger *l;
    dt_file_record *file;
} ledger_intake;

static dt_status take_record(void *payload, const dt__record *record) {
    ledger_intake *i = payload;
    dt__record told = *record;

    i->file->rows++;
    i->file->records++;
    if (told.act != NULL && *told.act != '\0') told.act = meaning_of(i->l, told.act);
    if (i->l->b->failed) return DT_ERR_MEMORY;
    if (i->file->records % 4096 == 0) {
        dt_status st = dt__poll(i->l->env);
        if (st != DT_OK) return st;
    }
    return dt__take_record(i->l, &told);
}

static dt_status take_coverage(void *payload, const dt__coverage *coverage) {
    ledger_intake *i = payload;

    i->file->rows++;
    i->file->coverage++;
    return dt__take_coverage(i->l, coverage);
}

/* ---- disputes ---- */

static const char *kept_text(dt__ledger *l, const char *text) {
    return text == NULL ? NULL : dt__builder_text(l->b, text);
}

static dt_status take_dispute(void *payload, const dt_dispute *step) {
    dt__ledger *l = ((ledger_intake *)payload)->l;
    dt_monitor_dispute d = {.dispute = *step, .incident = UINT32_MAX, .clause = UINT32_MAX, .reading = UINT32_MAX};

    d.dispute.id = kept_text(l, step->id);
    d.dispute.finding = kept_text(l, step->finding);
    d.dispute.by = kept_text(l, step->by);
    d.dispute.note = kept_text(l, step->note);
    d.dispute.overdue = step->state != DT_DISPUTE_CLOSED && step->deadline < l->opts->now;
    return l->b->failed ? DT_ERR_MEMORY : dt__vector_push(&l->disputes, &d, l->env);
}

/* A chain that is broken does not keep anybody from looking; it is told. */
static dt_status check_chain(dt__ledger *l, dt_ledger *ledger, const char *name) {
    dt_ledger_check check;
    dt__text number;
    dt_status st = dt_ledger_verify(&check, ledger, l->env);

    if (st != DT_OK || check.whole) return st;
    dt__text_init(&number, l->env);
    dt__text_add_unsigned(&number, check.broken);
    dt__diagnose(l->env, DT_WARNING, (dt__place){.file = name}, "ledger-changed",
                 "entry {0} of this ledger is not what was written: what is told from it rests on nothing",
                 dt__text_get(&number), NULL);
    dt__text_clear(&number);
    return DT_OK;
}

dt_status dt__read_ledgers(dt__ledger *l, dt_file_record *files) {
    const dt_monitor_opts *opts = l->opts;
    dt_status st = DT_OK;

    for (size_t i = 0; st == DT_OK && i < opts->ledger_count; i++) {
        ledger_intake intake = {.l = l, .file = &files[i]};
        dt__record_sink records = {.take = take_record, .payload = &intake, .cover = take_coverage};
        dt__dispute_sink disputes = {.take = take_dispute, .payload = &intake};
        files[i].name = dt__builder_text(l->b, opts->ledger_names == NULL ? "" : opts->ledger_names[i]);
        files[i].format = "ledger";
        st = check_chain(l, opts->ledgers[i], files[i].name == NULL ? "" : files[i].name);
        if (st == DT_OK) st = dt__ledger_replay(opts->ledgers[i], opts->ledgers_at, &records, &disputes, l->env);
    }
    return st;
}
