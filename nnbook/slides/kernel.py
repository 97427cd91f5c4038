"""Run a notebook in a kernel that is this very Python, whatever kernels the machine knows."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ipykernel.kernelspec
from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbformat import NotebookNode

SECONDS_PER_CELL = 300


class ThisPython(KernelSpecManager):
    """Whatever name is asked for, the answer is the interpreter that runs this program."""

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        return KernelSpec(
            resource_dir=ipykernel.kernelspec.RESOURCES, **ipykernel.kernelspec.get_kernel_dict()
        )


class Kernel(AsyncKernelManager):
    """A kernel that needs no kernelspec to be installed."""

    def __init__(self, **traits: Any) -> None:
        super().__init__(**traits, kernel_spec_manager=ThisPython())


def execute(
    notebook: NotebookNode,
    folder: Path,
    *,
    before_cell: Callable[[NotebookNode, int], Any] | None = None,
) -> None:
    """Run all cells in `folder` and put the outputs into `notebook` itself.

    `before_cell(cell, cell_index)` is called before each cell runs. Raises
    nbclient.exceptions.CellExecutionError when a cell fails, CellTimeoutError when one takes more
    than `SECONDS_PER_CELL`, DeadKernelError when the kernel dies.
    """
    client = NotebookClient(
        notebook,
        kernel_manager_class=Kernel,
        kernel_name="python3",
        timeout=SECONDS_PER_CELL,
        record_timing=False,
        coalesce_streams=True,
        store_widget_state=False,
        resources={"metadata": {"path": str(folder)}},
    )
    if before_cell is not None:
        client.on_cell_start = before_cell
    client.execute(stderr=subprocess.DEVNULL)  # the kernel's log; a cell's own output is not lost
