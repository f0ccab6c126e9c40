/* Event files, zones and time zones for the library, and the options of every command that reads them. */
#ifndef CLI_EVENT_FILES_H
#define CLI_EVENT_FILES_H

#include "cli/session.h"
#include "cli/streams.h"

enum { CLI_OPEN_AT_ONCE = 2 }; /* an event file, and the time zone that its rows ask for */

typedef struct cli_event_files {
    cli_session *session;
    cli_stream streams[CLI_OPEN_AT_ONCE]; /* those that are open */
    const char *names[CLI_MAX_GIVEN];     /* of event files; of mappings for them; of ledgers */
    const char *mappings[CLI_MAX_GIVEN];
    const char *ledger_names[CLI_MAX_GIVEN];
    dt_ledger *ledgers[CLI_MAX_GIVEN];
    size_t ledger_count;
} cli_event_files;

/* The options by CLI_EVENT_OPTIONS, and how files are opened: events as named, zones beside the model, time zones in
 * their folder.  `files` holds as long as `opts`. */
void cli_event_opts(dt_monitor_opts *opts, cli_event_files *files, cli_session *s);

/* The end of what is told, when what began in the last days is left out: a day of UTC. */
dt_time cli_event_until(dt_time now, uint64_t days);

/* Sorts names into event files and ledgers, which begin as SQLite files do, and opens the ledgers.  The exit code;
 * close also after a failure. */
DT_NODISCARD int cli_event_names(dt_monitor_opts *opts, cli_event_files *files, cli_session *s,
                                 const char *const *names, size_t count);
void cli_event_close(cli_event_files *files);

/* The entries of an option table. */
#define CLI_EMBARGO_OPTION                                                                       \
    {                                                                                            \
        .name = "embargo", .type = CLI_NUMBER, .argument = "DAYS", .max = 36500, .echoed = true, \
        .help = DT_N("leave out what began in the last DAYS days")                               \
    }
#define CLI_EVENT_OPTIONS                                                                            \
    {.name = "agreement",                                                                            \
     .type = CLI_TEXT,                                                                               \
     .argument = "ID",                                                                               \
     .echoed = true,                                                                                 \
     .help = DT_N("one agreement (default: every one)")},                                            \
        {.name = "baseline",                                                                         \
         .type = CLI_NUMBER,                                                                         \
         .argument = "DAYS",                                                                         \
         .preset = "28",                                                                             \
         .min = 1,                                                                                   \
         .max = 3650,                                                                                \
         .echoed = true,                                                                             \
         .help = DT_N("days before, to compare with")},                                              \
        {.name = "mapping",                                                                          \
         .type = CLI_TEXT,                                                                           \
         .argument = "FILE",                                                                         \
         .repeated = true,                                                                           \
         .help = DT_N("which column holds what, of event files")},                                   \
        {.name = "timezone",                                                                         \
         .type = CLI_TEXT,                                                                           \
         .argument = "ZONE",                                                                         \
         .echoed = true,                                                                             \
         .help = DT_N("of times in the files (default: the agreement's)")},                          \
    {                                                                                                \
        .name = "zoneinfo", .type = CLI_TEXT, .argument = "FOLDER", .preset = "/usr/share/zoneinfo", \
        .help = DT_N("where the time zones are")                                                     \
    }

#endif
