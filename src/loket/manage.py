"""The command ``loket``: Django's management with the demo settings unless the environment names others."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one management command; a wrong setting is one sentence and exit code 2, never a trace."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings.demo")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line

    try:
        execute_from_command_line(["loket", *sys.argv[1:]])
    except ImproperlyConfigured as error:
        print(error, file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main()
