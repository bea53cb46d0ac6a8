"""Extracts as Python's tarfile and zipfile read an archive: one line `KIND ARCHIVE FOLDER` a task; FOLDER/status says how it ended, FOLDER/out holds the files."""
import os, pathlib, sys, tarfile, zipfile


def place(root, name, content):
    path = os.path.join(root, name.replace("\0", "%00").lstrip("/"))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)


def tar(archive, root):
    with tarfile.open(archive, "r:*") as reader:
        for member in reader:
            if member.isdir():
                os.makedirs(os.path.join(root, member.name.lstrip("/")), exist_ok=True)
            elif member.isreg():
                place(root, member.name, reader.extractfile(member).read())
            else:
                place(root, member.name + ".is-no-file", b"")


def whole(archive, root):
    with tarfile.open(archive, "r:*") as reader:
        try:
            reader.extractall(root)
        except (OverflowError, ValueError):
            # A number that cannot be set is no refusal of the archive: what came before it is there.
            pass


def zip(archive, root):
    with zipfile.ZipFile(archive) as reader:
        for member in reader.infolist():
            if not member.is_dir():
                place(root, member.filename, reader.read(member))


for line in sys.stdin.read().splitlines():
    kind, archive, folder = line.split("\t")
    out = os.path.join(folder, "out")
    os.makedirs(out)
    try:
        {"tar": tar, "whole": whole, "zip": zip}[kind](archive, out)
        status = "ok"
    except Exception as fault:
        status = f"{type(fault).__name__}: {fault}"
    pathlib.Path(folder, "status").write_text(status, errors="replace")
