#include "model/assets.h"

#include <string.h>

/* The last eleven are those that VIINA tells; see below what they come to. */
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

static const struct {
    const char *word, *meaning;
} meanings[] = {
    {"ammunition-arsenal", "military"},
    {"defense-industry", "industry"},
    {"energy-grid-support", "power-grid"},
    {"fuel-storage-terminal", "storage"},
    {"military-comms-space", "military"},
    {"military-repair-shipyard", "military"},
    {"pipeline-pumping", "pipeline|pumping-station"},
    {"port-export-logistics", "port"},
    {"rail-strategic-logistics", "railway"},
    {"refining-petrochem-gas", "refinery"},
    {"strategic-airbase", "airfield"},
};

const char *dt__asset_meaning(const char *word, size_t length) {
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (strncmp(meanings[i].word, word, length) == 0 && meanings[i].word[length] == '\0')
            return meanings[i].meaning;
    return NULL;
}

const char *dt__asset_at(size_t i) {
    return i < sizeof assets / sizeof *assets ? assets[i] : NULL;
}
