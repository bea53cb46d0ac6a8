#!/usr/bin/env python3
"""Makes the vectors streamed-* anew: messages whose lengths were not known when they were written (BER), by openssl -stream and by hand. Keys are thrown away. Needs: Python 3.9, openssl 3.
Run by generate.py; alone, this script makes only its own vectors anew."""
import pathlib, shutil, subprocess, tempfile

HERE = pathlib.Path(__file__).parent
TEXT = b"first release of the demo\n"
DATA, SIGNED = bytes.fromhex("06092a864886f70d010701"), bytes.fromhex("06092a864886f70d010702")


def size(content):
    return bytes([len(content)]) if len(content) < 128 else bytes([0x80 + (len(content).bit_length() + 7) // 8]) + len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")


def der(tag, *parts):
    content = b"".join(parts)
    return bytes([tag]) + size(content) + content


def ber(tag, *parts):
    return bytes([tag, 0x80]) + b"".join(parts) + b"\0\0"


def longer(tag, *parts):
    content = b"".join(parts)
    return bytes([tag, 0x84]) + len(content).to_bytes(4, "big") + content


def elements(content):
    """The elements that follow one another in some DER, each with its header."""
    found = []
    while content:
        octets = 0 if content[1] < 0x80 else content[1] & 0x7F
        length = content[1] if octets == 0 else int.from_bytes(content[2:2 + octets], "big")
        found.append((content[:2 + octets], content[2 + octets:2 + octets + length]))
        content = content[2 + octets + length:]
    return found


def whole(element):
    return element[0] + element[1]


def make():
    for old in HERE.glob("streamed-*"):
        if old.is_dir():
            shutil.rmtree(old)
    with tempfile.TemporaryDirectory() as folder:
        work = pathlib.Path(folder)
        ssl = lambda *words: subprocess.run(["openssl", *words], check=True, cwd=work, stdout=subprocess.PIPE, stderr=subprocess.PIPE).stdout
        (work / "a.txt").write_bytes(TEXT)
        (work / "ext").write_text("keyUsage=critical,digitalSignature\nextendedKeyUsage=codeSigning\nsubjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n")
        ssl("req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ca.key", "-out", "ca.pem", "-subj", "/O=Example/CN=authority", "-days", "36500", "-addext", "keyUsage=critical,keyCertSign")
        ssl("req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "k.key", "-out", "k.csr", "-subj", "/O=Example/CN=build")
        ssl("x509", "-req", "-in", "k.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-days", "36500", "-extfile", "ext", "-out", "k.pem")
        authority = (work / "ca.pem").read_bytes()

        def case(name, about, expect, message, artifact=TEXT, suffix=".p7s", alone=False):
            target = HERE / ("streamed-" + name)
            target.mkdir()
            signature = "a.txt" + suffix
            files = {"ca.pem": authority, signature: message} if alone else {"ca.pem": authority, signature: message, "a.txt": artifact}
            for path, content in files.items():
                (target / path).write_bytes(content)
            line = f"verify {signature}" if alone else f"verify a.txt --signature {signature}"
            (target / "case.txt").write_text(f"# {about}\nargs: {line} --ca ca.pem --at 2030-01-01T00:00:00Z\nexpect: {expect}\n")

        cms = lambda *options, command="cms": ssl(command, "-sign", "-binary", "-in", "a.txt", "-signer", "k.pem", "-inkey", "k.key", *options)
        case("beside", "openssl cms -stream: the message holds the file although nobody asked for that, and the file lies beside it", "trusted", cms("-stream", "-outform", "DER"))
        case("beside-pem", "the same in PEM", "trusted", cms("-stream", "-outform", "PEM"))
        case("smime", "openssl smime -stream", "trusted", cms("-stream", "-outform", "DER", command="smime"))
        case("opaque", "the file in the message, in pieces", "trusted", cms("-stream", "-nodetach", "-outform", "DER"), suffix=".p7m", alone=True)
        case("opaque-beside", "the same, and the file beside it", "trusted", cms("-stream", "-nodetach", "-outform", "DER"), suffix=".p7m")
        case("beside-changed", "the file beside it was changed: it is another one than the message holds", "artifact.self-contained", cms("-stream", "-outform", "DER"), artifact=TEXT + b"more\n")

        # The parts of the message in DER, put together again by hand.
        info = elements(elements(cms("-nodetach", "-outform", "DER"))[0][1])
        version, digests, content, certificates, signers = elements(elements(info[1][1])[0][1])

        def message(held, frame=ber, certs=None, signed=None, tail=b""):
            inner = frame(0x30, whole(version), whole(digests), held, frame(0xA0, certs or certificates[1]), frame(0x31, signed or signers[1]))
            return frame(0x30, SIGNED, frame(0xA0, inner)) + tail

        octets = lambda text: der(0x04, text)
        held = lambda value: ber(0x30, DATA, ber(0xA0, value))
        # One that is malformed is told by its name as a signature; a document that cannot be read is none.
        opaque = lambda name, about, expect, message: case(name, about, expect, message, suffix=".p7m", alone=expect != "signature.malformed")
        detached = lambda name, about, expect, **more: case(name, about, expect, message(ber(0x30, DATA)), **more)
        detached("detached", "a frame without lengths around nothing but the signature", "trusted")
        detached("detached-changed", "the same, and a changed file", "signature.mismatch", artifact=TEXT + b"more\n")
        opaque("everything", "every part of the frame without a length, as Bouncy Castle writes it", "trusted", message(held(ber(0x24, octets(TEXT[:10]), octets(TEXT[10:])))))
        opaque("pieces-with-length", "content in pieces, with lengths", "trusted", message(held(der(0x24, octets(TEXT[:1]), octets(b""), octets(TEXT[1:])))))
        opaque("long-lengths", "lengths of four bytes where one is enough", "trusted", message(longer(0x30, DATA, longer(0xA0, longer(0x24, octets(TEXT)))), frame=longer))
        opaque("pieces-swapped", "pieces in another order are another file", "signature.mismatch", message(held(ber(0x24, octets(TEXT[10:]), octets(TEXT[:10])))))
        opaque("pieces-nested", "a piece in pieces", "signature.malformed", message(held(ber(0x24, ber(0x24, octets(TEXT))))))
        opaque("piece-of-another-kind", "a piece that is none", "signature.malformed", message(held(ber(0x24, octets(TEXT), b"\x0c\x01x"))))
        opaque("two-contents", "a second content behind the first", "signature.malformed", message(held(octets(TEXT) + octets(b"another"))))
        opaque("certificate", "a certificate without a length: its bytes are what its authority signed", "signature.malformed", message(held(octets(TEXT)), certs=ber(0x30, elements(certificates[1])[0][1])))
        opaque("signer", "a signer without a length", "signature.malformed", message(held(octets(TEXT)), signed=ber(0x30, elements(signers[1])[0][1])))
        opaque("cut", "the end is missing", "signature.malformed", message(held(octets(TEXT)))[:-2])
        opaque("trailing", "bytes behind the end", "signature.malformed", message(held(octets(TEXT)), tail=b"\0\0"))
        opaque("deep", "a hundred thousand elements in one another", "signature.malformed", der(0x30, SIGNED, b"\xa0\x80" * 100000))


if __name__ == "__main__":
    make()
