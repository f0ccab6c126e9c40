#!/bin/sh
# fixed-addresses.sh COMMAND...: without address randomisation, which ThreadSanitizer of gcc 12 does not bear on some kernels.
if setarch "$(uname -m)" -R true 2>/dev/null; then
    exec setarch "$(uname -m)" -R "$@"
fi
exec "$@"
