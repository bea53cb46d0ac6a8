using System.Collections.Immutable;

namespace OfflineKit.Formats.Jws;

/// <summary>Reasons that only JSON Web Signatures give.</summary>
internal static class JwsReasons
{
    public static readonly Reason Unsigned = new(
        "jws.unsigned",
        "the JWS says alg none: it carries no signature at all",
        "do not use it; ask for a token that is signed by a private key");

    public static readonly Reason Critical = new(
        "jws.critical",
        "the JWS says that an extension must be understood, and offlinekit does not understand it",
        "ask the sender for a JWS without it, or verify it with the program that the extension belongs to");

    public static readonly Reason Detached = new(
        "jws.detached",
        "the JWS carries no payload: what it signs is another file",
        "name the file, and the JWS with {signaturePath}");

    public static readonly Reason Expired = new(
        "jws.expired",
        "the token has ended by its own account",
        "ask for a new token; to judge an old one as of an earlier day, state the time with {at}");

    public static readonly Reason NotYetValid = new(
        "jws.not-yet-valid",
        "the token does not hold yet by its own account",
        "check the clock of this machine, or state the time with {at}");

    public static readonly Reason Claims = new(
        "jws.claims",
        "the token's claims are not well-formed",
        "ask the issuer for a token whose payload is one JSON object with numbers for its times");

    /// <summary>Every reason of this class.</summary>
    public static ImmutableArray<Reason> All { get; } = [Unsigned, Critical, Detached, Expired, NotYetValid, Claims];
}
