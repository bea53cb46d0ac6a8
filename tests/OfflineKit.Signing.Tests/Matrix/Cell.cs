using System.Collections.Concurrent;
using OfflineKit.Crypto;
using OfflineKit.Signing.Tests.Services;

namespace OfflineKit.Signing.Tests.Matrix;

/// <summary>One way to sign: where the key is, the algorithm in that service's words, the kind of key.</summary>
internal sealed record Cell(string Source, AlgorithmLabel Label, KeyKind Kind, int RsaBits)
{
    // Making RSA keys takes longer than everything else here.
    private static readonly ConcurrentDictionary<(KeyKind, int), ServiceKeyPair> Pairs = new();

    public ServiceKeyPair Pair => Pairs.GetOrAdd((Kind, RsaBits), static of => ServiceKeyPair.Of(of.Item1, of.Item2));

    /// <summary>Every cell of <paramref name="source"/> that the code allows.</summary>
    public static IEnumerable<Cell> Of(string source) => source switch
    {
        "aws" => Labelled(source, KeyService.Aws),
        "azure" => Labelled(source, KeyService.Azure),
        // Google hands out post-quantum keys in another way, which is not asked for here.
        "google" => Labelled(source, KeyService.Google).Where(cell => cell.Label.Scheme != SignatureScheme.MlDsa),
        // The transit engine has no secp256k1, and ML-DSA in one edition only; a service labels nothing, so the schemes' own labels are used.
        "vault" or "openbao" => Labelled(source, KeyService.Aws).Where(cell => cell.Kind != KeyKind.Secp256k1 && cell.Label.Scheme != SignatureScheme.MlDsa),
        "file" => Labelled(source, KeyService.Aws),
        _ => throw new ArgumentOutOfRangeException(nameof(source), source, "no such source"),
    };

    /// <summary>The key, opened by the real client; what it lives in goes with <paramref name="stay"/>.</summary>
    public async Task<SigningKey> OpenAsync(List<IDisposable> stay)
    {
        T Staying<T>(T stub) where T : IDisposable
        {
            stay.Add(stub);
            return stub;
        }

        SchemeChoice scheme = new(Label.Scheme, ForRsa: null);
        return Source switch
        {
            "aws" => await Staying(new AwsStub(Pair)).OpenAsync(scheme: scheme),
            "azure" => await Staying(new AzureStub(Pair)).OpenAsync(scheme: scheme),
            "google" => await Staying(new GoogleStub(Pair, Label.Text)).OpenAsync(),
            "vault" => await Staying(new VaultStub(Pair)).OpenAsync("hashivault://release", scheme),
            "openbao" => await Staying(new VaultStub(Pair)).OpenAsync("openbao://release", scheme),
            _ => await KnownKeySources.OpenAsync(
                KeyUri.Parse(Staying(new Folder()).Write("key.pem", Pair.PrivatePem)), new KeyOpening { Scheme = scheme }, TestContext.Current.CancellationToken),
        };
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Source} {Label.Text} {Kind}{(Kind == KeyKind.Rsa ? RsaBits : "")}";

    private static IEnumerable<Cell> Labelled(string source, KeyService service) =>
        from label in AlgorithmLabel.All
        where label.Service == service
        from kind in label.OnlyKind is { } only ? [only] : label.Scheme.Keys.AsEnumerable()
        // Where the label leaves the size open, each size comes once with each padding.
        select new Cell(source, label, kind, kind != KeyKind.Rsa ? 0 : label.RsaBits != 0 ? label.RsaBits : label.Scheme.Digest switch { DigestAlgorithm.Sha256 => 2048, DigestAlgorithm.Sha384 => 3072, _ => 4096 });
}
