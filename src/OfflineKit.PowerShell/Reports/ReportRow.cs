using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;

namespace OfflineKit.PowerShell.Reports;

/// <summary>One line of a report: what a result says, also of one that came from a job or another machine.</summary>
internal sealed class ReportRow
{
    private static readonly string[] Types = { typeof(PolicySignatureResult).FullName!, typeof(PolicyBundleResult).FullName! };
    private readonly Func<string, object?> _property;

    private ReportRow(Func<string, object?> property) => _property = property;

    /// <summary>The file or folder.</summary>
    public string FullName => Text(nameof(PolicyResult.FullName));

    /// <summary>How it ended, in a word.</summary>
    public string Status => Text(nameof(PolicyResult.Status));

    /// <summary>It is valid.</summary>
    public bool IsValid => Status == nameof(PolicySignatureStatus.Valid);

    /// <summary>It is neither valid nor a signature that was used.</summary>
    public bool IsRefused => !IsValid && Status != nameof(PolicySignatureStatus.Signature);

    /// <summary>Nothing could be decided.</summary>
    public bool IsUndecided => IsRefused && Status != nameof(PolicySignatureStatus.Invalid) && Status != nameof(PolicySignatureStatus.NotSigned);

    /// <summary>The row of <paramref name="value"/>; null when it is no result of this module.</summary>
    public static ReportRow? Of(PSObject? value)
    {
        if (value?.BaseObject is PolicyResult result)
        {
            // What somebody added to the object, under the name of a property, is not what was verified.
            return new ReportRow(name => result.GetType().GetProperty(name)?.GetValue(result));
        }

        bool isCarried = value != null && value.TypeNames.Count > 0 && Array.Exists(Types, type => value.TypeNames[0] == "Deserialized." + type);
        return isCarried ? new ReportRow(name => value!.Properties[name]?.Value) : null;
    }

    /// <summary>The property called <paramref name="name"/> as text; empty where the result has none.</summary>
    public string Text(string name)
    {
        object? value = _property(name);
        return AnyText.Bare(value) is DateTime time ? UtcTime.Write(time) : Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
    }

    /// <summary>The elements of the property called <paramref name="name"/> as texts.</summary>
    public string[] Texts(string name)
    {
        List<string> texts = new List<string>();
        if (AnyText.Bare(_property(name)) is IList list)
        {
            foreach (object? one in list)
            {
                texts.Add(Convert.ToString(one, CultureInfo.InvariantCulture) ?? "");
            }
        }

        return texts.ToArray();
    }
}
