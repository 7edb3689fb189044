"""The app's icons: what Teams prescribes, read from a PNG's first bytes."""

import struct
from collections.abc import Mapping
from pathlib import Path

ICON_SIZES: Mapping[str, int] = {"icons.color": 192, "icons.outline": 32}
"""Width and height in pixels, which Teams prescribes."""


_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_HEADER = struct.Struct(">16xIIxB")
"""How a PNG begins: 16 bytes that are always the same, width, height, bit depth (skipped), colour type."""

_WITH_ALPHA = (4, 6)
"""The colour types of PNG that carry transparency for every pixel."""


def icon_problem(folder: Path, name: str, size: int) -> str:
    """What is wrong with an icon, or nothing; the outline, known by its size, has to be transparent."""
    if Path(name).name != name or not (folder / name).is_file():
        return "is not there; put a PNG of that name beside the manifest"
    start = (folder / name).read_bytes()[: _HEADER.size]
    if len(start) < _HEADER.size or not start.startswith(_SIGNATURE):
        return "is not a PNG; export it again as one"
    width, height, colour_type = _HEADER.unpack(start)
    if (width, height) != (size, size):
        return f"is {width}×{height} pixels; export it again at {size}×{size}"
    if size == ICON_SIZES["icons.outline"] and colour_type not in _WITH_ALPHA:
        return "is not transparent; export it again in white on nothing, with an alpha channel"
    return ""
