"""Tensors as the safetensors format lays them out."""

import json
from pathlib import Path

import numpy as np
import pytest

from kb.search.encoders.tensors import map_tensors


def written(path: Path, tensors: dict[str, np.ndarray]) -> Path:
    names = {"float16": "F16", "float32": "F32", "int64": "I64"}
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    values = b""
    for name, tensor in tensors.items():
        ends = [len(values), len(values) + tensor.nbytes]
        header[name] = {"dtype": names[str(tensor.dtype)], "shape": tensor.shape, "data_offsets": ends}
        values += tensor.tobytes()
    packed = json.dumps(header).encode()
    path.write_bytes(len(packed).to_bytes(8, "little") + packed + values)
    return path


def test_tensors_of_floats_are_read_in_their_shape_and_type(tmp_path: Path) -> None:
    half = np.array([[1, 2, 3], [4, 5, 6]], np.float16)
    single = np.array([0.5, -1.25], np.float32)
    numbers = np.array([7], np.int64)
    read = map_tensors(written(tmp_path / "w", {"half": half, "numbers": numbers, "single": single}))
    assert sorted(read) == ["half", "single"]
    assert (read["half"].dtype, read["single"].dtype) == (half.dtype, single.dtype)
    assert read["half"].tolist() == half.tolist()
    assert read["single"].tolist() == single.tolist()


@pytest.mark.parametrize(
    "torn", [b"", b"\x00\x01", b"\xff" * 7 + b"\x00{}", (99).to_bytes(8, "little") + b"{"]
)
def test_a_torn_file_is_an_error_that_the_callers_expect(tmp_path: Path, torn: bytes) -> None:
    (tmp_path / "w").write_bytes(torn)
    with pytest.raises((OSError, ValueError, KeyError)):
        map_tensors(tmp_path / "w")
