using OfflineKit.Formats.Dossier;
using OfflineKit.Policy;
using OfflineKit.Signing.Formats.Dossier;
using OfflineKit.Signing.Output;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Tests.Dossier;

/// <summary>Every byte of a signed dossier, changed, taken out and doubled: what is still trusted says the same to another reader.</summary>
public sealed class DossierMutationTests
{
    private const string Legacy = "---dossier\n{\"dossier_schema_version\":\"1.0.0\",\"title\":\"T é\",\"version\":\"1.0.0\",\"risk_level\":\"low\",\"n\":[1.5,{\"b\":null,\"a\":true}]}\n---\nbody\n---\n";
    private const string Skill = "---\nname: a\ndescription: it's\nmetadata:\n  dossier.dossier_schema_version: 1.0.0\n  dossier.title: \"T\\u00e9\"\n  dossier.version: 1.0.3\n  dossier.risk_level: low\n  x: '[1, 2]'\n---\nbody\n";

    [Theory]
    [InlineData(Legacy, 1)]
    [InlineData(Legacy, 2)]
    [InlineData(Legacy, 3)]
    [InlineData(Skill, 3)]
    public async Task A_changed_dossier_is_refused_or_says_the_same(string document, int scheme)
    {
        DossierTeam team = DossierTeam.Create();
        SigningSession session = new(team, pinned: null, new DossierInPlace { Scheme = (DossierScheme)scheme }, DateTimeOffset.UnixEpoch, audit: null);
        using MemoryStream output = new();
        await session.SignAsync(new SigningOrder("a.ds.md", new MemoryStream(System.Text.Encoding.UTF8.GetBytes(document)), OutputTarget.To(output, "memory")), TestContext.Current.CancellationToken);
        byte[] signed = output.ToArray();
        VerificationContext context = new(new TrustStore { Keys = [new TrustedKey("team", team.PublicKey.Material, "test")] }, Expectations.None, StatedTime: null);
        Assert.True(IsTrusted(signed, context));
        byte[] payload = IndependentDossier.Read(System.Text.Encoding.UTF8.GetString(signed)).Payload;
        int refused = 0, kept = 0;
        foreach (byte[] changed in Changed(signed))
        {
            bool trusted = IsTrusted(changed, context);
            _ = trusted ? kept++ : refused++;
            string text = System.Text.Encoding.UTF8.GetString(changed);
            Assert.True(!trusted || payload.AsSpan().SequenceEqual(IndependentDossier.Read(text).Payload), text);
        }

        Assert.True(refused > kept && kept > 0, $"{refused} refused, {kept} kept");
    }

    // What the layouts know, put in every place of the front matter, beside the smallest changes of every byte.
    private static IEnumerable<byte[]> Changed(byte[] whole)
    {
        byte[][] inserted = ["\n"u8.ToArray(), " "u8.ToArray(), "#"u8.ToArray(), "\""u8.ToArray(), "\n---\n"u8.ToArray(), "\\"u8.ToArray()];
        for (int at = 0; at < whole.Length; at++)
        {
            foreach (byte other in (byte[])[(byte)(whole[at] ^ 1), (byte)(whole[at] ^ 0x20), (byte)(whole[at] ^ 0x80)])
            {
                yield return [.. whole[..at], other, .. whole[(at + 1)..]];
            }

            yield return [.. whole[..at], .. whole[(at + 1)..]];
            foreach (byte[] more in inserted)
            {
                yield return [.. whole[..at], .. more, .. whole[at..]];
            }
        }
    }

    private static bool IsTrusted(byte[] dossier, VerificationContext context) =>
        Verifier.Verify(new VerificationRequest(Artifact: null, dossier, context, SignaturePolicy.AnyPinnedSigner) { Format = new DossierFormat() }).IsTrusted;
}
