using System;
using System.Globalization;
using System.Management.Automation;
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace OfflineKit.PowerShell;

/// <summary>What becomes of an answer on its way to the script.</summary>
/// <remarks>
/// No cmdlet is told, so PowerShell's own objects are asked by the names of their members. Where these are called otherwise, errors are written and pipelines end as
/// those of every other cmdlet.
/// </remarks>
internal static class PipelineFacts
{
    private const BindingFlags Own = BindingFlags.Instance | BindingFlags.NonPublic;

    /// <summary>Errors of <paramref name="cmdlet"/> come out with what it answers, as by <c>2&gt;&amp;1</c>: a list of both would be true as a condition.</summary>
    public static bool MergesErrors(Cmdlet cmdlet) =>
        Property(cmdlet.CommandRuntime, "ErrorMergeTo") is Enum stream && Convert.ToInt32(stream, CultureInfo.InvariantCulture) != 0;

    /// <summary>Warnings come out with what <paramref name="cmdlet"/> answers, as by <c>3&gt;&amp;1</c> and <c>*&gt;&amp;1</c>, PowerShell's own among them.</summary>
    public static bool MergesWarnings(Cmdlet cmdlet) =>
        Property(cmdlet.CommandRuntime, "WarningOutputPipe") is { } warnings && ReferenceEquals(warnings, Property(cmdlet.CommandRuntime, "OutputPipe"));

    /// <summary>The pipeline of <paramref name="cmdlet"/> ends by an error, and not because somebody has seen enough of it: what it wrote gets lost.</summary>
    /// <remarks>Flow that leaves a pipeline, as by Select-Object -First, is an exception too, but no RuntimeException.</remarks>
    public static bool HasFailed(Cmdlet cmdlet) =>
        Property(cmdlet.CommandRuntime, "PipelineProcessor") is { } pipeline && Field(pipeline, "_firstTerminatingError") is ExceptionDispatchInfo { SourceException: RuntimeException };

    /// <summary>Does <paramref name="write"/> as if the call of <paramref name="cmdlet"/> had said -ErrorAction SilentlyContinue; false where that cannot be said, and then nothing was done.</summary>
    public static bool IsDoneSilently(Cmdlet cmdlet, Action write)
    {
        object? runtime = cmdlet.CommandRuntime;
        if (!(runtime?.GetType().GetProperty("ErrorAction", Own) is { CanWrite: true } preference) || preference.PropertyType != typeof(ActionPreference))
        {
            return false;
        }

        object? before = preference.GetValue(runtime);
        preference.SetValue(runtime, ActionPreference.SilentlyContinue);
        try
        {
            write();
        }
        finally
        {
            preference.SetValue(runtime, before);
        }

        return true;
    }

    private static object? Property(object? of, string name) => of?.GetType().GetProperty(name, Own)?.GetValue(of);

    private static object? Field(object of, string name) => of.GetType().GetField(name, Own)?.GetValue(of);
}
