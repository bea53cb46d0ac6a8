using System;

namespace OfflineKit.PowerShell;

/// <summary>What the text of a parameter names.</summary>
internal enum Names
{
    /// <summary>Nothing: text as it is, or a switch.</summary>
    Text,

    /// <summary>A file or folder.</summary>
    File,

    /// <summary>A key (<see cref="KeyName"/>).</summary>
    Key,

    /// <summary>A file, or a file of an import: <c>trust:IMPORT/PATH</c>.</summary>
    Policy,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A time in ISO 8601.</summary>
    Time,
}

/// <summary>The member of the engine's request that a parameter is. A test walks the engine's table of members against the cmdlets.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class AsksAttribute : Attribute
{
    /// <summary>The parameter is <paramref name="member"/>.</summary>
    public AsksAttribute(string member) => Member = member;

    /// <summary>The member's name.</summary>
    public string Member { get; }

    /// <summary>What its text names.</summary>
    public Names Names { get; set; }

    /// <summary>Its name on the command line, where that is not the member's with hyphens: the engine's messages name options.</summary>
    public string? Option { get; set; }

    /// <summary>The <see cref="WordCompleter"/> that knows its words; null where any text will do.</summary>
    public Type? Words { get; set; }
}
