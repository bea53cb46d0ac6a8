using System.Globalization;
using System.Text;

namespace OfflineKit.PowerShell.Json;

/// <summary>Builds one request: a flat JSON object on one line.</summary>
internal sealed class JsonLine
{
    private readonly StringBuilder _line = new StringBuilder("{");

    /// <summary>Adds a text member; a null value adds nothing.</summary>
    public JsonLine Add(string name, string? value)
    {
        if (value != null)
        {
            Name(name);
            Text(value);
        }

        return this;
    }

    /// <summary>Adds a list of texts; null or empty adds nothing.</summary>
    public JsonLine Add(string name, string?[]? values)
    {
        if (values != null && values.Length > 0)
        {
            Name(name);
            _line.Append('[');
            for (int i = 0; i < values.Length; i++)
            {
                _line.Append(i > 0 ? "," : "");
                Text(values[i] ?? "");
            }

            _line.Append(']');
        }

        return this;
    }

    /// <summary>Adds <c>true</c>; false adds nothing.</summary>
    public JsonLine Add(string name, bool value)
    {
        if (value)
        {
            Name(name);
            _line.Append("true");
        }

        return this;
    }

    /// <summary>Adds <c>true</c> or <c>false</c>.</summary>
    public JsonLine AddTruth(string name, bool value)
    {
        Name(name);
        _line.Append(value ? "true" : "false");
        return this;
    }

    /// <summary>Adds a number; null adds nothing.</summary>
    public JsonLine Add(string name, long? value)
    {
        if (value is long number)
        {
            Name(name);
            _line.Append(number.ToString(CultureInfo.InvariantCulture));
        }

        return this;
    }

    /// <summary>Adds the members of <paramref name="others"/>.</summary>
    public JsonLine Add(JsonLine others)
    {
        string members = others._line.ToString(1, others._line.Length - 1);
        if (members.Length > 0)
        {
            _line.Append(_line.Length > 1 ? "," : "").Append(members);
        }

        return this;
    }

    /// <inheritdoc/>
    public override string ToString() => _line + "}";

    /// <summary>The line in UTF-8, with its line feed.</summary>
    public byte[] Bytes() => new UTF8Encoding(encoderShouldEmitUTF8Identifier: false).GetBytes(_line + "}\n");

    private void Name(string name)
    {
        _line.Append(_line.Length > 1 ? "," : "");
        Text(name);
        _line.Append(':');
    }

    private void Text(string value)
    {
        _line.Append('"');
        foreach (char c in value)
        {
            if (c < ' ' || c == '"' || c == '\\' || c > '~')
            {
                _line.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                _line.Append(c);
            }
        }

        _line.Append('"');
    }
}
