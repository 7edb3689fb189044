"""The dialog as a person sees it: Microsoft's own page in Debian's headless Chromium."""
