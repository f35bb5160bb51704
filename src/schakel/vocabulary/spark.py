"""How Spark runs on one machine: settings only, for each room that can use it; it loads nothing of Spark."""

from __future__ import annotations

import os
from typing import Final

LOCAL: Final = {
    # On one machine nothing need be reached from outside, and the usual 200 parts would be 200 near-empty files.
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "2",
    "spark.default.parallelism": "2",
}


def on_this_machine(master: str) -> dict[str, str]:
    """The settings for a master on this machine (`local`, `local[2]`); none for a cluster.

    Spark asks the machine for its own name and looks that up, which fails where no network knows it: it is told one.
    """
    if not master.startswith("local"):
        return {}
    os.environ.setdefault("SPARK_LOCAL_HOSTNAME", "localhost")
    return dict(LOCAL)
