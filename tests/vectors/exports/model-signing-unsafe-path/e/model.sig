{
  "dsseEnvelope": {
    "payload": "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEiLCJwcmVkaWNhdGUiOnsicmVzb3VyY2VzIjpbeyJhbGdvcml0aG0iOiJzaGEyNTYiLCJkaWdlc3QiOiIyZDcxMTY0MmI3MjZiMDQ0MDE2MjdjYTlmYmFjMzJmNWM4NTMwZmIxOTAzY2M0ZGIwMjI1ODcxNzkyMWE0ODgxIiwibmFtZSI6Ii4uL291dHNpZGUifSx7ImFsZ29yaXRobSI6InNoYTI1NiIsImRpZ2VzdCI6IjA5ZDM0M2MzN2RlMGJiYTE0M2I3ZmY0NWY4MmMwYWI5MzA4NTMxZGNjNzhiNTZiOGViNDBjNTkzOGM0YmU0MTgiLCJuYW1lIjoiY29uZmlnLmpzb24ifSx7ImFsZ29yaXRobSI6InNoYTI1NiIsImRpZ2VzdCI6ImFlNGIzMjgwZTU2ZTJmYWY4M2Y0MTRhNmUzZGFiZTlkNWZiZTE4OTc2NTQ0YzA1ZmVkMTIxYWNjYjg1YjUzZmMiLCJuYW1lIjoid2VpZ2h0cy9wYXJ0LTEuYmluIn0seyJhbGdvcml0aG0iOiJzaGEyNTYiLCJkaWdlc3QiOiIwY2UzOTQwYmViZjJiMjJhNWQyMTA4ZWNmMGMzNjhhMDU0MWM3ZTNjNDU3MDNmODU0MDkyMWI0ZWFmYzgyOTQ3IiwibmFtZSI6IndlaWdodHMvcGFydC0yLmJpbiJ9XSwic2VyaWFsaXphdGlvbiI6eyJhbGxvd19zeW1saW5rcyI6ZmFsc2UsImhhc2hfdHlwZSI6InNoYTI1NiIsImlnbm9yZV9wYXRocyI6WyJtb2RlbC5zaWciLCIuZ2l0IiwiLmdpdGF0dHJpYnV0ZXMiLCIuZ2l0aHViIiwiLmdpdGlnbm9yZSJdLCJtZXRob2QiOiJmaWxlcyJ9fSwicHJlZGljYXRlVHlwZSI6Imh0dHBzOi8vbW9kZWxfc2lnbmluZy9zaWduYXR1cmUvdjEuMCIsInN1YmplY3QiOlt7ImRpZ2VzdCI6eyJzaGEyNTYiOiJmYWE5ZjlmZmRiZmEyMGE0ZTJiNzkzNmQ5NTk3ZDFlZGRhYjg5MTJmNzkzMzhmZjI3YmZiMmNlYmI4ZjQzMmFiIn0sIm5hbWUiOiJkZW1vIn1dfQ==",
    "payloadType": "application/vnd.in-toto+json",
    "signatures": [
      {
        "keyid": "",
        "sig": "RC7nLiyuyccQCdSwLyM+/P0m+Or36BFXOla6VRTS4Czbn+9DMB4LFRiNcw3G/mnBCLQZcjRi1MAqwDqtBf/SCA=="
      }
    ]
  },
  "mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
  "verificationMaterial": {
    "publicKey": {
      "hint": "0000000000000000000000000000000000000000000000000000000000000000"
    },
    "tlogEntries": []
  }
}
