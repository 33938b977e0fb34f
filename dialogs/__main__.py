"""Print every dialog: its name, what starts it, and what a person gets from it."""

from __future__ import annotations

import sys

from dialogs import every


def main() -> None:
    for dialog in sorted(every(), key=lambda each: each.name):
        module = sys.modules[dialog.script.__module__]
        purpose = (module.__doc__ or "").strip().splitlines()[0]
        intents = ", ".join(dialog.intents) or "a button"
        sys.stdout.write(f"{dialog.name:22} {purpose}\n{'':22} started by: {intents}\n")


if __name__ == "__main__":
    main()
