-----BEGIN OPENSSH PRIVATE KEY-----
nothing is in it
-----END OPENSSH PRIVATE KEY-----
