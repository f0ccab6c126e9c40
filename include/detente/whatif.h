/* What would change it?  Two models, or one model under two settings, side by side: what differs in them, what differs
 * in the answer to "is there a deal?", and which red line or reservation value makes the difference.
 *
 * The answer is plain data; texts and arrays in it are borrowed from it.  Indices are of the model before and of the
 * model after; UINT32_MAX where one of them has no such thing. */
#ifndef DETENTE_WHATIF_H
#define DETENTE_WHATIF_H

#include "detente/deal.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Options of `whatif`.  Initialise with dt_whatif_opts_init. */
typedef struct dt_whatif_opts {
    const char *among;          /* one format, by its id in both; NULL: every format that both have */
    const dt_setting *settings; /* of the model after; the model before stands as it is written */
    size_t setting_count;
    const char *at_before, *at_after; /* dates; NULL: as_of */
} dt_whatif_opts;

DT_API void dt_whatif_opts_init(dt_whatif_opts *opts);

/** A number of the models that differs, by its place: "preferences.north.weights.ceasefire"; text NULL: not there. */
typedef struct dt_changed_number {
    const char *path;
    dt_exact before, after; /* central values */
} dt_changed_number;

typedef enum dt_item_kind {
    DT_ITEM_PARTY = 0,
    DT_ITEM_FORMAT,
    DT_ITEM_ISSUE,
    DT_ITEM_OPTION,
    DT_ITEM_RULE,
    DT_ITEM_RED_LINE,
    DT_ITEM_PRINCIPLE,
    DT_ITEM_PROPOSAL,
    DT_ITEM_SCENARIO
} dt_item_kind;

/** Something that only one of the models has: "south.no-cession" for a red line, "ceasefire.full" for an option. */
typedef struct dt_changed_item {
    dt_item_kind kind;
    const char *id;
    bool added; /* only the model after has it */
} dt_changed_item;

/** What no deal is worth to a party, and where a lever or another issue stands with no deal. */
typedef struct dt_changed_party {
    uint32_t before, after;
    dt_exact no_deal_before, no_deal_after; /* text NULL: ordinal, or not there */
} dt_changed_party;

/** How many outcomes of a format a party accepts. */
typedef struct dt_changed_acceptance {
    uint32_t party;                   /* of the model after */
    double share_before, share_after; /* of the coherent outcomes */
} dt_changed_acceptance;

/** The zone of a format, or of one scenario in it. */
typedef struct dt_changed_zone {
    uint32_t format_before, format_after;
    uint32_t scenario_before, scenario_after; /* UINT32_MAX: all outcomes */
    const dt_deal_format *before, *after;     /* of the answers below */
    double share_before, share_after;         /* of the coherent outcomes; NAN where they are only bounded */
    size_t lifted_count;                      /* blockers of some minimal set before that are in none after */
    const dt_blocker *const *lifted;
    size_t new_count; /* and the other way round */
    const dt_blocker *const *fresh;
    size_t acceptance_count; /* parties whose consent can matter and whose share of accepted outcomes differs; largest
                                change first */
    const dt_changed_acceptance *acceptances;
} dt_changed_zone;

/** A party's judgement of a proposal that is another one now. */
typedef struct dt_changed_judgement {
    uint32_t proposal;                  /* of the model after */
    const dt_judgement *before, *after; /* of the answers below */
} dt_changed_judgement;

typedef struct dt_whatif_answer {
    const dt_model *model_before, *model_after; /* borrowed */
    const dt_deal_answer *before, *after;       /* owned */
    size_t number_count;
    const dt_changed_number *numbers;
    size_t item_count;
    const dt_changed_item *items;
    size_t place_count; /* issues that stand elsewhere with no deal: indices into the model after */
    const uint32_t *places;
    size_t party_count; /* parties of both models; those to whom no deal is worth something else come first */
    const dt_changed_party *parties;
    size_t zone_count; /* formats of both models, each followed by the scenarios that both have */
    const dt_changed_zone *zones;
    size_t judgement_count; /* acceptance of a proposal by a party, where it changed */
    const dt_changed_judgement *judgements;
    void *memory; /* private */
} dt_whatif_answer;

/** Compares a model with another one (or with itself under settings).  Things are the same when their ids are.
 *  Returns what dt_deal returns for either model.
 *  Owns: *out, free with dt_whatif_free before the models.
 *  Cost: that of dt_deal twice. */
DT_API DT_NODISCARD dt_status dt_whatif(dt_whatif_answer **out, const dt_model *before, const dt_model *after,
                                        const dt_whatif_opts *opts, dt_env *env);
DT_API void dt_whatif_free(dt_whatif_answer *answer, dt_env *env);

#ifdef __cplusplus
}
#endif
#endif
