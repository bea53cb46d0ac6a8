"""A case of the corpus, and how it lies on disk."""
import json
from typing import NamedTuple

MUST, CARE = "rule", "care"


class Case(NamedTuple):
    """One question and its answer.

    files: argument -> (file name, bytes); values: argument -> text; beside: file name -> bytes, files that no argument names.
    ground: "rule" where the source says so in so many words, "care" where it leaves two readings and a verifier must not take the dangerous one.
    """
    name: str
    operation: str
    files: dict
    values: dict
    expect: str
    ground: str
    why: str
    source: str
    beside: dict = {}


def accept(name, operation, files, why, source, ground=MUST, beside={}, **values):
    """A case that is to be accepted."""
    return Case(name, operation, files, values, "accept", ground, why, source, beside)


def refuse(name, operation, files, why, source, ground=MUST, beside={}, **values):
    """A case that is to be refused."""
    return Case(name, operation, files, values, "refuse", ground, why, source, beside)


def written(case):
    """The files of a case's folder: name -> bytes."""
    text = {"operation": case.operation, "files": {argument: file for argument, (file, _) in case.files.items()}, "values": case.values,
            "expect": case.expect, "ground": case.ground, "why": case.why, "source": case.source}
    return {"case.json": (json.dumps(text, indent=1, ensure_ascii=False) + "\n").encode(), **{file: content for file, content in case.files.values() if content is not None}, **case.beside}
