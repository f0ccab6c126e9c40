/* Any bytes that look like files of this format. */
#include "import_property.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    return import_holds(DT_FOREIGN_GMCR, data, size);
}
