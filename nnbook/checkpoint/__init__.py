"""Checkpoints: the whole state of a run of training in a file, so that nothing is lost.

A run that was killed and goes on from its checkpoint ends bit for bit where the unbroken run ends,
on the same machine, with the same versions and as many threads.
"""

from nnbook.checkpoint.file import Checkpoint

__all__ = ["Checkpoint"]
