"""The long table as SDMX-CSV 2.0, with observation and confidentiality status."""

from __future__ import annotations

from typing import Final

from schakel.monitor.observations import Observations, sdmx_code
from schakel.vocabulary.extras import needing

FILE: Final = "sdmx.csv"
AGENCY: Final = "SCHAKEL"
VERSION: Final = "1.0"
TIME: Final = "TIME_PERIOD"
YEAR: Final = "year"


def sdmx_csv(table: Observations, name: str) -> bytes:
    """The observations as SDMX-CSV 2.0 under the structure `SCHAKEL:<name>(1.0)`.

    The year is `TIME_PERIOD`; a total over years stays `_T`. A withheld value is empty for SDMX (`#N/A`), with
    OBS_STATUS Q and CONF_STATUS C or D.
    """
    with needing("release"):
        from pysdmx.io import write_sdmx
        from pysdmx.io.format import Format
        from pysdmx.io.pd import PandasDataset
        from pysdmx.model import Component, Components, Concept, DataType, Role, Schema
    import pandas as pd

    dimensions = ["FIGURE", *(TIME if column == YEAR else column.upper() for column in table.columns)]
    roles = dict.fromkeys(dimensions, Role.DIMENSION) | {
        "OBS_VALUE": Role.MEASURE,
        "OBS_STATUS": Role.ATTRIBUTE,
        "CONF_STATUS": Role.ATTRIBUTE,
    }
    parts = [
        Component(
            id=each, required=role is not Role.MEASURE, role=role, concept=Concept(each), local_dtype=DataType.STRING,
            attachment_level="O" if role is Role.ATTRIBUTE else None,
        )
        for each, role in roles.items()
    ]  # fmt: skip
    identity = sdmx_code(name)
    schema = Schema("datastructure", AGENCY, identity, Components(parts), VERSION)
    rows = [[*map(sdmx_code, row[: len(dimensions)]), row[-4], row[-2], row[-1]] for row in table.rows]
    data = pd.DataFrame(rows, columns=list(roles))
    written = write_sdmx([PandasDataset(structure=schema, data=data)], Format.DATA_SDMX_CSV_2_0_0)
    return str(written).replace("\r\n", "\n").encode()
