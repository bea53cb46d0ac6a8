using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>The text in whatever a script hands over. Nothing here throws: PowerShell would end the statement, and with it the guard that stands in it.</summary>
internal static class AnyText
{
    /// <summary>Stands for a value that holds no text. It is known by its identity, so no text that a script writes can be it.</summary>
    public static readonly string None = new string("no text".ToCharArray());

    private const int DepthLimit = 16;

    /// <summary>The object that <paramref name="value"/> wraps.</summary>
    public static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    /// <summary>
    /// The one text of <paramref name="value"/>; null stays null, and what is no text, or several, is <see cref="None"/>. So is a file that <paramref name="session"/>
    /// takes for another one.
    /// </summary>
    public static string? Of(object? value, PathIntrinsics? session = null) => Tried(() => One(value, session), None);

    /// <summary>Every text of <paramref name="value"/>, lists within lists taken apart.</summary>
    public static string?[] AllOf(object? value, PathIntrinsics? session = null) => Tried(
        () =>
        {
            List<string?> texts = new List<string?>();
            Take(value, session, texts, depth: 0);
            return texts.ToArray();
        },
        new string?[] { None });

    /// <summary>What <paramref name="read"/> finds in an object of the script; <paramref name="otherwise"/> where the object throws, whatever that is.</summary>
    public static T Tried<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (!(fault is OutOfMemoryException))
        {
            return otherwise;
        }
    }

    private static string? One(object? value, PathIntrinsics? session)
    {
        switch (Bare(value))
        {
            case null: return null;
            case string text: return text;
            case FileSystemInfo file: return FileObject.FullName(file, PSObject.AsPSObject(value!), session) ?? None;
            case PathInfo path: return path.Path;
            // Other cmdlets take the name that the object carries.
            case PolicyTrustRoot root: return PSObject.AsPSObject(value!).Properties[nameof(root.Name)]?.Value as string == root.Name ? root.Name : None;
            case DateTime time: return UtcTime.Write(time);
            case DateTimeOffset time: return UtcTime.Write(time.UtcDateTime);
            case Uri address: return address.OriginalString;
            case IFormattable number: return number.ToString(format: null, CultureInfo.InvariantCulture);
            case IList list when list.Count == 1: return Bare(list[0]) is IList ? None : One(list[0], session);
            default: return None;
        }
    }

    private static void Take(object? value, PathIntrinsics? session, List<string?> texts, int depth)
    {
        if (!(Bare(value) is IList list))
        {
            texts.Add(Of(value, session));
            return;
        }

        if (depth == DepthLimit)
        {
            // A list that holds itself has no end.
            texts.Add(None);
            return;
        }

        foreach (object? one in list)
        {
            Take(one, session, texts, depth + 1);
        }
    }
}
