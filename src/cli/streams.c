#include "cli/streams.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include "cli/talk.h"

enum { BUFFER = 1 << 16, MOST = 1 << 20 }; /* zlib copies only what is asked for in less than two buffers */

bool cli_stream_open(cli_stream *s, const char *path, const char *name, cli_session *session) {
    int own = -1;

    *s = (cli_stream){.name = name, .session = session};
    if (strcmp(path, "-") != 0) s->file = gzopen(path, "rb");
    else if ((own = dup(STDIN_FILENO)) >= 0 && (s->file = gzdopen(own, "rb")) == NULL) close(own);
    if (s->file != NULL) (void)gzbuffer(s->file, BUFFER);
    else if (errno == 0) errno = ENOMEM;
    return s->file != NULL;
}

/* A packed file that ends too early is told by zlib only after its last byte. */
static dt_status told_failure(const cli_stream *s) {
    int code = Z_OK;
    const char *why, *after_name;

    if (s->file == NULL) return DT_ERR_IO; /* closed: never the end of a file */
    why = gzerror(s->file, &code);
    after_name = strstr(why, ": ");
    if (code == Z_OK || code == Z_STREAM_END) return DT_OK;
    if (after_name != NULL) why = after_name + 2;
    if (code == Z_ERRNO) why = strerror(errno); /* a folder */
    cli_error(s->session->arguments->language, "cannot read {0}: {1}", s->name, why, NULL);
    s->session->file_told = true;
    return DT_ERR_IO;
}

static dt_status read_piece(void *payload, char *bytes, size_t room, size_t *got) {
    const cli_stream *s = payload;
    int count = gzread(s->file, bytes, room < MOST ? (unsigned)room : MOST);

    *got = count > 0 ? (size_t)count : 0;
    return count > 0 ? DT_OK : told_failure(s);
}

dt_source cli_stream_source(cli_stream *s) {
    return (dt_source){.read = read_piece, .payload = s};
}

void cli_stream_close(cli_stream *s) {
    if (s->file != NULL) (void)gzclose(s->file);
    s->file = NULL;
}
