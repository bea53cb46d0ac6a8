using System.CommandLine;

namespace OfflineKit.Cli;

/// <summary>The options that say what a bare signature cannot say about itself.</summary>
internal sealed class KmsOptions
{
    private readonly Option<string?> _algorithm = new("--algorithm", "-a")
    {
        Description = "the algorithm of a key service's signature, in its own spelling (ECDSA_SHA_256, PS256, EC_SIGN_P256_SHA256, pss+sha2-256+salt_length=hash …)",
        HelpName = "LABEL",
    };

    private readonly Option<string?> _encoding = new("--signature-encoding")
    {
        Description = "how an ECDSA signature is written: der (AWS, Google) or p1363 (Azure, JWS)",
        HelpName = "der|p1363",
    };

    private readonly Option<string?> _text = new("--signature-text")
    {
        Description = "how a bare signature file is written: raw, base64 or hex; default: raw, or base64 where only that fits",
        HelpName = "raw|base64|hex",
    };

    private readonly Option<bool> _digestInput = new("--digest-input") { Description = "FILE holds the digest itself, as raw bytes" };

    public KmsOptions()
    {
        _encoding.AcceptOnlyFromAmong("der", "p1363");
        _text.AcceptOnlyFromAmong("raw", "base64", "hex");
    }

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_algorithm);
        command.Options.Add(_encoding);
        command.Options.Add(_text);
        command.Options.Add(_digestInput);
    }

    /// <summary><paramref name="expectations"/> with what the options say.</summary>
    public Expectations Apply(Expectations expectations, ParseResult arguments) => expectations with
    {
        Algorithm = arguments.GetValue(_algorithm),
        EcdsaEncoding = arguments.GetValue(_encoding) switch
        {
            "der" => EcdsaEncoding.Der,
            "p1363" => EcdsaEncoding.FixedWidth,
            _ => null,
        },
        SignatureText = arguments.GetValue(_text),
        ArtifactIsDigest = arguments.GetValue(_digestInput),
        AllowBareSignature = expectations.AllowBareSignature || arguments.GetValue(_algorithm) is not null,
    };
}
