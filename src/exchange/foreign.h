/* A domain of another program while it is read: issues, options and parties under their original names, exact numbers.
 */
#ifndef DT__EXCHANGE_FOREIGN_H
#define DT__EXCHANGE_FOREIGN_H

#include "base/rational.h"
#include "base/vector.h"

enum {
    DT__MAX_FOREIGN_OPTIONS = 65535,  /* of an issue, as in a model */
    DT__MAX_FOREIGN_ISSUES = 256,     /* as in a model */
    DT__MAX_FOREIGN_PARTIES = 64,     /* as in a model */
    DT__MAX_FOREIGN_VALUES = 4 << 20, /* options of all issues times parties: more is no text of 16 MiB */
};
#define DT__NOT_FOUND UINT32_MAX

struct dt__import;

/* Texts, found by binary search. */
typedef struct dt__lookup {
    size_t count;
    struct dt__looked_up *sorted;
} dt__lookup;

/* Cost: n log n. */
void dt__lookup_init(dt__lookup *lookup, const char *const *texts, size_t count, struct dt__import *x);
/* Index of a text, of the first of equals; DT__NOT_FOUND. */
uint32_t dt__lookup_find(const dt__lookup *lookup, const char *text);
/* Index of a text that stands earlier already; DT__NOT_FOUND when all differ. */
uint32_t dt__lookup_twice(const dt__lookup *lookup);

typedef struct dt__foreign_issue {
    const char *name;     /* as the other program says it */
    const char *label;    /* NULL, or a longer name */
    uint32_t count;       /* options, at least 1 */
    const char **options; /* their names */
    const char **labels;  /* NULL, or per option NULL or a longer name */
    bool integer;         /* option o is the number low + o; options are then ordered */
    int64_t low;
    dt__lookup by_name; /* of the options */
    dt__place place;
} dt__foreign_issue;

/* Adds something where the issues lie within their bounds, or, `outside`, where not all of them do. */
typedef struct dt__foreign_bound {
    uint32_t issue, low, high; /* options, both included */
} dt__foreign_bound;
typedef struct dt__foreign_box {
    dt__rational add;
    const dt__foreign_bound *bounds;
    size_t count;
    bool outside;
} dt__foreign_box;

typedef struct dt__foreign_party {
    const char *name;  /* becomes the id */
    const char *label; /* NULL, or a longer name */
    const char *file;  /* where the preferences come from */
    dt__place place;
    dt__rational *weights; /* per issue; NULL: boxes alone */
    dt__rational **values; /* per issue, per option */
    dt__vector boxes;      /* dt__foreign_box */
    dt__rational reservation;
    bool accepts_everything; /* no reservation value: the least utility there is */
    dt__rational scale_high; /* the scale runs from 0 to here */
    const char *notes[4];
    size_t note_count;
    bool veto; /* in `all_but_one`, when domain.all_but_one */
} dt__foreign_party;

typedef struct dt__foreign {
    const char *program; /* for the first line of the text */
    const char *title;
    const char *file;    /* where the issues come from */
    dt__vector issues;   /* dt__foreign_issue */
    dt__vector parties;  /* dt__foreign_party */
    bool all_but_one;    /* a second format: all but one accept, the vetoes among them */
    size_t option_count; /* of all issues */
    const char **start;  /* NULL, or a proposal: per issue the name of an option or NULL */
} dt__foreign;

static inline dt__foreign_issue *dt__foreign_issue_at(const dt__foreign *domain, size_t i) {
    return DT__AT(domain->issues, dt__foreign_issue, i);
}

void dt__foreign_clear(dt__foreign *domain, struct dt__import *x);
/* An issue of named options, or of the whole numbers from low to high; said and left out when it is none. */
void dt__foreign_add_options(struct dt__import *x, dt__place place, const char *name, const char **options,
                             size_t count);
void dt__foreign_add_range(struct dt__import *x, dt__place place, const char *name, int64_t low, int64_t high);
/* All issues are there: no name stands twice. */
void dt__foreign_check_issues(struct dt__import *x);
uint32_t dt__foreign_find_issue(const dt__foreign *domain, const char *name);
/* A party without boxes; its weights are zero and so are its values.  NULL after a failure. */
dt__foreign_party *dt__foreign_add_party(struct dt__import *x, const char *name, const char *file, dt__place place);
void dt__foreign_add_note(dt__foreign_party *party, const char *note);

#endif
