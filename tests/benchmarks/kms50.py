"""A key service with one P-256 key and 50 ms of latency, for signing.sh. Usage: kms50.py DIR; prints its port, leaves DIR/public.pem.

It costs next to no time itself, so that the client is what is measured: the nonce is 1. A key that signs so gives itself away, and is thrown away.
"""
import base64
import json
import re
import subprocess
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

folder = sys.argv[1]
N = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
R = 0x6B17D1F2E12C4247F8BCE6E563A440F277037D812DEB33A0F4A13945D898C296
openssl = lambda *words: subprocess.run(["openssl", *words], check=True, capture_output=True, text=True).stdout
openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", f"{folder}/key.pem")
openssl("pkey", "-in", f"{folder}/key.pem", "-pubout", "-out", f"{folder}/public.pem")
D = int(re.sub(r"[^0-9a-f]", "", openssl("pkey", "-in", f"{folder}/key.pem", "-noout", "-text").split("priv:")[1].split("pub:")[0]), 16)
SPKI = "".join(open(f"{folder}/public.pem").read().splitlines()[1:-1])
ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def integer(value):
    raw = value.to_bytes(value.bit_length() // 8 + 1, "big")
    return bytes([2, len(raw)]) + raw


def sign(digest):
    body = integer(R) + integer((int.from_bytes(digest, "big") + R * D) % N)
    return bytes([0x30, len(body)]) + body


class Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        start = time.monotonic()
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = {"KeyId": ARN}
        if self.headers["X-Amz-Target"].endswith("GetPublicKey"):
            answer |= {"PublicKey": SPKI, "KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY", "SigningAlgorithms": ["ECDSA_SHA_256"]}
        else:
            answer |= {"Signature": base64.b64encode(sign(base64.b64decode(body["Message"]))).decode(), "SigningAlgorithm": body["SigningAlgorithm"]}
        time.sleep(max(0, 0.05 - (time.monotonic() - start)))
        data = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/x-amz-json-1.1")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", 0), Service)
print(server.server_address[1], flush=True)
server.serve_forever()
