using System.Collections.Immutable;

namespace OfflineKit;

/// <summary>How a policy can name a key, by its name in the trust store or by its fingerprint, and by what it is counted.</summary>
/// <param name="Name">Its name in the trust store; null where the question chose the name, and a pattern or a certificate only allows it: policies never mean that.</param>
/// <param name="Fingerprints">SHA-256 of every SubjectPublicKeyInfo that is this key, lower-case hex; the canonical one comes first.</param>
/// <param name="Holder">By what signers are counted: all keys of one holder have the same (<see cref="Trust.TrustStore.HolderOf"/>).</param>
internal sealed record KeyName(string? Name, ImmutableArray<string> Fingerprints, string Holder);
