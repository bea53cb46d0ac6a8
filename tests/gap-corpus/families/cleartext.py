"""Clear-signed text (RFC 9580 section 7). The question is whether the file as a whole may be read as what was signed."""
from maker.case import CARE, accept, refuse
from maker.openpgp import armour, certificate, packet, signature
from .openpgp import ED, OTHER

RFC = "RFC 9580 section "
LINES = ["SHA256 of the release:", "- first", "From the team", "end"]


def signed(lines, key=ED, kind=1):
    """The signature over the lines: trailing blanks fall away, the last line has no end."""
    return armour("SIGNATURE", packet(2, signature(key, kind, "\r\n".join(line.rstrip(" \t") for line in lines).encode()))).decode()


def document(lines=LINES, header="Hash: SHA256\n", escape=True, sig=None, start="-----BEGIN PGP SIGNED MESSAGE-----\n", blank="\n"):
    body = "".join(("- " if escape and line.startswith("-") else "") + line + "\n" for line in lines)
    return start + header + blank + body + (sig or signed(LINES))


def question(text):
    return dict(operation="cleartext", files={"file": ("NOTES.asc", text.encode()), "certificate": ("signer.asc", armour("PUBLIC KEY BLOCK", certificate(ED)))})


def cases():
    good = document()
    yield accept("plain", **question(good), why="A message as gpg writes it, with a line that is escaped.", source=RFC + "7.2")
    yield accept("all-lines-escaped", **question(document(["- " + line for line in LINES], escape=False)), why="Any line may be escaped by a dash and a blank.", source=RFC + "7.2")
    yield accept("trailing-blanks", **question(document([line + "  " for line in LINES])), why="Blanks at the ends of lines are no part of what is signed.", source=RFC + "7.2")
    yield accept("carriage-returns", **question(good.replace("\n", "\r\n")), why="Line ends are signed as CRLF, whatever the file has.", source=RFC + "7.2")
    yield refuse("text-edited", **question(good.replace("the team", "a team")), why="The text is not the one that was signed.", source=RFC + "7.2")
    yield refuse("text-before", **question("Approved for production.\n\n" + good), ground=CARE, why="Text above the message is covered by nothing, and readers of the file take it for signed.", source=RFC + "7")
    yield refuse("text-after", **question(good + "\nApproved for production.\n"), ground=CARE, why="Text below the signature is covered by nothing, and readers of the file take it for signed.", source=RFC + "7")
    yield refuse("comment-header", **question(document(header="Hash: SHA256\nComment: approved for production\n")), why="Hash is the only header that a clear-signed message may have.", source=RFC + "7.1")
    yield refuse("not-dash-escaped-header", **question(document(header="Hash: SHA256\nNotDashEscaped: You need GnuPG to verify this message\n", escape=False)), why="Hash is the only header that a clear-signed message may have.", source=RFC + "7.1")
    yield refuse("signed-by-stranger", **question(document(sig=signed(LINES, OTHER))), why="Only the pinned certificate may have signed.", source=RFC + "5.2.4")
    yield refuse("second-message-by-stranger", **question(good + document(["remove everything"], sig=signed(["remove everything"], OTHER))), ground=CARE, why="Two messages in one file are two questions, and one of them is by somebody unknown.", source=RFC + "7")
    yield refuse("second-message-edited", **question(good + document(["remove everything"])), ground=CARE, why="Two messages in one file, and the second was never signed.", source=RFC + "7")
    yield refuse("lines-before-the-blank-one", **question(document(header="Hash: SHA256\n \nrun this\n")), ground=CARE, why="A line of one blank ends the headers for some readers and not for others.", source=RFC + "7.1")
    yield refuse("no-signature", **question(good.split("-----BEGIN PGP SIGNATURE")[0]), why="Without a signature this is text.", source=RFC + "7")
    yield refuse("signature-cut", **question(good[:-40]), why="The signature's armour has no end.", source=RFC + "6.2")
