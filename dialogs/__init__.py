"""What people can do. Nothing registers a dialog: being in this folder is enough.

`python -m dialogs` prints what there is.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from functools import cache
from types import ModuleType

from bot.dialog import Dialog
from bot.timer import Rule


def modules() -> Iterator[ModuleType]:
    """Every module below this folder, in the order of their names."""
    for found in pkgutil.walk_packages(__path__, f"{__name__}."):
        if not found.name.endswith("__main__"):
            yield importlib.import_module(found.name)


@cache
def every() -> tuple[Dialog, ...]:
    """Every dialog."""
    return tuple(
        value
        for module in modules()
        for value in vars(module).values()
        if isinstance(value, Dialog) and value.script.__module__ == module.__name__
    )


@cache
def rules() -> tuple[Rule, ...]:
    """Every rule that is looked at later."""
    return tuple(
        value
        for module in modules()
        for value in vars(module).values()
        if isinstance(value, Rule) and value.function.__module__ == module.__name__
    )


@cache
def texts() -> tuple[Mapping[str, str], ...]:
    """The texts that stand beside the dialogs: each module's TEXTS."""
    return tuple(module.TEXTS for module in modules() if hasattr(module, "TEXTS"))
