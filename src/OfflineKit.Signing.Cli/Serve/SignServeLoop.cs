using OfflineKit.Host.Results;
using System.Text.Json;
using OfflineKit.Host.Serve;
using OfflineKit.Encoding;
using OfflineKit.Files;

namespace OfflineKit.Signing.Cli.Serve;

/// <summary>The engine behind <c>offlinekit-sign serve</c>: one request after the other, each id answered exactly once.</summary>
/// <remarks>Protocol: docs/spec/serve.md, "The signing engine". Secrets come in requests only, never on a command line; a line is wiped once it is answered.</remarks>
internal sealed class SignServeLoop(Stream output)
{
    private const int LineLimit = 4 * 1024 * 1024, IdLimit = 128;
    private readonly AnswerLines _answers = new(output);

    /// <summary>Answers the requests on <paramref name="input"/> until its end or a bye.</summary>
    public async Task RunAsync(Stream input, string version, CancellationToken cancellation)
    {
        _answers.Hello("offlinekit-sign", version, trustDate: "");
        BoundedLines lines = new(input, LineLimit);
        long answered = 0;
        while (lines.Next(out byte[]? line))
        {
            Result<JsonValue> parsed = line is null
                ? new Result<JsonValue>(Value: null, Reasons.MalformedSignature.Because($"a request is longer than {LineLimit} bytes"))
                : Result.Parse(Reasons.MalformedSignature, () => Request(line));
            if (parsed.Value is not { } request)
            {
                Fault(id: null, UndecidedReasons.MalformedRequest, parsed.Finding!.Detail);
                continue;
            }

            if (request.String("verb") == "bye")
            {
                _answers.Bye(answered);
                return;
            }

            await AnswerAsync(request, cancellation);
            answered++;
            Array.Clear(line!);
        }
    }

    private static JsonValue Request(byte[] line)
    {
        JsonValue request = StrictJson.ParseObject(line, "request");
        if (request.String("verb") != "bye" && request.String("id") is not { Length: > 0 and <= IdLimit })
        {
            throw new MalformedException($"request: the id is empty or longer than {IdLimit} characters");
        }

        return request;
    }

    private async Task AnswerAsync(JsonValue request, CancellationToken cancellation)
    {
        string id = request.String("id");
        try
        {
            (string status, Action<Utf8JsonWriter> members) = await SignServeVerbs.CarryAsync(request, cancellation);
            _answers.Done(id, status, members);
        }
        catch (SigningException fault)
        {
            Fault(id, fault.Finding.Reason, fault.Finding.Detail);
        }
        catch (OutputException fault)
        {
            Finding refusal = SigningReasons.Refusal(fault).Finding;
            Fault(id, refusal.Reason, refusal.Detail);
        }
        catch (MalformedException fault)
        {
            Fault(id, fault.Reason ?? UndecidedReasons.MalformedRequest, fault.Message);
        }
        catch (MissingInputException fault)
        {
            Fault(id, UndecidedReasons.PathNotFound, fault.Message);
        }
        catch (Exception fault) when (fault is UsageException or InputTooLargeException)
        {
            Fault(id, UndecidedReasons.Usage, fault.Message);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Fault(id, UndecidedReasons.PathNotFound, fault.Message);
        }
#pragma warning disable CA1031 // A bug ends one request, never the engine; its message could quote a secret, so only its type is told.
        catch (Exception bug) when (bug is not OperationCanceledException)
#pragma warning restore CA1031
        {
            Fault(id, UndecidedReasons.InternalError, bug.GetType().Name);
        }
    }

    private void Fault(string? id, Reason reason, string message) => _answers.Fault(id, "error", reason, Stderr.Secrets.Without(message));
}
