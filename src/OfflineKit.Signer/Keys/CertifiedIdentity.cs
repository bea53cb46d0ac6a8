using OfflineKit.Signing.Instances;
using OfflineKit.Signing.Keyless;
using OfflineKit.Trust;
using OfflineKit.X509;

namespace OfflineKit.Signer.Keys;

/// <summary>Whom a certificate names as the holder of a key that was made for it.</summary>
/// <param name="Certificate">The certificate.</param>
/// <param name="Who">Name and issuer in it.</param>
/// <param name="Root">What it holds under.</param>
/// <param name="Services">Who stamps signatures; null where an attestor logs them.</param>
internal sealed record CertifiedIdentity(Certificate Certificate, SignerIdentity Who, SigstoreTrustedRoot Root, LogAndTimestampServices? Services);
