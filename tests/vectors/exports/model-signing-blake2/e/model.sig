{
  "dsseEnvelope": {
    "payload": "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEiLCJwcmVkaWNhdGUiOnsicmVzb3VyY2VzIjpbeyJhbGdvcml0aG0iOiJibGFrZTJiIiwiZGlnZXN0IjoiMDlkMzQzYzM3ZGUwYmJhMTQzYjdmZjQ1ZjgyYzBhYjkzMDg1MzFkY2M3OGI1NmI4ZWI0MGM1OTM4YzRiZTQxOCIsIm5hbWUiOiJjb25maWcuanNvbiJ9LHsiYWxnb3JpdGhtIjoiYmxha2UyYiIsImRpZ2VzdCI6ImFlNGIzMjgwZTU2ZTJmYWY4M2Y0MTRhNmUzZGFiZTlkNWZiZTE4OTc2NTQ0YzA1ZmVkMTIxYWNjYjg1YjUzZmMiLCJuYW1lIjoid2VpZ2h0cy9wYXJ0LTEuYmluIn0seyJhbGdvcml0aG0iOiJibGFrZTJiIiwiZGlnZXN0IjoiMGNlMzk0MGJlYmYyYjIyYTVkMjEwOGVjZjBjMzY4YTA1NDFjN2UzYzQ1NzAzZjg1NDA5MjFiNGVhZmM4Mjk0NyIsIm5hbWUiOiJ3ZWlnaHRzL3BhcnQtMi5iaW4ifV0sInNlcmlhbGl6YXRpb24iOnsiYWxsb3dfc3ltbGlua3MiOmZhbHNlLCJoYXNoX3R5cGUiOiJibGFrZTJiIiwiaWdub3JlX3BhdGhzIjpbIm1vZGVsLnNpZyIsIi5naXQiLCIuZ2l0YXR0cmlidXRlcyIsIi5naXRodWIiLCIuZ2l0aWdub3JlIl0sIm1ldGhvZCI6ImZpbGVzIn19LCJwcmVkaWNhdGVUeXBlIjoiaHR0cHM6Ly9tb2RlbF9zaWduaW5nL3NpZ25hdHVyZS92MS4wIiwic3ViamVjdCI6W3siZGlnZXN0Ijp7InNoYTI1NiI6ImNmMDkxODIzOWUwMjI2YjFjNDE0N2IxODU2ZGFiMmRmNTk0OWM1MmUwODgyNTZmMjljMGI5N2NjYzAzNzUwODEifSwibmFtZSI6ImRlbW8ifV19",
    "payloadType": "application/vnd.in-toto+json",
    "signatures": [
      {
        "keyid": "",
        "sig": "pd0CavsA71TXgT6t4qLmFsBMlSnhK2rOFctmzB7Pe3dioAAetGQbEZgh6hdMtZZcmVTXTWDnOgHRZSCjtBhjAg=="
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
