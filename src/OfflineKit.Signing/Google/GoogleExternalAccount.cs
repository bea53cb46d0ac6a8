using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Google;

/// <summary>Workload identity federation: another issuer's token, from a file or an address, exchanged for Google's (RFC 8693).</summary>
internal static class GoogleExternalAccount
{
    private const string Source = "Google credentials file", Exchange = "urn:ietf:params:oauth:grant-type:token-exchange", AccessToken = "urn:ietf:params:oauth:token-type:access_token";
    private const string BroadScope = "https://www.googleapis.com/auth/cloud-platform";

    public static async Task<BearerToken> TokenAsync(JsonValue file, GoogleSignIn signIn, CancellationToken cancellation)
    {
        Uri address = GoogleSignIn.Address(RestAnswer.Read(Source, () => file.String("token_url")), "token_url");
        Uri? impersonation = file.OptionalNotNull("service_account_impersonation_url") is { Kind: JsonKind.String } url ? GoogleSignIn.Address(url.Text, "service_account_impersonation_url") : null;
        string subject = await SubjectAsync(file, signIn, cancellation).ConfigureAwait(false);
        (string, string)[] fields = RestAnswer.Read<(string, string)[]>(Source, () =>
        [
            ("grant_type", Exchange), ("audience", file.String("audience")), ("requested_token_type", AccessToken),
            ("subject_token", subject), ("subject_token_type", file.String("subject_token_type")), ("scope", impersonation is null ? GoogleSignIn.Scope : BroadScope),
        ]);
        BearerToken token = await signIn.PostAsync(address, "exchange token", fields, cancellation).ConfigureAwait(false);
        return impersonation is null ? token : await signIn.ImpersonateAsync(impersonation, token, cancellation).ConfigureAwait(false);
    }

    private static async Task<string> SubjectAsync(JsonValue file, GoogleSignIn signIn, CancellationToken cancellation)
    {
        JsonValue source = RestAnswer.Read(Source, () => file.Object("credential_source"));
        ReadOnlyMemory<byte> content;
        if (source.OptionalNotNull("file") is { Kind: JsonKind.String } path)
        {
            content = FileStatus.IsFile(path.Text)
                ? PlainFile.ReadAll(path.Text)
                : throw ServiceReasons.NoCredentials.Refusal($"Google: the token file {path.Text} does not exist");
        }
        else if (source.OptionalNotNull("url") is { Kind: JsonKind.String } url)
        {
            RestAnswer answer = await signIn.GetAsync(ServiceAddress.Parse(url.Text, "credential_source.url"), "subject token", Headers(source), cancellation).ConfigureAwait(false);
            content = answer.IsSuccess ? answer.Body : throw ServiceFault.Refusal(ServiceReasons.BadCredentials, "Google sign-in", "subject token", "", answer.Status, "");
        }
        else
        {
            throw ServiceReasons.NoCredentials.Refusal("Google: credential_source names neither a file nor a url; programs and AWS as a source are not supported");
        }

        return RestAnswer.Read("Google subject token", () => Token(source, content));
    }

    private static IEnumerable<KeyValuePair<string, string>> Headers(JsonValue source) => source.OptionalNotNull("headers") is { Kind: JsonKind.Object } headers
        ? headers.Members.Where(header => header.Value.Kind == JsonKind.String).Select(header => KeyValuePair.Create(header.Key, header.Value.Text))
        : [];

    private static string Token(JsonValue source, ReadOnlyMemory<byte> content)
    {
        JsonValue? format = source.OptionalNotNull("format");
        return format?.OptionalNotNull("type")?.Text == "json"
            ? StrictJson.ParseObject(content, "subject token").String(format.String("subject_token_field_name"))
            : Utf8Text.Decode(content.Span, "subject token").Trim();
    }
}
