/* The vocabulary of what can be hit: classes with points, from wide to narrow, as those of acts are. */
#ifndef DT__MODEL_ASSETS_H
#define DT__MODEL_ASSETS_H

#include "base/env.h"

/* The i-th class of the vocabulary that every model has; NULL past the end. */
const char *dt__asset_at(size_t i);
/* What a word of VIINA comes to in the others, parted by `|` when it may be either; NULL for any other word. */
const char *dt__asset_meaning(const char *word, size_t length);

#endif
