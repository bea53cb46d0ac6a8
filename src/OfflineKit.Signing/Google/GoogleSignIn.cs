using System.Net.Http.Headers;
using OfflineKit.Encoding;
using OfflineKit.FileSystem;
using OfflineKit.Signing.Services;

namespace OfflineKit.Signing.Google;

/// <summary>Application default credentials: a credentials file, gcloud's own, or the metadata server; said by name.</summary>
internal sealed class GoogleSignIn(KeyOpening opening, RestClient client)
{
    internal const string Scope = "https://www.googleapis.com/auth/cloudkms";
    private const int FileLimit = 64 * 1024;

    /// <summary>A new token.</summary>
    public Task<BearerToken> TokenAsync(CancellationToken cancellation)
    {
        if (Set("GOOGLE_APPLICATION_CREDENTIALS") is { } path)
        {
            return FromFileAsync(path, "GOOGLE_APPLICATION_CREDENTIALS", cancellation);
        }

        // Without HOME it would be the folder in which the signed files are.
        string own = Path.Combine(Set("CLOUDSDK_CONFIG") ?? Path.Combine(Set("HOME") ?? "", ".config", "gcloud"), "application_default_credentials.json");
        return Path.IsPathFullyQualified(own) && FileStatus.IsFile(own) ? FromFileAsync(own, "gcloud's application default credentials", cancellation) : FromMetadataAsync(cancellation);
    }

    /// <summary>The token in the answer to a form posted to <paramref name="address"/>.</summary>
    internal async Task<BearerToken> PostAsync(Uri address, string operation, (string Name, string Value)[] fields, CancellationToken cancellation)
    {
        fields.Where(field => field.Name is "assertion" or "client_secret" or "refresh_token" or "subject_token").ToList().ForEach(field => opening.Secrets.Hold(field.Value));
        RestAnswer answer = await client.SendAsync(
            operation, address.Host,
            () => new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value))) },
            cancellation).ConfigureAwait(false);
        return Token(answer, operation, "access_token");
    }

    /// <summary>An answer from <paramref name="address"/> with <paramref name="headers"/>.</summary>
    internal Task<RestAnswer> GetAsync(Uri address, string operation, IEnumerable<KeyValuePair<string, string>> headers, CancellationToken cancellation) => client.SendAsync(
        operation, address.Host,
        () =>
        {
            HttpRequestMessage request = new(HttpMethod.Get, address);
            foreach ((string name, string value) in headers)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }

            return request;
        },
        cancellation);

    /// <summary>The token of the service account behind <paramref name="address"/>, as whoever holds <paramref name="token"/>.</summary>
    internal async Task<BearerToken> ImpersonateAsync(Uri address, BearerToken token, CancellationToken cancellation)
    {
        RestAnswer answer = await client.SendAsync(
            "impersonate", address.Host,
            () =>
            {
                HttpRequestMessage request = new(HttpMethod.Post, address) { Content = new StringContent($"{{\"scope\":[\"{Scope}\"]}}", System.Text.Encoding.UTF8, "application/json") };
                request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Value);
                return request;
            },
            cancellation).ConfigureAwait(false);
        return Token(answer, "impersonate", "accessToken");
    }

    /// <summary>The address in a credentials file: Google's own, or this machine's.</summary>
    internal static Uri Address(string text, string member)
    {
        Uri address = ServiceAddress.Parse(text, member);
        return address.IsLoopback || ServiceAddress.IsWithin(address.Host, "googleapis.com")
            ? address
            : throw ServiceReasons.UnsafeAddress.Refusal($"{member} of the credentials file is {address.Host}, wanted a host of googleapis.com");
    }

    private Task<BearerToken> FromFileAsync(string path, string source, CancellationToken cancellation)
    {
        if (!FileStatus.IsFile(path) || PlainFile.Length(path) > FileLimit)
        {
            throw ServiceReasons.NoCredentials.Refusal($"Google, {source}: {path} is no credentials file");
        }

        JsonValue file = RestAnswer.Read("Google credentials file", () => StrictJson.ParseObject(PlainFile.ReadAll(path), Path.GetFileName(path)));
        string type = RestAnswer.Read("Google credentials file", () => file.String("type"));
        opening.OnRemark($"Google credentials: {source}, {type}");
        return type switch
        {
            "service_account" => GoogleServiceAccount.TokenAsync(file, this, opening.Clock, cancellation),
            "external_account" => GoogleExternalAccount.TokenAsync(file, this, cancellation),
            "authorized_user" => UserAsync(file, cancellation),
            _ => throw ServiceReasons.NoCredentials.Refusal($"Google, {source}: credentials of type \"{type}\", wanted service_account, external_account or authorized_user"),
        };
    }

    private Task<BearerToken> UserAsync(JsonValue file, CancellationToken cancellation)
    {
        (string, string)[] fields = RestAnswer.Read<(string, string)[]>("Google credentials file", () =>
        [
            ("grant_type", "refresh_token"), ("client_id", file.String("client_id")), ("client_secret", file.String("client_secret")), ("refresh_token", file.String("refresh_token")),
        ]);
        Uri address = Address(file.OptionalNotNull("token_uri")?.Text ?? "https://oauth2.googleapis.com/token", "token_uri");
        return PostAsync(address, "refresh token", fields, cancellation);
    }

    private async Task<BearerToken> FromMetadataAsync(CancellationToken cancellation)
    {
        opening.OnRemark("Google credentials: metadata server");
        Uri address = new($"http://{Set("GCE_METADATA_HOST") ?? "metadata.google.internal"}/computeMetadata/v1/instance/service-accounts/default/token?scopes={Uri.EscapeDataString(Scope)}");
        RestAnswer answer;
        try
        {
            answer = await GetAsync(address, "metadata token", [KeyValuePair.Create("Metadata-Flavor", "Google")], cancellation).ConfigureAwait(false);
        }
        catch (SigningException fault) when (fault.Finding.Reason == ServiceReasons.Unreachable)
        {
            throw new SigningException(ServiceReasons.NoCredentials.Because("Google: no GOOGLE_APPLICATION_CREDENTIALS, no application default credentials, no metadata server"), fault);
        }

        return answer.Header("Metadata-Flavor") == "Google"
            ? Token(answer, "metadata token", "access_token")
            : throw ServiceReasons.UnsafeAddress.Refusal($"{address.Host} is no metadata server");
    }

    private BearerToken Token(RestAnswer answer, string operation, string member)
    {
        JsonValue? json = answer.JsonOrNull();
        if (!answer.IsSuccess || json?.OptionalNotNull(member) is not { Kind: JsonKind.String } token)
        {
            // The error code and its description.
            string text = string.Join(": ", ((string[])["error", "error_description"]).Select(name => json?.OptionalNotNull(name)).OfType<JsonValue>().Where(value => value.Kind == JsonKind.String).Select(value => value.Text));
            throw ServiceFault.Refusal((int)answer.Status >= 500 ? ServiceReasons.Failed : ServiceReasons.BadCredentials, "Google sign-in", operation, "", answer.Status, text);
        }

        long seconds = json.OptionalNotNull("expires_in") is { Kind: JsonKind.Number } span ? span.Integer : 300;
        return new BearerToken(token.Text, opening.Clock.GetUtcNow().AddSeconds(Math.Clamp(seconds, 0, 43200)));
    }

    private string? Set(string variable) => opening.Variable(variable) is { Length: > 0 } value ? value : null;
}
