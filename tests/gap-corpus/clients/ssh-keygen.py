#!/usr/bin/env python3
"""ssh-keygen -Y verify."""
import re
from contract import by_status, first_line, main, program, run


def verify(file, signature, signers, identity, namespace, at):
    time = re.sub(r"[-:TZ]", "", at)
    return by_status(run(program("ssh-keygen"), "-Y", "verify", "-f", signers, "-I", identity, "-n", namespace, "-s", signature, f"-Overify-time={time}", stdin=file, TZ="UTC"))


main({"sshsig": verify}, lambda: first_line(program("ssh"), "-V"))
