using OfflineKit.Files;
using OfflineKit.Host.Results;
using OfflineKit.Encoding;
using OfflineKit.Host.Answers;
using OfflineKit.Host.Requests;
using OfflineKit.Host.State;
using OfflineKit.Reporting;

namespace OfflineKit.Host.Serve;

/// <summary>Carries out one request and gives its one answer, whatever happens.</summary>
internal sealed class ServeVerbs(ServeAnswers answers, Machine machine, Wording wording)
{
    private static readonly Reason Unread = Reasons.MalformedSignature;
    private readonly TrustSession _session = new(machine);
    private readonly ServeTrust _trust = new(answers, machine);
    private readonly ServeTrustImports _imports = new(answers, machine);

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
                answers.Error(request.Id, parsed.Finding!.Reason == Unread ? UndecidedReasons.MalformedRequest : parsed.Finding.Reason, parsed.Finding.Detail);
            }
        }
        catch (NoSignatureException fault)
        {
            answers.NotSigned(request.Id, wording.Of(fault.Message));
        }
        catch (UsageException fault)
        {
            answers.Error(request.Id, Of(fault), wording.Of(fault.Hint is null ? fault.Message : $"{fault.Message}; {fault.Hint}"));
        }
        catch (InputTooLargeException fault)
        {
            answers.Error(request.Id, Reasons.InputTooLarge, fault.Message);
        }
        catch (OutputException fault)
        {
            answers.Error(request.Id, UndecidedReasons.Usage, fault.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            answers.Error(request.Id, UndecidedReasons.PathNotFound, fault.Message);
        }
#pragma warning disable CA1031 // A bug ends one request, which is then an error, never the engine and never "valid".
        catch (Exception bug)
#pragma warning restore CA1031
        {
            answers.Error(request.Id, UndecidedReasons.InternalError, $"{bug.GetType().Name}: {bug.Message}");
        }
    }

    private static Reason Of(UsageException fault) => fault switch
    {
        MissingInputException => UndecidedReasons.PathNotFound,
        NobodyTrustedException => UndecidedReasons.NobodyTrusted,
        TrustRootReadOnlyException => UndecidedReasons.TrustRootReadOnly,
        _ => UndecidedReasons.Usage,
    };

    private Action Carry(ServeRequest request) => request.Verb switch
    {
        "inspect" => Inspect(request),
        "explain" => Explain(request),
        "verify-logs" => Logs(request),
        "policy-check" => PolicyCheck(request),
        "trust-list" => _trust.List(request),
        "trust-read" => _trust.Read(request),
        "trust-add" => _trust.Add(request),
        "trust-remove" => _trust.Remove(request),
        "trust-export" => _trust.Export(request),
        "trust-test" => _trust.Test(request),
        "trust-import" => _imports.Import(request),
        "trust-switch" => _imports.Switch(request),
        _ => Verdict(request, ServeQuestion.All.FirstOrDefault(question => question.Verb == request.Verb)
            ?? throw new MalformedException($"request: there is no verb \"{request.Verb}\"")),
    };

    private Action Verdict(ServeRequest request, ServeQuestion question)
    {
        VerifyRequest asked = request.Ask(question.Asks, question.Subject.AsSpan());
        HostQuestion host = new(request, asked, _session);
        Report report = question.Answer(host);
        return () => answers.Verified(request.Id, request.Path, report, [.. asked.Remarks, .. host.Notes]);
    }

    private Action Logs(ServeRequest request)
    {
        VerifyRequest asked = request.Ask(Questions.Log, "path");
        if (asked.Expectations.Secrets.IsEmpty && asked.Refusal is null)
        {
            throw new UsageException("the HMAC secret is needed", "give {secretFile}");
        }

        LogAnswer answer = LogAnswer.Of(asked, request.Path, new Inputs(standardInput: null), machine);
        return () => answers.Done(request.Id, answer.IsTrusted ? "valid" : "invalid", json =>
        {
            json.WriteString("path", request.Path);
            json.WritePropertyName("report");
            answer.Write(json, wording);
        });
    }

    private Action PolicyCheck(ServeRequest request)
    {
        VerifyRequest asked = request.Ask(Questions.PolicyCheck, "path");
        PolicyAnswer answer = PolicyAnswer.Of(asked, request.Members.OptionalString("path"), new Inputs(standardInput: null), machine);
        return () => answers.Done(request.Id, "checked", json =>
        {
            json.WritePropertyName("policy");
            answer.Write(json, wording);
        });
    }

    private Action Explain(ServeRequest request)
    {
        request.Members.RefuseOtherMembers("id", "verb", "reason");
        string code = request.Members.String("reason");
        Reason reason = UndecidedReasons.Find(code) ?? throw new UsageException($"there is no reason \"{code}\"", hint: null);
        return () => answers.Done(request.Id, "explained", json =>
        {
            json.WriteString("reason", reason.Code);
            json.WriteString("meaning", reason.Meaning);
            json.WriteString("nextStep", reason.Advice.In(wording));
        });
    }

    private Action Inspect(ServeRequest request)
    {
        request.Members.RefuseOtherMembers("id", "verb", "path", "content", "signaturePath");
        request.RefuseSpecialFiles();
        string? named = request.Members.OptionalString("signaturePath");
        // As verify does: a file that carries no signature itself is asked for the one beside it.
        string? beside = named ?? (request.Content is null ? SignatureSearch.Beside(new Subject(request.Path) { Inputs = new Inputs(standardInput: null) }, named: null, Expectations.None).FirstOrDefault() : null);
        byte[] content = beside is null && request.Content is { } held ? held : InputFile.ReadAll(beside ?? request.Path, Limits.SignedDocument, "file");
        Result<Envelope> parsed = Verifier.Parse(content, format: null, Expectations.None);
        return parsed.Value is { } envelope
            ? () => answers.Inspected(request.Id, envelope.Format, beside ?? "", envelope.Claims)
            : () => answers.Error(request.Id, parsed.Finding!.Reason, parsed.Finding.Detail);
    }
}
