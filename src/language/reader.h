/* Reading a model: what the files of this folder share while the tree of nodes becomes a model.
 *
 * A reader belongs to one call of dt_model_read.  A failure that is no finding about the text (memory, a limit,
 * cancelling) is kept in `status`, once; after it every function returns at once with nothing, so that the readers
 * of sections need no status of their own.  Findings become diagnostics, and reading goes on. */
#ifndef DT__LANGUAGE_READER_H
#define DT__LANGUAGE_READER_H

#include "base/catalog.h"
#include "base/text.h"
#include "base/vector.h"
#include "language/names.h"
#include "language/yaml.h"
#include "model/model.h"

typedef struct dt__word_use dt__word_use; /* target_words.c */

typedef struct dt__reader {
    dt_env *env;
    dt_model *model;   /* what has been read so far */
    dt__arena scratch; /* the tree and the names; gone after reading */
    dt_status status;
    size_t errors_before, first_diagnostic;
    bool muted;         /* so many errors that the rest is left out */
    dt__text path;      /* where we are: "preferences.north.weights" */
    dt__vector numbers; /* dt__number, in order of id */
    dt__names sources, quantities, parties, issues, scenarios;
    dt__names *options; /* per issue */
    size_t most_options;
    const dt__node **by_option; /* room for nodes of the options of one issue */
    dt__word_use *targets, *site_classes, **targets_last, **site_classes_last;
} dt__reader;

/* ---- findings ---- */

dt__place dt__reader_place(const dt__reader *r, const dt__node *node);
/* As dt__diagnose; node NULL: no place.  The first hundred are kept. */
void dt__reader_error(dt__reader *r, const dt__node *node, const char *code, const char *msgid, ...)
    __attribute__((sentinel));
void dt__reader_error_at(dt__reader *r, dt__place place, const char *code, const char *msgid, ...)
    __attribute__((sentinel));
void dt__reader_warning(dt__reader *r, dt__place place, const char *code, const char *msgid, ...)
    __attribute__((sentinel));
/* A hint to the error just given. */
void dt__reader_hint(dt__reader *r, const char *msgid, ...) __attribute__((sentinel));
/* "did you mean ...?" with the nearest of the candidates; false when none is near. */
bool dt__reader_hint_nearest(dt__reader *r, const char *word, const char *const *candidates, size_t count);
/* The same, and else, when they are few, all of them. */
void dt__reader_hint_names(dt__reader *r, const char *word, const char *const *candidates, size_t count);
/* A limit of the language: said at node, and reading ends.  size: how large the model is. */
void dt__reader_limit(dt__reader *r, const dt__node *node, const char *msgid, size_t size);

/* ---- memory of the model; NULL sets status ---- */

void *dt__reader_alloc(dt__reader *r, size_t count, size_t item);
#define DT__READER_ARRAY(r, type, count) ((type *)dt__reader_alloc((r), (count), sizeof(type)))
#define DT__READER_NEW(r, type) ((type *)dt__reader_alloc((r), 1, sizeof(type)))

/* ---- where we are ---- */

/* Goes one step down; the result goes back to dt__path_leave. */
size_t dt__path_enter(dt__reader *r, const char *part);
size_t dt__path_enter_item(dt__reader *r, const char *id, size_t index); /* id NULL: "2" for the second */
void dt__path_leave(dt__reader *r, size_t length);

/* ---- mappings and lists ---- */

typedef struct dt__key {
    const char *name;
    bool required;
} dt__key;

/* Values of the known keys of a mapping, in the order of the table; NULL where a key is not given.
 * Unknown and missing keys are diagnosed.  False when node is no mapping (all of out is NULL).  A key without a
 * value counts as an empty mapping. */
bool dt__read_fields(dt__reader *r, const dt__node *node, const dt__key *keys, size_t count, const dt__node **out);

/* Entries of a mapping `id: ...`: their ids and nodes, in order. */
typedef struct dt__entries {
    size_t count;
    const char **ids;
    const dt__node **nodes;
} dt__entries;

typedef enum dt__id_kind { DT__ID_STRICT = 0, DT__ID_FREE, DT__ID_LETTERS } dt__id_kind;
dt__entries dt__read_entries(dt__reader *r, const dt__node *node, dt__id_kind kind);
/* Diagnoses text that is no id of the kind. */
void dt__check_id(dt__reader *r, const dt__node *node, dt__id_kind kind);
/* Number of items of a list; diagnoses what is no list.  A key without a value counts as an empty one. */
size_t dt__read_list(dt__reader *r, const dt__node *node);
/* Diagnoses ids that stand twice among `count` ids (NULL: none), each at its node. */
void dt__check_unique(dt__reader *r, const char *const *ids, const dt__node *const *nodes, size_t count);

/* ---- single values; node may be NULL, then nothing is read ---- */

const char *dt__read_text(dt__reader *r, const dt__node *node); /* not empty; NULL after a finding */
const char *dt__read_id(dt__reader *r, const dt__node *node);
dt__label dt__read_label(dt__reader *r, const dt__node *node);
bool dt__read_bool(dt__reader *r, const dt__node *node, bool otherwise);
bool dt__read_date(dt__reader *r, const dt__node *node, dt__date *out);
bool dt__read_exact(dt__reader *r, const dt__node *node, dt__rational *out);
bool dt__read_range(dt__reader *r, const dt__node *node, dt__rational *low, dt__rational *high);

/* ---- names of the model ---- */

uint32_t dt__find_party(dt__reader *r, const dt__node *node, const char *text);
uint32_t dt__find_issue(dt__reader *r, const dt__node *node, const char *text);
dt__option dt__find_option(dt__reader *r, const dt__node *node, uint32_t issue, const char *text);
uint32_t dt__read_party(dt__reader *r, const dt__node *node);
dt__party_set dt__read_parties(dt__reader *r, const dt__node *node); /* one or a list */
dt__issue_set dt__read_issue_set(dt__reader *r, const dt__node *node);

/* ---- evidence, conditions ---- */

/* A path of a file inside the model's folder. */
const char *dt__read_path(dt__reader *r, const dt__node *node);
dt__evidence dt__read_evidence(dt__reader *r, const dt__node *source, const dt__node *quote, const dt__node *why);
static inline bool dt__has_evidence(const dt__evidence *e) {
    return e->citation_count > 0 || e->quote != NULL || e->why != NULL;
}
const dt__condition *dt__read_condition(dt__reader *r, const dt__node *node);

/* ---- numbers ---- */

typedef enum dt__bound { DT__UNBOUNDED = 0, DT__AT_LEAST_LOW, DT__WITHIN, DT__CUT_WITHIN } dt__bound;

/* What a number is for.  WITHIN: its whole range has to lie within; CUT_WITHIN: only draws of normals are cut. */
typedef struct dt__number_use {
    dt__evidence evidence; /* of the block it stands in */
    dt__bound bound;
    dt__rational low, high;
    const char *hint; /* when it leaves its range; NULL: none */
} dt__number_use;

/* DT__NO_NUMBER when node is NULL, or after a finding. */
dt__number_id dt__read_number(dt__reader *r, const dt__node *node, const dt__number_use *use);
/* The same of a text inside a node: the mapping form is not tried. */
dt__number_id dt__read_number_text(dt__reader *r, const dt__node *node, const char *text, const dt__number_use *use);
static inline dt__number *dt__reader_number(const dt__reader *r, dt__number_id id) {
    return DT__AT(r->numbers, dt__number, id);
}

/* ---- sections, in this order; node NULL: not given ---- */

void dt__read_sources(dt__reader *r, const dt__node *node);
void dt__read_quantities(dt__reader *r, const dt__node *node);
void dt__read_party_section(dt__reader *r, const dt__node *node);
void dt__read_issues(dt__reader *r, const dt__node *node);
/* What parties do not see; their section again, when the issues are known. */
void dt__read_unseen(dt__reader *r, const dt__node *parties);
void dt__read_formats(dt__reader *r, const dt__node *node);
void dt__read_rules(dt__reader *r, const dt__node *node);
void dt__read_transitions(dt__reader *r, const dt__node *node);
void dt__read_preferences(dt__reader *r, const dt__node *node);
void dt__read_principles(dt__reader *r, const dt__node *node);
void dt__read_proposals(dt__reader *r, const dt__node *node);
void dt__read_scenarios(dt__reader *r, const dt__node *node);
void dt__read_claims(dt__reader *r, const dt__node *node);
/* Codes of the model's own, with their names. */
dt__named_act *dt__read_codes(dt__reader *r, const dt__node *node, size_t *count);
/* Words that the model adds to the vocabulary of acts. */
void dt__read_vocabulary(dt__reader *r, const dt__node *node);
/* target_words.c: words added to that of assets; and, when all is read, a warning of targets that nobody knows. */
void dt__read_assets(dt__reader *r, const dt__node *node);
void dt__check_targets(dt__reader *r);
void dt__read_agreements(dt__reader *r, const dt__node *node);
/* What agreeing to an option would forbid; NULL: not said. */
const dt__clause_reading *dt__read_option_terms(dt__reader *r, const dt__node *node);

/* ---- a graph written out, instead of parties, issues, formats, rules and preferences ---- */

enum { DT__REFUSED_COUNT = 4 };

typedef struct dt__graph_neighbours {
    const dt__node *parties;                    /* NULL: whoever moves or ranks */
    const dt__node *refused[DT__REFUSED_COUNT]; /* sections that cannot stand beside it; NULL: not given */
} dt__graph_neighbours;

void dt__read_graph(dt__reader *r, const dt__node *node, const dt__graph_neighbours *others);
/* Parties with these ids, of which nothing else is known yet.  node: where findings about their number stand. */
void dt__name_parties(dt__reader *r, const dt__node *node, const dt__entries *entries);

/* ---- what can be checked only when all is read ---- */

void dt__order_quantities(dt__reader *r);
void dt__check_formats(dt__reader *r);
/* Sums of weights, with central values. */
void dt__check_weights(dt__reader *r, const dt__valuation *v);
/* Places levers without a stated no-deal option where their owners would have them. */
void dt__place_levers(dt__reader *r, const dt__valuation *v);

#endif
