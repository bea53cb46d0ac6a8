using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Encoding;
using OfflineKit.Host.Serve;
using OfflineKit.Signing.Cli.Remote;
using OfflineKit.Signing.Keys;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Cli.Serve;

/// <summary>The verbs <c>remote-sign</c> and <c>remote-export</c>: a signing service signs, and only what was asked for is taken.</summary>
internal static class RemoteVerbs
{
    private static readonly string[] Common =
        ["id", "verb", "service", "poe", "token", "tokenUrl", "clientId", "key", "passphrase", "clientCertificate", "clientCertificateKey", "publicKey", "output", "force"];

    /// <summary>The members that name files, beside those of the other verbs.</summary>
    public static ImmutableArray<string> Paths { get; } = ["poe", "token", "clientCertificate", "clientCertificateKey", "predicate", "manifest", "archive"];

    /// <summary>Carries out <paramref name="request"/>; the result is the answer's status and what it holds.</summary>
    public static async Task<(string Status, Action<Utf8JsonWriter> Members)> CarryAsync(JsonValue request, CancellationToken cancellation)
    {
        RemoteJob job = request.String("verb") == "remote-sign" ? Statement(request) : Provenance(request);
        string output = request.OptionalString("output") ?? job.UsualOutput;
        KeyOpening opening = new() { Secrets = Stderr.Secrets, Passwords = new GivenPassword(request.OptionalString("passphrase")) };
        bool mayReplace = request.Optional("force")?.Boolean == true;
        string service = await job.RunAsync(mayReplace ? OutputTarget.ReplacedFile(output) : OutputTarget.NewFile(output), opening, cancellation);
        return ("signed", json =>
        {
            json.WriteString("service", service);
            json.WriteString("signaturePath", output);
        });
    }

    private static RemoteJob Statement(JsonValue request)
    {
        request.RefuseOtherMembers([.. Common, "paths", "predicateType", "predicate", "scanner"]);
        string[] paths = [.. request.Array("paths").Select(path => path.Text)];
        return paths.Length == 0
            ? throw new UsageException("there is no file that the statement is about")
            : RemoteJob.Statement(Client(request), paths, request.String("predicateType"), request.String("predicate"), request.OptionalString("scanner"));
    }

    private static RemoteJob Provenance(JsonValue request)
    {
        request.RefuseOtherMembers([.. Common, "manifest", "archive", "exportId", "tool", "materials"]);
        return RemoteJob.Provenance(
            Client(request), request.String("exportId"), request.String("manifest"), request.String("archive"), request.String("tool"),
            [.. request.Optional("materials")?.Elements.Select(material => material.Text) ?? []]);
    }

    private static RemoteClient Client(JsonValue request)
    {
        string? key = request.OptionalString("key");
        if (key is not null && KeyUri.Parse(key) is FileKeyUri file)
        {
            RequestPaths.Refuse("key", file.Path);
        }

        return new RemoteClient(request.String("service"), request.String("poe"), [.. request.Array("publicKey").Select(path => path.Text)], static member => member)
        {
            Token = request.OptionalString("token"),
            TokenUrl = request.OptionalString("tokenUrl"),
            ClientId = request.OptionalString("clientId"),
            Key = key,
            Certificate = request.OptionalString("clientCertificate"),
            CertificateKey = request.OptionalString("clientCertificateKey"),
        };
    }
}
