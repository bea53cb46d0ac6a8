{"KeyId": "k", "Signature": "MEQCIGtnPZaSEP4y0viITYpl7pA+DT2uGMQAewanFyu8syE5AiAp/ASOWYOdBK0qqx5TUqJXGhHqJ/XNmmyxOJHo/LowoA==", "SigningAlgorithm": "ECDSA_SHA_256"}
