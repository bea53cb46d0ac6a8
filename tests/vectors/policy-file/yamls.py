"""Policies in YAML: what is read, and everything that is refused, with its line and column."""
from making import HERE, case

HEAD = "version: 1\nname: releases\n"
SIGNERS = HEAD + "signers:\n  - any-of: [one]\n"
ENVELOPE = "verify-envelope ../_keys/app.dsse.json ../_keys/app.txt --key one=../_keys/one.pem --key two=../_keys/two.pem --policy policy.yaml"


def yaml(name, about, text, *contains, expect="policy.malformed", args="policy check policy.yaml"):
    (HERE / name).mkdir(exist_ok=True)
    (HERE / name / "policy.yaml").write_bytes(text if isinstance(text, bytes) else text.encode())
    case(name, about, args, expect, *contains)


def read():
    yaml("yaml-block", "block style, with comments", "---\n# who releases\nversion: 1\nname: our releases, from 2026 on   # for people\nsigners:\n- any-of:\n  - one\n  - two\n  threshold: 2\n...\n", expect="trusted", args=ENVELOPE)
    yaml("yaml-flow", "flow style", "version: 1\nname: releases\nsigners: [{any-of: [one, two], threshold: 2}, {any-of: ['two', \"one\",],}]\n", expect="trusted", args=ENVELOPE)
    yaml("yaml-crlf", "lines that end in CR LF", "version: 1\r\nname: releases\r\nsigners:\r\n  - any-of: [one]\r\n", expect="trusted", args=ENVELOPE)
    yaml("yaml-quoted", "what is quoted is text", "\"version\": 1\n'name': \"yes\"\nsigners:\n  - any-of: ['it''s', \"\\u006fne\", \"1.10\"]\n", "signed by 1 of 3: it's, one, 1.10", expect="trusted")
    yaml("yaml-other-signer", "a demand in YAML refuses like one in JSON", HEAD + "signers:\n  - any-of: [three]\n", "0 demanded signers signed, wanted three", expect="policy.signers", args=ENVELOPE)
    yaml("yaml-contradiction", "the validator is the same", HEAD + "signers:\n  - any-of: [one]\n    threshold: 2\n", "2 of 1 signers can never sign", expect="policy.contradiction")
    yaml("yaml-unknown-member", "unknown members are named by their place", HEAD + "signers:\n  - any-of: [one]\n    treshold: 2\n", 'policy.signers[0]: unknown member "treshold"')


def nothing_stands_for_something_else():
    plain = "an anchor, alias, tag or directive, wanted plain values"
    yaml("yaml-anchor", "an anchor", HEAD + "signers: &all\n  - any-of: [one]\n", f"line 3, column 10: {plain}")
    yaml("yaml-alias", "an alias without an anchor", HEAD + "signers: *all\n", f"line 3, column 10: {plain}")
    yaml("yaml-merge-key", "a merge key", SIGNERS + "<<: *all\n", "line 5, column")
    yaml("yaml-tag", "a tag that makes a number text", "version: 1\nname: !!str 17\n", f"line 2, column 7: {plain}")
    yaml("yaml-local-tag", "a tag of somebody's own", HEAD + "signers: !include signers.yaml\n", f"line 3, column 10: {plain}")
    yaml("yaml-directive", "a directive", "%YAML 1.1\n---\n" + SIGNERS, f"line 1, column 1: {plain}")
    yaml("yaml-tag-directive", "a directive that renames tags", "%TAG ! tag:example.org,2026:\n---\n" + SIGNERS, f"line 1, column 1: {plain}")
    yaml("yaml-two-documents", "the second document would be read by nobody", SIGNERS + "---\n" + SIGNERS, "line 5, column 1: wanted the end of the only document")
    yaml("yaml-member-twice", "readers take the first or the last of two", SIGNERS + "name: others\n", 'line 5, column 1: member "name" occurs twice')
    yaml("yaml-member-twice-in-flow", "the same member twice in braces", HEAD + "signers: [{any-of: [one], any-of: [two]}]\n", 'member "any-of" occurs twice')


def what_readers_disagree_about():
    for name, text in (("yes", "yes"), ("off", "Off"), ("true-in-capitals", "TRUE"), ("tilde", "~"), ("octal", "0o17"), ("leading-zero", "017"), ("hexadecimal", "0x1F"),
                       ("fraction", "1.10"), ("exponent", "1e3"), ("underscore", "1_000"), ("sexagesimal", "190:20:30"), ("date", "2026-11-22"), ("infinity", ".inf"), ("plus", "+1"), ("equals", "=")):
        yaml(f"yaml-plain-{name}", f"is {text} text? Readers disagree", f"version: 1\nname: {text}\n", f"line 2, column 7: {text} is text to some readers of YAML and not to others: quote it")
    yaml("yaml-plain-null", "null is no name", "version: 1\nname: null\n", "policy.name: wanted a string, found Null")
    yaml("yaml-plain-integer", "an integer is no name", "version: 1\nname: 17\n", "policy.name: wanted a string, found Number")
    yaml("yaml-quoted-integer", "a quoted integer is no integer", "version: \"1\"\nname: releases\n", "policy.version: wanted an integer")
    yaml("yaml-ambiguous-member", "a member's name that some readers take for a truth value", HEAD + "no: 1\n", "line 3, column 1: a member's name that is no text")
    yaml("yaml-number-as-member", "a member's name that is a number", HEAD + "17: 1\n", "line 3, column 1: a member's name that is no text")
    yaml("yaml-no-value", "a name without a value", HEAD + "signers:\n", "wanted a text, a number, a list or members")
    yaml("yaml-empty-element", "an element that is not there", HEAD + "signers:\n  -\n", "wanted a text, a number, a list or members")
    yaml("yaml-empty-first-element", "an empty element before another: the list is none of lists", HEAD + "signers:\n  - any-of:\n    -\n    - one\n", "line 6, column 5: wanted a text, a number, a list or members")
    yaml("yaml-folded", "a text that goes on in the next line", "version: 1\nname: our\n  releases\n", "line 2, column 7: a text of several lines")
    yaml("yaml-block-text", "a text in a block of its own", "version: 1\nname: |\n  releases\n", "line 2, column 7: a text of several lines")
    yaml("yaml-quoted-lines", "a quoted text of two lines", "version: 1\nname: \"our\n  releases\"\n", "line 2, column 7: a text of several lines")


def shapes():
    yaml("yaml-list", "a policy is no list", "- version: 1\n", "wanted a JSON object, found Array")
    yaml("yaml-text", "a policy is no text", "releases\n", "wanted a JSON object, found String")
    yaml("yaml-empty", "an empty file", "", "wanted a text, a number, a list or members")
    yaml("yaml-comments-alone", "comments alone", "# nothing\n", "wanted a text, a number, a list or members")
    yaml("yaml-list-as-member", "a list as a member's name", HEAD + "? [a]\n: b\n", "a member's name that is no text")
    yaml("yaml-pair-in-list", "a pair without braces in a list", HEAD + "signers: [any-of: [one]]\n", "wanted a text, a number, a list or members")
    yaml("yaml-no-comma", "two elements without a comma", HEAD + "signers: [{any-of: [one]} {any-of: [two]}]\n", "wanted a comma or ]")
    yaml("yaml-unclosed", "a bracket that is not closed", HEAD + "signers: [{any-of: [one]}\n")
    yaml("yaml-tab", "a tab as indentation", "version: 1\nname: releases\nsigners:\n\t- any-of: [one]\n", "invalid tab as indentation")
    yaml("yaml-bad-indentation", "a member that stands left of its list", HEAD + "signers:\n    - any-of: [one]\n  threshold: 1\n", "line 5")
    yaml("yaml-json-with-comment", "a file that begins with a brace is JSON", "{\"version\": 1, # one\n\"name\": \"releases\"}\n", "not strict JSON at line 1")
    yaml("yaml-deep", "ten levels", HEAD + "signers: " + "[" * 12 + "]" * 12 + "\n", "more than 8 levels")
    yaml("yaml-large", "more than a policy needs", SIGNERS + "# " + "x" * 65536 + "\n", "limit 65536", expect="limit.input-too-large")
    yaml("yaml-byte-order-mark", "a byte order mark", b"\xef\xbb\xbf" + SIGNERS.encode(), "byte order mark")
    yaml("yaml-invalid-utf8", "bytes that are no text", b"version: 1\nname: \xff\n", "not valid UTF-8")
    yaml("yaml-control", "a control character, which a terminal would obey", "version: 1\nname: a\x1b[2J\n", "line 2, column 8: the character U+001B")
    yaml("yaml-line-separator", "a line end to some readers", "version: 1\nname: a\u2028b\n", "line 2, column 8: the character U+2028")


def make():
    read()
    nothing_stands_for_something_else()
    what_readers_disagree_about()
    shapes()
