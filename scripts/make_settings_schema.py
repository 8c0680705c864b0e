"""Write the JSON Schema of a variable file from the table of settings."""

import json
from pathlib import Path

from Katip.run.setting_table import settings_schema

PATH = Path(__file__).resolve().parent.parent / "libraries/Katip/schemas/settings.schema.json"

if __name__ == "__main__":
    PATH.write_text(json.dumps(settings_schema(), ensure_ascii=False, indent=2) + "\n", "utf-8", newline="\n")
