using System.Collections.Immutable;

namespace OfflineKit.Signing.Plugins;

/// <summary>Why a plugin did not sign. Nothing was written in any of these cases.</summary>
internal static class PluginReasons
{
    public static readonly Reason NotFound = new(
        "plugin.not-found",
        "there is no plugin of that name",
        "install the program sigstore-kms-NAME in a folder of PATH; relative folders of PATH are not searched");

    public static readonly Reason Failed = new(
        "plugin.failed",
        "the plugin failed",
        "look at what it wrote to standard error, which is shown as notes; nothing was written");

    public static readonly Reason Refused = new(
        "plugin.refused",
        "the plugin refused the request",
        "the message quotes the plugin");

    public static readonly Reason TimedOut = new(
        "plugin.timed-out",
        "the plugin did not answer in time and was ended",
        "it may wait for a touch or a network; --timeout gives it longer");

    public static readonly Reason MalformedAnswer = new(
        "plugin.malformed-answer",
        "the plugin's answer cannot be read",
        "check that it speaks version 1 of sigstore's plugin protocol and writes nothing but its answer to standard output");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [NotFound, Failed, Refused, TimedOut, MalformedAnswer];
}
