/* The page's own words: titles of sections, method notes, what its script shows. */
#include "base/catalog.h"
#include "page/page_sections.h"

typedef struct section_words {
    const char *id, *title, *method;
} section_words;

static const section_words sections[] = {
    [DT__PAGE_SUMMARY] = {"summary", DT__N("In short"), NULL},
    [DT__PAGE_DEAL] =
        {"deal", DT__N("Is there a deal?"),
         DT__N("The outcomes of each format are counted exactly by eliminating one issue after the other (Dechter "
               "1999). What blocks a deal are minimal sets of red lines and reservation values, found as minimal "
               "hitting sets (Reiter 1987).")},
    [DT__PAGE_PARTIES] =
        {"parties", DT__N("What do the parties want?"),
         DT__N("Weights and values are shown as the model states them, at their central values; they add up to a "
               "party's utility (Keeney and Raiffa 1976). Utilities of different parties are not comparable.")},
    [DT__PAGE_BARGAIN] =
        {"bargain", DT__N("Which deal?"),
         DT__N("The Pareto frontier is found exactly, or within a stated distance. Solutions: Nash (1950), Kalai and "
               "Smorodinsky (1975), egalitarian (Kalai 1977), leximin (Imai 1983), Raiffa (1953), equal area (Anbarci "
               "and Bigelow 1994). Power: Shapley and Shubik (1954), Banzhaf (1965).")},
    [DT__PAGE_PATH] = {"path", DT__N("Is there a way there?"),
                       DT__N("Ways are searched step by step from no deal, shortest first, until the goal is reached "
                             "or everything that can be reached was seen. A proof that there is none names what cuts "
                             "every way.")},
    [DT__PAGE_HOLD] =
        {"hold", DT__N("Would it hold?"),
         DT__N("A deal is compared with what each party would get by leaving it, now and later. Stability of states: "
               "the graph model for conflict resolution (Fang, Hipel and Kilgour 1993), with Nash, GMR, SMR, SEQ and "
               "SSEQ.")},
    [DT__PAGE_FORECAST] =
        {"forecast", DT__N("What will happen?"),
         DT__N("Everything uncertain is drawn many times and each model is asked in every draw; models stand side by "
               "side and are not averaged away. Error of the draws: Wilson (1927). Words of probability: Intelligence "
               "Community Directive 203 (2015).")},
    [DT__PAGE_DRIVERS] = {"drivers", DT__N("What would change it?"),
                          DT__N("Shares of the variance by Sobol' indices on scrambled points (Sobol' 1993, Saltelli "
                                "2010, Owen 1998), with intervals; levers are tried one by one.")},
    [DT__PAGE_MONITOR] =
        {"monitor", DT__N("Is it being kept?"),
         DT__N("Each record is held against each reading of each clause in three-valued logic (Kleene "
               "1952): what is not known stays in doubt. Rates are compared with those of the days "
               "before, source by source, with negative binomial scatter, exactly for few events (Clopper and "
               "Pearson 1934), and beside other dates as placebos; what stands among all cells by "
               "Benjamini and Hochberg (1995). Borders are thinned for drawing alone (Douglas and "
               "Peucker 1973). No record is not no event.")},
    [DT__PAGE_EVIDENCE] = {"evidence", DT__N("What does it rest on?"), NULL},
    [DT__PAGE_METHODS] = {"methods", DT__N("How was it computed, and what is not modelled?"), NULL},
};
_Static_assert(sizeof sections / sizeof *sections == DT__PAGE_SECTION_COUNT, "every section has words");

const char *dt__section_id(dt__page_section section) {
    return sections[section].id;
}

const char *dt__section_title(const dt_env *env, dt__page_section section) {
    return dt__t(env, sections[section].title);
}

const char *dt__section_method(const dt_env *env, dt__page_section section) {
    return sections[section].method == NULL ? NULL : dt__t(env, sections[section].method);
}

/* ---- what is not modelled ---- */

enum {
    DEALS = 1 << DT__PAGE_DEAL | 1 << DT__PAGE_BARGAIN | 1 << DT__PAGE_PATH | 1 << DT__PAGE_FORECAST,
    UNCERTAIN = 1 << DT__PAGE_DEAL | 1 << DT__PAGE_FORECAST | 1 << DT__PAGE_DRIVERS,
    WISHES = DEALS | 1 << DT__PAGE_HOLD
};

const dt__page_limit dt__page_limits[] = {
    {DT__N("Whether a deal that is good for all comes about: bargaining models say yes, the baseline of no deal no."),
     1 << DT__PAGE_BARGAIN | 1 << DT__PAGE_FORECAST},
    {DT__N("Which of the formats comes about: each is answered by itself."), DEALS},
    {DT__N("Events from outside: a change of leaders, an accident, an attack, a new party."), WISHES},
    {DT__N("What the parties hide, misjudge or do not know about one another."), WISHES},
    {DT__N("Ties between the uncertain numbers beyond the quantities that they share."), UNCERTAIN},
    {DT__N("What nobody recorded, and what stands in no file that was named."), 1 << DT__PAGE_MONITOR},
    {DT__N("Why an act was done, who ordered it and who is to blame: records tell acts."), 1 << DT__PAGE_MONITOR},
    {DT__N("Whether the agreement is the cause of a change: counts are held against those of other days."),
     1 << DT__PAGE_MONITOR},
    {DT__N("Whether what is alleged is true: the level of confirmation is told, no probability."),
     1 << DT__PAGE_MONITOR},
    {NULL, 0}};

/* ---- the script ---- */

static const struct {
    const char *key, *word;
} words[] = {
    {"svg", DT__N("Save as SVG")},
    {"csv", DT__N("Save as CSV")},
    {"none", DT__N("no deal")},
    {"undecided", DT__N("cannot say")},
    {"share", DT__N("share of outcomes, scale in powers of ten")},
    {"months", DT__N("months from now")},
    {"drift_share", DT__N("share of outcomes")},
    {"weight", DT__N("weight of the issue for the party")},
    {"red_line", DT__N("red line")},
    {"evidenced", DT__N("source")},
    {"judged", DT__N("judgement")},
    {"defaulted", DT__N("neither")},
    {"first_option", DT__N("first option")},
    {"last_option", DT__N("last option")},
    {"utility_of", DT__N("utility of")},
    {"in_zone", DT__N("in the zone")},
    {"on_frontier", DT__N("on the frontier")},
    {"gain", DT__N("gain over no deal")},
    {"step", DT__N("step")},
    {"exposed", DT__N("exposed")},
    {"probability", DT__N("probability")},
    {"bargain", DT__N("bargaining models")},
    {"positions", DT__N("models of positions")},
    {"baseline", DT__N("baselines")},
    {"claim", DT__N("claims")},
    {"rule", DT__N("rule")},
    {"cost", DT__N("cost")},
    {"start", DT__N("where it starts")},
    {"nash", DT__N("holds: nobody gains by a move (Nash)")},
    {"seq", DT__N("holds: others would answer and gain (SEQ, SSEQ)")},
    {"gmr", DT__N("holds: others could answer (GMR, SMR)")},
    {"together", DT__N("together")},
    {"deal", DT__N("a deal")},
    {"turns", DT__N("turns at")},
    {"where_high", DT__N("where the input is high")},
    {"range", DT__N("range of the input")},
    {"now", DT__N("where it is now")},
    {"mean", DT__N("mean of the outcome")},
    {"share_of_all", DT__N("share of the variance")},
    {"alone", DT__N("by itself")},
    {"with_all", DT__N("with all it works with")},
    {"brier", DT__N("Brier score")},
    {"model", DT__N("models")},
    {"said", DT__N("said")},
    {"happened", DT__N("happened")},
    {"influence", DT__N("capability")},
    {"in_force", DT__N("in force")},
    {"told", DT__N("days with records")},
    {"watching", DT__N("watching")},
    {"degraded", DT__N("with poor sight")},
    {"blind", DT__N("not watching")},
    {"gap", DT__N("a claim without a counterpart")},
    {"rate", DT__N("rate while in force, as a share of the rate before; scale in powers of ten")},
    {"unchanged", DT__N("unchanged")},
    {"overdue", DT__N("past its deadline")},
    {"inside", DT__N("where a clause applies")},
    {"outside", DT__N("left out of that zone")},
    {"vague", DT__N("place known only roughly")},
    {"largest", DT__N("incidents in the largest square:")},
    {"time_shown", DT__N("Time shown")},
    {"all_time", DT__N("the whole time; older borders are paler")},
};

dt__value *dt__page_words(dt_document *d) {
    dt__value *object = dt__value_object(d);
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        dt__put(d, object, words[i].key, dt__value_string(d, dt__word(d, words[i].word)));
    return object;
}
