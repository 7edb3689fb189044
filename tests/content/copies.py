"""A copy of the content to break: all cards, the manifest, and one role's prompts with those for everyone."""

from pathlib import Path
from shutil import copytree, ignore_patterns

from bot.config import HOME

ROLE = "ward-clerk"
"""One role is enough to break, and a tenth of the work."""


def copy_of_content(folder: Path) -> Path:
    """The copy, which has no problem."""
    others = [path.name for path in (HOME / "prompts_library").iterdir() if path.is_dir()]
    left_out = ignore_patterns(*({*others} - {ROLE, "everyone"}))
    copytree(HOME / "prompts_library", folder / "prompts_library", ignore=left_out)
    for name in ("cards", "manifest"):
        copytree(HOME / name, folder / name)
    roles = folder / "prompts_library" / "roles.yaml"
    roles.write_text(f"- id: {ROLE}\n  name: Ward clerk\n", encoding="utf-8")
    return folder
