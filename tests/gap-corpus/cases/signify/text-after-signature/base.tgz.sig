untrusted comment: verify with base.pub
RWQREhMUFRYXGMggjAFecWqIg9UFb21n1uVMzlneVPZG1kiMcIKAh3nQ8jIcZC9FcQt5doe4A96xajTwihoRP0aZAIpow5mL/gQ=
SHA256 (base.tgz) = 0
