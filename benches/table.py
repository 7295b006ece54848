"""What a comparison prints, and the table that it puts into the README."""

import collections
import os
import pathlib
import platform
import re
import statistics
import subprocess
import time

from sides import Run, said_by

BEGIN, END = "<!-- benches/compare -->\n", "<!-- end of benches/compare -->\n"

Count = collections.namedtuple("Count", "files bytes pages")


def count(out, but=()):
    """Files, bytes, and pages (`index.html`, without redirects) by the first segment of their addresses."""
    files = size = 0
    pages = collections.Counter()
    for folder, folders, names in os.walk(out):
        folders[:] = [name for name in folders if name not in but]
        parts = pathlib.Path(folder).relative_to(out).parts
        files += len(names)
        size += sum(os.path.getsize(os.path.join(folder, name)) for name in names)
        if "index.html" in names:
            pages[section(parts)] += 1
    return Count(files, size, pages)


def section(parts):
    if not parts:
        return "/"
    if "page" in parts[1:]:
        return f"/{parts[0]}/.../page/N/"
    return f"/{parts[0]}/" + (".../" if len(parts) > 1 else "")


def medians(runs):
    return Run(*(statistics.median(values) for values in zip(*runs)))


def print_pages(pages):
    sections = sorted(set().union(*(count.pages for count in pages.values())))
    print(f"\n{'pages':<24}" + "".join(f"{side:>12}" for side in pages))
    for name in sections:
        print(f"{name:<24}" + "".join(f"{count.pages[name]:>12}" for count in pages.values()))
    print(f"{'all':<24}" + "".join(f"{sum(count.pages.values()):>12}" for count in pages.values()))


def print_times(times, pages, ratio=None):
    rows = [
        ("CPU s", lambda side: times[side].cpu, "{:.2f}"),
        ("wall s", lambda side: times[side].wall, "{:.2f}"),
        ("memory MiB", lambda side: times[side].memory, "{:.0f}"),
        ("pages", lambda side: sum(pages[side].pages.values()), "{}"),
        ("files", lambda side: pages[side].files, "{}"),
        ("bytes", lambda side: pages[side].bytes, "{}"),
    ]
    over, under = ratio or (None, None)
    print(f"\n{'':<24}" + "".join(f"{side:>12}" for side in times) + (f"{f'{over} / {under}':>16}" if ratio else ""))
    for name, value, form in rows:
        times_more = f"{value(over) / value(under):>16.2f}" if ratio else ""
        print(f"{name:<24}" + "".join(f"{form.format(value(side)):>12}" for side in times) + times_more)


# The README


def write_readme(readme, options, found, done, pages, failed, missing, floors, inputs, folder):
    """Puts the table between its two marks."""
    text = readme.read_text("utf-8")
    before, begin, rest = text.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise SystemExit(f"{readme} has no `{BEGIN.strip()}` and `{END.strip()}`")
    rows = [
        "| | CPU s | wall s | memory MiB | pages | files | MB |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for name, side in found.items():
        # The version of `brief` is that of this repository.
        title = side.title if name in ("brief", "own") else f"{side.title} {side.version}"
        if name in failed:
            rows.append(f"| {title} | did not finish: {failed[name]} | | | | | |")
            continue
        run, site = done[name], pages[name]
        rows.append(
            f"| {title} | {run.cpu:.1f} | {run.wall:.1f} | {run.memory:.0f} | {sum(site.pages.values())} "
            f"| {site.files} | {site.bytes / 1e6:.0f} |"
        )
    if "brief" in done:
        site = pages["brief"]
        rows.append(f"| only reading all inputs | | {floors[0]:.1f} | | | {inputs.files} | {inputs.bytes / 1e6:.0f} |")
        rows.append(f"| only writing these files | | {floors[1]:.1f} | | | {site.files} | {site.bytes / 1e6:.0f} |")
    lines = [*rows, ""]
    runs = f"the median of {options.runs} cold builds" if options.runs > 1 else "one cold build"
    lines.append(f"{options.briefings} briefings, {runs}, {time.strftime('%Y-%m-%d')}. {machine(folder)}")
    lines[-1] += f" Others had the machine's load at {options.load:.1f} when it began."
    if missing:
        lines[-1] += " Not on that machine: " + ", ".join(name.title() for name in missing) + "."
    readme.write_text(before + begin + "\n" + "\n".join(lines) + "\n\n" + END + after, "utf-8")


def machine(folder):
    """The machine in a sentence or two: processor, memory, where the files lie, systems and compilers."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return (
        f"{processor()}, {cores} cores, {memory:.0f} GiB; all files on {file_system(folder)}; "
        f"{platform.system()} {platform.release()}; Rust {said_by(['rustc', '--version']).split()[0]}."
    )


def processor():
    known = pathlib.Path("/proc/cpuinfo")
    named = re.search(r"^model name\s*: (.+)$", known.read_text("utf-8"), re.MULTILINE) if known.exists() else None
    name = named.group(1) if named else platform.processor() or platform.machine()
    return re.sub(r"\s+", " ", name)


def file_system(folder):
    told = subprocess.run(["stat", "-f", "-c", "%T", folder], capture_output=True, text=True, check=False)
    return told.stdout.strip() if told.returncode == 0 else "a disk"
