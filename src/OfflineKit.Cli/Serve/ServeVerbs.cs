using System.Collections.Concurrent;
using System.CommandLine;
using System.CommandLine.Parsing;
using OfflineKit.Cli.Commands;
using OfflineKit.Encoding;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Cli.Serve;

/// <summary>Carries out one request and gives its one answer, whatever happens.</summary>
internal sealed class ServeVerbs(ServeAnswers answers)
{
    private readonly VerifyCommand _verify = new();
    private readonly ConcurrentDictionary<string, Lazy<Parsed<TrustStore>>> _stores = new(StringComparer.Ordinal);

    /// <summary>Answers <paramref name="request"/>.</summary>
    public void Answer(ServeRequest request)
    {
        try
        {
            Parsed<Action> parsed = Attempt.Parse(Reasons.MalformedSignature, () => Carry(request));
            if (parsed.Value is { } answer)
            {
                answer();
            }
            else
            {
                answers.Error(request.Id, "malformed-request", parsed.Refusal!.Detail);
            }
        }
        catch (NoSignatureException fault)
        {
            answers.NotSigned(request.Id, fault.Message);
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

    private Action Carry(ServeRequest request) => request.Verb switch
    {
        "verify" => Verify(request),
        "inspect" => Inspect(request),
        "trust-list" => List(request),
        _ => throw new MalformedException($"request: there is no verb \"{request.Verb}\""),
    };

    private Action Verify(ServeRequest request)
    {
        ParseResult arguments = _verify.Command.Parse([.. request.VerifyLine().Skip(1)], new ParserConfiguration { ResponseFileTokenReplacer = null });
        if (arguments.Errors.Count > 0)
        {
            throw new MalformedException($"request: {arguments.Errors[0].Message}");
        }

        ReadOnlyMemory<byte>? content = request.Content is { } bytes ? bytes : null;
        VerifyCommand.Question question = _verify.QuestionOf(arguments, content);
        Parsed<TrustStore> trust = _stores.GetOrAdd(request.TrustKey, _ => new Lazy<Parsed<TrustStore>>(() => _verify.Trust(arguments))).Value;
        Report report = VerifyCommand.Answer(question, trust);
        return () => answers.Verified(request.Id, report);
    }

    private Action Inspect(ServeRequest request)
    {
        request.Members.RefuseOtherMembers("id", "verb", "path", "content");
        byte[] content = request.Content ?? InputFile.ReadAll(request.Path, Limits.SignatureFile, "file");
        Parsed<Envelope> parsed = Verifier.Parse(content, format: null, Expectations.None);
        return parsed.Value is { } envelope
            ? () => answers.Inspected(request.Id, envelope.Format, envelope.Claims)
            : () => answers.Error(request.Id, parsed.Refusal!.Reason.Code, parsed.Refusal.Detail);
    }

    private Action List(ServeRequest request)
    {
        request.Members.RefuseOtherMembers("id", "verb");
        TrustChoices choices = TrustChoices.Read();
        List<(TrustRoot, bool, bool)> roots = [.. BundledTrust.ReadManifest().Roots.Select(root => (root, true, choices.IsOn(root)))];
        return () => answers.Roots(request.Id, roots);
    }
}
