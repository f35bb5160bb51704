"""Takes the screenshots of the manual from a running demo: `python scripts/screenshots.py http://127.0.0.1:8000`."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "docs" / "how-to" / "counter"
CSV = "nummer;achternaam;vorm;eigen\n1;Voorbeeld A;werk;x\n2;Voorbeeld B;anders;y\n"
MAPPING = (
    'key: nummer\ncolumns:\n  achternaam: {to: identity.surname}\n  vorm: {to: "fact:form", values: {werk: labour}}\n'
)


def main(site: str) -> None:
    from playwright.sync_api import sync_playwright

    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        path = os.environ.get("CHROMIUM_PATH") or shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1000, "height": 760}, locale="nl-NL")
        page.set_default_timeout(90_000)

        def be(part: str) -> None:
            page.goto(f"{site}/nl/loket/zaken/rondleiding/")
            page.locator(f"button[value={part}]").click()
            page.wait_for_load_state("load")

        def shot(name: str) -> None:
            page.screenshot(path=FOLDER / f"{name}.png")
            print(name)

        page.goto(f"{site}/nl/loket/zaken/rondleiding/")
        shot("tour")
        be("inspector")
        shot("work")
        page.goto(f"{site}/nl/loket/zaken/invoer/")
        page.locator("input[value=mapping]").check(force=True)
        for name, words in (("intake_file", CSV), ("mapping_file", MAPPING)):
            file = {"name": f"{name}.txt", "mimeType": "text/plain", "buffer": words.encode()}
            page.locator(f"input[name={name}]").set_input_files(file)  # type: ignore[arg-type]
        page.get_by_role("button", name="Bekijk wat er zou gebeuren").click()
        page.wait_for_load_state("load")
        shot("intake")
        be("registrar")
        shot("registrations")
        be("shelter")
        page.locator(".sk-main a[href*='/plekken/']").first.click()
        page.wait_for_load_state("load")
        shot("placement")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1])
