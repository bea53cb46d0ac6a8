{
  "dsseEnvelope": {
    "payload": "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEiLCJwcmVkaWNhdGUiOnsicmVzb3VyY2VzIjpbeyJhbGdvcml0aG0iOiJzaGEyNTYiLCJkaWdlc3QiOiIwOWQzNDNjMzdkZTBiYmExNDNiN2ZmNDVmODJjMGFiOTMwODUzMWRjYzc4YjU2YjhlYjQwYzU5MzhjNGJlNDE4IiwibmFtZSI6ImNvbmZpZy5qc29uIn0seyJhbGdvcml0aG0iOiJzaGEyNTYiLCJkaWdlc3QiOiJhZTRiMzI4MGU1NmUyZmFmODNmNDE0YTZlM2RhYmU5ZDVmYmUxODk3NjU0NGMwNWZlZDEyMWFjY2I4NWI1M2ZjIiwibmFtZSI6IndlaWdodHMvcGFydC0xLmJpbiJ9LHsiYWxnb3JpdGhtIjoic2hhMjU2IiwiZGlnZXN0IjoiMGNlMzk0MGJlYmYyYjIyYTVkMjEwOGVjZjBjMzY4YTA1NDFjN2UzYzQ1NzAzZjg1NDA5MjFiNGVhZmM4Mjk0NyIsIm5hbWUiOiJ3ZWlnaHRzL3BhcnQtMi5iaW4ifV0sInNlcmlhbGl6YXRpb24iOnsiYWxsb3dfc3ltbGlua3MiOmZhbHNlLCJoYXNoX3R5cGUiOiJzaGEyNTYiLCJpZ25vcmVfcGF0aHMiOlsid2VpZ2h0cyJdLCJtZXRob2QiOiJmaWxlcyJ9fSwicHJlZGljYXRlVHlwZSI6Imh0dHBzOi8vbW9kZWxfc2lnbmluZy9zaWduYXR1cmUvdjEuMCIsInN1YmplY3QiOlt7ImRpZ2VzdCI6eyJzaGEyNTYiOiJjZjA5MTgyMzllMDIyNmIxYzQxNDdiMTg1NmRhYjJkZjU5NDljNTJlMDg4MjU2ZjI5YzBiOTdjY2MwMzc1MDgxIn0sIm5hbWUiOiJkZW1vIn1dfQ==",
    "payloadType": "application/vnd.in-toto+json",
    "signatures": [
      {
        "keyid": "",
        "sig": "NIynRUiKFt00jXMj7FCBs3V2Lhs90XpQwHtzeq/NdmpzkWucFi4FguHf4Itv9rJvP2Gzf5zzThZo53TETxn4DQ=="
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
