"""What a machine is good at: its cores, its graphics processor, and the numbers that it multiplies exactly."""

from __future__ import annotations

import os
import platform
from functools import cache
from pathlib import Path

from translate.errors import ProjectError


def cores() -> int:
    """Return how many processor cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def device(asked: str) -> str:
    """Return where models are decoded, "cpu" or "cuda": as asked, or on a graphics processor if there is one ("auto").

    Raises:
        ProjectError: a graphics processor is asked for, and CTranslate2 sees none.
    """
    if asked == "cpu":
        return "cpu"
    if _gpus():
        return "cuda"
    if asked == "cuda":
        raise ProjectError(
            "CTranslate2 sees no graphics processor with CUDA",
            where="translate.toml",
            remedy='Set device = "auto" or "cpu", or install the driver and the libraries of CUDA.',
        )
    return "cpu"


def compute(asked: str, on: str) -> str:
    """Return the compute type: as asked, or ("auto") the fastest one that gives the same drafts in any batch.

    On a processor, int8 where it multiplies bytes exactly, else float32. Without the VNNI instructions, 8-bit products
    saturate in 16-bit sums on AVX2 processors: measured with a starter package, scores of a sentence in two batches
    were up to 114 apart, at no gain in speed. On a graphics processor, which has not been measured, float16 where it
    has that.
    """
    if asked != "auto":
        return asked
    if on == "cpu":
        return "int8" if exact_int8() else "float32"
    import ctranslate2

    return "float16" if "float16" in ctranslate2.get_supported_compute_types(on) else "float32"


@cache
def exact_int8() -> bool:
    """Say whether this processor multiplies bytes without saturating (VNNI, or an ARM processor)."""
    if platform.machine().lower() in ("arm64", "aarch64"):
        return True
    try:
        flags = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return "avx512_vnni" in flags or "avx_vnni" in flags


@cache
def _gpus() -> int:
    import ctranslate2

    found: int = ctranslate2.get_cuda_device_count()
    return found
