using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Management.Automation;
using System.Reflection;
using OfflineKit.PowerShell.Json;

namespace OfflineKit.PowerShell;

/// <summary>The parameters of a cmdlet that are members of a request: each is written in one way, by what its property is.</summary>
internal static class AskedParameters
{
    private static readonly ConcurrentDictionary<Type, KeyValuePair<PropertyInfo, AsksAttribute>[]> Known = new ConcurrentDictionary<Type, KeyValuePair<PropertyInfo, AsksAttribute>[]>();

    /// <summary>Adds to <paramref name="request"/> what the parameters of <paramref name="cmdlet"/> say; what cannot be used is a fault of <paramref name="given"/>.</summary>
    public static void Add(PSCmdlet cmdlet, JsonLine request, GivenValues given)
    {
        foreach (KeyValuePair<PropertyInfo, AsksAttribute> asked in Of(cmdlet.GetType()))
        {
            Add(request, given, asked.Key.Name, asked.Value, asked.Key.GetValue(cmdlet));
        }
    }

    /// <summary>The parameters of <paramref name="cmdlet"/> that are members of a request.</summary>
    public static KeyValuePair<PropertyInfo, AsksAttribute>[] Of(Type cmdlet) => Known.GetOrAdd(cmdlet, Find);

    private static void Add(JsonLine request, GivenValues given, string name, AsksAttribute asks, object? value)
    {
        switch (value)
        {
            case SwitchParameter on:
                request.Add(asks.Member, on.IsPresent);
                break;
            case string?[] texts:
                request.Add(asks.Member, asks.Names == Names.File ? given.Files(texts) : asks.Names == Names.Key ? given.Keys(texts) : texts);
                break;
            case string text when asks.Names == Names.Number:
                request.Add(asks.Member, given.Number("-" + name, text));
                break;
            case string text:
                request.Add(asks.Member, asks.Words == null ? Word(given, name, asks.Names, text) : given.Word("-" + name, text, (WordCompleter)Activator.CreateInstance(asks.Words)!));
                break;
        }
    }

    private static string? Word(GivenValues given, string name, Names names, string text)
    {
        switch (names)
        {
            case Names.File: return given.File(text);
            case Names.Policy: return text.StartsWith("trust:", StringComparison.Ordinal) ? text : given.File(text);
            case Names.Time: return given.Time("-" + name, text);
            default: return text;
        }
    }

    private static KeyValuePair<PropertyInfo, AsksAttribute>[] Find(Type cmdlet)
    {
        List<KeyValuePair<PropertyInfo, AsksAttribute>> found = new List<KeyValuePair<PropertyInfo, AsksAttribute>>();
        foreach (PropertyInfo property in cmdlet.GetProperties())
        {
            if (property.GetCustomAttribute<AsksAttribute>() is AsksAttribute asks)
            {
                found.Add(new KeyValuePair<PropertyInfo, AsksAttribute>(property, asks));
            }
        }

        return found.ToArray();
    }
}
