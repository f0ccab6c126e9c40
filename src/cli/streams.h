/* Files read piece by piece, packed by gzip or as they are. */
#ifndef CLI_STREAMS_H
#define CLI_STREAMS_H

#include "cli/session.h"

typedef struct cli_stream {
    struct gzFile_s *file; /* NULL: none is open */
    const char *name;      /* as it is told; borrowed */
    cli_session *session;
} cli_stream;

/* Opens a file, or standard input for "-".  False: it cannot be opened, and errno says why; nothing was told. */
DT_NODISCARD bool cli_stream_open(cli_stream *s, const char *path, const char *name, cli_session *session);
/* The bytes as they were before they were packed; tells what is wrong.  Valid while s stays where it is. */
dt_source cli_stream_source(cli_stream *s);
void cli_stream_close(cli_stream *s);

#endif
