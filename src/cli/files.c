#include "cli/files.h"

#include <errno.h>
#include <string.h>

#include "cli/session.h"
#include "cli/talk.h"

static dt_status load(cli_buffer *out, FILE *file) {
    char block[65536];
    size_t count;

    while ((count = fread(block, 1, sizeof block, file)) > 0) {
        cli_add_bytes(out, block, count);
        if (out->failed) return DT_ERR_MEMORY;
        if (out->length > CLI_FILE_LIMIT) return DT_ERR_LIMIT;
    }
    return ferror(file) ? DT_ERR_IO : DT_OK;
}

dt_status cli_file_load(cli_buffer *out, const char *name) {
    bool input = strcmp(name, "-") == 0;
    FILE *file = input ? stdin : fopen(name, "rb");
    dt_status st;
    int reason;

    if (file == NULL) return DT_ERR_IO;
    st = load(out, file);
    reason = errno;
    if (!input) fclose(file);
    errno = reason;
    return st;
}

int cli_file_read(cli_buffer *out, const char *name, dt_language language) {
    switch (cli_file_load(out, name)) {
    case DT_OK: return CLI_ANSWERED;
    case DT_ERR_LIMIT: cli_error(language, "{0} is longer than 16 MiB", name, NULL); return CLI_WRONG_MODEL;
    case DT_ERR_MEMORY: cli_error(language, "out of memory", NULL); return CLI_NO_MEANS;
    default: cli_error(language, "cannot read {0}: {1}", name, strerror(errno), NULL); return CLI_NO_MEANS;
    }
}

int cli_file_create(const char *name, const char *text, dt_language language) {
    FILE *file = fopen(name, "wbx");
    bool written;

    if (file == NULL && errno == EEXIST) {
        cli_error(language, "{0} exists already and is left as it is", name, NULL);
        return CLI_NO_MEANS;
    }
    written = file != NULL && fputs(text, file) >= 0;
    if (file != NULL && fclose(file) != 0) written = false;
    if (written) return CLI_ANSWERED;
    cli_error(language, "cannot write {0}: {1}", name, strerror(errno), NULL);
    return CLI_NO_MEANS;
}
