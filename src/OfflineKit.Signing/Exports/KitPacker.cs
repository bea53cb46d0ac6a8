using System.Collections.Immutable;
using OfflineKit.Archives;
using OfflineKit.Crypto;
using OfflineKit.Formats.Dsse;
using OfflineKit.Signing.Audit;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Exports;

/// <summary>What to pack.</summary>
/// <param name="Folder">The payload.</param>
/// <param name="Name">The kit's name.</param>
/// <param name="Version">Its version.</param>
/// <param name="CreatedAt">The time that the kit states.</param>
public sealed record KitOrder(string Folder, string Name, string Version, DateTimeOffset CreatedAt)
{
    /// <summary>A trust bundle for the receiver; null for none.</summary>
    public string? TrustFolder { get; init; }
}

/// <summary>A signing key with the public half that the user trusts; null is enough for local keys.</summary>
public sealed record KitSigner(SigningKey Key, KeyMaterial? Pinned);

/// <summary>Makes kits: the same input and deterministic keys give the same bytes on any machine.</summary>
/// <remarks>Ed25519 and RSA PKCS#1 signatures are deterministic; ECDSA signatures differ from run to run. Source: docs/spec/kit.md.</remarks>
public sealed class KitPacker
{
    private readonly ImmutableArray<KitFile> _files;
    private readonly List<(string Name, byte[] Content)> _control = [];

    private KitPacker(ImmutableArray<KitFile> files, byte[] list) => (_files, _control) = (files, [(KitFormat.List, list)]);

    /// <summary>The list, as it is signed.</summary>
    public ReadOnlyMemory<byte> List => _control[0].Content;

    /// <summary>How many files the list names.</summary>
    public int Files => _files.Length;

    /// <summary>Reads and lists the files; nothing is signed yet.</summary>
    /// <param name="order">What to pack.</param>
    /// <param name="fingerprints">Of the keys that will sign, for the instructions.</param>
    /// <param name="hasMinisign">There will be a minisign signature.</param>
    /// <exception cref="SigningException"><c>sign.unsuitable-subject</c>.</exception>
    public static KitPacker Collect(KitOrder order, IEnumerable<string> fingerprints, MinisignPresence hasMinisign)
    {
        KitFormat.Check(order);
        IEnumerable<KitFile> trust = order.TrustFolder is { } folder ? KitContent.Below(folder, "trust/") : [];
        byte[] instructions = KitFormat.InstructionsOf(order, fingerprints, hasMinisign == MinisignPresence.Present);
        ImmutableArray<KitFile> files = KitContent.Sorted([.. KitContent.Below(order.Folder, ""), .. trust, KitFile.Of(KitFormat.Instructions, instructions)]);
        return new KitPacker(files, KitFormat.ListOf(order, files));
    }

    /// <summary>Signs the list: a statement by every one of <paramref name="signers"/>, and by <paramref name="minisign"/> the list itself.</summary>
    /// <remarks>Every signature is verified by the core before it is kept.</remarks>
    public async Task SignAsync(KitOrder order, ImmutableArray<KitSigner> signers, KitSigner? minisign, AuditLog? audit, CancellationToken cancellation)
    {
        byte[] list = _control[0].Content;
        byte[] statement = KitFormat.StatementOf(order, list);
        byte[]? envelope = null;
        foreach (KitSigner signer in signers)
        {
            DssePayload payload = envelope is null ? new DssePayload.Spelled(statement) : new DssePayload.Signed(DsseEnvelope.Parse(envelope));
            envelope = await SignedAsync(new SigningSession(signer.Key, signer.Pinned, new DsseEnvelopeSignature(payload), order.CreatedAt, audit), KitFormat.List, list, cancellation).ConfigureAwait(false);
        }

        _control.Add((KitFormat.Statement, envelope ?? throw new ArgumentException("nobody signs the kit", nameof(signers))));
        if (minisign is not null)
        {
            MinisignSignature format = new() { TrustedComment = $"{order.Name} {order.Version}\tfile:{KitFormat.List}\thashed" };
            _control.Add((KitFormat.Minisign, await SignedAsync(new SigningSession(minisign.Key, minisign.Pinned, format, order.CreatedAt, audit), KitFormat.List, list, cancellation).ConfigureAwait(false)));
        }
    }

    /// <summary>Writes the kit as a tar archive.</summary>
    public void WriteTar(Stream output)
    {
        TarWriter tar = new(output);
        foreach ((string name, byte[] content) in _control)
        {
            tar.Add(name, content);
        }

        foreach (KitFile file in _files)
        {
            using Stream content = file.Open();
            using HashedRead hashed = new(content, file);
            tar.Add(file.Path, hashed, file.Size);
            hashed.RefuseIfChanged();
        }

        tar.Finish();
    }

    /// <summary>Writes the kit as a tar archive in one Zstandard frame.</summary>
    public void WriteTarZst(Stream output)
    {
        using ZstdWriteStream packed = new(output);
        WriteTar(packed);
        packed.Finish();
    }

    /// <summary>Writes the kit as files below <paramref name="folder"/>.</summary>
    public void WriteFolder(string folder)
    {
        foreach (KitFile file in _files.Concat(_control.Select(pair => KitFile.Of(pair.Name, pair.Content))))
        {
            string path = Path.Combine(folder, file.Path.Replace('/', Path.DirectorySeparatorChar));
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using Stream content = file.Open();
            using HashedRead hashed = new(content, file);
            using FileStream copy = new(path, FileMode.CreateNew, FileAccess.Write);
            hashed.CopyTo(copy);
            hashed.RefuseIfChanged();
        }
    }

    private static async Task<byte[]> SignedAsync(SigningSession session, string name, byte[] subject, CancellationToken cancellation)
    {
        using MemoryStream signature = new();
        await session.SignAsync(new SigningOrder(name, new MemoryStream(subject, writable: false), OutputTarget.To(signature, name)), cancellation).ConfigureAwait(false);
        return signature.ToArray();
    }
}

/// <summary>A kit has a minisign signature.</summary>
public enum MinisignPresence
{
    Absent,
    Present,
}
