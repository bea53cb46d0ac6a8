using NSec.Cryptography;
using OfflineKit.Crypto;
using OfflineKit.Signing.Formats.Dossier;
using SignatureAlgorithm = NSec.Cryptography.SignatureAlgorithm;

namespace OfflineKit.Signing.Tests.Dossier;

/// <summary>A team's Ed25519 key, in memory, and its line in a list of trusted keys.</summary>
internal sealed class DossierTeam : SigningKey
{
    private readonly Key _key;

    private DossierTeam(Key key, KeyMaterial material)
        : base(KeyUri.Parse("team.pem"), Crypto.PublicKey.Bind(material, SignatureScheme.Ed25519), "team") => _key = key;

    public static DossierTeam Create()
    {
        Key key = Key.Create(SignatureAlgorithm.Ed25519);
        return new DossierTeam(key, KeyMaterial.Ed25519(key.PublicKey.Export(KeyBlobFormat.RawPublicKey)));
    }

    public override bool IsLocal => true;

    public string TrustedLine => $"{DossierKeyText.Of(PublicKey.Material)} The team\n";

    public byte[] Sign(byte[] message) => SignatureAlgorithm.Ed25519.Sign(_key, message);

    /// <summary>The signature in <paramref name="dossier"/> is this team's, by another reader and another way to the primitive.</summary>
    public bool Signed(IndependentDossier dossier) => SignatureAlgorithm.Ed25519.Verify(
        NSec.Cryptography.PublicKey.Import(SignatureAlgorithm.Ed25519, Convert.FromBase64String(dossier.Signature["public_key"]!.GetValue<string>()), KeyBlobFormat.RawPublicKey),
        dossier.Payload,
        Convert.FromBase64String(dossier.Signature["signature"]!.GetValue<string>()));

    protected override Task<KeyAnswer> AskAboutMessageAsync(ReadOnlyMemory<byte> message, CancellationToken cancellation) => Task.FromResult(new KeyAnswer(Sign(message.ToArray())));

    protected override Task<KeyAnswer> AskAboutDigestAsync(Digest digest, CancellationToken cancellation) => throw new NotSupportedException();
}
