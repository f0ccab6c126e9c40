#include "cli/files.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/session.h"
#include "cli/talk.h"

/* ---- one file ---- */

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

/* ---- the files of a model ---- */

static int complain(dt_status status, const char *name, dt_language language) {
    switch (status) {
    case DT_OK: return CLI_ANSWERED;
    case DT_ERR_LIMIT: cli_error(language, "{0} is longer than 16 MiB", name, NULL); return CLI_WRONG_MODEL;
    case DT_ERR_MEMORY: cli_error(language, "out of memory", NULL); return CLI_NO_MEANS;
    default: cli_error(language, "cannot read {0}: {1}", name, strerror(errno), NULL); return CLI_NO_MEANS;
    }
}

static bool grow(cli_files *files) {
    size_t capacity = files->capacity == 0 ? 8 : files->capacity * 2;
    dt_file *grown;

    if (files->count < files->capacity) return true;
    grown = realloc(files->items, capacity * sizeof *grown);
    if (grown == NULL) return false;
    files->items = grown;
    files->capacity = capacity;
    return true;
}

/* Takes the bytes over. */
static dt_status add(cli_files *files, const char *name, cli_buffer *bytes) {
    char *copy = strdup(strcmp(name, "-") == 0 ? "<stdin>" : name);

    cli_add(bytes, ""); /* an empty file has bytes, too */
    if (copy == NULL || bytes->failed || !grow(files)) {
        free(copy);
        cli_buffer_clear(bytes);
        return DT_ERR_MEMORY;
    }
    files->items[files->count++] = (dt_file){.name = copy, .bytes = bytes->bytes, .length = bytes->length};
    *bytes = (cli_buffer){0};
    return DT_OK;
}

static dt_status add_file(cli_files *files, const char *name) {
    cli_buffer bytes = {0};
    dt_status st = cli_file_load(&bytes, name);

    if (st == DT_OK) return add(files, name, &bytes);
    cli_buffer_clear(&bytes);
    return st;
}

static void drop(cli_files *files, size_t i) {
    free((char *)files->items[i].name);
    free((char *)files->items[i].bytes);
    memmove(&files->items[i], &files->items[i + 1], (files->count - i - 1) * sizeof *files->items);
    files->count--;
}

void cli_files_clear(cli_files *files) {
    while (files->count > 0) drop(files, files->count - 1);
    free(files->items);
    *files = (cli_files){0};
}

/* ---- folders ---- */

static bool is_folder(const char *name) {
    struct stat about;
    return strcmp(name, "-") != 0 && stat(name, &about) == 0 && S_ISDIR(about.st_mode);
}

static bool is_regular(const char *name) {
    struct stat about;
    return stat(name, &about) == 0 && S_ISREG(about.st_mode);
}

/* What a folder's entries are read for. */
typedef dt_status (*entry_reader)(cli_files *files, const char *path);

/* A file of a domain; what is no file, or too long for any domain, is passed over. */
static dt_status read_entry(cli_files *files, const char *path) {
    dt_status st = is_regular(path) ? add_file(files, path) : DT_OK;
    return st == DT_ERR_LIMIT ? DT_OK : st;
}

/* Calls the reader for every entry of a folder that is not hidden. */
static dt_status each_entry(cli_files *files, const char *folder, entry_reader reader) {
    DIR *opened = opendir(folder);
    const struct dirent *entry;
    size_t length = strlen(folder);
    dt_status st = opened == NULL ? DT_ERR_IO : DT_OK;

    while (st == DT_OK && (entry = readdir(opened)) != NULL) {
        cli_buffer path = {0};
        if (entry->d_name[0] == '.') continue;
        cli_add(&path, folder);
        if (length > 0 && folder[length - 1] != '/') cli_add(&path, "/");
        cli_add(&path, entry->d_name);
        st = path.failed ? DT_ERR_MEMORY : reader(files, path.bytes);
        cli_buffer_clear(&path);
    }
    if (opened != NULL) closedir(opened);
    return st;
}

static dt_status read_subfolder(cli_files *files, const char *path) {
    return is_folder(path) ? each_entry(files, path, read_entry) : DT_OK;
}

static int by_name(const void *a, const void *b) {
    return strcmp(((const dt_file *)a)->name, ((const dt_file *)b)->name);
}

/* Of the files from `first` on, keeps those that are of the domain's kind.  The scores of a scorable game have no mark
 * of their own, so there all stay. */
static void keep_domain(cli_files *files, size_t first) {
    dt_foreign kind = dt_foreign_recognise(files->items + first, files->count - first);

    if (kind == DT_FOREIGN_SCORABLE) return;
    for (size_t i = files->count; i-- > first;) {
        if (kind == DT_FOREIGN_NONE || dt_foreign_recognise(&files->items[i], 1) != kind) drop(files, i);
    }
}

static int add_folder(cli_files *files, const char *name, dt_language language) {
    size_t first = files->count;
    dt_status st = each_entry(files, name, read_entry);

    /* The scores of a scorable game lie one folder below its cast. */
    if (st == DT_OK && dt_foreign_recognise(files->items + first, files->count - first) == DT_FOREIGN_SCORABLE)
        st = each_entry(files, name, read_subfolder);
    if (st != DT_OK) return complain(st, name, language);
    if (files->count > first) qsort(files->items + first, files->count - first, sizeof *files->items, by_name);
    keep_domain(files, first);
    if (files->count > first) return CLI_ANSWERED;
    cli_error(language, "the folder {0} holds no domain of another program", name, NULL);
    cli_hint(language, "a model is one file: name it", NULL);
    return CLI_WRONG_MODEL;
}

int cli_files_read(cli_files *out, const char *const *names, size_t count, dt_language language) {
    int code = CLI_ANSWERED;

    for (size_t i = 0; i < count && code == CLI_ANSWERED; i++) {
        if (is_folder(names[i])) code = add_folder(out, names[i], language);
        else code = complain(add_file(out, names[i]), names[i], language);
    }
    return code;
}
