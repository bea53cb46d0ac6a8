using OfflineKit.Campaign.Cases;
using OfflineKit.Campaign.Running;
using OfflineKit.Formats.Dossier;
using OfflineKit.Formats.Dsse;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Formats.Sigstore;
using OfflineKit.Host.Requests;
using OfflineKit.Host.Serve;
using OfflineKit.Host.State;
using OfflineKit.Reporting;
using System.Buffers;
using System.Text.Json;
using Outcome = OfflineKit.Campaign.Running.Outcome;

namespace OfflineKit.Cli.Tests.Changes;

using CaseFile = OfflineKit.Campaign.Cases.CaseFile;
using ServeQuestion = OfflineKit.Host.Serve.ServeQuestion;

/// <summary>A question about one signature, or one document that carries its own, whose trust is loaded once: ten times as fast as to ask about files.</summary>
/// <param name="request">The question.</param>
/// <param name="format">The format that its verb names, or null.</param>
/// <param name="artifact">What is signed; null: the document.</param>
/// <param name="signature">The signature, or the document.</param>
internal sealed class AskedInMemory(ResolvedRequest request, Format? format, (CaseFile File, byte[] Content)? artifact, (CaseFile File, byte[] Content) signature)
{
    private readonly DateTimeOffset _time = request.Request.TimeOr(TimeProvider.System.GetUtcNow());

    /// <summary>The question of <paramref name="accepted"/>, asked in serve's words as <paramref name="asked"/>; null where it is about several files.</summary>
    public static AskedInMemory? Of(AcceptedCase accepted, ServeRequest asked, Machine machine)
    {
        ServeQuestion question = ServeQuestion.All.Single(one => one.Verb == asked.Verb);
        (CaseFile, byte[])[] Read(FileRole role) => [.. accepted.Files.Where(file => file.Role == role).Select(file => (file, File.ReadAllBytes(Path.Combine(accepted.Base, file.Path))))];
        ((CaseFile, byte[])[] artifacts, (CaseFile, byte[])[] signatures) = (Read(FileRole.Artifact), [.. Read(FileRole.Signature), .. Read(FileRole.Document)]);
        if (signatures.Length != 1 || artifacts.Length > 1 || accepted.Files.Any(file => file.Role is FileRole.Export))
        {
            return null;
        }

        Format? format = asked.Verb switch { "verify-envelope" => new DsseFormat(), "verify-bundle" => new SigstoreFormat(), "verify-policy" => new SentinelFormat(), "verify-dossier" => new DossierFormat(), _ => null };
        VerifyRequest request = asked.Ask(question.Asks, question.Subject.AsSpan());
        AskedInMemory inMemory = new(Resolution.Of(request, machine).Value!, format ?? request.Format, artifacts.Length == 0 ? null : artifacts[0], signatures[0]);
        return inMemory.Ask(artifacts.Length == 0 ? null : artifacts[0].Item2, signatures[0].Item2).Outcome == Outcome.Accepted ? inMemory : null;
    }

    /// <summary>The answer when <paramref name="file"/> holds <paramref name="content"/>; null where it is neither the artefact nor the signature.</summary>
    public Answer? Ask(CaseFile file, byte[] content) =>
        file == signature.File ? Ask(artifact?.Content, content) : file == artifact?.File ? Ask(content, signature.Content) : null;

    private Answer Ask(byte[]? file, byte[] signed)
    {
        using Artifact? opened = file is null ? null : Artifact.FromBytes(artifact!.Value.File.Path, file);
        Verdict verdict = Verifier.Verify(new VerificationRequest(opened, signed, request.Context(_time), request.All(_time)) { Format = format, DocumentName = signature.File.Path });
        return verdict.IsTrusted ? new Answer(Outcome.Accepted, "", Written(verdict)) : new Answer(Outcome.Refused, verdict.Findings[0].Reason.Code, default);
    }

    private static JsonElement Written(Verdict verdict)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WritePropertyName("report");
            JsonReport.Write(json, new Report("", ArtifactSize: 0, [], "", verdict, [], []), SurfaceWording.CommandLine);
            json.WriteEndObject();
        }

        using JsonDocument answer = JsonDocument.Parse(buffer.WrittenMemory);
        return answer.RootElement.Clone();
    }
}
