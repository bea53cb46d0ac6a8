using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>What parameters say, in the engine's words. What cannot be used is a fault of the whole call, never left out.</summary>
internal sealed class GivenValues
{
    private readonly FileSystemPaths _paths;
    private readonly Dictionary<string, string> _files = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Values as <paramref name="cmdlet"/> sees them.</summary>
    public GivenValues(PSCmdlet cmdlet) => _paths = new FileSystemPaths(cmdlet);

    /// <summary>Error id and message of the first value that cannot be used; null when there is none.</summary>
    public (string Id, string Message)? Fault { get; private set; }

    /// <summary>The full name of the file <paramref name="given"/>; null stays null.</summary>
    public string? File(string? given)
    {
        if (given == null)
        {
            return null;
        }

        if (!_files.TryGetValue(given, out string? full))
        {
            _files.Add(given, full = Find(given));
        }

        return full;
    }

    /// <summary>The full names of the files <paramref name="given"/>; null stays null.</summary>
    public string[]? Files(string?[]? given) => given == null ? null : Array.ConvertAll(given, one => File(one) ?? "");

    /// <summary>The keys <paramref name="given"/>, files among them by their full names.</summary>
    public string[] Keys(string?[] given) => Array.ConvertAll(given, one => Key(one ?? ""));

    /// <summary>The time that <paramref name="given"/> says in ISO 8601, as RFC 3339; null stays null.</summary>
    public string? Time(string parameter, string? given)
    {
        if (given == null)
        {
            return null;
        }

        if (!(UtcTime.FromIso8601(given) is DateTime time))
        {
            Refuse("InvalidUsage", $"{parameter} takes a time in ISO 8601, such as 2026-11-22 or 2026-11-22T08:30:00Z, or a DateTime; \"{given}\" is none");
            return null;
        }

        return UtcTime.Write(time);
    }

    /// <summary>The whole number that <paramref name="given"/> writes; null when it writes none.</summary>
    public long? Number(string parameter, string given)
    {
        if (long.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return number;
        }

        Refuse("InvalidUsage", $"{parameter} takes a whole number; \"{given}\" is none");
        return null;
    }

    /// <summary>What the engine calls the word <paramref name="given"/> of <paramref name="words"/>; null where the engine needs not be told.</summary>
    public string? Word(string parameter, string given, WordCompleter words)
    {
        string? word = Array.Find(words.Words, one => string.Equals(one, given, StringComparison.OrdinalIgnoreCase));
        if (word == null)
        {
            Refuse("InvalidUsage", $"{parameter} takes {string.Join(", ", words.Words)}; \"{given}\" is none of them");
        }

        return word == null ? null : words.InEngine(word);
    }

    private void Refuse(string errorId, string message) => Fault = Fault ?? (errorId, message);

    private string Key(string given)
    {
        if (KeyName.InFull(given, one => File(one) ?? "", _paths.IsThere) is string key)
        {
            return key;
        }

        Refuse("InvalidUsage", $"{given} is the name of a file, and a public key as well: it is not clear which is meant; write ./{given} for the file, or rename it");
        return "";
    }

    private string Find(string given)
    {
        try
        {
            return _paths.Exactly(given);
        }
        catch (PathException fault)
        {
            Refuse(fault.ErrorId, fault.Message);
            return "";
        }
    }
}
