"""Scoring on Spark, for lists that one machine does not score in time: the same model, the same keys, the same pairs.

Only scoring goes there. Training and clustering stay on the embedded database: on Spark they cost many times more.
"""

# ruff: noqa: S608  (statements are made of column names that are plain words, see model.from_plain and prepare)

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from schakel.linkage.dialects import frequency_key, pairing, settings
from schakel.linkage.model import Model
from schakel.linkage.refusals import refusal
from schakel.linkage.scoring import COLUMNS, KEPT
from schakel.linkage.splinking import quiet
from schakel.vocabulary.extras import needing
from schakel.vocabulary.spark import on_this_machine


@contextmanager
def session(master: str, scratch: str, memory: str = "2g") -> Iterator[Any]:
    """A Spark session at `master` with the similarity functions that Splink ships; closed afterwards."""
    with needing("spark"):
        from pyspark.errors import PySparkException
        from pyspark.sql import SparkSession
        from splink.backends.spark import similarity_jar_location
    options = {"spark.driver.memory": memory, "spark.sql.warehouse.dir": f"{scratch}/warehouse"}
    options |= on_this_machine(master)
    builder = SparkSession.builder.master(master).appName("schakel link")
    for name, value in options.items():
        builder = builder.config(name, value)
    try:
        spark = builder.getOrCreate()
    except PySparkException as error:
        raise refusal("no-java" if "JAVA" in str(error).upper() else "spark-fails", value=master) from error
    try:
        spark.sparkContext.setLogLevel("ERROR")
        # Not as a setting: where Java already runs in this process (for figures, say), settings of it come too late.
        spark.sql(f"ADD JAR '{similarity_jar_location()}'")
        spark.sparkContext.setCheckpointDir(f"{scratch}/checkpoints")
        yield spark
    finally:
        spark.stop()


def score(model: Model, ready: str, keys: str, kept: str, *, master: str, scratch: str) -> None:
    """Score the registrations in the Parquet file `ready`, paired by those in `keys`; the pairs go to folder `kept`.

    A cluster must see all three (a shared folder or object store).
    """
    with session(master, scratch) as spark, quiet():
        from splink import Linker, SparkAPI

        api: Any = SparkAPI(spark_session=spark, break_lineage_method="persist")
        frame = spark.read.parquet(ready)
        frequent = [frequency_key(name) for name in model.frequencies()]
        table = api.register(frame.drop(*(f"tf_{key}" for key in frequent)))
        linker = Linker(table, settings(model, "spark"), log_level=None, validate_settings=False)
        for key in frequent:
            # The frequencies that the embedded database counted, so that both backends weigh alike.
            lookup = api.register(frame.select(key, f"tf_{key}").where(f"{key} IS NOT NULL").distinct())
            linker.table_management.register_term_frequency_lookup(lookup, key)
        spark.read.parquet(keys).createOrReplaceTempView("keys")
        pairs = api.register(spark.sql(pairing("keys", 0, 1)).persist())
        linker.table_management.register_blocked_pairs_for_predict(pairs)
        scored = linker.inference.predict(threshold_match_probability=KEPT, warning_mode="never")
        spark.sql(f"SELECT {COLUMNS} FROM {scored.physical_name}").write.mode("overwrite").parquet(kept)
