{
  "dsseEnvelope": {
    "payload": "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEiLCJwcmVkaWNhdGUiOnsicmVzb3VyY2VzIjpbeyJhbGdvcml0aG0iOiJzaGEyNTYiLCJkaWdlc3QiOiIwOWQzNDNjMzdkZTBiYmExNDNiN2ZmNDVmODJjMGFiOTMwODUzMWRjYzc4YjU2YjhlYjQwYzU5MzhjNGJlNDE4IiwibmFtZSI6ImNvbmZpZy5qc29uIn0seyJhbGdvcml0aG0iOiJzaGEyNTYiLCJkaWdlc3QiOiJhZTRiMzI4MGU1NmUyZmFmODNmNDE0YTZlM2RhYmU5ZDVmYmUxODk3NjU0NGMwNWZlZDEyMWFjY2I4NWI1M2ZjIiwibmFtZSI6IndlaWdodHMvcGFydC0xLmJpbiJ9LHsiYWxnb3JpdGhtIjoic2hhMjU2IiwiZGlnZXN0IjoiMGNlMzk0MGJlYmYyYjIyYTVkMjEwOGVjZjBjMzY4YTA1NDFjN2UzYzQ1NzAzZjg1NDA5MjFiNGVhZmM4Mjk0NyIsIm5hbWUiOiJ3ZWlnaHRzL3BhcnQtMi5iaW4ifV0sInNlcmlhbGl6YXRpb24iOnsiYWxsb3dfc3ltbGlua3MiOmZhbHNlLCJoYXNoX3R5cGUiOiJzaGEyNTYiLCJpZ25vcmVfcGF0aHMiOlsibW9kZWwuc2lnIiwiLmdpdCIsIi5naXRhdHRyaWJ1dGVzIiwiLmdpdGh1YiIsIi5naXRpZ25vcmUiXSwibWV0aG9kIjoiZmlsZXMifX0sInByZWRpY2F0ZVR5cGUiOiJodHRwczovL21vZGVsX3NpZ25pbmcvc2lnbmF0dXJlL3YxLjAiLCJzdWJqZWN0IjpbeyJkaWdlc3QiOnsic2hhMjU2IjoiY2YwOTE4MjM5ZTAyMjZiMWM0MTQ3YjE4NTZkYWIyZGY1OTQ5YzUyZTA4ODI1NmYyOWMwYjk3Y2NjMDM3NTA4MSJ9LCJuYW1lIjoiZGVtbyJ9XX0=",
    "payloadType": "application/vnd.in-toto+json",
    "signatures": [
      {
        "keyid": "",
        "sig": "rgZnu+Mh3xhlotGEmBImzO3IMnGqOp/Ue+tBx+ya83DErfHaAv1dbUf5d3HFYRy+PQErWp/dcJoCW5UvU1jJBQ=="
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
