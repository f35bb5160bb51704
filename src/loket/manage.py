"""The command ``loket``: Django's management with the demo settings unless the environment names others."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one management command; what is wrong around it is one sentence and exit code 2, never a trace."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "loket.site.settings.demo")
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import Error

    from loket.site.trouble import sentence

    try:
        execute_from_command_line(["loket", *sys.argv[1:]])
    except ImproperlyConfigured as error:
        told = str(error)
    except ModuleNotFoundError as error:
        if error.name != os.environ["DJANGO_SETTINGS_MODULE"]:
            raise
        told = f"DJANGO_SETTINGS_MODULE names {error.name}, which is not there: take one of loket.site.settings."
    except (Error, OSError) as error:
        told = sentence(error)
        if not told:
            raise
    else:
        return
    print(told, file=sys.stderr)
    sys.exit(2)


if __name__ == "__main__":
    main()
