"""verify-export beside sha256sum -c at 1,000, 10,000 and 100,000 small files; exports of GIGABYTES (default 20) GiB as folder, tar and zip, sparse on the disk. Needs minisign."""
import hashlib
import os
import struct
import subprocess
import tarfile
import zlib
from pathlib import Path
from statistics import median
from measure import Bench, keys, minisign, once

GIB = int(os.environ.get("GIGABYTES", 20))


def small(count):
    """A folder of so many small files with a signed list."""
    name = f"small{count}"
    os.mkdir(name)
    with open(f"{name}/SHA256SUMS", "w") as sums:
        for number in range(count):
            folder = f"d{number // 1000:03}"
            os.makedirs(f"{name}/{folder}", exist_ok=True)
            content = (b"%d\n" % number) * (100 + number % 800)
            Path(f"{name}/{folder}/f{number:06}").write_bytes(content)
            sums.write(f"{hashlib.sha256(content).hexdigest()}  {folder}/f{number:06}\n")
    minisign(f"{name}/SHA256SUMS")
    return name


def crc_of_zeros(count):
    """CRC-32 of so many zero bytes, by squaring the matrix of one zero bit."""
    def times(matrix, vector):
        total = 0
        for row in matrix:
            if vector & 1:
                total ^= row
            vector >>= 1
        return total
    def square(matrix):
        return [times(matrix, row) for row in matrix]
    step = square(square(square([0xEDB88320] + [1 << bit for bit in range(31)])))
    crc = 0xFFFFFFFF
    while count:
        if count & 1:
            crc = times(step, crc)
        step = square(step)
        count >>= 1
    return crc ^ 0xFFFFFFFF


def sparse_zip(folder, names):
    """The files as a stored zip; what is a hole in them is a hole in it."""
    central, offset = b"", 0
    with open(f"{folder}.zip", "wb") as out:
        for name in names:
            size, content = os.path.getsize(f"{folder}/{name}"), b""
            if name == "image":
                crc = crc_of_zeros(size)
            else:
                content = Path(f"{folder}/{name}").read_bytes()
                crc = zlib.crc32(content)
            large = size >= 0xFFFFFFFF or offset >= 0xFFFFFFFF
            extra = struct.pack("<HHQQ", 1, 16, size, size) if size >= 0xFFFFFFFF else b""
            stated = 0xFFFFFFFF if extra else size
            out.write(struct.pack("<IHHHHHIIIHH", 0x04034B50, 45 if extra else 20, 0, 0, 0, 0x21, crc, stated, stated, len(name), len(extra)) + name.encode() + extra)
            if content:
                out.write(content)
            else:
                out.seek(size, os.SEEK_CUR)
            far = struct.pack("<HH", 1, (16 if size >= 0xFFFFFFFF else 0) + (8 if offset >= 0xFFFFFFFF else 0)) if large else b""
            far += struct.pack("<QQ", size, size) if size >= 0xFFFFFFFF else b""
            far += struct.pack("<Q", offset) if offset >= 0xFFFFFFFF else b""
            central += struct.pack("<IHHHHHHIIIHHHHHII", 0x02014B50, 45, 45 if large else 20, 0, 0, 0, 0x21, crc, stated, stated, len(name), len(far), 0, 0, 0, 0, min(offset, 0xFFFFFFFF)) + name.encode() + far
            offset = out.tell()
        start = out.tell()
        out.write(central)
        end = out.tell()
        if start >= 0xFFFFFFFF:
            out.write(struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, len(names), len(names), len(central), start) + struct.pack("<IIQI", 0x07064B50, 0, end, 1))
        out.write(struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, len(names), len(names), len(central), min(start, 0xFFFFFFFF), 0))


def large(folder, size):
    """An export of two files of which one is a hole of so many bytes, as folder, tar and zip."""
    os.mkdir(folder)
    os.truncate(os.open(f"{folder}/image", os.O_CREAT | os.O_WRONLY), size)
    Path(f"{folder}/one").write_text("one\n")
    subprocess.run(f"cd {folder} && sha256sum image one > SHA256SUMS", shell=True, check=True)
    minisign(f"{folder}/SHA256SUMS")
    names = ("SHA256SUMS", "SHA256SUMS.minisig", "image", "one")
    with open(folder + ".tar", "wb") as out:
        for name in names:
            info = tarfile.TarInfo(name)
            info.size = os.path.getsize(f"{folder}/{name}")
            out.write(info.tobuf(tarfile.PAX_FORMAT))
            if name == "image":
                out.seek(info.size + -info.size % 512, os.SEEK_CUR)
            else:
                out.write(Path(f"{folder}/{name}").read_bytes() + bytes(-info.size % 512))
        out.write(bytes(10240))
    sparse_zip(folder, names)


with Bench("exports") as bench:
    keys()
    for count in (1_000, 10_000, 100_000):
        name = small(count)
        own, peer = [], []
        for _ in range(5):
            peer.append(once(["sh", "-c", f"cd {name} && exec sha256sum --quiet -c SHA256SUMS"]))
            own.append(once([bench.kit, "verify-export", name, "--key", "m.pub"]))
            assert own[-1]["status"] == peer[-1]["status"] == 0
        bench.row("small files of an export: elapsed", median(run["elapsed"] for run in own), median(run["elapsed"] for run in peer), wanted=">= 1.6" if count == 100_000 else "", size=f"{count:,}", peer="sha256sum -c")
        bench.row("small files of an export: processor time", median(run["processor"] for run in own), median(run["processor"] for run in peer), size=f"{count:,}", peer="sha256sum -c")
        bench.row("small files of an export: peak memory", max(run["memory"] for run in own), unit="KiB", size=f"{count:,}")
    memory = {}
    for size, name in ((GIB << 30) // 100 & -512, f"{GIB / 100:g} GiB"), ((GIB << 30) // 10 & -512, f"{GIB / 10:g} GiB"), (GIB << 30, f"{GIB} GiB"):
        large("large", size)
        for form in ("folder", "tar", "zip"):
            run = once([bench.kit, "verify-export", "large" + ("" if form == "folder" else "." + form), "--key", "m.pub"])
            assert run["status"] == 0, Path("said").read_text()
            bench.row(f"one large file in a {form}, of holes: elapsed", run["elapsed"], size=name)
            memory.setdefault(form, []).append(run["memory"])
        subprocess.run("rm -r large large.tar large.zip", shell=True, check=True)
    for form, peaks in memory.items():
        bench.row(f"one large file in a {form}: peak memory, the largest against the smallest", peaks[-1], peaks[0], "KiB", "<= 1.5", peer="a hundredth of the size")
