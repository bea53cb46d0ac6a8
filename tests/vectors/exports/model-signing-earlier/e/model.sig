{
  "dsseEnvelope": {
    "payload": "eyJfdHlwZSI6Imh0dHBzOi8vaW4tdG90by5pby9TdGF0ZW1lbnQvdjEiLCJwcmVkaWNhdGUiOnt9LCJwcmVkaWNhdGVUeXBlIjoiaHR0cHM6Ly9tb2RlbF9zaWduaW5nL0RpZ2VzdHMvdjAuMSIsInN1YmplY3QiOlt7ImRpZ2VzdCI6eyJzaGEyNTYiOiIwOWQzNDNjMzdkZTBiYmExNDNiN2ZmNDVmODJjMGFiOTMwODUzMWRjYzc4YjU2YjhlYjQwYzU5MzhjNGJlNDE4In0sIm5hbWUiOiJjb25maWcuanNvbiJ9LHsiZGlnZXN0Ijp7InNoYTI1NiI6ImFlNGIzMjgwZTU2ZTJmYWY4M2Y0MTRhNmUzZGFiZTlkNWZiZTE4OTc2NTQ0YzA1ZmVkMTIxYWNjYjg1YjUzZmMifSwibmFtZSI6IndlaWdodHMvcGFydC0xLmJpbiJ9LHsiZGlnZXN0Ijp7InNoYTI1NiI6IjBjZTM5NDBiZWJmMmIyMmE1ZDIxMDhlY2YwYzM2OGEwNTQxYzdlM2M0NTcwM2Y4NTQwOTIxYjRlYWZjODI5NDcifSwibmFtZSI6IndlaWdodHMvcGFydC0yLmJpbiJ9XX0=",
    "payloadType": "application/vnd.in-toto+json",
    "signatures": [
      {
        "keyid": "",
        "sig": "IT3S2N8Xr5aaSXkgFgT2BQ9fCk1/3RRAgrHWyekvdkWVEWTLw+GvqVRi4ptR0w4swLxpIIHCrBMgcXp3ThrUDQ=="
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
