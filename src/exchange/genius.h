/* Genius XML, between its two files: domains and profiles in genius.c, hyper-rectangles in hyperrectangle.c. */
#ifndef DT__EXCHANGE_GENIUS_H
#define DT__EXCHANGE_GENIUS_H

#include "exchange/xml.h"

/* An issue of a profile: its element, and which issue of the domain it is. */
typedef struct dt__profile_issue {
    const dt__element *element;
    int64_t index;  /* as the profile counts; -1: none */
    uint32_t issue; /* of the domain */
} dt__profile_issue;

typedef struct dt__profile {
    const dt__element *root;
    dt__foreign_party *party;
    dt__profile_issue *issues;
    size_t count;
} dt__profile;

/* The issue of the domain that the profile gives this index; DT__NOT_FOUND. */
uint32_t dt__profile_find(const dt__profile *profile, int64_t index);
/* An attribute that has to be there; NULL after a finding. */
const char *dt__genius_need(dt__import *x, const dt__element *element, const char *name);

/* `utility` with its `ufun` and hyper-rectangles, as boxes of the party. */
void dt__genius_read_rectangles(dt__import *x, dt__profile *profile, const dt__element *utility);

#endif
