using System.Buffers;
using System.Text.Json;

namespace OfflineKit.Host.Serve;

/// <summary>Writes what an engine says, one JSON object a line; may be called from any thread.</summary>
internal sealed class AnswerLines(Stream output)
{
    /// <summary>The version of the protocol.</summary>
    public const int Protocol = 1;

    private readonly Lock _gate = new();

    /// <summary>The first line: who speaks, which protocol.</summary>
    public void Hello(string program, string version, string trustDate) => Line(json =>
    {
        json.WriteString("hello", program);
        json.WriteNumber("protocol", Protocol);
        json.WriteString("version", version);
        json.WriteString("runtime", Environment.Version.ToString());
        json.WriteString("trustDate", trustDate);
    });

    /// <summary>The last line after a bye.</summary>
    public void Bye(long answered) => Line(json =>
    {
        json.WriteBoolean("bye", value: true);
        json.WriteNumber("answered", answered);
    });

    /// <summary>An answer: a status and what <paramref name="members"/> writes.</summary>
    public void Done(string? id, string status, Action<Utf8JsonWriter> members) => Line(json =>
    {
        json.WriteString("id", id);
        json.WriteString("status", status);
        members(json);
    });

    /// <summary>An answer that says why there is none.</summary>
    public void Fault(string? id, string status, Reason reason, string message) => Done(id, status, json =>
    {
        json.WriteStartObject("error");
        json.WriteString("code", reason.Code);
        json.WriteString("message", message);
        json.WriteEndObject();
    });

    private void Line(Action<Utf8JsonWriter> write)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        lock (_gate)
        {
            output.Write(buffer.WrittenSpan);
            output.Flush();
        }
    }
}
