using OfflineKit.Crypto;
using OfflineKit.Signing.Output;
using OfflineKit.Signing.Tests.Services;
using OfflineKit.Testing;

namespace OfflineKit.Signing.Tests.Matrix;

/// <summary>Every place of keys × algorithm × form: signed by the real client, verified by the core, and by a program that we did not write.</summary>
/// <remarks>cells.txt holds what is allowed, written down; the code must allow exactly that. Keys on tokens have tests of their own, against real tokens.</remarks>
public sealed class MatrixTests
{
    private static readonly DateTimeOffset Time = new(2026, 1, 26, 10, 30, 0, TimeSpan.Zero);

    public static TheoryData<string> Sources => ["aws", "azure", "google", "vault", "openbao", "file"];

    [Fact]
    public void Every_source_and_every_form_of_the_program_is_in_the_matrix()
    {
        Assert.Equal(
            ["AWS KMS", "Azure Key Vault", "Google Cloud KMS", "Vault and OpenBao transit", "key files"],
            KnownKeySources.All.Select(source => source.Name).Where(name => name is not ("PKCS#11" or "plugins")).Order(StringComparer.Ordinal));
        string[] forms = [.. typeof(SignatureFormat).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(SignatureFormat))).Select(type => type.Name).Order(StringComparer.Ordinal)];
        Cell any = new("file", AlgorithmLabel.Find("ECDSA_SHA_256")!, KeyKind.P256, 0);
        Assert.Equal(forms, Form.All.Select(form => form.Write(any)!.GetType().Name).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Every_cell_is_signed_and_openssl_verifies(string source)
    {
        List<string> lines = [];
        foreach (Cell cell in Cell.Of(source))
        {
            List<string> signed = [];
            await EachAsync(cell, (form, key, output, folder) =>
            {
                signed.Add(form.Name);
                // The openssl of many systems is older than ML-DSA; Python judges it below.
                if (form.Take is { } take && cell.Label.Scheme != SignatureScheme.MlDsa)
                {
                    Bare bare = take(output);
                    File.WriteAllBytes(folder["message"], bare.Message);
                    File.WriteAllBytes(folder["value"], bare.Value);
                    Peer.Must(folder.Path, "openssl", Judges.Openssl(key.PublicKey.Scheme));
                }
            });
            lines.Add($"{cell}: {string.Join(' ', signed)}");
        }

        string[] wanted = [.. File.ReadAllLines(Repository.Path("tests", "OfflineKit.Signing.Tests", "Matrix", "cells.txt")).Where(line => line.StartsWith(source + " ", StringComparison.Ordinal))];
        Assert.True(lines.SequenceEqual(wanted), $"cells.txt should say:\n{string.Join('\n', lines)}");
    }

    [Theory]
    [InlineData("aws")]
    [InlineData("file")]
    public async Task Python_verifies_every_ml_dsa_cell(string source)
    {
        using Folder anywhere = new();
        Assert.SkipWhen(Peer.Run(anywhere.Path, "python3", ["-c", "from cryptography.hazmat.primitives.asymmetric import mldsa"]).Exit != 0, "python3 has no package cryptography with ML-DSA (version 48 has it)");
        int judged = 0;
        foreach (Cell cell in Cell.Of(source).Where(cell => cell.Label.Scheme == SignatureScheme.MlDsa))
        {
            await EachAsync(cell, (form, _, output, folder) =>
            {
                Bare bare = form.Take!(output);
                File.WriteAllBytes(folder["message"], bare.Message);
                File.WriteAllBytes(folder["value"], bare.Value);
                Peer.Must(folder.Path, "python3", ["-c", Judges.MlDsa]);
                judged++;
            });
        }

        Assert.Equal(3 * 7, judged);
    }

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Cosign_verifies_every_cell_that_it_knows(string source) => await JudgedAsync(
        source,
        cell => cell.Label.Scheme == SignatureScheme.RsaPkcs1Sha256 || cell.Kind is KeyKind.P256 or KeyKind.Ed25519,
        (_, form) => Judges.Cosign(form) is not null,
        (form, folder) => Peer.Must(folder.Path, "cosign", Judges.Cosign(form)!));

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Sigstore_js_verifies_every_bundle_that_it_knows(string source) => await JudgedAsync(
        source,
        cell => !cell.Label.Scheme.IsRsaPss && cell.Label.Scheme.Digest is not null,
        // It hashes what an envelope signs by SHA-256, whatever the key.
        (cell, form) => form == "sigstore" || (form == "sigstore-dsse" && cell.Label.Scheme.Digest == DigestAlgorithm.Sha256),
        (_, folder) => Peer.Must(folder.Path, "peers-node", ["-e", Judges.SigstoreJs]));

    [Theory]
    [MemberData(nameof(Sources))]
    public async Task Minisign_and_signify_verify_every_ed25519_cell(string source) => await JudgedAsync(
        source,
        cell => cell.Kind == KeyKind.Ed25519,
        (_, form) => form is "minisign" or "signify",
        (form, folder) =>
        {
            // Both know the same words.
            Peer.Must(folder.Path, form == "minisign" ? "minisign" : "signify-openbsd", ["-V", "-m", "a", "-x", "out", "-p", "pin.pub"]);
        });

    private static async Task JudgedAsync(string source, Func<Cell, bool> knows, Func<Cell, string, bool> reads, Action<string, Folder> judge)
    {
        foreach (Cell cell in Cell.Of(source).Where(knows))
        {
            await EachAsync(cell, (form, key, output, folder) =>
            {
                if (reads(cell, form.Name))
                {
                    folder.Write("a", Form.Artifact);
                    folder.Write("root.json", "{\"mediaType\":\"application/vnd.dev.sigstore.trustedroot+json;version=0.1\"}");
                    if (cell.Kind == KeyKind.Ed25519)
                    {
                        File.WriteAllBytes(folder["pin.pub"], PublicKeyText.Write(key, PublicKeyForm.Minisign));
                    }

                    judge(form.Name, folder);
                }
            });
        }
    }

    // Writes every form into "out"; a form that does not suit the key is refused, and nothing is written.
    private static async Task EachAsync(Cell cell, Action<Form, SigningKey, byte[], Folder> written)
    {
        List<IDisposable> stay = [];
        await using SigningKey key = await cell.OpenAsync(stay);
        foreach (Form form in Form.All)
        {
            using Folder folder = new();
            if (form.Write(cell) is not { } format)
            {
                continue;
            }

            SigningSession session = new(key, cell.Pair.Material, format, Time, audit: null);
            SigningOrder order = new("a", new MemoryStream(Encoding.Utf8Text.Encode(form.Subject)), OutputTarget.NewFile(folder["out"]));
            try
            {
                await session.SignAsync(order, TestContext.Current.CancellationToken);
            }
            catch (SigningException refusal)
            {
                Assert.Equal(SigningReasons.SchemeMismatch, refusal.Finding.Reason);
                Assert.Empty(folder.Names);
                continue;
            }

            folder.Write("pin.pem", cell.Pair.Pem);
            written(form, key, File.ReadAllBytes(folder["out"]), folder);
        }

        stay.ForEach(stub => stub.Dispose());
    }
}
