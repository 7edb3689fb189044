"""Our own expansion of the Adaptive Cards Templating language, for the part of it that we use.

The reference is npm `adaptivecards-templating` 2.3.1. Where both yield a card it is the same one, down
to how numbers are written. Where that engine lets a template's mistake through, or has an answer that
nobody would expect, `expand` raises TemplateError.
"""

from bot.content.templating.expansion import expand

__all__ = ["expand"]
