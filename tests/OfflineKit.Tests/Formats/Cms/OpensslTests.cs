using OfflineKit.Encoding;
using OfflineKit.Formats.Cms;
using OfflineKit.Policy;
using OfflineKit.Testing;
using OfflineKit.Tests.Exports;
using OfflineKit.Trust;

namespace OfflineKit.Tests.Formats.Cms;

/// <summary>What we take for a good CMS signature, openssl takes for one too: of the vectors, and of messages that are changed in one place.</summary>
public sealed class OpensslTests : IDisposable
{
    private const long At = 1796126400;

    // Which openssl before 3.2 does not verify in CMS.
    private const string Ed25519 = "detached-ed";

    // Which openssl does not read as text.
    private const string Utf16 = "written-utf-16";

    // The type of the content, before which nothing but the list of hash functions stands: nobody signed it, openssl hashes by it, and we hash as the signers say.
    private static readonly byte[] ContentType = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x07, 0x01];
    private static readonly string Vectors = Repository.Path("tests", "vectors", "cms");
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-openssl-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Every_vector_that_is_trusted_is_verified_by_openssl_and_every_changed_one_by_neither()
    {
        RequireOpenssl();
        Message[] all = [.. Directory.EnumerateDirectories(Vectors).Select(Message.Of).OfType<Message>().Where(message => message.Name is not (Ed25519 or Utf16))];
        bool[] theirs = Ask(all), ours = [.. all.Select(message => message.IsTrusted())];
        Assert.True(ours.Count(trusted => trusted) > 15, $"{ours.Count(trusted => trusted)} trusted of {all.Length}");
        Assert.Empty(all.Where((message, i) => ours[i] && !theirs[i]).Select(message => message.Name));

        // We are stricter, and say why: what openssl verifies and we do not is none of these.
        Assert.Empty(all.Where((message, i) => theirs[i] && !ours[i] && message.Verdict().Findings[0].Reason == Reasons.SignatureMismatch).Select(message => message.Name));
    }

    [Theory]
    [InlineData("detached-p256")]
    [InlineData("streamed-detached")]
    [InlineData("streamed-everything")]
    [InlineData("streamed-long-lengths")]
    [InlineData("opaque")]
    public void A_changed_message_that_is_trusted_is_verified_by_openssl(string name)
    {
        RequireOpenssl();
        Message good = Message.Of(Path.Combine(Vectors, name))!;
        byte[] behindList = good.Signature[good.Signature.AsSpan().IndexOf(ContentType)..];
        Message[] trusted = [.. Mutation.Of(good.Signature).Where(change => !change.Changed.AsSpan().EndsWith(behindList)).Select(change => good with { Name = change.What, Signature = change.Changed }).Where(message => message.IsTrusted())];
        bool[] theirs = Ask([.. trusted, good]);
        Assert.True(theirs[^1], name);
        Assert.Empty(trusted.Where((_, i) => !theirs[i]).Select(message => message.Name));
    }

    private static void RequireOpenssl() =>
        Assert.SkipUnless((Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => folder.Length > 0 && File.Exists(Path.Combine(folder, "openssl"))), "openssl is not installed");

    private bool[] Ask(Message[] messages)
    {
        for (int i = 0; i < messages.Length; i++)
        {
            File.WriteAllBytes(Path.Combine(_folder, $"{i}.cms"), messages[i].Signature);
            File.WriteAllBytes(Path.Combine(_folder, $"{i}.ca"), messages[i].Authority);
            File.WriteAllBytes(Path.Combine(_folder, $"{i}.txt"), messages[i].File);
        }

        string shell = "while read -r i form content; do if [ \"$content\" = beside ]; then c=\"-content $i.txt\"; else c=; fi; "
            + $"if openssl cms -verify -binary -in $i.cms -inform $form $c -CAfile $i.ca -purpose any -attime {At} -out $i.out > /dev/null 2>&1 && cmp -s $i.out $i.txt; then echo yes; else echo no; fi; done";
        string tasks = string.Concat(messages.Select((message, i) => $"{i} {(message.Signature is [0x30, ..] ? "DER" : "PEM")} {(message.IsDetached ? "beside" : "inside")}\n"));
        Execution run = Execution.Of(["sh", "-c", shell], _folder, System.Text.Encoding.UTF8.GetBytes(tasks), seconds: 300);
        return [.. run.Stdout.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line == "yes")];
    }

    private sealed record Message(string Name, byte[] Signature, byte[] File, byte[] Authority)
    {
        public bool IsDetached => Result.Parse(Reasons.MalformedSignature, () => CmsMessage.Parse(Signature)).Value is { Content: null };

        // Those that name an authority and nothing else that openssl is not asked.
        public static Message? Of(string folder)
        {
            string file = Path.Combine(folder, "a.txt"), own = Path.Combine(folder, "ca.pem");
            string? signature = Directory.EnumerateFiles(folder, "a.txt.*").FirstOrDefault();
            if (signature is null || !System.IO.File.ReadAllText(Path.Combine(folder, "case.txt")).Contains("--ca ", StringComparison.Ordinal))
            {
                return null;
            }

            byte[] message = System.IO.File.ReadAllBytes(signature);
            byte[]? content = System.IO.File.Exists(file) ? System.IO.File.ReadAllBytes(file) : Result.Parse(Reasons.MalformedSignature, () => CmsMessage.Parse(message)).Value?.Content?.ToArray();
            return content is null ? null : new Message(Path.GetFileName(folder), message, content, System.IO.File.ReadAllBytes(System.IO.File.Exists(own) ? own : Path.Combine(Vectors, "_keys", "root.crt")));
        }

        public bool IsTrusted() => Verdict().IsTrusted;

        public Verdict Verdict() => Verifier.Verify(new VerificationRequest(
            Artifact.FromBytes("a.txt", File), Signature,
            new VerificationContext(TrustStore.Empty.WithAuthority(TrustedAuthority.Parse(Authority, "test")), Expectations.None, DateTimeOffset.FromUnixTimeSeconds(At)), SignaturePolicy.AnyPinnedSigner));
    }
}
