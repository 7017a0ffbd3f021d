"""This machine, this repository, and what is started on it."""

import glob
import os
import platform
import re
import resource
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent


def tell(what):
    """Says on standard error what is being done, because it takes minutes."""
    print(f"bench: {what}", file=sys.stderr, flush=True)


def cores():
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def run(*words, **options):
    return subprocess.run(words, check=True, stdout=subprocess.PIPE, text=True, cwd=ROOT, **options).stdout


def program(name):
    """A program of PostgreSQL, which Debian keeps out of the path."""
    found = shutil.which(name) or next(iter(sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"), reverse=True)), None)
    return found or sys.exit(f"bench: {name} is missing; it comes with PostgreSQL")


def allow_many_files():
    """As many open files as the system lets us have; what is started from here inherits it. Returns how many."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    return hard


def build(profile):
    """Builds, leaving the machine to whoever else works on it."""
    nice = ["nice", "-n", "10"] if shutil.which("nice") else []
    words = ["cargo", "build", "--profile", profile, "--locked", "--package", "app", "--package", "bench"]
    subprocess.run([*nice, *words], cwd=ROOT, check=True)
    target = ROOT / os.environ.get("CARGO_TARGET_DIR", "target") / ("debug" if profile == "dev" else profile)
    return {"ease": str(target / "ease"), "bench": str(target / "bench")}


def commit():
    try:
        changed = run("git", "status", "--porcelain", "--untracked-files=no", stderr=subprocess.DEVNULL).strip()
        return run("git", "rev-parse", "--short=12", "HEAD").strip() + (" with changes" if changed else "")
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def processor():
    try:
        found = re.search(r"^model name\s*: (.*)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
        return found.group(1) if found else platform.machine()
    except OSError:
        return platform.machine()
