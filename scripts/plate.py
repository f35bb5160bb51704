"""Write src/schakel/press/chart_plate.json: what Vega-Lite's compiler makes of a drawing with every kind of layer."""

from __future__ import annotations

import json

import vl_convert

from schakel.press.chart_drawing import specification
from schakel.press.chart_plate import EVERY_KIND, FILE

if __name__ == "__main__":
    made = vl_convert.vegalite_to_vega(specification(EVERY_KIND))
    FILE.write_text(json.dumps(made, indent=1, sort_keys=True) + "\n", encoding="utf-8")
