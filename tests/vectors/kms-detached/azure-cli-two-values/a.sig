{"algorithm": "ES256", "keyId": "k", "signature": "QQ", "value": "QQ"}
