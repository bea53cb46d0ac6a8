#!/usr/bin/env python3
"""Wraps the paragraphs of pages that have a line of more than 160 columns; tables, code, headings and links stay whole.

  wrap-pages.py [FILE…]      every page of the checkout where none is named; pages that programs write are left alone
"""
import re
import subprocess
import sys

LIMIT, WIDTH, LEAST = 160, 110, 60
WRITTEN_BY_PROGRAMS = re.compile(r"^(tests/|docs/commands|THIRD-PARTY-NOTICES)")
ATOM = re.compile(r"(``.+?``|`[^`]+`|!?\[[^\]]*\]\([^)]*\)|<[^>\s][^>]*>|\*\*[^*]+\*\*)")
# What would be no text any more at the start of a line.
MARK = re.compile(r"^(?:[-+*>|#]|\d+[.)])(?:\s|$)|^[|#>]|^(?:---|===|```|~~~)|^<!--")
ITEM = re.compile(r"^\s*(?:> ?)*(?:[-+*] |\d+[.)] )")
NO_PROSE = re.compile(r"^(```|~~~|\||#|<!--|<[a-z/]|---$|===)")
FENCE = re.compile(r"^\s*(```+|~~~+)")


def words(text):
    """What may be parted at blanks: code, links and bold text are one word."""
    found, word = [], ""
    for piece in ATOM.split(text):
        if ATOM.fullmatch(piece):
            word += piece
            continue
        first, *others = piece.split(" ")
        word += first
        for other in others:
            found.append(word)
            word = other
    return [word for word in [*found, word] if word]


def ends_sentence(line):
    return len(line) >= LEAST and line.rstrip("\")'`*")[-1:] in (".", "!", "?")


def wrapped(line):
    head = re.match(r"^(\s*(?:> ?)*(?:[-+*] |\d+[.)] )?)", line).group(1)
    hang = "".join(letter if letter == ">" else " " for letter in head)
    lines, current, parts = [], head, words(line[len(head):])
    for at, word in enumerate(parts):
        is_empty = current in (head, hang)
        length = len(current) + len(word) + (0 if is_empty else 1)
        is_break = length > WIDTH or (ends_sentence(current) and word[:1].isupper() and length + 1 + len(" ".join(parts[at:])) > WIDTH)
        if not is_empty and is_break and not MARK.match(word):
            lines.append(current)
            current = hang + word
        else:
            current += word if is_empty else " " + word
    return [*lines, current]


def is_prose(line):
    return bool(line.strip()) and not NO_PROSE.match(line.lstrip())


def paragraph(lines, at):
    """How many lines from the one at `at` on are one paragraph."""
    end = at + 1
    while end < len(lines) and is_prose(lines[end]) and not ITEM.match(lines[end]) and not lines[end - 1].endswith("  ") and lines[end].startswith(">") == lines[at].startswith(">"):
        end += 1
    return end


def page(text):
    lines = text.split("\n")
    at = lines.index("---", 1) + 1 if lines[0] == "---" else 0
    out, fence = lines[:at], None
    while at < len(lines):
        mark = FENCE.match(lines[at])
        if fence or mark or not is_prose(lines[at]):
            fence = (None if mark and mark.group(1).startswith(fence) else fence) if fence else mark and mark.group(1)
            out.append(lines[at])
            at += 1
            continue
        end = paragraph(lines, at)
        group, at = lines[at:end], end
        is_long = any(len(line) > LIMIT for line in group)
        out += wrapped(" ".join([group[0].rstrip(), *(re.sub(r"^[> ]*", "", line).strip() for line in group[1:])])) if is_long else group
    return "\n".join(out)


def main(paths):
    tracked = subprocess.run(["git", "ls-files", "*.md"], capture_output=True, text=True, check=True).stdout.split("\n")
    for path in paths or [path for path in tracked if path and not WRITTEN_BY_PROGRAMS.match(path)]:
        with open(path, encoding="utf-8", newline="") as file:
            before = file.read()
        after = page(before)
        if after != before:
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(after)
            print(path)


main(sys.argv[1:])
