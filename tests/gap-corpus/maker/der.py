"""Writing DER (X.690), and its forms that are not DER."""
import base64


def tlv(tag, *contents):
    """One element, with the shortest length."""
    body = b"".join(contents)
    size = len(body)
    length = bytes([size]) if size < 128 else (lambda b: bytes([0x80 | len(b)]) + b)(size.to_bytes((size.bit_length() + 7) // 8, "big"))
    return bytes([tag]) + length + body


def seq(*parts):
    return tlv(0x30, *parts)


def set_of(*parts):
    return tlv(0x31, *sorted(parts))


def octet(data):
    return tlv(0x04, data)


def bits(data, unused=0):
    return tlv(0x03, bytes([unused]), data)


def integer(value):
    """A minimal INTEGER."""
    return tlv(0x02, value.to_bytes(value.bit_length() // 8 + 1, "big", signed=True) if value >= 0 else value.to_bytes((value.bit_length() + 8) // 8, "big", signed=True))


def boolean(value):
    return tlv(0x01, b"\xff" if value else b"\x00")


def null():
    return b"\x05\x00"


def oid(text):
    """An OBJECT IDENTIFIER."""
    first, second, *rest = map(int, text.split("."))
    body = b""
    for arc in (first * 40 + second, *rest):
        part = bytes([arc & 0x7F])
        while arc := arc >> 7:
            part = bytes([arc & 0x7F | 0x80]) + part
        body += part
    return tlv(0x06, body)


def utf8(text):
    return tlv(0x0C, text.encode())


def explicit(number, *parts):
    """[number] EXPLICIT, or IMPLICIT of something constructed."""
    return tlv(0xA0 | number, *parts)


def implicit(number, data):
    """[number] IMPLICIT of something primitive."""
    return tlv(0x80 | number, data)


def time(text):
    """A UTCTime or GeneralizedTime from YYYYMMDDHHMMSS."""
    return tlv(0x17, text[2:].encode(), b"Z") if "1950" <= text[:4] < "2050" else tlv(0x18, text.encode(), b"Z")


def ecdsa(pair):
    """Ecdsa-Sig-Value (RFC 3279 section 2.2.3)."""
    return seq(integer(pair[0]), integer(pair[1]))


def pem(label, data):
    """A PEM block with lines of 64 (RFC 7468)."""
    text = base64.b64encode(data).decode()
    return "\n".join([f"-----BEGIN {label}-----", *(text[i:i + 64] for i in range(0, len(text), 64)), f"-----END {label}-----", ""]).encode()
