/* Tables of positions: who wants what on each issue, how much it matters to them, and what weight they carry.
 *
 * A table is read once (layouts.h) and not changed.  Models never see it: they see stakes, plain arrays that a table,
 * a model or a draw fills in.  Missing numbers are NAN; nothing is ever read as 0 because it is blank. */
#ifndef DT__POSITIONS_POSITIONS_H
#define DT__POSITIONS_POSITIONS_H

#include "base/arena.h"

typedef struct dt__actor {
    const char *id, *name; /* name "" when there is none */
} dt__actor;

typedef struct dt__table_issue {
    const char *id, *name; /* an id is text, whatever it looks like */
    const char *group;     /* the negotiation (proposal) that the issue belongs to; never NULL */
    double low, high;      /* the scale, low < high unless all positions are one */
    double outcome;        /* NAN: not known */
    double reference;      /* what holds if nothing is agreed; NAN: not known */
    bool scale_is_range;   /* the file gives no scale: the range of the positions held */
    dt__place place;
} dt__table_issue;

typedef enum dt__layout {
    DT__LAYOUT_NONE = 0,
    DT__LAYOUT_PLAIN,  /* a head with names of columns; one row for each actor and issue */
    DT__LAYOUT_DEU,    /* Decision-making in the European Union: one row for each issue, columns p.., s.., out */
    DT__LAYOUT_KTAB,   /* KTAB: title, head, one row for each actor */
    DT__LAYOUT_DECIDE, /* decide: rows #A, #P, #M, #D */
    DT__LAYOUT_COUNT
} dt__layout;

/* The cell of actor a on issue i is [i * actor_count + a]. */
typedef struct dt__positions {
    dt__arena arena;
    const char *title, *file; /* title "" when there is none */
    dt__layout layout;
    bool shared_salience; /* the saliences of an actor on all issues sum to at most 1: issues are decided together */
    size_t actor_count, issue_count, group_count;
    dt__actor *actors;
    dt__table_issue *issues;  /* those of a group need not stand together */
    size_t *group_of;         /* of an issue: groups are numbered in order of first appearance */
    double *position;         /* NAN: the actor is absent on that issue */
    double *salience;         /* 0..1; NAN: not given */
    double *capability;       /* >= 0 */
    size_t ignored_saliences; /* given without a position */
} dt__positions;

void dt__positions_clear(dt__positions *t);

/* ---- stakes: what a model is asked about ---- */

/* One or more issues over the same actors.  The cell of actor a on issue i is [i * actors + a]; where the position is
 * NAN the actor is absent and its other cells mean nothing. */
typedef struct dt__stakes {
    size_t actors, issues;
    const double *position;   /* within low..high of the issue, or NAN */
    const double *salience;   /* 0..1, never NAN where there is a position: see dt__impute_salience */
    const double *capability; /* >= 0 */
    const double *low, *high; /* per issue */
    const double *reference;  /* per issue, NAN: none; NULL: none on any issue */
    bool shared_salience;     /* as in the table: models of many issues then take them together */
} dt__stakes;

/* Gives the actors that have a position and no salience the mean of the saliences given on that issue, 0.5 when there
 * is none.  One issue.  Returns how many were given one. */
size_t dt__impute_salience(const double *position, double *salience, size_t actors);

#endif
