using System.Collections.Immutable;
using OfflineKit.Encoding;
using OfflineKit.Signing.Services;
using OfflineKit.Trust;

namespace OfflineKit.Signer.Configuration;

/// <summary>Reads how a profile signs under an identity. A certificate lives for minutes, so that something must prove the time: a timestamp, or an attestor that logs.</summary>
internal static class KeylessReader
{
    /// <summary>The section <c>keyless</c>.</summary>
    public static KeylessConfiguration Read(Section section, ConfigurationPlace place)
    {
        ImmutableArray<SigstoreTrustedRoot> roots = section.Try(
            () => SigstoreTrustedRootFile.Parse(InputFile.ReadAll(place.File(section.Text("trustedRoot")), OfflineKit.Limits.SignatureFile, "trusted root"), "trustedRoot", retrievedOn: ""), []);
        string? timestamps = section.OptionalText("timestamp"), log = section.OptionalText("log");
        KeylessConfiguration read = new(
            ServiceAddress.Parse(section.Text("fulcio"), "fulcio"),
            place.File(section.Text("identityToken")),
            roots is [var only] ? only : throw new MalformedException($"{section.Path}.trustedRoot: {roots.Length} roots, wanted one"),
            timestamps is null ? null : ServiceAddress.Parse(timestamps, "timestamp"))
        {
            Identity = section.OptionalText("identity"),
        };
        section.End();
        if ((timestamps is null) == (log is null) || log is not (null or "attestor"))
        {
            section.Fault("wanted one of timestamp: URL and log: attestor: without either nobody could verify what was signed once its certificate has ended");
        }

        if (read.Timestamps is not null && !read.Root.Logs.IsEmpty)
        {
            section.Fault("trustedRoot lists logs, and this service asks none: verifiers would want an entry; name a root without tlogs, or log: attestor");
        }

        return read;
    }
}
