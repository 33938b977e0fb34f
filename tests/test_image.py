"""What the image does, as plain commands: no container engine is needed."""

from __future__ import annotations

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
import yaml

ROOT = Path(__file__).parents[1]
LINES = [
    line for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]  # fmt: skip


def said(word: str) -> list[str]:
    return [line.removeprefix(f"{word} ") for line in LINES if line.startswith(f"{word} ")]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The build's COPY lines, and what its RUN line asks of the project, without a download."""
    source, target = tmp_path_factory.mktemp("src"), tmp_path_factory.mktemp("app")
    for line in said("COPY"):
        if line.startswith("--from"):
            continue
        *names, where = line.split()
        for name in names:
            into = source / where.removeprefix("./")
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, into, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(ROOT / name, into if into.is_dir() else source)
    command = next(line for line in said("RUN") if " pip install " in line)
    options = command.split(" pip install ")[1].split()
    assert options[-1] == "."
    pytest.importorskip("setuptools", reason="the build needs setuptools")
    build = "import setuptools; setuptools.setup()"  # what pip asks of the project
    run = subprocess.run(
        [sys.executable, "-c", build, "-q", "build_py", "--build-lib", str(target)],
        cwd=source, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert run.returncode == 0, run.stderr
    return target


def environment(installed: Path, **more: str) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("NATVERKSBOT", "DATABASE"))}
    return kept | {"PYTHONPATH": str(installed), "PYTHONDONTWRITEBYTECODE": "1"} | more


def test_the_program_runs_from_what_is_copied_and_writes_nothing_into_itself(
    installed: Path, tmp_path: Path
) -> None:
    before = sorted(installed.rglob("*"))
    lines = json.dumps({"say": "nästa möte"}) + "\n"
    run = subprocess.run(
        [sys.executable, "-m", "adapters.cli", "chat", "--jsonl"], cwd=tmp_path, input=lines,
        env=environment(installed), capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip

    assert run.returncode == 0, run.stderr
    assert "Nätverket Vuxenutbildning Skaraborg" in json.loads(run.stdout.splitlines()[0])["text"]
    assert sorted(installed.rglob("*")) == before
    assert list(tmp_path.iterdir()) == []


def test_the_command_serves_and_the_health_check_sees_it(installed: Path, tmp_path: Path) -> None:
    command, health = json.loads(said("CMD")[0]), said("HEALTHCHECK")[0]
    probe = json.loads(re.sub(r".*? CMD ", "", health))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    assert command[0] == "natverksbot"
    server = subprocess.Popen(
        [sys.executable, "-m", "adapters.cli", *command[1:]], cwd=tmp_path,
        env=environment(
            installed, NATVERKSBOT_SEAL_KEYS="k" * 32, NATVERKSBOT_PORT=str(port),
            DATABASE_URL=f"sqlite:///{tmp_path / 'x.sqlite'}",
        ),
    )  # fmt: skip
    try:
        until = time.monotonic() + 60
        while not _answers(port):
            assert server.poll() is None
            assert time.monotonic() < until
            time.sleep(0.2)
        looks = [sys.executable, *(part.replace("3978", str(port)) for part in probe[1:])]
        assert subprocess.run(looks, timeout=20, check=False).returncode == 0
    finally:
        server.terminate()
        assert server.wait(20) == 0


def _answers(port: int) -> bool:
    try:
        with urlopen(f"http://127.0.0.1:{port}/readyz", timeout=1):
            return True
    except (URLError, OSError):
        return False


def test_the_image_holds_every_package_and_runs_without_rights() -> None:
    wanted = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packages = {
        name.rstrip("*") for name in wanted["tool"]["setuptools"]["packages"]["find"]["include"]
    }
    copied = {name for line in said("COPY") for name in line.split()[:-1]}
    let_in = {
        line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line[0] == "!"
    }

    assert packages | {"pyproject.toml", "constraints.txt"} <= copied
    assert {name for name in copied if not name.startswith(("--", "/"))} <= let_in
    assert said("USER") == ["10001"]
    assert any("-c constraints.txt" in line for line in said("RUN"))


def test_compose_runs_two_bots_that_can_write_nowhere_on_one_postgresql() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    bot = services["bot"]

    assert bot["deploy"]["replicas"] == 2
    for name in ("bot", "upgrade"):
        assert services[name]["read_only"] is True
        assert services[name]["cap_drop"] == ["ALL"]
        assert services[name]["environment"]["DATABASE_URL"].startswith("postgresql://")
    assert services["database"]["image"].startswith("postgres:")
    assert bot["command"] == json.loads(said("CMD")[0])
