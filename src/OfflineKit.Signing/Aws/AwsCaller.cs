using System.Diagnostics;
using System.Globalization;
using Amazon.Runtime;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Aws;

/// <summary>Makes requests through the SDK: says each, and turns every failure into a reason.</summary>
internal sealed class AwsCaller(string service, AwsAccess access, KeyOpening opening)
{
    /// <summary>The answer to <paramref name="operation"/> about <paramref name="reference"/>.</summary>
    public async Task<T> CallAsync<T>(string operation, string reference, Func<CancellationToken, Task<T>> call, CancellationToken cancellation)
        where T : AmazonWebServiceResponse
    {
        long start = Stopwatch.GetTimestamp();
        string status = "no answer";
        try
        {
            T answer = await call(cancellation).ConfigureAwait(false);
            status = ((int)answer.HttpStatusCode).ToString(CultureInfo.InvariantCulture);
            return answer;
        }
        catch (AmazonServiceException fault)
        {
            status = fault.StatusCode == default ? status : ((int)fault.StatusCode).ToString(CultureInfo.InvariantCulture);
            throw await RefusalAsync(AwsFault.Of(fault), operation, reference, fault).ConfigureAwait(false);
        }
        catch (AmazonClientException fault)
        {
            throw new SigningException(ServiceReasons.NoCredentials.Because($"{service}: credentials from {access.Source}: {AwsFault.FirstLine(fault)}"), fault);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or TimeoutException
            || (fault is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new SigningException(ServiceReasons.Unreachable.Because($"{service} in {access.Region}, {operation}: {AwsFault.FirstLine(fault)}"), fault);
        }
        finally
        {
            opening.OnRequest(new ServiceRequest(service, reference, operation, status, (long)Stopwatch.GetElapsedTime(start).TotalMilliseconds));
        }
    }

    // The service's own words, unless they quote the session; its beginning is enough, since long texts are cut.
    private async Task<SigningException> RefusalAsync(AwsFault fault, string operation, string reference, Exception cause)
    {
        string session = await SessionAsync().ConfigureAwait(false);
        bool quotes = session.Length > 0 && opening.Secrets.AreIn(fault.Text);
        string text = quotes ? "the service's answer quotes our credentials" : fault.Text;
        return new SigningException(fault.Reason.Because($"{service} in {access.Region}, {operation} {reference}, credentials from {access.Source}: {text}"), cause);
    }

    // Empty where there is none: because the refusal was about the credentials themselves, too.
    private async Task<string> SessionAsync()
    {
        try
        {
            ImmutableCredentials credentials = await access.Credentials.GetCredentialsAsync().ConfigureAwait(false);
            opening.Secrets.Hold(credentials.SecretKey);
            opening.Secrets.Hold(credentials.Token);
            return credentials.Token ?? "";
        }
        catch (Exception fault) when (fault is AmazonServiceException or AmazonClientException)
        {
            return "";
        }
    }
}
