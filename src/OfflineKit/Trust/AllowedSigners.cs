using System.Collections.Immutable;
using OfflineKit.Encoding;

namespace OfflineKit.Trust;

/// <summary>One line of an allowed_signers file: who may sign with which key, for which namespaces, when.</summary>
/// <param name="Line">Its number in the file, from 1.</param>
/// <param name="Principals">The pattern list of identities.</param>
/// <param name="Options">What limits the key.</param>
/// <param name="Blob">The key in SSH wire form, to be compared with the one in a signature.</param>
/// <param name="Key">The key, or why it is refused; a refused key spoils only its own line.</param>
internal sealed record AllowedSigner(int Line, string Principals, SshSignerOptions Options, ReadOnlyMemory<byte> Blob, Result<SshPublicKey> Key)
{
    /// <summary>The file, for reports.</summary>
    public string Source { get; init; } = "";

    /// <summary>Active, deprecated or revoked, as the list's own trust root says; single keys are revoked by <see cref="TrustStore.Revocations"/>.</summary>
    public KeyStatus Status { get; init; } = KeyStatus.Active;

    /// <summary>Why the line cannot be read, so that it lets nobody sign; null for a line that can.</summary>
    public Finding? Unreadable { get; init; }

    /// <summary>The key of this line, in the name of <paramref name="identity"/> and with the line's limits.</summary>
    /// <exception cref="InvalidOperationException">The line's key is refused.</exception>
    internal TrustedKey KeyOf(string identity) => new(identity, (Key.Value ?? throw new InvalidOperationException($"line {Line} holds no key")).Material, Source)
    {
        IsNamedByQuestion = !IsOf(identity),
        Validity = Options.Validity,
        Status = Status,
        Scope = new KeyScope { NamespacePatterns = Options.Namespaces },
    };

    /// <summary>The line is about <paramref name="identity"/>.</summary>
    public bool Names(string identity) => Unreadable is null && SshPattern.ListMatches(Principals, identity);

    /// <summary>The line spells out <paramref name="name"/>: a pattern that only allows it defines no name.</summary>
    public bool IsOf(string name) => Names(name) && Principals.Split(',').Contains(name, StringComparer.Ordinal) && name.AsSpan().IndexOfAny("*?!") < 0;
}

/// <summary>Reads OpenSSH's allowed_signers files.</summary>
/// <remarks>
/// Shape: <c>principals [options] keytype base64 [comment]</c>; empty lines and lines that begin with # are skipped. A line that cannot be read lets nobody sign, is said, and spoils no
/// other, as in ssh-keygen. Errors: <see cref="MalformedException"/> where no line can be read. Source: ssh-keygen(1), ALLOWED SIGNERS.
/// </remarks>
internal static class AllowedSigners
{
    /// <summary>The signers in <paramref name="content"/>.</summary>
    public static ImmutableArray<AllowedSigner> Parse(ReadOnlyMemory<byte> content, string source)
    {
        content = ByteOrderMark.Narrow(content, "allowed signers");
        var signers = ImmutableArray.CreateBuilder<AllowedSigner>();
        LineCursor lines = new(content.Span);
        for (int number = 1; !lines.AtEnd; number++)
        {
            string what = $"allowed signers line {number}";
            string line = Utf8Text.DecodePrintable(lines.Line(what), what).Trim(' ', '\t');
            if (line.Length > 0 && line[0] != '#')
            {
                signers.Add(Read(line, number, what) with { Source = source });
            }
        }

        return signers.FirstOrDefault()?.Unreadable is { } first && signers.All(signer => signer.Unreadable is not null) ? throw new MalformedException(first.Reason, first.Detail)
            : signers.Count > 0 ? signers.ToImmutable() : throw new MalformedException("allowed signers: no signer");
    }

    private static AllowedSigner Read(string line, int number, string what)
    {
        Result<AllowedSigner> read = Result.Parse(Reasons.MalformedTrust, () => ParseLine(line, number, what));
        return read.Value ?? new AllowedSigner(number, Principals: "", SshSignerOptions.None, ReadOnlyMemory<byte>.Empty, new Result<SshPublicKey>(Value: null, read.Finding)) { Unreadable = read.Finding };
    }

    private static AllowedSigner ParseLine(string line, int number, string what)
    {
        SshTokens words = new(line, what);
        string principals = words.Next("principals");
        if (principals.Split(',').Any(pattern => pattern.Length == 0 || pattern == "!"))
        {
            throw new MalformedException($"{what}: an empty principal");
        }

        string word = words.Next("key type");
        SshSignerOptions options = SshSignerOptions.None;
        if (word.ToLowerInvariant() is "gpg" or "pgp" or "openpgp")
        {
            throw new MalformedException($"{what}: a GnuPG key, which makes no SSH signatures: give its certificate as the key, for what it signed");
        }

        if (!IsKeyType(word))
        {
            options = SshSignerOptions.Parse(word, what);
            word = words.Next("key type");
        }

        byte[] blob = StrictBase64.Decode(words.Next("key"), what);
        SshCursor cursor = new(blob, what);
        return string.Equals(cursor.Text(), word, StringComparison.Ordinal)
            ? new AllowedSigner(number, Unquoted(principals), options, blob, Result.Parse(Reasons.MalformedKey, () => SshPublicKey.Parse(blob)))
            : throw new MalformedException($"{what}: the key is not of type {word}");
    }

    private static bool IsKeyType(string word) =>
        word.StartsWith("ssh-", StringComparison.Ordinal) || word.StartsWith("ecdsa-sha2-", StringComparison.Ordinal) || word.StartsWith("sk-", StringComparison.Ordinal);

    // ssh-keygen takes one pair of quotes away, around the whole; inside it they would be part of a name, and of an exclusion that excludes nobody.
    private static string Unquoted(string word)
    {
        string inner = word is ['"', .. string between, '"'] ? between : word;
        return inner.Contains('"', StringComparison.Ordinal) ? throw new MalformedException("allowed signers: a quote inside the principals") : inner;
    }
}
