#!/usr/bin/python3
"""moto on 127.0.0.1, made to sign as AWS KMS signs.

    peers-python aws-kms.py PORT

moto keeps keys, aliases, policies, STS, IAM and parameters by itself. Where signing matters it differs from AWS: it hashes a digest once more, salts PSS
as long as it can, and looks at neither sizes nor the state of a key. The functions below take the place of moto's; each says what AWS does. Ed25519,
ML-DSA and SM2 keys are not there, nor is the order in which AWS finds several faults of one request.

INITIAL_NO_AUTH_ACTION_COUNT=N in the environment: after N requests (which make users, roles and policies) signatures of requests and policies are checked.
"""
import base64
import json
import re
import sys

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, padding, utils
from moto.core.exceptions import JsonRESTError
from moto.kms.responses import KmsResponse
from moto.server import main
from moto.sts.responses import TokenResponse

DIGESTS = {"256": hashes.SHA256(), "384": hashes.SHA384(), "512": hashes.SHA512()}
ALGORITHMS = [f"{scheme}_SHA_{size}" for scheme in ("RSASSA_PSS", "RSASSA_PKCS1_V1_5", "ECDSA") for size in DIGESTS] + ["SM2DSA"]
KEY_ID = r"(mrk-)?[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}|mrk-[0-9a-fA-F]{32}"
KEY_ARN = r"arn:[^:]+:kms:([^:]+):\d{12}:key/(.*)"
ORIGINAL = {"create_key": KmsResponse.create_key, "get_public_key": KmsResponse.get_public_key}
ORIGINAL_AUTHENTICATION = TokenResponse._authenticate_and_authorize_normal_action


def refusal(code, message):
    error = JsonRESTError(code, message)
    error.code = 400
    return error


def broken(field, rule, value="Value"):
    return refusal("ValidationException", f"1 validation error detected: {value} at '{field}' failed to satisfy constraint: {rule}")


def check_fields(message, kind, algorithm):
    """What is wrong with a request itself comes before what is wrong with the key."""
    if not message:
        raise broken("message", "Member must have length greater than or equal to 1")
    if len(message) > 4096:
        raise broken("message", "Member must have length less than or equal to 4096")
    for field, value, known in (("messageType", kind, ["RAW", "DIGEST"]), ("signingAlgorithm", algorithm, ALGORITHMS)):
        if value not in known:
            raise broken(field, f"Member must satisfy enum value set: [{', '.join(known)}]", f"Value '{value}'")


def validate_cmk_id(self, key_id):
    arn = re.fullmatch(KEY_ARN, key_id)
    # Of an ARN of elsewhere the answer names the region only.
    if arn and arn[1] != self.region:
        raise refusal("NotFoundException", f"Invalid arn {arn[1]}")
    if not re.fullmatch(KEY_ID, arn[2] if arn else key_id):
        raise refusal("NotFoundException", f"Invalid keyId '{key_id}'")
    if self.kms_backend.get_key_id(key_id) not in self.kms_backend.keys:
        raise refusal("NotFoundException", f"Key '{self._display_arn(key_id)}' does not exist")


def usable_key(self):
    key_id = self._get_param("KeyId")
    self._validate_key_id(key_id)
    key = self.kms_backend.describe_key(key_id)
    if key.key_state == "Disabled":
        raise refusal("DisabledException", f"{key.arn} is disabled.")
    if key.key_state != "Enabled":
        words = re.sub("(?<!^)(?=[A-Z])", " ", key.key_state).lower()
        raise refusal("KMSInvalidStateException", f"{key.arn} is {words}.")
    return key


def signing_key(self, algorithm, operation):
    key = usable_key(self)
    if key.key_usage != "SIGN_VERIFY":
        raise refusal("InvalidKeyUsageException", f"{key.arn} key usage is {key.key_usage or 'ENCRYPT_DECRYPT'} which is not valid for {operation}.")
    if algorithm not in key.signing_algorithms:
        raise refusal("InvalidKeyUsageException", f"Algorithm {algorithm} is incompatible with key spec {key.key_spec}.")
    if algorithm == "SM2DSA":
        raise refusal("UnsupportedOperationException", "SM2 keys are not emulated")
    return key


def hashing(message, kind, algorithm):
    digest = DIGESTS[algorithm[-3:]]
    if kind == "RAW":
        return digest
    if len(message) != digest.digest_size:
        raise refusal("ValidationException", f"Digest is invalid length for algorithm {algorithm}.")
    # A digest is signed as it is.
    return utils.Prehashed(digest)


def scheme(algorithm, hashed):
    """The arguments of `cryptography` for an algorithm; the salt of PSS is as long as the digest."""
    digest = DIGESTS[algorithm[-3:]]
    if algorithm.startswith("ECDSA"):
        return (ec.ECDSA(hashed),)
    if algorithm.startswith("RSASSA_PSS"):
        return (padding.PSS(padding.MGF1(digest), digest.digest_size), hashed)
    return (padding.PKCS1v15(), hashed)


def prepared(self, operation):
    """Key, message, name of the algorithm, and the arguments that sign or verify; or the refusal."""
    message, algorithm = self._get_param("Message") or b"", self._get_param("SigningAlgorithm")
    kind = self._get_param("MessageType") or "RAW"
    check_fields(message, kind, algorithm)
    key = signing_key(self, algorithm, operation)
    arguments = scheme(algorithm, hashing(message, kind, algorithm))
    if self._get_param("DryRun"):
        raise refusal("DryRunOperationException", "The request would have succeeded, but the DryRun option is set.")
    return key, message, algorithm, arguments


def sign(self):
    key, message, algorithm, arguments = prepared(self, "Sign")
    signature = base64.b64encode(key.private_key.private_key.sign(message, *arguments)).decode()
    # The key's ARN, also when an alias was asked for.
    return json.dumps({"KeyId": key.arn, "Signature": signature, "SigningAlgorithm": algorithm})


def verify(self):
    key, message, algorithm, arguments = prepared(self, "Verify")
    try:
        key.private_key.private_key.public_key().verify(base64.b64decode(self._get_param("Signature") or ""), message, *arguments)
    except InvalidSignature:
        # Never SignatureValid: false, and no message.
        raise refusal("KMSInvalidSignatureException", "") from None
    return json.dumps({"KeyId": key.arn, "SignatureValid": True, "SigningAlgorithm": algorithm})


def create_key(self):
    answer = ORIGINAL["create_key"](self)
    key = self.kms_backend.keys[json.loads(answer)["KeyMetadata"]["KeyId"]]
    if key.origin != "EXTERNAL":
        return answer
    # Without imported material there is nothing to sign with, and moto imports none.
    key.key_state, key.enabled = "PendingImport", False
    return json.dumps(key.to_dict())


def get_public_key(self):
    key = usable_key(self)
    if not key.key_spec.startswith(("RSA_", "ECC_")):
        raise refusal("UnsupportedOperationException", "")
    return json.dumps({**json.loads(ORIGINAL["get_public_key"](self)), "KeyId": key.arn, "KeySpec": key.key_spec})


def authenticate(self, *arguments):
    # By this call a job that has no AWS credentials gets some, so it carries no signature; moto looks for one.
    if self._get_action() != "AssumeRoleWithWebIdentity":
        ORIGINAL_AUTHENTICATION(self, *arguments)


TokenResponse._authenticate_and_authorize_normal_action = authenticate
for method in (validate_cmk_id, create_key, sign, verify, get_public_key):
    name = "_validate_cmk_id" if method is validate_cmk_id else method.__name__
    if not hasattr(KmsResponse, name):
        sys.exit(f"aws-kms: this moto has no KmsResponse.{name}")
    setattr(KmsResponse, name, method)

if __name__ == "__main__":
    main(["-H", "127.0.0.1", "-p", sys.argv[1]])
