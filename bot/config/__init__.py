"""Settings: read once, from the environment and a `.env` file; every problem reported at once.

`values` says what one value may be, `settings` which there are, `env_file` and `problems` where something is
wrong and how to mend it; `reading` does it.
"""

from bot.config.reading import as_setting, read_content_folder, read_settings
from bot.config.settings import ENV_FILE, HOME, PREFIX, Settings

__all__ = ["ENV_FILE", "HOME", "PREFIX", "Settings", "as_setting", "read_content_folder", "read_settings"]
