#!/bin/sh
set -e
test "$(command -v python)" = "$VIRTUAL_ENV/bin/python"
test "$VIRTUAL_ENV" = "$APP_ROOT"
echo "python: $(python -c 'import sys; print(sys.prefix)')"
exec python -m http.server --bind 0.0.0.0 --directory public "$PORT"
