#include "model/assets.h"

/* The last eleven are those that VIINA tells. */
static const char *const assets[] = {
    "energy",
    "power-plant",
    "power-grid",
    "nuclear-plant",
    "dam",
    "refinery",
    "pipeline",
    "pumping-station",
    "storage",
    "heating",
    "water",
    "airfield",
    "bridge",
    "government",
    "hospital",
    "housing",
    "industry",
    "military",
    "port",
    "railway",
    "religious-site",
    "school",
    "ship",
    "ammunition-arsenal",
    "defense-industry",
    "energy-grid-support",
    "fuel-storage-terminal",
    "military-comms-space",
    "military-repair-shipyard",
    "pipeline-pumping",
    "port-export-logistics",
    "rail-strategic-logistics",
    "refining-petrochem-gas",
    "strategic-airbase",
};

const char *dt__asset_at(size_t i) {
    return i < sizeof assets / sizeof *assets ? assets[i] : NULL;
}
