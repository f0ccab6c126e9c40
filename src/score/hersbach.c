#include "score/scoring.h"

void dt__score_hersbach_add(dt__hersbach_gap *gaps, const double *members, size_t count, double outcome) {
    if (count == 0) return;
    for (size_t i = 1; i < count; i++) {
        double from = members[i - 1], to = members[i];
        double middle = outcome <= from ? from : outcome >= to ? to : outcome;
        gaps[i].above += middle - from;
        gaps[i].below += to - middle;
    }
    if (outcome < members[0]) {
        gaps[0].below += members[0] - outcome;
        gaps[0].beyond++;
    }
    if (outcome > members[count - 1]) {
        gaps[count].above += outcome - members[count - 1];
        gaps[count].beyond++;
    }
}

/* In gap i the members say i / count.  Its mean width g and the frequency o with which the outcome lies below it are
 * those of Hersbach's equations 26 to 33: inside from the widths, at the ends from how often the outcome lies beyond.
 */
static void add_gap(dt__hersbach *out, double width, double frequency, double said) {
    out->reliability += width * (frequency - said) * (frequency - said);
    out->potential += width * frequency * (1 - frequency);
}

void dt__score_hersbach(dt__hersbach *out, const dt__hersbach_gap *gaps, size_t count, size_t cases) {
    const double n = (double)cases;

    *out = (dt__hersbach){0};
    if (count == 0 || cases == 0) return;
    for (size_t i = 1; i < count; i++) {
        double above = gaps[i].above / n, below = gaps[i].below / n, width = above + below;
        double said = (double)i / (double)count;
        out->crps += above * said * said + below * (1 - said) * (1 - said);
        if (width > 0) add_gap(out, width, below / width, said);
    }
    if (gaps[0].beyond > 0) {
        double frequency = gaps[0].beyond / n;
        out->crps += gaps[0].below / n;
        add_gap(out, gaps[0].below / n / frequency, frequency, 0);
    }
    if (gaps[count].beyond > 0) {
        double frequency = gaps[count].beyond / n;
        out->crps += gaps[count].above / n;
        add_gap(out, gaps[count].above / n / frequency, 1 - frequency, 1);
    }
}
