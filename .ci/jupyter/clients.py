"""Other people's clients run our notebooks with the installed kernel: nbclient, nbconvert, papermill, jupyter console.

Run by `make test` (part "clients") with JUPYTER_PATH naming the prefix that `sightline install` wrote.
"""
import base64
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9]*.ipynb"))
MAIN = ROOT / "notebooks" / "01-post-summit-traffic.ipynb"


def png_has_picture(data: bytes) -> bool:
    """A PNG whose unfiltered rows hold more than one value: not blank, not truncated."""
    assert data[:8] == b"\x89PNG\r\n\x1a\n", "not a PNG"
    at, idat, size = 8, b"", None
    while at < len(data):
        n, kind = struct.unpack(">I4s", data[at : at + 8])
        body = data[at + 8 : at + 8 + n]
        assert struct.unpack(">I", data[at + 8 + n : at + 12 + n])[0] == zlib.crc32(kind + body), "bad CRC"
        if kind == b"IHDR":
            size = struct.unpack(">II", body[:8])
        if kind == b"IDAT":
            idat += body
        at += 12 + n
    raw = zlib.decompress(idat)
    return size[0] >= 200 and size[1] >= 150 and len(set(raw[:: max(1, len(raw) // 100_000)])) > 8


def pictures(nb):
    return [
        base64.b64decode(out["data"]["image/png"])
        for cell in nb.cells
        for out in cell.get("outputs", [])
        if "image/png" in out.get("data", {})
    ]


def check_executed(nb):
    code = [c for c in nb.cells if c.cell_type == "code" and c.source.strip()]
    assert [c.execution_count for c in code] == list(range(1, len(code) + 1))
    tagged = "raises-exception"  # a cell that is meant to fail
    errors = [o for c in code if tagged not in c.metadata.get("tags", []) for o in c.outputs if o.output_type == "error"]
    assert not errors, errors


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.name)
def test_nbclient_runs_the_notebook_and_shows_what_was_committed(path):
    committed = nbformat.read(path, as_version=4)
    nb = nbformat.read(path, as_version=4)
    NotebookClient(nb, timeout=600, kernel_name="sightline", resources={"metadata": {"path": str(path.parent)}}).execute()
    check_executed(nb)
    for was, now in zip(committed.cells, nb.cells):
        if was.cell_type == "code":
            def shown(cell):
                return [(o.output_type, o.get("text"), o.get("data", {}).get("text/plain")) for o in cell.outputs]

            assert shown(now) == shown(was), f"cell {was.id} differs from its committed output"


def test_the_main_notebook_shows_plots_that_decode_to_pictures():
    nb = nbformat.read(MAIN, as_version=4)
    NotebookClient(nb, timeout=600, kernel_name="sightline", resources={"metadata": {"path": str(MAIN.parent)}}).execute()
    shots = pictures(nb)
    assert len(shots) >= 2, "expected the timeline and the counts inline"
    assert all(png_has_picture(p) for p in shots)


def test_nbconvert_executes_to_html(tmp_path):
    subprocess.run(
        [sys.executable, "-m", "nbconvert", "--to", "html", "--execute", "--output-dir", str(tmp_path), str(MAIN)],
        check=True, capture_output=True, timeout=600,
    )
    html = (tmp_path / "01-post-summit-traffic.html").read_text()
    assert "data:image/png;base64," in html


def test_papermill_runs_the_notebook_without_parameters(tmp_path):
    out = tmp_path / "out.ipynb"
    subprocess.run(
        [sys.executable, "-m", "papermill", "--no-progress-bar", "--cwd", str(MAIN.parent), str(MAIN), str(out)],
        check=True, capture_output=True, timeout=600,
    )
    check_executed(nbformat.read(out, as_version=4))


def test_jupyter_console_answers(tmp_path):
    run = subprocess.run(
        [sys.executable, "-m", "jupyter_console", "--kernel", "sightline", "--simple-prompt"],
        input='x := 6 * 7\nx + 1\nexit\n', capture_output=True, text=True, timeout=120, cwd=tmp_path,
    )
    assert "43" in run.stdout, run.stdout + run.stderr
