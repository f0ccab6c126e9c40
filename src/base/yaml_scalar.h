/* The text of a scalar, for the readers over libfyaml. */
#ifndef DT__BASE_YAML_SCALAR_H
#define DT__BASE_YAML_SCALAR_H

#include <libfyaml.h>

#include "base/arena.h"

/* `bytes`: what the parser was given.  libfyaml 0.7.12 reads a single-quoted text wrong in which doubled quotes stand
 * side by side ('a''''b' as a'''), and from four of them on loses a buffer; such a text is read here (YAML 1.2.2, 6.5
 * and 7.3.2).  It holds as long as the token and the arena; *length bytes without an end; NULL without memory. */
const char *dt__yaml_scalar(struct fy_token *token, const char *bytes, dt__arena *arena, size_t *length);

#endif
