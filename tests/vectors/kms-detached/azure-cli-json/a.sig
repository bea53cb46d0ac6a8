{"algorithm": "ES256", "keyId": "https://demo.vault.azure.net/keys/demo/1", "signature": "a2c9lpIQ/jLS+IhNimXukD4NPa4YxAB7BqcXK7yzITkp/ASOWYOdBK0qqx5TUqJXGhHqJ/XNmmyxOJHo/LowoA=="}
