using System.CommandLine;
using OfflineKit.Files;
using OfflineKit.Reporting;
using OfflineKit.Signing.Keys;
using OfflineKit.Signing.Keys.Files;
using OfflineKit.Signing.Output;
using OfflineKit.Trust;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign keygen</c>: a new key pair, minisign's or ML-DSA.</summary>
internal static class KeyGenCommand
{
    private const string Minisign = "minisign";

    public static Command Create()
    {
        Option<string> secretFile = new("--secret-key", "-s") { Description = "where the secret key goes", HelpName = "FILE", Required = true };
        Option<string> publicFile = new("--public-key", "-p") { Description = "where the public key goes", HelpName = "FILE", Required = true };
        Option<string> kind = new("--algorithm")
        {
            Description = $"{Minisign}, or ML-DSA-44, ML-DSA-65, ML-DSA-87: a PKCS#8 file with the seed, and a public key in PEM",
            HelpName = "NAME",
            DefaultValueFactory = _ => Minisign,
        };
        Option<bool> open = new("--without-password", "-W") { Description = "store the secret key unencrypted" };
        Option<bool> force = new("--force") { Description = "replace an earlier public key; a secret key is never replaced" };
        Option<int?> descriptor = new("--password-fd") { Description = "read the password from file descriptor N", HelpName = "N" };
        CommandWithExample command = new(
            "keygen",
            "Make a key pair: minisign (Ed25519), or ML-DSA.",
            "offlinekit-sign keygen --secret-key ~/.minisign/minisign.key --public-key minisign.pub");
        foreach (Option option in (Option[])[secretFile, publicFile, kind, open, force, descriptor])
        {
            command.Options.Add(option);
        }

        command.SetAction(arguments =>
        {
            if (arguments.GetValue(open) && arguments.GetValue(descriptor) is not null)
            {
                throw new UsageException("--password-fd with --without-password: nothing reads it");
            }

            KeyPairFiles files = NewKeyFiles.Of(
                arguments.GetRequiredValue(secretFile), arguments.GetRequiredValue(publicFile), arguments.GetValue(force) ? Replacing.EarlierOutput : Replacing.Nothing);
            string algorithm = arguments.GetRequiredValue(kind);
            if (algorithm != Minisign && !MlDsaSecretKey.Names.Contains(algorithm, StringComparer.Ordinal))
            {
                throw new UsageException($"no new key is made by the algorithm \"{algorithm}\"", $"one of {Minisign}, {string.Join(", ", MlDsaSecretKey.Names)}");
            }

            using SecretMemory? password = arguments.GetValue(open) ? null : new PasswordReader(arguments.GetValue(descriptor)).AskNew("password for the new secret key");
            if (algorithm == Minisign)
            {
                MakeMinisign(files, password);
            }
            else
            {
                MakeMlDsa(algorithm, files, password);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static void MakeMinisign(KeyPairFiles files, SecretMemory? password)
    {
        using MinisignSecretKey key = MinisignSecretKey.Generate();
        files.Write(key, password);
        Terminal.Out.WriteLine($"made key {MinisignPublicKey.Display(key.Id)}: {TerminalText.Escape(files.Secret)}, {TerminalText.Escape(files.Public)}");
        Terminal.Out.WriteLine(key.PublicLine);
    }

    private static void MakeMlDsa(string algorithm, KeyPairFiles files, SecretMemory? password)
    {
        using MlDsaSecretKey key = MlDsaSecretKey.Generate(algorithm);
        files.Write(key, password);
        Terminal.Out.WriteLine($"made {algorithm} key sha256:{key.Public.Fingerprint}: {TerminalText.Escape(files.Secret)}, {TerminalText.Escape(files.Public)}");
    }
}
