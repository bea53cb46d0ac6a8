using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Management.Automation;

namespace OfflineKit.PowerShell;

/// <summary>Makes paths of whatever names files, before PowerShell converts it: nested lists are taken apart, a file object is its full name.</summary>
/// <remarks>PowerShell converts no nested list, and passes over an object of the pipeline that it cannot convert; Windows PowerShell makes the bare name of a file object.</remarks>
internal abstract class PathTextsAttribute : ArgumentTransformationAttribute
{
    private const int DepthLimit = 16;

    /// <inheritdoc/>
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object? value = Bare(inputData);
        if (value is string[] || !(value is FileSystemInfo || value is IList))
        {
            return inputData;
        }

        List<string?> texts = new List<string?>();
        Take(value, texts, depth: 0);
        return texts.ToArray();
    }

    /// <summary>The path that means the file called <paramref name="fullName"/> and no other.</summary>
    private protected abstract string Exactly(string fullName);

    private static object? Bare(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;

    private void Take(object? value, List<string?> texts, int depth)
    {
        switch (Bare(value))
        {
            case FileSystemInfo file:
                texts.Add(Exactly(file.FullName));
                break;
            case IList list when depth < DepthLimit:
                foreach (object? one in list)
                {
                    Take(one, texts, depth + 1);
                }

                break;
            case IList _:
                // A list that holds itself has no end: a path that is empty is refused.
                texts.Add("");
                break;
            default:
                texts.Add(value?.ToString());
                break;
        }
    }
}

/// <summary>For parameters in which wildcards count.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class PathPatternsAttribute : PathTextsAttribute
{
    private protected override string Exactly(string fullName) => WildcardPattern.Escape(fullName);
}

/// <summary>For parameters in which every character counts as it is.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class LiteralPathsAttribute : PathTextsAttribute
{
    private protected override string Exactly(string fullName) => fullName;
}
