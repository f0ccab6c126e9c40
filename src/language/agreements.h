/* Reading agreements: what the files that read their parts share. */
#ifndef DT__LANGUAGE_AGREEMENTS_H
#define DT__LANGUAGE_AGREEMENTS_H

#include "language/reader.h"

/* agreements.c: one text or a list of them; the same of codes of the vocabulary. */
const char *const *dt__read_texts(dt__reader *r, const dt__node *node, size_t *count);
const char *const *dt__read_acts(dt__reader *r, const dt__node *node, size_t *count);

/* target_words.c: the same of classes of what is hit, which are looked up when the model has been read; and a class of
 * sites that a zone names. */
const char *const *dt__read_targets(dt__reader *r, const dt__node *node, size_t *count);
void dt__note_site_class(dt__reader *r, const dt__node *node);

/* zone_terms.c: where; node NULL: anywhere. */
void dt__read_where(dt__reader *r, const dt__node *node, dt__zone_group *where);

/* moment_terms.c: the moments that an agreement names; from when until when, as `from` with `until` or with `for`. */
typedef struct dt__span_nodes {
    const dt__node *from, *until, *lasting;
} dt__span_nodes;
void dt__read_moments(dt__reader *r, const dt__node *node, dt__agreement *a);
void dt__read_span(dt__reader *r, const dt__span_nodes *nodes, const dt__agreement *of, dt__clause_reading *reading);
/* A length of time, `30 days`, into days, hours and minutes; then one moment, which may come after `from`. */
void dt__read_lasting(dt__reader *r, const dt__node *node, dt__term_moment *m);
void dt__read_one_moment(dt__reader *r, const dt__node *node, const dt__agreement *of, dt__term_moment *m);
/* A reading that ends before it begins is diagnosed, where its clocks do not matter. */
void dt__check_span(dt__reader *r, const dt__node *node, const dt__agreement *of, const dt__clause_reading *reading);

/* trigger_terms.c: classes of breaches, then what follows upon them. */
void dt__read_classes(dt__reader *r, const dt__node *node, dt__clause_reading *reading);
void dt__read_triggers(dt__reader *r, const dt__node *node, const dt__agreement *of, dt__clause_reading *reading);

#endif
