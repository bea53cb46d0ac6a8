using System.Collections.Immutable;

namespace OfflineKit.Signing.Services;

/// <summary>Why a key service did not sign. Nothing was written in any of these cases.</summary>
internal static class ServiceReasons
{
    public static readonly Reason NoCredentials = new(
        "service.no-credentials",
        "no credentials for the key service were found",
        "sign in, or set the service's standard variables; docs/providers has a page for each service");

    public static readonly Reason BadCredentials = new(
        "service.bad-credentials",
        "the key service does not accept the credentials: unknown, wrong or expired",
        "sign in again, and check the clock; the message says which source was used");

    public static readonly Reason Denied = new(
        "service.denied",
        "whoever is signed in may not do this",
        "grant the right that the message names; docs/providers lists the least that is needed");

    public static readonly Reason KeyNotFound = new(
        "service.key-not-found",
        "the key service knows no such key, or does not show it to whoever is signed in",
        "check name, version, account, region and mount; a missing right can look the same");

    public static readonly Reason KeyDisabled = new(
        "service.key-disabled",
        "the key, or this version of it, is disabled",
        "enable it if that is what its owner wants; no other key is tried");

    public static readonly Reason KeyUnavailable = new(
        "service.key-unavailable",
        "the key is in a state in which it cannot sign: pending deletion or import, destroyed, not yet valid",
        "look at the key's state in the service; a deletion can be cancelled while it is pending");

    public static readonly Reason WrongUsage = new(
        "service.wrong-usage",
        "the key is not made for signing, or not with this algorithm",
        "use a key whose purpose is signing, and an algorithm that it offers");

    public static readonly Reason WrongRegion = new(
        "service.wrong-region",
        "the key is in another region than the one that was called",
        "set the region of the key, or name the key by its full ARN");

    public static readonly Reason NoRegion = new(
        "service.no-region",
        "it is not known which region to call",
        "set AWS_REGION, or name the key by its full ARN");

    public static readonly Reason Unreachable = new(
        "service.unreachable",
        "the service cannot be reached",
        "signing needs the network; verification does not. Check name, proxy, firewall and endpoint");

    public static readonly Reason Throttled = new(
        "service.throttled",
        "the service takes no more requests at the moment",
        "try again later, with a smaller --parallel; three retries were made");

    public static readonly Reason Failed = new(
        "service.failed",
        "the service failed",
        "try again later; it was retried where repeating the request is harmless");

    public static readonly Reason Refused = new(
        "service.refused",
        "the service refused the request",
        "the message quotes the service");

    public static readonly Reason MalformedAnswer = new(
        "service.malformed-answer",
        "the answer of the service cannot be read",
        "check that the address is the service's own and that no proxy changes answers");

    public static readonly Reason UnsafeAddress = new(
        "service.unsafe-address",
        "credentials would be sent to an address that is not known to be the service's, or not encrypted",
        "use https and the service's own host; plain http is for this machine alone");

    public static readonly Reason MessageTooLong = new(
        "service.message-too-long",
        "the key service signs only short messages with this algorithm",
        "use a key whose algorithm signs a digest (RSA or ECDSA), or a local Ed25519 key");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } =
    [
        NoCredentials, BadCredentials, Denied, KeyNotFound, KeyDisabled, KeyUnavailable, WrongUsage, WrongRegion, NoRegion,
        Unreachable, Throttled, Failed, Refused, MalformedAnswer, UnsafeAddress, MessageTooLong,
    ];
}
