---dossier
{
  "dossier_schema_version": "1.0.0",
  "title": "Restart the demo",
  "version": "1.0.0",
  "risk_level": "low",
  "checksum": {
    "algorithm": "sha256",
    "hash": "9ff7ae093c3c0c66a35e365554745a66901c4a6e44aea61f7d09fae9fc5d988e"
  },
  "signature": {
    "algorithm": "ECDSA-SHA-256",
    "signature": "MEYCIQDCbiSfhUMLYULIRSGG6NVCfiIz7oCmmY3qStM+TwkV5QIhAJluMMq6Wq74SL6baDaURzdduwsn7008n5CcWiFy23M9",
    "public_key": "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEI156uBgkMQgXejfOla4/oejXS5MwKuzRuQE+tktVhbFjvIOYnt68kuadkXk367wLSV8n1E/QBzJLbIGkq3kAfQ==",
    "key_id": "arn:aws:kms:eu-central-1:111122223333:key/00000000-0000-4000-8000-000000000001",
    "signed_at": "2025-11-16T11:23:36.391Z",
    "signed_by": "Demo Team <team@example.com>"
  }
}
---
# Restart the demo

Stop the service, wait, start it again.
