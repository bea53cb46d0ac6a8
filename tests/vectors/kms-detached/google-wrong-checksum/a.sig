{"signature": "MEQCIGtnPZaSEP4y0viITYpl7pA+DT2uGMQAewanFyu8syE5AiAp/ASOWYOdBK0qqx5TUqJXGhHqJ/XNmmyxOJHo/LowoA==", "signatureCrc32c": "322300778"}
