using System.Net;
using System.Xml;
using System.Xml.Linq;
using Amazon.Runtime;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Aws;

/// <summary>What a refusal of AWS means: its code decides, the status only where there is none.</summary>
/// <remarks>KMS refuses by status 400, also for missing rights; STS, proxies and gateways answer XML or HTML.</remarks>
internal sealed record AwsFault(Reason Reason, string Text)
{
    private const int TextLimit = 600;

    public static AwsFault Of(AmazonServiceException fault)
    {
        if (fault.StatusCode == default)
        {
            return new AwsFault(ServiceReasons.Unreachable, FirstLine(fault.InnerException ?? fault));
        }

        if ((int)fault.StatusCode is >= 200 and <= 299)
        {
            return new AwsFault(ServiceReasons.MalformedAnswer, $"{(int)fault.StatusCode} with a body that is no answer, or only a part of one");
        }

        (string code, string message) = Xml(fault) ?? (fault.ErrorCode ?? "", fault.Message ?? "");
        int at = code.LastIndexOf('#');
        return Of(code[(at + 1)..], message, fault.StatusCode);
    }

    public static AwsFault Of(string code, string message, HttpStatusCode status) =>
        new(ReasonOf(code, message, status), Cut($"{(int)status} {(code.Length > 0 ? code : "without a code")}{(message.Length > 0 ? ": " + message : "")}"));

    public static string FirstLine(Exception fault)
    {
        Exception inner = fault;
        while (inner.InnerException is { } next)
        {
            inner = next;
        }

        return Cut(inner.Message);
    }

    // The first sentence says what is wrong; what follows are requests and addresses of the SDK.
    private static string Cut(string text)
    {
        string line = text.Split('\n')[0].TrimEnd('\r');
        int end = Enumerable.Range(0, Math.Max(0, line.Length - 2)).FirstOrDefault(at => line.AsSpan(at).StartsWith(". ") && char.IsUpper(line[at + 2]), line.Length);
        string sentence = line[..end].TrimEnd('.', ' ');
        return sentence.Length <= TextLimit ? sentence : sentence[..TextLimit] + "…";
    }

    private static Reason ReasonOf(string code, string message, HttpStatusCode status) => code switch
    {
        "AccessDeniedException" or "AccessDenied" or "UnauthorizedOperation" => ServiceReasons.Denied,
        "UnrecognizedClientException" or "InvalidSignatureException" or "SignatureDoesNotMatch" or "InvalidClientTokenId" or "ExpiredTokenException" or "ExpiredToken"
            or "MissingAuthenticationTokenException" or "MissingAuthenticationToken" or "IncompleteSignature" or "IncompleteSignatureException" or "AuthFailure"
            or "InvalidIdentityToken" or "IDPRejectedClaim" or "IDPCommunicationError" or "RequestExpired" => ServiceReasons.BadCredentials,
        "NotFoundException" or "InvalidArnException" => message.StartsWith("Invalid arn", StringComparison.Ordinal) ? ServiceReasons.WrongRegion : ServiceReasons.KeyNotFound,
        "ParameterNotFound" => ServiceReasons.KeyNotFound,
        "DisabledException" => ServiceReasons.KeyDisabled,
        "KMSInvalidStateException" => ServiceReasons.KeyUnavailable,
        "InvalidKeyUsageException" or "UnsupportedOperationException" => ServiceReasons.WrongUsage,
        "ThrottlingException" or "Throttling" or "LimitExceededException" or "TooManyRequestsException" or "RequestLimitExceeded" => ServiceReasons.Throttled,
        "KeyUnavailableException" or "DependencyTimeoutException" or "KMSInternalException" or "InternalServerError" or "InternalFailure" or "ServiceUnavailable" => ServiceReasons.Failed,
        _ => status switch
        {
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => ServiceReasons.Denied,
            HttpStatusCode.TooManyRequests => ServiceReasons.Throttled,
            >= HttpStatusCode.InternalServerError => ServiceReasons.Failed,
            _ => ServiceReasons.Refused,
        },
    };

    // The SDK reads JSON only; the body of anything else hangs on its inner exception, or stands where the message should be.
    private static (string Code, string Message)? Xml(AmazonServiceException fault)
    {
        string? body = (fault.InnerException as AmazonUnmarshallingException)?.ResponseBody ?? (fault as AmazonUnmarshallingException)?.ResponseBody
            ?? (fault.Message?.TrimStart().StartsWith('<') == true ? fault.Message : null);
        return body is null ? null : ReadXml(body);
    }

    private static (string Code, string Message)? ReadXml(string body)
    {
        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = 65536 });
            XElement document = XElement.Load(reader);
            return (Named(document, "Code"), Named(document, "Message"));
        }
        catch (XmlException)
        {
            return null;
        }
    }

    private static string Named(XElement document, string name) =>
        document.Descendants().FirstOrDefault(element => element.Name.LocalName == name)?.Value ?? "";
}
