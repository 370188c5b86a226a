"""Where models are decoded, and with which numbers."""

from __future__ import annotations

import ctranslate2
import pytest

from translate.engines import hardware
from translate.engines.argos import ArgosEngine
from translate.engines.model import Options
from translate.engines.package import STARTERS, read
from translate.errors import ProjectError

GPUS = ctranslate2.get_cuda_device_count()


@pytest.mark.skipif(GPUS > 0, reason="this machine has a graphics processor")
def test_without_a_graphics_processor_the_processor_decodes() -> None:
    assert hardware.device("auto") == "cpu"
    with pytest.raises(ProjectError, match="graphics") as caught:
        hardware.device("cuda")
    assert "device" in caught.value.remedy


def test_the_processor_can_be_asked_for() -> None:
    assert hardware.device("cpu") == "cpu"
    assert hardware.compute("auto", "cpu") == ("int8" if hardware.exact_int8() else "float32")
    assert hardware.compute("int16", "cuda") == "int16"


def test_provenance_says_where_a_draft_was_decoded(monkeypatch: pytest.MonkeyPatch) -> None:
    package = read(STARTERS / "fr_en")
    assert package is not None
    assert ArgosEngine(package, Options(compute="float32", device="cpu")).facts["compute"] == "float32"
    monkeypatch.setattr(hardware, "_gpus", lambda: 1)
    assert ArgosEngine(package, Options(compute="float16")).facts["compute"] == "cuda-float16"


def test_the_threads_are_those_of_the_desk_or_the_cores() -> None:
    package = read(STARTERS / "fr_en")
    assert package is not None
    assert ArgosEngine(package, Options(threads=3)).threads == 3
    assert ArgosEngine(package, Options()).threads == hardware.cores() >= 1
