"""A key service with one P-256 key and 50 ms of latency, for signing.sh. Usage: kms50.py DIR; prints its port, leaves DIR/public.pem."""
import base64
import json
import subprocess
import sys
import tempfile
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

folder = sys.argv[1]
subprocess.run(["openssl", "genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", f"{folder}/key.pem"], check=True, stderr=subprocess.DEVNULL)
subprocess.run(["openssl", "pkey", "-in", f"{folder}/key.pem", "-pubout", "-out", f"{folder}/public.pem"], check=True)
SPKI = "".join(open(f"{folder}/public.pem").read().splitlines()[1:-1])
ARN = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"


class Service(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        start = time.monotonic()
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        answer = {"KeyId": ARN}
        if self.headers["X-Amz-Target"].endswith("GetPublicKey"):
            answer |= {"PublicKey": SPKI, "KeySpec": "ECC_NIST_P256", "KeyUsage": "SIGN_VERIFY", "SigningAlgorithms": ["ECDSA_SHA_256"]}
        else:
            with tempfile.NamedTemporaryFile(dir=folder) as digest:
                digest.write(base64.b64decode(body["Message"]))
                digest.flush()
                made = subprocess.run(["openssl", "pkeyutl", "-sign", "-inkey", f"{folder}/key.pem", "-in", digest.name], check=True, capture_output=True).stdout
            answer |= {"Signature": base64.b64encode(made).decode(), "SigningAlgorithm": body["SigningAlgorithm"]}
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
