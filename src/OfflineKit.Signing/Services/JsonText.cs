using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OfflineKit.Signing.Services;

/// <summary>JSON that is written by hand, without reflection.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The UTF-8 of one object whose members <paramref name="members"/> writes.</summary>
    public static byte[] Object(Action<Utf8JsonWriter> members)
    {
        using MemoryStream text = new();
        using (Utf8JsonWriter json = new(text, Plain))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }

        return text.ToArray();
    }

    /// <summary>An object as the member <paramref name="name"/>.</summary>
    public static void Object(this Utf8JsonWriter json, string name, Action<Utf8JsonWriter> members)
    {
        json.WriteStartObject(name);
        members(json);
        json.WriteEndObject();
    }

    /// <summary>A request with JSON as its body.</summary>
    public static HttpRequestMessage Post(Uri address, byte[] body)
    {
        HttpRequestMessage request = new(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        return request;
    }
}
