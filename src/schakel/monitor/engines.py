"""The two engines that run a figure's SQL: DuckDB on one machine, Spark where one machine is too small.

The texts are written in the dialect of DuckDB; sqlglot translates them for Spark. Nothing is downloaded, and DuckDB
puts nothing on disk: a file of true counts never exists.
"""

# ruff: noqa: S608  (statements are content; the names put in them are ours, the paths are quoted)

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Protocol

from schakel.vocabulary.extras import needing
from schakel.vocabulary.spark import on_this_machine

if TYPE_CHECKING:
    import pandas as pd


class Engine(Protocol):
    """What a figure needs of an engine."""

    def reports(self, source: str | pd.DataFrame) -> None:
        """Make the extract, a Parquet file or a table in memory, known under the name `extract`."""

    def make(self, name: str, statement: str) -> None:
        """Keep the answer of a statement as a table under this name, in place of what was there."""

    def rows(self, statement: str) -> pd.DataFrame:
        """The answer of a statement."""


class Duck:
    """DuckDB in memory."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection

    def reports(self, source: str | pd.DataFrame) -> None:
        if isinstance(source, str):
            quoted = source.replace("'", "''")
            self.connection.execute(f"CREATE OR REPLACE VIEW extract AS SELECT * FROM read_parquet('{quoted}')")
        else:
            self.connection.register("extract", source)

    def make(self, name: str, statement: str) -> None:
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {statement}")

    def rows(self, statement: str) -> pd.DataFrame:
        found: pd.DataFrame = self.connection.execute(statement).df()
        return found


@contextmanager
def on_duckdb(memory: str = "1500MB", threads: int = 2) -> Iterator[Duck]:
    """DuckDB within `memory`; what does not fit in it is an error, never a file."""
    with needing("release"):
        import duckdb
    connection = duckdb.connect(
        ":memory:",
        config={
            "autoinstall_known_extensions": False,
            "autoload_known_extensions": False,
            "memory_limit": memory,
            "threads": threads,
            "temp_directory": "",
            "preserve_insertion_order": False,
        },
    )
    try:
        yield Duck(connection)
    finally:
        connection.close()


class Spark:
    """A Spark session."""

    def __init__(self, session: Any) -> None:
        from pyspark import StorageLevel

        self.session = session
        self._in_memory = StorageLevel.MEMORY_ONLY
        self._kept: dict[str, Any] = {}

    def reports(self, source: str | pd.DataFrame) -> None:
        if isinstance(source, str):
            table = self.session.read.parquet(source)
        else:
            table = self.session.createDataFrame(_plain(source), ", ".join(_types(source)))
        table.createOrReplaceTempView("extract")

    def make(self, name: str, statement: str) -> None:
        """Kept in memory, so that the figures that read it do not each work it out again."""
        if name in self._kept:
            self._kept.pop(name).unpersist()
        self._kept[name] = self.session.sql(spark_sql(statement)).persist(self._in_memory)
        self._kept[name].createOrReplaceTempView(name)

    def rows(self, statement: str) -> pd.DataFrame:
        import pandas as pd

        answer = self.session.sql(spark_sql(statement))
        return pd.DataFrame([tuple(row) for row in answer.collect()], columns=answer.columns)


def spark_sql(statement: str) -> str:
    """A statement of ours in the dialect of Spark."""
    with needing("release"):
        import sqlglot
    return str(sqlglot.transpile(statement, read="duckdb", write="spark", comments=False)[0])


@contextmanager
def on_spark(master: str, scratch: str, memory: str = "1g") -> Iterator[Spark]:
    """Spark at `master`; its own files go to the folder `scratch`, which the caller wipes."""
    with needing("spark"):
        from pyspark.sql import SparkSession
    builder = SparkSession.builder.master(master).appName("schakel figures")
    options = {"spark.driver.memory": memory, "spark.sql.warehouse.dir": f"{scratch}/warehouse"}
    options |= {"spark.local.dir": scratch} | on_this_machine(master)
    for name, value in options.items():
        builder = builder.config(name, value)
    session = builder.getOrCreate()
    try:
        session.sparkContext.setLogLevel("ERROR")
        yield Spark(session)
    finally:
        session.stop()


def _plain(table: pd.DataFrame) -> list[tuple[Any, ...]]:
    """Rows as plain Python values; None where a value is missing."""
    columns: Sequence[list[Any]] = [table[name].astype("object").where(table[name].notna(), None).tolist()
                                    for name in table.columns]  # fmt: skip
    return list(zip(*columns, strict=True))


def _types(table: pd.DataFrame) -> list[str]:
    return [f"{name} {'BIGINT' if table[name].dtype.kind in 'iu' else 'STRING'}" for name in table.columns]
