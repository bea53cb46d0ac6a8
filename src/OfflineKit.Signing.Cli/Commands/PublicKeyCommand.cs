using System.CommandLine;
using OfflineKit.Crypto;
using OfflineKit.Signing.Output;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign public-key KEY</c>: the public half, for whoever verifies.</summary>
internal static class PublicKeyCommand
{
    public static Command Create()
    {
        KeyOptions keys = new();
        Option<string> form = new Option<string>("--as") { Description = "pem (default), minisign, jwk, dossier (one line of base64) or trust-entry", HelpName = "FORM", DefaultValueFactory = _ => "pem" }
            .TakesOneOf([.. Forms.Keys]);
        Option<string> output = new("--output", "-o") { Description = "where it goes; default: standard output", HelpName = "FILE", DefaultValueFactory = _ => "-" };
        Option<bool> force = new("--force") { Description = "replace an earlier public key" };
        CommandWithExample command = new(
            "public-key",
            "Write the public half of a signing key.",
            "offlinekit-sign public-key awskms:///alias/release --as pem -o release.pem");
        keys.AddTo(command);
        command.Options.Add(form);
        command.Options.Add(output);
        command.Options.Add(force);
        command.SetAction(async (arguments, cancellation) =>
        {
            // Any scheme will do: nothing is signed.
            await using SigningKey key = await keys.Request(arguments).OpenAsync(SignatureScheme.RsaPssSha256, cancellation);
            byte[] content = PublicKeyText.Write(key, Forms[arguments.GetRequiredValue(form)]);
            string path = arguments.GetRequiredValue(output);
            OutputTarget target = path == "-"
                ? OutputTarget.To(Terminal.OpenOutput(), "standard output")
                : arguments.GetValue(force) ? OutputTarget.ReplacedFile(path) : OutputTarget.NewFile(path);
            target.Write(new OutputShape(OutputKinds.PublicKey), new SignedOutput(content, RequestId: ""));
            Stderr.Note($"{key.PublicKey.Material.Kind} key {key.Reference}, SPKI sha256:{key.PublicKey.Material.Fingerprint}");
            return ExitCode.Done;
        });
        return command;
    }

    private static Dictionary<string, PublicKeyForm> Forms { get; } = new(StringComparer.Ordinal)
    {
        ["pem"] = PublicKeyForm.Pem,
        ["minisign"] = PublicKeyForm.Minisign,
        ["jwk"] = PublicKeyForm.Jwk,
        ["dossier"] = PublicKeyForm.Dossier,
        ["trust-entry"] = PublicKeyForm.TrustEntry,
    };
}
