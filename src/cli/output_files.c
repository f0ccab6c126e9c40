/* Where an answer is written to: what stands there decides how.  A file is replaced whole or not at all, behind a link,
 * too, and keeps who may read it; what is no file (a device, a pipe) is written to and never replaced. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/files.h"
#include "cli/session.h"
#include "cli/talk.h"

enum { MODE_BITS = 0777, NEW_FILE = 0666, OWN_FILE = 0600, TRIES = 100, MOST_LINKS = 40, PATH_ROOM = 4096 };

/* ---- bytes ---- */

static bool write_bytes(int file, const cli_buffer *text) {
    size_t at = 0;

    while (at < text->length) {
        ssize_t count = write(file, text->bytes + at, text->length - at);
        if (count > 0) at += (size_t)count;
        else if (count == 0 || errno != EINTR || cli_interrupted(NULL)) return false;
    }
    return true;
}

/* Pipes and many devices cannot be synchronised, and need not be. */
static bool reaches_disk(int file) {
    return fsync(file) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS;
}

/* Closes in any case; errno is that of the first failure. */
static bool finish(int file, bool written) {
    int reason = errno;

    if (close(file) == 0) {
        errno = reason;
        return written;
    }
    if (!written) errno = reason;
    return false;
}

/* ---- straight into what is there ---- */

static bool write_straight(const char *name, const cli_buffer *text) {
    int file = open(name, O_WRONLY | O_NOCTTY | O_TRUNC);

    return file >= 0 && finish(file, write_bytes(file, text) && reaches_disk(file));
}

/* The standard output or error that is this very thing: its file would be another one once it is replaced. */
static int own_stream(const struct stat *about) {
    static const int streams[] = {STDOUT_FILENO, STDERR_FILENO};
    struct stat own;

    for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
        int flags = fcntl(streams[i], F_GETFL);
        if (flags < 0 || (flags & O_ACCMODE) == O_RDONLY || fstat(streams[i], &own) != 0) continue;
        if (own.st_dev == about->st_dev && own.st_ino == about->st_ino) return streams[i];
    }
    return -1;
}

static bool write_stream(int stream, const cli_buffer *text) {
    return fflush(stdout) == 0 && write_bytes(stream, text) && reaches_disk(stream);
}

/* ---- a whole file in place of another ---- */

/* A new file beside it; what an interrupted run left there is passed by. */
static int create_beside(cli_buffer *beside, const char *name, mode_t mode) {
    for (uint64_t i = 0; i < TRIES; i++) {
        int file;
        beside->length = 0;
        cli_add(beside, name);
        cli_add(beside, ".part");
        if (i > 0) cli_add_unsigned(beside, i);
        if (beside->failed) {
            errno = ENOMEM;
            return -1;
        }
        file = open(beside->bytes, O_WRONLY | O_CREAT | O_EXCL, mode);
        if (file >= 0 || errno != EEXIST) return file;
    }
    return -1;
}

/* Owner, group and mode of the file that stood there, as far as they may be given; NULL: none did. */
static bool keep_access(int file, const struct stat *about) {
    if (about == NULL) return true;
    if (fchown(file, about->st_uid, about->st_gid) != 0 && errno != EPERM && errno != EINVAL) return false;
    return fchmod(file, about->st_mode & MODE_BITS) == 0;
}

static bool replace(const char *name, const struct stat *about, const cli_buffer *text) {
    cli_buffer beside = {0};
    /* until it has the mode of the other nobody else opens it */
    int file = create_beside(&beside, name, about == NULL ? NEW_FILE : OWN_FILE), reason;
    bool written = file >= 0;

    if (written) written = finish(file, keep_access(file, about) && write_bytes(file, text) && reaches_disk(file));
    if (written) written = rename(beside.bytes, name) == 0;
    reason = errno;
    if (!written && file >= 0) (void)unlink(beside.bytes);
    cli_buffer_clear(&beside);
    errno = reason;
    return written;
}

/* ---- what stands there ---- */

/* Names of what is open already, here or in another process: what they lead to has perhaps no name of its own. */
static bool is_handle(const char *name) {
    return strncmp(name, "/dev/fd/", 8) == 0 || strncmp(name, "/proc/", 6) == 0;
}

/* From a link to what it leads to, be it there or not, unless that is something open. */
static bool follow_links(cli_buffer *name) {
    char to[PATH_ROOM];

    for (int i = 0; i < MOST_LINKS && !name->failed; i++) {
        const char *slash = strrchr(name->bytes, '/');
        ssize_t length = is_handle(name->bytes) ? 0 : readlink(name->bytes, to, sizeof to - 1);
        if (length <= 0) return length == 0 || errno == EINVAL || errno == ENOENT; /* it is no link */
        to[length] = '\0';
        name->length = *to == '/' || slash == NULL ? 0 : (size_t)(slash + 1 - name->bytes);
        cli_add(name, to);
    }
    errno = name->failed ? ENOMEM : ELOOP;
    return false;
}

static bool write_named(const char *name, const cli_buffer *text) {
    struct stat about;
    int stream;

    if (stat(name, &about) != 0) return errno == ENOENT && replace(name, NULL, text);
    if ((stream = own_stream(&about)) >= 0) return write_stream(stream, text);
    if (S_ISREG(about.st_mode) && !is_handle(name)) return replace(name, &about, text);
    return write_straight(name, text);
}

int cli_file_replace(const char *name, const cli_buffer *text, dt_language language) {
    cli_buffer behind = {0};
    bool written;

    cli_add(&behind, name);
    if (text->failed || behind.failed) {
        cli_buffer_clear(&behind);
        cli_error(language, "out of memory", NULL);
        return CLI_NO_MEANS;
    }
    written = follow_links(&behind) && write_named(behind.bytes, text);
    if (!written) cli_error(language, "cannot write {0}: {1}", name, strerror(errno), NULL);
    cli_buffer_clear(&behind);
    return written ? CLI_ANSWERED : CLI_NO_MEANS;
}
