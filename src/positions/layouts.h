/* Tables of positions in the layouts of the field (docs/formats.md), recognised by what they hold. */
#ifndef DT__POSITIONS_LAYOUTS_H
#define DT__POSITIONS_LAYOUTS_H

#include "positions/sheet.h"

/* What counts as capability in a table of the European Union that gives none. */
typedef enum dt__power_measure {
    DT__POWER_VOTES = 0, /* in the Council; Commission and Parliament a quarter of it each */
    DT__POWER_GDP,       /* the second row of the file */
    DT__POWER_SHAPLEY,   /* Shapley-Shubik index of the procedure */
    DT__POWER_EQUAL
} dt__power_measure;

typedef struct dt__layout_opts {
    dt__power_measure power;
    bool scale_given; /* of all issues, for layouts that give none */
    double low, high;
} dt__layout_opts;

/* Reads a table.  Everything wrong becomes a diagnostic.  Returns DT_OK, DT_ERR_MODEL, DT_ERR_LIMIT, DT_ERR_MEMORY,
 * DT_ERR_CANCELLED.  Owns: *out, clear with dt__positions_clear, also after a failure. */
DT_NODISCARD dt_status dt__positions_read(dt__positions *out, const char *bytes, size_t length, const char *file,
                                          const dt__layout_opts *opts, dt_env *env);
/* "plain", "deu", "ktab", "decide"; "" for none. */
const char *dt__layout_id(dt__layout which);

/* ---- the readers; each fills an empty table ---- */

typedef struct dt__layout_reading {
    dt__sheet *sheet;
    const dt__layout_opts *opts;
    dt__positions *table;
    dt_env *env;
} dt__layout_reading;

bool dt__layout_is_plain(const dt__sheet *s);
bool dt__layout_is_deu(const dt__sheet *s);
bool dt__layout_is_ktab(const dt__sheet *s);
bool dt__layout_is_decide(const dt__sheet *s);
dt_status dt__layout_read_plain(dt__layout_reading *r);
dt_status dt__layout_read_deu(dt__layout_reading *r);
dt_status dt__layout_read_ktab(dt__layout_reading *r);
dt_status dt__layout_read_decide(dt__layout_reading *r);

/* ---- what they share ---- */

/* Makes room for the cells once actors and issues are counted: everything NAN.  DT_ERR_LIMIT is told. */
DT_NODISCARD dt_status dt__layout_reserve(dt__layout_reading *r, size_t actors, size_t issues);
const char *dt__layout_copy(dt__layout_reading *r, const char *text); /* into the table; NULL when memory fails */
/* Saliences above 1 are per cent: all are divided by 100, and that is noted. */
void dt__layout_scale_saliences(dt__layout_reading *r);

/* A growing list of different texts, in order of first appearance. */
typedef struct dt__layout_names {
    dt__vector items; /* const char * */
    size_t *slots;    /* open addressing: index + 1, 0 empty */
    size_t slot_count;
} dt__layout_names;

/* The number of a text that stays borrowed, added when it is new; SIZE_MAX when memory fails. */
size_t dt__layout_name_add(dt__layout_names *names, const char *text, dt_env *env);
/* SIZE_MAX when it is not there. */
size_t dt__layout_name_find(const dt__layout_names *names, const char *text);
void dt__layout_names_clear(dt__layout_names *names, dt_env *env);

/* Capabilities on one issue by a measure of power (council.c): a player is present or not, as the game has it. */
typedef struct dt__council {
    bool enlarged;   /* some member after 2004 holds a position on the proposal */
    bool codecision; /* COD: the Parliament takes part */
    bool unanimity;
} dt__council;

enum { DT__COUNCIL_PLAYERS = 30 };
/* The two letters (or "com", "ep") of a player; NULL past the end.  0 is the Commission, 1 the Parliament. */
const char *dt__council_player(size_t player);
bool dt__council_is_new(size_t player);
/* Votes, or Shapley-Shubik indices, of all players. */
void dt__council_votes(const dt__council *council, double *out);
void dt__council_shapley(const dt__council *council, double *out);

#endif
