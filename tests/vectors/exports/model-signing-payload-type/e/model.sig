{
  "dsseEnvelope": {
    "payload": "e30=",
    "payloadType": "application/octet-stream",
    "signatures": [
      {
        "keyid": "",
        "sig": "dojh4OUF8gFy6kJf+KrSwN2rYJ4N6sH1hRoqZhHtb8Vu6XyupGwwsuO8oNGYzX0SJI2/J9xBMH5hYYE1FHQaCw=="
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
