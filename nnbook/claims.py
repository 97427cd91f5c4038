"""A sentence of a chapter and the condition that makes it true, checked where it stands."""

from __future__ import annotations

from typing import Protocol, runtime_checkable


@runtime_checkable
class Named(Protocol):
    """A data set that says whether it is the real MNIST."""

    @property
    def is_mnist(self) -> bool: ...


def claim(text: str, holds: object, *, data: Named | None = None) -> None:
    """Print `text` with a tick if it `holds`; AssertionError with the text if it does not.

    Give `data` when the sentence is about MNIST: on other data it is printed as not shown, and
    not checked, since 1,297 easy images do not show what 50,000 do.
    """
    if data is not None and not data.is_mnist:
        print(f"– {text} (not shown on this data set)")
    elif holds:
        print(f"✓ {text}")
    else:
        raise AssertionError(f"This does not hold here: {text}")
