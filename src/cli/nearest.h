/* The nearest valid name to a mistyped one. */
#ifndef CLI_NEAREST_H
#define CLI_NEAREST_H

#include <stddef.h>

/* NULL when none is near enough to help. */
const char *cli_nearest(const char *word, const char *const *names, size_t count);

#endif
