/* Power in the European Union as an input: votes in the Council, and the Shapley-Shubik index (1954) of the procedures,
 * by dynamic programming over the size and the votes of coalitions. */
#include <math.h>
#include <string.h>

#include "positions/layouts.h"

enum { COMMISSION = 0, PARLIAMENT = 1, FIRST_MEMBER = 2, MOST_VOTES = 352 };

typedef struct member {
    const char *code;
    int old_votes; /* of 87, from 1995; 0: not yet a member */
    int votes;     /* Treaty of Nice, of 352 */
} member;

static const member members[DT__COUNCIL_PLAYERS] = {
    {"com", 0, 0},  {"ep", 0, 0},  {"at", 4, 10}, {"be", 5, 12}, {"bu", 0, 10},  {"cr", 0, 7},
    {"cy", 0, 4},   {"cz", 0, 12}, {"dk", 3, 7},  {"ee", 0, 4},  {"fi", 3, 7},   {"fr", 10, 29},
    {"de", 10, 29}, {"el", 5, 12}, {"hu", 0, 12}, {"ie", 3, 7},  {"it", 10, 29}, {"lv", 0, 4},
    {"lt", 0, 7},   {"lu", 2, 4},  {"mt", 0, 3},  {"nl", 5, 13}, {"pl", 0, 27},  {"pt", 5, 12},
    {"ro", 0, 14},  {"si", 0, 4},  {"sk", 0, 7},  {"es", 8, 27}, {"se", 4, 10},  {"uk", 10, 29},
};

const char *dt__council_player(size_t player) {
    return player < DT__COUNCIL_PLAYERS ? members[player].code : NULL;
}

bool dt__council_is_new(size_t player) {
    return player >= FIRST_MEMBER && members[player].old_votes == 0;
}

static int votes_of(const dt__council *c, size_t player) {
    return c->enlarged ? members[player].votes : members[player].old_votes;
}

void dt__council_votes(const dt__council *c, double *out) {
    const double quarter = 0.25;
    double total = 0;

    for (size_t p = FIRST_MEMBER; p < DT__COUNCIL_PLAYERS; p++) {
        out[p] = votes_of(c, p);
        total += out[p];
    }
    out[COMMISSION] = quarter * total;
    out[PARLIAMENT] = c->codecision ? quarter * total : 0;
}

/* ---- Shapley-Shubik ---- */

/* Coalitions of members by size and votes. */
typedef struct tally {
    double ways[DT__COUNCIL_PLAYERS + 1][MOST_VOTES + 1];
} tally;

static void count_coalitions(tally *t, const dt__council *c, size_t without) {
    memset(t, 0, sizeof *t);
    t->ways[0][0] = 1;
    for (size_t p = FIRST_MEMBER; p < DT__COUNCIL_PLAYERS; p++) {
        int votes = votes_of(c, p);
        if (p == without || votes == 0) continue;
        for (size_t size = DT__COUNCIL_PLAYERS; size > 0; size--) {
            for (int v = MOST_VOTES; v >= votes; v--) t->ways[size][v] += t->ways[size - 1][v - votes];
        }
    }
}

typedef struct game {
    size_t players, member_count;
    int quota;
    const dt__council *council;
} game;

static game game_of(const dt__council *c) {
    game g = {.council = c, .quota = c->enlarged ? 255 : 62};

    for (size_t p = FIRST_MEMBER; p < DT__COUNCIL_PLAYERS; p++) g.member_count += votes_of(c, p) > 0;
    g.players = g.member_count + 1 + c->codecision;
    return g;
}

/* Is a coalition of so many members and votes winning?  All members can do without the Commission, under a qualified
 * majority; the Parliament is needed under codecision. */
static bool wins(const game *g, size_t count, int votes, bool commission, bool parliament) {
    if (g->council->codecision && !parliament) return false;
    if (g->council->unanimity) return count == g->member_count && commission;
    return (commission && votes >= g->quota) || count == g->member_count;
}

/* k! (t - k - 1)! / t!, by logarithms. */
static double weight_of(size_t before, size_t players) {
    return exp(lgamma((double)before + 1) + lgamma((double)(players - before)) - lgamma((double)players + 1));
}

/* Share of the orders in which `player` makes the coalition before it a winning one. */
static double index_of(const game *g, const tally *t, size_t player) {
    int own = player < FIRST_MEMBER ? 0 : votes_of(g->council, player);
    bool member_joins = player >= FIRST_MEMBER;
    double sum = 0;

    for (unsigned others = 0; others < 4; others++) {
        bool commission = (others & 1) != 0, parliament = (others & 2) != 0;
        if ((player == COMMISSION && commission) || (player == PARLIAMENT && parliament)) continue;
        if (parliament && !g->council->codecision) continue;
        for (size_t size = 0; size <= g->member_count; size++) {
            double pivotal = 0;
            for (int v = 0; v <= MOST_VOTES; v++) {
                if (!(t->ways[size][v] > 0) || wins(g, size, v, commission, parliament)) continue;
                if (wins(g, size + member_joins, v + own, commission || player == COMMISSION,
                         parliament || player == PARLIAMENT))
                    pivotal += t->ways[size][v];
            }
            if (pivotal > 0) sum += pivotal * weight_of(size + commission + parliament, g->players);
        }
    }
    return sum;
}

void dt__council_shapley(const dt__council *c, double *out) {
    game g = game_of(c);
    tally t;

    for (size_t p = 0; p < DT__COUNCIL_PLAYERS; p++) {
        out[p] = 0;
        if (p == PARLIAMENT && !c->codecision) continue;
        if (p >= FIRST_MEMBER && votes_of(c, p) == 0) continue;
        count_coalitions(&t, c, p);
        out[p] = index_of(&g, &t, p);
    }
}
