"""Archives by further writers: archiver and tar-stream, node-tar, Perl's Archive::Tar, jszip. Needs beside what generate.py needs: node with these packages in NODE_PATH, perl. Alone, this script makes only its own vectors anew."""
import os
from making import *
from readers import header, padded, pax

LONG = "app/" + "a-long-name-" * 10 + "end.txt"
FILES = {"app/readme.txt": b"first release of the demo\n", "app/größe.txt": "zwölf\n".encode(), LONG: b"long\n", "notes.md": b"# notes\n" * 40}
PLAIN = {name: content for name, content in FILES.items() if name.isascii() and len(name) < 100}
TAR_STREAM = """const pack=require(process.argv[1]),fs=require('fs'),p=(pack.pack||pack)();for(const n of process.argv.slice(2))p.entry({name:n,mtime:new Date(1795334400000)},fs.readFileSync(n));p.finalize();p.pipe(process.stdout)"""
ARCHIVER = """const a=require('archiver')(process.argv[1],{}),fs=require('fs');a.pipe(process.stdout);for(const n of process.argv.slice(2))a.append(fs.readFileSync(n),{name:n,date:new Date(1795334400000)});a.finalize()"""
NODE_TAR = """require('tar').c({portable:true,mtime:new Date(1795334400000)},process.argv.slice(1)).pipe(process.stdout)"""
JSZIP = """const z=new (require('jszip'))(),fs=require('fs');for(const n of process.argv.slice(1))z.file(n,fs.readFileSync(n),{date:new Date(1795334400000)});z.generateAsync({type:'nodebuffer'}).then(b=>process.stdout.write(b))"""
PERL = "use Archive::Tar; my $t=Archive::Tar->new; $t->add_files(@ARGV); $t->write(\\*STDOUT)"


def make():
    run("minisign", "-G", "-W", "-f", "-p", str(HERE / "_keys" / "wanda.minisign.pub"), "-s", str(KEYS / "wanda.minisign"))
    by_tools(signed(FILES))
    by_hand(signed(PLAIN))


def signed(files):
    listed = sums(files)
    return {**files, "SHA256SUMS": listed, "SHA256SUMS.minisig": minisig(listed, "wanda")}


def case(name, expect, about, content):
    suffix = "zip" if content[:2] == b"PK" else "tar"
    scenario("writer-" + name, expect, about, ("e." + suffix, content), f"e.{suffix} --key ../_keys/wanda.minisign.pub")


def by_tools(files):
    with tempfile.TemporaryDirectory() as folder:
        top = pathlib.Path(folder)
        write(top, files)
        names = sorted(files)
        tool = lambda *words: subprocess.run(words, cwd=top, check=True, stdout=subprocess.PIPE, env={**os.environ, "TZ": "UTC"}).stdout
        case("tar-stream", "trusted", "tar-stream: one word for every name that its own header does not hold", tool("node", "-e", TAR_STREAM, "tar-stream", *names))
        case("archiver-tar", "trusted", "archiver, which writes as tar-stream does", tool("node", "-e", ARCHIVER, "tar", *names))
        case("archiver-zip", "trusted", "archiver's zip: descriptors, and names marked as UTF-8", tool("node", "-e", ARCHIVER, "zip", *names))
        case("node-tar-portable", "trusted", "node-tar: the dot of the current folder before a name that it cuts", tool("node", "-e", NODE_TAR, *names))
        case("perl", "trusted", "Perl's Archive::Tar: a long name that ends in the zeros of its block", tool("perl", "-e", PERL, *names))
        case("jszip", "trusted", "jszip: names in UTF-8, said twice", tool("node", "-e", JSZIP, *names))


def by_hand(files):
    """Where two readers could see two things."""
    content = {**{n: c for n, c in files.items() if not n.startswith("SHA256")}, "größe.txt": b"x\n"}

    def tarred(files, own):
        files = signed(files)
        entry = lambda n: pax(b"path=" + n.encode()) + header(own[n], len(files[n])) if n in own else header(n.encode(), len(files[n]))
        return b"".join(entry(n) + padded(files[n]) for n in sorted(files)) + bytes(1024)
    case("placeholder", "trusted", "the word of tar-stream, for a name beyond ASCII", tarred(content, {"größe.txt": b"PaxHeader"}))
    case("placeholder-is-a-file", "archive.duplicate", "the word, and a file that is called so", tarred({**content, "PaxHeader": b"evil\n"}, {"größe.txt": b"PaxHeader"}))
    case("placeholder-of-a-plain-name", "archive.malformed", "the word, for a name that has room in its own header", tarred(content, {"größe.txt": "größe.txt".encode(), "notes.md": b"PaxHeader"}))
    case("cut-with-a-dot", "archive.malformed", "the dot of the current folder before another name", tarred({**content, LONG: b"long\n"}, {LONG: b"./install.sh"}))


if __name__ == "__main__":
    for path in HERE.glob("writer-*"):
        shutil.rmtree(path)
    make()
    shutil.rmtree(KEYS)
    shutil.rmtree(HERE / "__pycache__", ignore_errors=True)
