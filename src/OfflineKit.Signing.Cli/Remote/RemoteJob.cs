using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Encoding;
using OfflineKit.Signing.Keys;
using OfflineKit.Signing.Output;
using OfflineKit.Signing.Remote;

namespace OfflineKit.Signing.Cli.Remote;

/// <summary>What a signing service is asked for, and what its answer must be.</summary>
/// <param name="Client">Who asks.</param>
/// <param name="Endpoint">The service's endpoint, such as <c>sign/dsse</c>.</param>
/// <param name="Body">The request.</param>
/// <param name="UsualOutput">Where the envelope goes where nothing else is said.</param>
/// <param name="Read">The envelope in an answer, once it is what was asked.</param>
internal sealed record RemoteJob(RemoteClient Client, string Endpoint, byte[] Body, string UsualOutput, Func<JsonValue, RemoteAnswer> Read)
{
    /// <summary>A statement of the type <paramref name="type"/> about <paramref name="files"/>, which says what stands in <paramref name="predicate"/>.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="files">What it is about.</param>
    /// <param name="type">What kind of statement.</param>
    /// <param name="predicate">A file with a JSON object.</param>
    /// <param name="scanner">The image of the scanner that made it, <c>sha256:HEX</c>.</param>
    public static RemoteJob Statement(RemoteClient client, IReadOnlyList<string> files, string type, string predicate, string? scanner)
    {
        JsonValue said = StrictJson.ParseObject(InputFile.ReadAll(predicate, Limits.SignedDocument, "predicate"), "predicate");
        ImmutableArray<(string Name, string Sha256)> subjects = [.. files.Select(file => (Path.GetFileName(file), FileAt(file).Sha256))];
        return new RemoteJob(
            client, "sign/dsse", RemoteBodies.Statement(subjects, type, said, scanner, client.ReadPoe()), files[0] + ".intoto.json",
            answer => RemoteAnswer.Read(answer, client.ReadPins(), [.. subjects.Select(subject => subject.Sha256)], type).Saying(said));
    }

    /// <summary>The provenance of an export.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="id">The export's id.</param>
    /// <param name="manifest">Its manifest.</param>
    /// <param name="archive">Its archive.</param>
    /// <param name="tool"><c>NAME=VERSION</c> of what made it.</param>
    /// <param name="materials"><c>URI=sha256:HEX</c> of what it was made of.</param>
    public static RemoteJob Provenance(RemoteClient client, string id, string manifest, string archive, string tool, IReadOnlyList<string> materials)
    {
        RemoteFile listed = FileAt(manifest), packed = FileAt(archive);
        return new RemoteJob(
            client, "sign/export", RemoteBodies.Export(id, listed, packed, tool, materials, client.ReadPoe()), Path.Combine(Path.GetDirectoryName(manifest) ?? "", "provenance.json"),
            answer => RemoteAnswer.Read(answer, client.ReadPins(), [listed.Sha256, packed.Sha256], "https://slsa.dev/provenance/v1"));
    }

    /// <summary>Has it signed and writes the envelope to <paramref name="target"/>; the result is the service's name.</summary>
    /// <exception cref="SigningException"><c>remote.*</c>, <c>service.*</c>: nothing was written.</exception>
    public async Task<string> RunAsync(OutputTarget target, KeyOpening opening, CancellationToken cancellation)
    {
        OutputShape shape = new(OutputKinds.Signature("dsse"));
        target.RefuseIfTaken(shape);
        RemoteService service = await Client.ServiceAsync(opening, cancellation);
        await using SigningKey? key = service.Key;
        RemoteAnswer signed = Read(await service.PostAsync(Endpoint, Body, cancellation));
        target.Write(shape, new SignedOutput(signed.Envelope, RequestId: ""));
        return service.Address.Authority;
    }

    private static RemoteFile FileAt(string file)
    {
        using Stream content = InputFile.Open(file, "file");
        using Artifact artifact = Artifact.FromStream(file, content);
        artifact.Read(ReadingPlan.Of(DigestAlgorithm.Sha256));
        return new RemoteFile(artifact.Digest(DigestAlgorithm.Sha256)!.Hex, artifact.Size);
    }
}
