#include "model/acts.h"

#include <string.h>

#include "base/catalog.h"

static const dt__act acts[] = {
    {"any", DT__N("any hostile act")},
    {"fire", DT__N("fire at the front")},
    {"fire.small-arms", DT__N("fire of small arms")},
    {"fire.sniper", DT__N("fire of snipers")},
    {"fire.mortar", DT__N("fire of mortars")},
    {"fire.artillery", DT__N("fire of artillery and rockets")},
    {"fire.artillery.heavy", DT__N("fire of heavy weapons")},
    {"fire.tank", DT__N("fire of tanks")},
    {"fire.grenade", DT__N("grenades")},
    {"fire.drone", DT__N("attack drones at the front")},
    {"fire.air", DT__N("bombs from aircraft at the front")},
    {"strike", DT__N("strikes from afar")},
    {"strike.missile", DT__N("strikes by missiles")},
    {"strike.drone", DT__N("strikes by long-range drones")},
    {"strike.air", DT__N("strikes by aircraft")},
    {"strike.energy", DT__N("strikes at energy sites")},
    {"strike.naval", DT__N("strikes from the sea")},
    {"assault", DT__N("assaults and attempts to advance")},
    {"clash", DT__N("armed clashes")},
    {"raid", DT__N("raids and sabotage")},
    {"explosive", DT__N("mines and planted explosives")},
    {"explosive.suicide", DT__N("suicide bombs")},
    {"chemical", DT__N("chemical weapons")},
    {"reconnaissance", DT__N("reconnaissance")},
    {"reconnaissance.drone", DT__N("reconnaissance by drones")},
    {"air-alert", DT__N("air alerts")},
    {"air-defence", DT__N("air defence")},
    {"deployment", DT__N("weapons or forces where they must not be")},
    {"exercise", DT__N("exercises with live fire")},
    {"territory", DT__N("taking of territory")},
    {"civilians", DT__N("violence against civilians")},
    {"civilians.abduction", DT__N("abductions")},
    {"property", DT__N("looting and destruction of property")},
    {"cyber", DT__N("attacks on computers")},
    {"obstruction", DT__N("obstruction of observers")},
    {"unrest", DT__N("protests and riots")},
    {"other", DT__N("other acts")},
};

const dt__act *dt__act_at(size_t i) {
    return i < sizeof acts / sizeof *acts ? &acts[i] : NULL;
}

bool dt__act_within(const char *code, size_t length, const char *wide) {
    size_t n = strlen(wide);

    if (strcmp(wide, "any") == 0) return true;
    return length >= n && memcmp(code, wide, n) == 0 && (length == n || code[n] == '.');
}
