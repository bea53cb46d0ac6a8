using System.Globalization;
using OfflineKit.Encoding;
using OfflineKit.Trust;

namespace OfflineKit.Formats.Sigstore;

/// <summary>What an offline verdict on a bundle cannot know, for the end of the report.</summary>
internal static class OfflineLimits
{
    /// <summary>One paragraph: what could have happened since, and how old the trust is.</summary>
    public static string InWords(SigstoreBundle bundle, VerificationContext context)
    {
        if (context.Trust.SigstoreRoots.IsEmpty)
        {
            return "an offline verdict cannot know whether the key was revoked or stolen after it was pinned, nor when the signature was made";
        }

        string log = bundle.Entries.IsEmpty ? "" : ", nor what the log says after the checkpoint in the bundle";
        string ages = string.Join("; ", context.Trust.SigstoreRoots.Select(root => Age(root, context.TimeForWords)).Distinct(StringComparer.Ordinal));
        return $"an offline verdict cannot know whether an authority, log or signer was revoked or found to misbehave after the trusted root was retrieved{log}; {ages}";
    }

    private static string Age(SigstoreTrustedRoot root, DateTimeOffset? now)
    {
        if (root.RetrievedOn.Length == 0)
        {
            return $"the age of {root.Name} is unknown";
        }

        if (now is not { } stated)
        {
            return $"{root.Name} was retrieved on {root.RetrievedOn}";
        }

        DateOnly day = Rfc3339.ParseDate(root.RetrievedOn, "retrieved-on");
        int days = DateOnly.FromDateTime(stated.UtcDateTime).DayNumber - day.DayNumber;
        string age = days >= 0 ? $"{days.ToString(CultureInfo.InvariantCulture)} days ago" : "which is after the stated time";
        return $"{root.Name} was retrieved on {root.RetrievedOn}, {age}";
    }
}
