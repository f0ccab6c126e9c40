/* One state of the spatial model of politics, and what a turn needs.  Positions are shares of the scale, 0..1. */
#ifndef DT__POSITIONS_SPATIAL_H
#define DT__POSITIONS_SPATIAL_H

#include "positions/contest.h"

typedef struct dt__deal_offer { /* one bargain: who is named, and where each of the two would move */
    size_t initiator, receiver;
    double *to_initiator, *to_receiver; /* per issue */
} dt__deal_offer;

typedef struct dt__spatial {
    size_t actors, issues;      /* that there is room for */
    size_t n, m;                /* in play */
    size_t *who;                /* actor of the stakes */
    double *position, *ideal;   /* [actor * issues + issue] */
    double *salience;           /* the same */
    double *total, *capability; /* per actor: sum of saliences; capability */
    double *risk;
    double *distance; /* [i * n + j]: from i's ideal to j's position */
    double *utility;  /* [i * n + j]: what j's position is worth to i, in the eyes of one actor */
    double *worth;    /* [bargain * n + a]: what a bargain is worth to a */
    double *settled;  /* per actor: what things as they are are worth */
    double *next;     /* positions after the turn */
    double *kept;     /* positions at a power of two: cycles */
    dt__deal_offer *bargains;
    size_t bargain_count;
    double first_move;
    dt__election election;
} dt__spatial;

double dt__spatial_utility(double distance, double risk);
/* Distance from a's ideal to a place. */
double dt__spatial_distance(const dt__spatial *x, size_t a, const double *place);
/* Risk of an actor as another sees it. */
double dt__spatial_seen_risk(const dt__predict_opts *opts, double viewer, double seen);

/* spatial_challenge.c: fills x->bargains with what every actor's best challenge leads to. */
void dt__spatial_challenge(dt__spatial *x, const dt__predict_opts *opts, uint32_t *ties);
/* spatial_bargain.c: every actor's queue is voted on; fills x->next. */
void dt__spatial_resolve(dt__spatial *x, const dt__predict_opts *opts, unsigned turn, uint32_t *ties);

#endif
