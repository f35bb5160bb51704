"""How Spark runs on one machine: settings only, for each room that can use it; it loads nothing of Spark."""

from __future__ import annotations

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
