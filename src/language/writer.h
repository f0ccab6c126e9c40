/* Writing the parts of a model: what the files that write sections share. */
#ifndef DT__LANGUAGE_WRITER_H
#define DT__LANGUAGE_WRITER_H

#include "language/printer.h"
#include "model/model.h"

typedef struct dt__writer {
    dt__printer printer;
    const dt_model *model;
} dt__writer;

/* Each adds `key` to a mapping, and nothing when there is nothing to say. */
void dt__write_text(dt__writer *w, dt__written *mapping, const char *key, const char *text);
void dt__write_label(dt__writer *w, dt__written *mapping, const char *key, const dt__label *label);
void dt__write_word(dt__writer *w, dt__written *mapping, const char *key,
                    const char *word); /* never quoted; borrowed */
void dt__write_date(dt__writer *w, dt__written *mapping, const char *key, dt__date date);
void dt__write_rational(dt__writer *w, dt__written *mapping, const char *key, dt__rational value);
void dt__write_number(dt__writer *w, dt__written *mapping, const char *key, dt__number_id id);
void dt__write_condition(dt__writer *w, dt__written *mapping, const char *key, const dt__condition *condition);
void dt__write_parties(dt__writer *w, dt__written *mapping, const char *key, dt__party_set set);
void dt__write_issue_set(dt__writer *w, dt__written *mapping, const char *key, const dt__issue_set *set);
void dt__write_evidence(dt__writer *w, dt__written *mapping, const dt__evidence *evidence);

void dt__write_aliases(dt__writer *w, dt__written *entry, const dt__party *party);
dt__written *dt__written_sources(dt__writer *w);

/* Nodes for one value. */
dt__written *dt__written_number(dt__writer *w, dt__number_id id);
dt__written *dt__written_rational(dt__writer *w, dt__rational value);
dt__written *dt__written_condition(dt__writer *w, const dt__condition *condition);
dt__written *dt__written_name(dt__writer *w, const char *name);

/* Sections written in files of their own. */
dt__written *dt__write_transitions(dt__writer *w);
dt__written *dt__write_graph(dt__writer *w);
/* The states or outcomes of a ranking; entry i is written by `item`. */
dt__written *dt__written_ranks(dt__writer *w, const dt__preferences *p,
                               dt__written *(*item)(dt__writer *, const dt__ranked *));

/* The section of preferences, written in a file of its own. */
dt__written *dt__write_preferences(dt__writer *w);
dt__written *dt__write_acts(dt__writer *w);
dt__written *dt__write_assets(dt__writer *w);
dt__written *dt__write_agreements(dt__writer *w);
dt__written *dt__written_terms(dt__writer *w, const dt__clause_reading *terms); /* of an option */

#endif
