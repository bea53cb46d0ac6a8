using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Trust;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign trust revoke</c>: a listed key by name, or any key or certificate by fingerprint.</summary>
internal sealed class TrustRevokeCommand
{
    private readonly Argument<string> _folder = TrustCommand.Folder();
    private readonly Argument<string?> _name = new("NAME") { Description = "the name of a listed key", Arity = ArgumentArity.ZeroOrOne };
    private readonly Option<string?> _fingerprint = Hex("--fingerprint", "instead of NAME: SHA-256 of a key's SubjectPublicKeyInfo, whoever uses it: signers, authorities, logs; or an OpenPGP fingerprint");
    private readonly Option<string?> _certificate = Hex("--certificate", "instead of NAME: SHA-256 of a certificate in DER");
    private readonly Option<string?> _on = Time("--on", "when it was revoked or deprecated; default: now");
    private readonly Option<string?> _since = Time("--compromised-since", "from when on signatures may be a thief's; those proved to be older stay good");
    private readonly Option<string?> _until = Time("--compromised-until", "until when, for the record; it saves nothing, since no proof of time says that a signature is no older");
    private readonly Option<bool> _superseded = new("--not-compromised") { Description = "the key was only replaced: signatures proved to be older than the revocation stay good" };
    private readonly Option<bool> _deprecate = new("--only-deprecate") { Description = "announce the key's end; its signatures stay good, and every report says so" };
    private readonly Option<string> _why = new("--reason") { Description = "what happened", HelpName = "TEXT", Required = true };
    private readonly LifeOptions _life = new();

    /// <summary>The command.</summary>
    public static Command Create() => new TrustRevokeCommand().Build();

    private CommandWithExample Build()
    {
        CommandWithExample command = new(
            "revoke",
            "Revoke a listed key, or any key or certificate by its fingerprint. Without a word on the compromise no signature by it counts.",
            "offlinekit-sign trust revoke repo release-2025 --compromised-since 2026-03-01T00:00:00Z --reason \"laptop stolen\"")
        {
            _folder, _name, _fingerprint, _certificate, _on, _since, _until, _superseded, _deprecate, _why,
        };
        _life.AddTo(command);
        command.SetAction(arguments =>
        {
            DateTimeOffset now = DateTimeOffset.UtcNow;
            string folder = arguments.GetRequiredValue(_folder);
            Apply(new TrustRepositoryFolder(folder), Status(arguments, now), arguments, now);
            return TrustCommand.Staged(folder);
        });
        return command;
    }

    private void Apply(TrustRepositoryFolder repository, KeyStatus status, ParseResult arguments, DateTimeOffset now)
    {
        MetadataLife life = _life.Of(arguments);
        switch (arguments.GetValue(_name), arguments.GetValue(_fingerprint), arguments.GetValue(_certificate))
        {
            case ({ } name, null, null):
                repository.SetStatus(name, status, life, now);
                break;
            case (null, { } key, null) when status.Phase == KeyPhase.Revoked:
                repository.RevokeUnlisted("fingerprint", RevocationList.Fingerprint(key, "--fingerprint"), status, life, now);
                break;
            case (null, null, { } certificate) when status.Phase == KeyPhase.Revoked:
                repository.RevokeUnlisted("certificate", Digest.FromHex(DigestAlgorithm.Sha256, certificate, "--certificate").Hex, status, life, now);
                break;
            default:
                throw new UsageException("trust revoke needs a NAME, a --fingerprint or a --certificate, one of them", "only a listed key, by its NAME, can be deprecated");
        }
    }

    private KeyStatus Status(ParseResult arguments, DateTimeOffset now)
    {
        DateTimeOffset on = Of(arguments, _on) ?? now;
        DateTimeOffset? since = Of(arguments, _since), until = Of(arguments, _until);
        bool isSuperseded = arguments.GetValue(_superseded), hasWindow = since is not null || until is not null;
        string why = arguments.GetRequiredValue(_why);
        if (arguments.GetValue(_deprecate))
        {
            return isSuperseded || hasWindow
                ? throw new UsageException("a deprecated key is not compromised", "leave out --only-deprecate to revoke it")
                : new KeyStatus(KeyPhase.Deprecated, on, Compromise: null, why);
        }

        return isSuperseded && hasWindow
            ? throw new UsageException("--not-compromised and a compromise exclude each other", "give one of them")
            : KeyStatus.Revoked(isSuperseded || hasWindow ? on : null, since, until, why);
    }

    private static DateTimeOffset? Of(ParseResult arguments, Option<string?> option) =>
        arguments.GetValue(option) is { } text ? Rfc3339.Parse(text, option.Name) : null;

    private static Option<string?> Time(string name, string description) => new(name) { Description = description, HelpName = "TIME" };

    private static Option<string?> Hex(string name, string description) => new(name) { Description = description, HelpName = "HEX" };
}
