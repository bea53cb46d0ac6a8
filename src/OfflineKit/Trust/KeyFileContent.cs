using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Trust.OpenPgp;

namespace OfflineKit.Trust;

/// <summary>What a public key file holds.</summary>
/// <param name="Keys">The keys: any of them may have signed.</param>
/// <param name="LeftOut">Certificates beside them that nothing can be verified by.</param>
internal sealed record KeyFileContent(ImmutableArray<TrustedKey> Keys, ImmutableArray<LeftOutCertificate> LeftOut)
{
    /// <summary>Keys that are not meant: they sign nothing, and what their certificates say of keys still holds.</summary>
    public ImmutableArray<TrustedKey> Beside { get; init; } = [];

    /// <summary>Revocations of OpenPGP keys that stand in none of the certificates among the keys.</summary>
    public ImmutableArray<PlacedRevocation> Revocations { get; init; } = [];

    /// <summary>This content, where it says something of a key that can be used.</summary>
    /// <exception cref="MalformedException">It does not: why not.</exception>
    public KeyFileContent Demanded() => Keys.IsEmpty && Beside.IsEmpty && Revocations.IsEmpty ? throw new MalformedException(LeftOut[0].Why.Reason, LeftOut[0].Why.Detail) { Advice = LeftOut[0].Why.Advice } : this;

    /// <summary>Of several keys those that are called one of <paramref name="ids"/>; all of them where there is no id.</summary>
    public KeyFileContent Chosen(ImmutableArray<string> ids) => ids.IsEmpty || Keys.Length == 1
        ? this
        : this with { Keys = [.. Keys.Where(IsMeant(ids))], Beside = [.. Keys.Where(key => !IsMeant(ids)(key))] };

    private static Func<TrustedKey, bool> IsMeant(ImmutableArray<string> ids) => key => key.Only(ids) is not null;
}
