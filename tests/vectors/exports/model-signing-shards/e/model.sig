{
  "dsseEnvelope": {
    "payload": "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEiLCJwcmVkaWNhdGUiOnsicmVzb3VyY2VzIjpbeyJhbGdvcml0aG0iOiJzaGEyNTYiLCJkaWdlc3QiOiIwOWQzNDNjMzdkZTBiYmExNDNiN2ZmNDVmODJjMGFiOTMwODUzMWRjYzc4YjU2YjhlYjQwYzU5MzhjNGJlNDE4IiwibmFtZSI6ImNvbmZpZy5qc29uIn0seyJhbGdvcml0aG0iOiJzaGEyNTYiLCJkaWdlc3QiOiJhZTRiMzI4MGU1NmUyZmFmODNmNDE0YTZlM2RhYmU5ZDVmYmUxODk3NjU0NGMwNWZlZDEyMWFjY2I4NWI1M2ZjIiwibmFtZSI6IndlaWdodHMvcGFydC0xLmJpbiJ9LHsiYWxnb3JpdGhtIjoic2hhMjU2IiwiZGlnZXN0IjoiMGNlMzk0MGJlYmYyYjIyYTVkMjEwOGVjZjBjMzY4YTA1NDFjN2UzYzQ1NzAzZjg1NDA5MjFiNGVhZmM4Mjk0NyIsIm5hbWUiOiJ3ZWlnaHRzL3BhcnQtMi5iaW4ifV0sInNlcmlhbGl6YXRpb24iOnsiYWxsb3dfc3ltbGlua3MiOmZhbHNlLCJoYXNoX3R5cGUiOiJzaGEyNTYiLCJpZ25vcmVfcGF0aHMiOlsibW9kZWwuc2lnIiwiLmdpdCIsIi5naXRhdHRyaWJ1dGVzIiwiLmdpdGh1YiIsIi5naXRpZ25vcmUiXSwibWV0aG9kIjoic2hhcmRzIn19LCJwcmVkaWNhdGVUeXBlIjoiaHR0cHM6Ly9tb2RlbF9zaWduaW5nL3NpZ25hdHVyZS92MS4wIiwic3ViamVjdCI6W3siZGlnZXN0Ijp7InNoYTI1NiI6ImNmMDkxODIzOWUwMjI2YjFjNDE0N2IxODU2ZGFiMmRmNTk0OWM1MmUwODgyNTZmMjljMGI5N2NjYzAzNzUwODEifSwibmFtZSI6ImRlbW8ifV19",
    "payloadType": "application/vnd.in-toto+json",
    "signatures": [
      {
        "keyid": "",
        "sig": "WhODLcEXbX9ZEC8xGZtrAkvTjfMQcPkgBEXhMGguigfOXHOL/CifHVBbQahRwrEulLeVM0pY2r+U+m8QbH9eBA=="
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
