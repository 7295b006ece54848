"""The YAML that briefings and profiles are written in: maps, lists, flow forms, quotation marks, folded texts.

All scalars are texts. What is not of these forms is an error: a judge that guesses is none.
"""

import json
import re
import tomllib

KEY = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^\s#\[\]{},"'&*!|>%@`-][^#]*?|-[^\s#][^#]*?):(?:\s+|$)""")


def read(text):
    """The front matter and the body of a file."""
    for fence, parse in (("---", yaml), ("+++", lambda text: texts(tomllib.loads(text)))):
        if text.startswith(fence + "\n"):
            front, _, body = text[len(fence) + 1:].partition(f"\n{fence}\n")
            if not _ and text.rstrip().endswith("\n" + fence):
                front, body = text[len(fence) + 1:].rstrip()[:-len(fence)], ""
            return parse(front), body
    return {}, text


def texts(value):
    """TOML's dates and numbers as they are written."""
    if isinstance(value, dict):
        return {key: texts(value) for key, value in value.items()}
    if isinstance(value, list):
        return [texts(value) for value in value]
    return value if isinstance(value, str) else str(value).lower() if isinstance(value, bool) else str(value)


def yaml(text):
    lines = text.split("\n")
    value, at = block(lines, 0, 0)
    at = skip(lines, at)
    if at < len(lines):
        raise ValueError(f"not understood: {lines[at]!r}")
    return value or {}


def skip(lines, at):
    while at < len(lines) and (not lines[at].strip() or lines[at].lstrip().startswith("#")):
        at += 1
    return at


def indent(line):
    return len(line) - len(line.lstrip(" "))


def block(lines, at, least):
    """The value that begins at a line that stands in by `least` or more, and the line after it."""
    at = skip(lines, at)
    if at >= len(lines) or indent(lines[at]) < least:
        return None, at
    depth = indent(lines[at])
    first = lines[at].strip()
    if first.startswith("- ") or first == "-":
        return sequence(lines, at, depth)
    if KEY.match(first):
        return mapping(lines, at, depth)
    return scalar(lines, at, first, depth)


def sequence(lines, at, depth):
    found = []
    while True:
        at = skip(lines, at)
        if at >= len(lines) or indent(lines[at]) != depth or not re.match(r"-(\s|$)", lines[at].strip()):
            return found, at
        # The item stands in by the place after its dash.
        lines[at] = lines[at][:depth] + " " + lines[at][depth + 1:]
        if lines[at].strip():
            value, at = block(lines, at, depth + 1)
        else:
            value, at = block(lines, at + 1, depth + 1)
        found.append(value)


def mapping(lines, at, depth):
    found = {}
    while True:
        at = skip(lines, at)
        if at >= len(lines) or indent(lines[at]) != depth:
            return found, at
        key = KEY.match(lines[at].strip())
        if not key:
            return found, at
        rest = lines[at].strip()[key.end():]
        name = unquoted(key[1])
        if name in found:
            raise ValueError(f"twice: {name}")
        if not rest or rest.startswith("#"):
            # A list may stand as far out as its key.
            following = skip(lines, at + 1)
            dash = following < len(lines) and re.match(r"-(\s|$)", lines[following].strip())
            found[name], at = block(lines, at + 1, depth if dash else depth + 1)
        else:
            found[name], at = scalar(lines, at, rest, depth + 1)


def scalar(lines, at, first, least):
    """A text or a flow form that begins with `first`, and the line after it."""
    if re.fullmatch(r"[|>][+-]?(\s+#.*)?", first):
        return folded(lines, at + 1, first, least)
    if first[0] in "[{\"'":
        written = first
        while not (end := whole(written)):
            at += 1
            written += " " + lines[at].strip()
        rest = written[end:].strip()
        if rest and not rest.startswith("#"):
            raise ValueError(f"not understood: {rest!r}")
        value, _ = flow(written, 0)
        return value, at + 1
    words = [re.split(r"\s+#", first)[0]]
    at += 1
    while at < len(lines) and lines[at].strip() and indent(lines[at]) >= least:
        words.append(re.split(r"\s+#", lines[at].strip())[0])
        at += 1
    return plain(" ".join(words)), at


def folded(lines, at, mark, least):
    taken = []
    while at < len(lines) and (not lines[at].strip() or indent(lines[at]) >= least):
        taken.append(lines[at])
        at += 1
    depth = min((indent(line) for line in taken if line.strip()), default=0)
    taken = [line[depth:].rstrip() for line in taken]
    while taken and not taken[-1]:
        taken.pop()
    if mark[0] == "|":
        return "\n".join(taken), at
    return re.sub(r"\n(\n*)", lambda match: match[1] or " ", "\n".join(taken)), at


def whole(written):
    """Where a flow form or a quoted text ends, if it does."""
    depth, quote, at = 0, "", 0
    while at < len(written):
        c = written[at]
        if quote == '"' and c == "\\":
            at += 1
        elif quote == "'" and written[at:at + 2] == "''":
            at += 1
        elif quote:
            quote = "" if c == quote else quote
        elif c in "\"'" and written[:at].rstrip()[-1:] in ("", "[", "{", ",", ":"):
            quote = c
        elif c in "[{":
            depth += 1
        elif c in "]}":
            depth -= 1
        at += 1
        if not depth and not quote:
            return at
    return 0


def flow(written, at):
    """A value in a flow form, and the place after it."""
    at += len(written[at:]) - len(written[at:].lstrip())
    if written[at] == "[":
        return items(written, at + 1, "]")
    if written[at] == "{":
        pairs, at = items(written, at + 1, "}")
        return dict(pairs), at
    if written[at] in "\"'":
        end = at + whole(written[at:])
        return unquoted(written[at:end]), end
    end = at + re.match(r"(?:[^,\[\]{}:]|:(?!\s|$|[,\[\]{}]))*", written[at:]).end()
    return plain(written[at:end].strip()), end


def items(written, at, close):
    found = []
    while True:
        at += len(written[at:]) - len(written[at:].lstrip())
        if written[at] == close:
            return found, at + 1
        if written[at] == ",":
            at += 1
            continue
        value, at = flow(written, at)
        at += len(written[at:]) - len(written[at:].lstrip())
        if written[at] == ":":
            second, at = flow(written, at + 1)
            value = (value, second) if close == "}" else {value: second}
        found.append(value)


def plain(text):
    return None if text in ("", "~", "null") else text


def unquoted(text):
    if text[:1] == '"':
        return json.loads(text, strict=False)
    if text[:1] == "'":
        return text[1:-1].replace("''", "'")
    return text.strip()
