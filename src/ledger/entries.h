/* The ledger for the layers above: records in, records of any past reception time out. */
#ifndef DT__LEDGER_ENTRIES_H
#define DT__LEDGER_ENTRIES_H

#include "detente/ledger.h"
#include "records/record.h"

/* What an append made of a record. */
typedef enum dt__appended {
    DT__APPENDED_NEW = 0,
    DT__APPENDED_REVISION, /* of the record of the same id */
    DT__APPENDED_KNOWN     /* word by word the record that is in force: no new entry */
} dt__appended;

/* A batch: begin, any number of appends, end.  With DT_OK given to the end it is written and on the disk before the end
 * returns DT_OK; with anything else nothing of it is.  The end returns the status it was given, or what went wrong.
 * received: not before the newest entry, or DT_ERR_ARGUMENT. */
DT_NODISCARD dt_status dt__ledger_batch(dt_ledger *ledger, dt__moment received, dt_env *env);
DT_NODISCARD dt_status dt__ledger_add(dt__appended *what, dt_ledger *ledger, const dt__record *record, dt_env *env);
DT_NODISCARD dt_status dt__ledger_add_coverage(dt__appended *what, dt_ledger *ledger, const dt__coverage *coverage,
                                               dt_env *env);
DT_NODISCARD dt_status dt__ledger_batch_end(dt_ledger *ledger, dt_status status, dt_env *env);

/* All records in force at a reception time (DT__MOMENT_NEVER: now), by start, then id: the same whatever the order
 * they came in.  `received` is the ledger's.  The texts are borrowed for the call. */
DT_NODISCARD dt_status dt__ledger_records(dt_ledger *ledger, dt__moment at, const dt__record_sink *sink, dt_env *env);

typedef struct dt__coverage_sink {
    dt_status (*take)(void *payload, const dt__coverage *coverage);
    void *payload;
} dt__coverage_sink;
DT_NODISCARD dt_status dt__ledger_coverage(dt_ledger *ledger, dt__moment at, const dt__coverage_sink *sink,
                                           dt_env *env);

typedef struct dt__dispute_sink {
    dt_status (*take)(void *payload, const dt_dispute *step);
    void *payload;
} dt__dispute_sink;

/* All of it at a reception time, about the same entries while another process appends: records in force and who was
 * watching (sink->cover), then each dispute in its last state.  A sink may be NULL. */
DT_NODISCARD dt_status dt__ledger_replay(dt_ledger *ledger, dt__moment at, const dt__record_sink *sink,
                                         const dt__dispute_sink *disputes, dt_env *env);

#endif
