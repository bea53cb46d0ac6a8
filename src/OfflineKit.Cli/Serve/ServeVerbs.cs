using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.CommandLine;
using System.CommandLine.Parsing;
using OfflineKit.Cli.Commands;
using OfflineKit.Host.State;
using OfflineKit.Encoding;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Serve;

/// <summary>Carries out one request and gives its one answer, whatever happens.</summary>
internal sealed class ServeVerbs(ServeAnswers answers)
{
    private static readonly Reason Unread = Reasons.MalformedSignature;
    private readonly VerifyCommand _verify = new();
    private readonly VerifyExportCommand _exports = new();
    private readonly ServeTrust _trust = new(answers);
    private readonly ConcurrentDictionary<string, Lazy<Result<TrustStore>>> _stores = new(StringComparer.Ordinal);

    /// <summary>Answers <paramref name="request"/>.</summary>
    public void Answer(ServeRequest request)
    {
        try
        {
            Result<Action> parsed = Result.Parse(Unread, () => Carry(request));
            if (parsed.Value is { } answer)
            {
                answer();
            }
            else
            {
                // Only what a request's own file or member is refused for has a reason of its own.
                answers.Error(request.Id, parsed.Finding!.Reason == Unread ? "malformed-request" : parsed.Finding.Reason.Code, parsed.Finding.Detail);
            }
        }
        catch (NoSignatureException fault)
        {
            answers.NotSigned(request.Id, fault.Message);
        }
        catch (UsageException fault) when (Code(fault) is { } code)
        {
            answers.Error(request.Id, code, fault.Hint is null ? fault.Message : $"{fault.Message}; {fault.Hint}");
        }
        catch (UsageException fault)
        {
            answers.Error(request.Id, "usage", fault.Hint is null ? fault.Message : $"{fault.Message}; {fault.Hint}");
        }
        catch (InputTooLargeException fault)
        {
            answers.Error(request.Id, Reasons.InputTooLarge.Code, fault.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            answers.Error(request.Id, "path-not-found", fault.Message);
        }
#pragma warning disable CA1031 // A bug ends one request, which is then an error, never the engine and never "valid".
        catch (Exception bug)
#pragma warning restore CA1031
        {
            answers.Error(request.Id, "internal-error", $"{bug.GetType().Name}: {bug.Message}");
        }
    }

    private static string? Code(UsageException fault) => fault switch
    {
        MissingInputException => "path-not-found",
        NobodyTrustedException => "nobody-trusted",
        TrustRootReadOnlyException => "trust-root-read-only",
        _ => null,
    };

    private Action Carry(ServeRequest request) => request.Verb switch
    {
        "verify" => Verify(request),
        "inspect" => Inspect(request),
        "verify-export" => Export(request),
        "trust-list" => _trust.List(request),
        "trust-read" => _trust.Read(request),
        "trust-add" => Changed(_trust.Add(request)),
        "trust-remove" => Changed(_trust.Remove(request)),
        "trust-export" => _trust.Export(request),
        "trust-test" => _trust.Test(request),
        _ => throw new MalformedException($"request: there is no verb \"{request.Verb}\""),
    };

    // Requests after a change must see it.
    private Action Changed(Action answer)
    {
        _stores.Clear();
        return answer;
    }

    private Action Verify(ServeRequest request)
    {
        ParseResult arguments = _verify.Command.Parse([.. request.VerifyLine().Skip(1)], new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (arguments.Errors.Count > 0)
        {
            throw new MalformedException($"request: {arguments.Errors[0].Message}");
        }

        VerifyCommand.Question question = _verify.QuestionOf(arguments, request.Content?.AsMemory());
        Result<TrustStore> trust = _stores.GetOrAdd(request.TrustKey, _ => new Lazy<Result<TrustStore>>(() => _verify.Trust(arguments))).Value;
        Report report = VerifyCommand.Answer(question, Narrowed(trust, request.KeyIds));
        return () => answers.Verified(request.Id, request.Path, report);
    }

    private Action Export(ServeRequest request)
    {
        ParseResult arguments = _exports.Command.Parse([.. request.ExportLine()], new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (arguments.Errors.Count > 0)
        {
            throw new MalformedException($"request: {arguments.Errors[0].Message}");
        }

        Report report = _exports.Answer(arguments);
        return () => answers.Verified(request.Id, request.Path, report);
    }

    // Narrowing only ever takes trust away.
    private static Result<TrustStore> Narrowed(Result<TrustStore> trust, ImmutableArray<string> ids) => ids.IsEmpty || trust.Value is not { } store
        ? trust
        : new Result<TrustStore>(
            store with
            {
                Keys = [.. store.Keys.Where(key => ids.Any(id => key.IsCalled(id) || string.Equals(id, key.Name, StringComparison.Ordinal) || string.Equals(id, key.Material.Fingerprint, StringComparison.Ordinal)))],
                SshSigners = [],
                SigstoreRoots = [],
                Roots = [.. store.Roots.Where(root => root.Kind == TrustRootKind.PublicKey)],
            },
            Finding: null);

    private Action Inspect(ServeRequest request)
    {
        request.Members.RefuseOtherMembers("id", "verb", "path", "content", "signaturePath");
        request.RefuseSpecialFiles();
        string? named = request.Members.OptionalString("signaturePath");
        // As verify does: a file that carries no signature itself is asked for the one beside it.
        string? beside = named ?? (request.Content is null ? SignatureSearch.Beside(request.Path, named: null, Expectations.None) : null);
        byte[] content = beside is null && request.Content is { } held ? held : InputFile.ReadAll(beside ?? request.Path, Limits.SignedDocument, "file");
        Result<Envelope> parsed = Verifier.Parse(content, format: null, Expectations.None);
        return parsed.Value is { } envelope
            ? () => answers.Inspected(request.Id, envelope.Format, beside ?? "", envelope.Claims)
            : () => answers.Error(request.Id, parsed.Finding!.Reason.Code, parsed.Finding.Detail);
    }
}
