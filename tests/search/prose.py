"""The words of a body as readers see them: Markdown to lines of text, a line for each part of docs/search.md.

It reads what the archives of the tests are written in, and stops at what it does not know.
"""

import html
import re


def parts(body, shown):
    """The parts of a body; `shown(reference)` gives what stands for a reference without words of its own."""
    body = re.sub(r"^::: tlp (?:amber|amber\+strict|green|red)\n.*?^:::\n?", "", body, flags=re.M | re.S)
    body = re.sub(r"<!--.*?-->", "", body, flags=re.S)
    if re.search(r"^:::", body, flags=re.M):
        raise ValueError("a form in the text")
    found, paragraph, fence = [], [], None

    def end():
        if paragraph:
            found.append(inline("\n".join(paragraph), shown))
            paragraph.clear()

    for line in body.split("\n"):
        text = re.sub(r"^(?:\s*>)+ ?", "", line)
        if fence:
            if text.strip() == fence:
                fence = None
            else:
                found.append(text)
        elif opening := re.match(r"\s*(```+|~~~+)", text):
            end()
            fence = opening[1]
        elif not text.strip() or re.fullmatch(r"\s*(?:[-*_]\s*){3,}|[\s|:-]+", text):
            # A blank line, a rule, the line below the head of a table.
            end()
        elif heading := re.match(r"#{1,6}\s+(.*?)\s*#*$", text):
            end()
            found.append(inline(heading[1], shown))
        elif row := re.match(r"\s*\|(.*)\|\s*$", text):
            end()
            found.append(inline(row[1].replace("|", " "), shown))
        else:
            if item := re.match(r"\s*(?:[-*+]|\d+[.)]|\[\^[^\]]+\]:)\s+(?:\[[ xX]\]\s+)?(.*)", text):
                end()
                text = item[1]
            paragraph.append(text.strip(" "))
            if re.search(r"(?:  |\\)$", line):
                paragraph[-1] = paragraph[-1].rstrip("\\ ")
                end()
    end()
    return [part for part in found if part.strip()]


def inline(text, shown):
    kept = []

    def keep(words):
        kept.append(words)
        return f"\ue000{len(kept) - 1}\ue001"

    def wiki(match):
        reference, bar, words = match[1].partition("|")
        return words if bar else keep(reference[1:] if reference[0] == "!" else shown(reference))

    text = text.replace("\n", " ")
    text = re.sub(r"(`+)(.+?)\1", lambda match: keep(match[2]), text)
    text = re.sub(r"\\([!-/:-@\[-`{-~])", lambda match: keep(match[1]), text)
    text = re.sub(r"!\[[^\]]*\]\([^)]*\)", " ", text)
    text = re.sub(r"\[@[^\]]*\]|\[\^[^\]]*\]", "", text)
    text = re.sub(r"\[\[([^\]]+)\]\]", wiki, text)
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", text)
    text = re.sub(r"</?[A-Za-z][^>]*>", "", text)
    text = re.sub(r"<(https?://[^>]*)>", r"\1", text)
    # Emphasis: what touches a word.
    text = re.sub(r"\*+(?=\S)|(?<=\S)\*+|~~", "", text)
    text = re.sub(r"(?<![^\W_])_+(?=\S)|(?<=\S)_+(?![^\W_])", "", text)
    text = html.unescape(text)
    while "\ue000" in text:
        text = re.sub("\ue000(\\d+)\ue001", lambda match: kept[int(match[1])], text)
    return text
