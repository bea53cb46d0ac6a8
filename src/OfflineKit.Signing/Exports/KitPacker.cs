using System.Collections.Immutable;
using OfflineKit.Archives;
using OfflineKit.Formats.Dsse;
using OfflineKit.Signing.Audit;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Output;
using OfflineKit.X509;

namespace OfflineKit.Signing.Exports;

/// <summary>Makes kits: the same input and deterministic keys give the same bytes on any machine.</summary>
/// <remarks>Ed25519 and RSA PKCS#1 signatures are deterministic; ECDSA signatures differ from run to run. Source: docs/spec/kit.md.</remarks>
internal sealed class KitPacker
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
    /// <param name="signers">Who will sign it.</param>
    /// <exception cref="SigningException"><c>sign.unsuitable-subject</c>.</exception>
    public static KitPacker Collect(KitOrder order, KitSigners signers)
    {
        KitFormat.Check(order);
        ImmutableArray<Certificate> certificates = KitCertificates.Read(order.Chains, signers.Statement.Select(signer => signer.Key.PublicKey.Material));
        ImmutableArray<KitFile> files = KitContent.Sorted(
        [
            .. KitContent.Below(order.Folder, ""),
            .. order.TrustFolder is { } folder ? KitContent.Below(folder, "trust/") : [],
            .. signers.PublicKeys,
            .. certificates.IsEmpty ? (KitFile[])[] : [KitFile.Of(KitFormat.Certificates, KitCertificates.Text(certificates))],
            KitFile.Of(KitFormat.Instructions, new KitInstructions(order, signers, certificates).Text()),
        ]);
        return new KitPacker(files, KitFormat.ListOf(order, files));
    }

    /// <summary>Signs the list: a statement by every signer; and the list itself for minisign and as a Sigstore bundle.</summary>
    /// <remarks>Every signature is verified by the core before it is kept.</remarks>
    public async Task SignAsync(KitOrder order, KitSigners signers, AuditLog? audit, CancellationToken cancellation)
    {
        byte[] statement = KitFormat.StatementOf(order, List.ToArray());
        byte[]? envelope = null;
        foreach (KitSigner signer in signers.Statement)
        {
            DssePayload payload = envelope is null ? new DssePayload.Spelled(statement) : new DssePayload.Signed(DsseEnvelope.Parse(envelope));
            envelope = await SignedAsync(signer, new DsseEnvelopeSignature(payload)).ConfigureAwait(false);
        }

        _control.Add((KitFormat.Statement, envelope ?? throw new ArgumentException("nobody signs the kit", nameof(signers))));
        if (signers.Minisign is { } minisign)
        {
            _control.Add((KitFormat.Minisign, await SignedAsync(minisign, new MinisignSignature { TrustedComment = $"{order.Name} {order.Version}\tfile:{KitFormat.List}\thashed" }).ConfigureAwait(false)));
        }

        if (signers.Bundle is { } bundle)
        {
            _control.Add((KitFormat.Bundle, await SignedAsync(bundle, new SigstoreBundleSignature(statement: null)).ConfigureAwait(false)));
        }

        async Task<byte[]> SignedAsync(KitSigner signer, SignatureFormat format)
        {
            using MemoryStream signature = new();
            SigningOrder list = new(KitFormat.List, new MemoryStream(List.ToArray(), writable: false), OutputTarget.To(signature, KitFormat.List));
            await new SigningSession(signer.Key, signer.Pinned, format, order.CreatedAt, audit).SignAsync(list, cancellation).ConfigureAwait(false);
            return signature.ToArray();
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
}
