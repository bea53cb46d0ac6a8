using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Encoding;
using OfflineKit.Files;
using OfflineKit.Formats.Sentinel;
using OfflineKit.Host.Requests;
using OfflineKit.Reporting;
using OfflineKit.Signing.Aws;
using OfflineKit.Signing.Formats;
using OfflineKit.Signing.Output;
using OfflineKit.Signing.Sentinel;

namespace OfflineKit.Signing.Cli.Commands;

/// <summary><c>offlinekit-sign policy validate | diff | pull | load</c>: everything about policies that signs nothing.</summary>
internal static class PolicyReadCommands
{
    public static Command Validate()
    {
        Argument<string[]> files = new("FILE") { Description = "policies", Arity = ArgumentArity.OneOrMore };
        CommandWithExample command = new("validate", "List what Sentinel's validator would refuse; exit status 1 when there is something.", "offlinekit-sign policy validate policy.yaml");
        command.Arguments.Add(files);
        command.SetAction(arguments =>
        {
            int exit = ExitCode.Done;
            foreach (string file in arguments.GetRequiredValue(files))
            {
                ImmutableArray<string> faults = SentinelPolicy.Faults(InputFile.ReadAll(file, Limits.SignatureFile, "policy"));
                exit = faults.IsEmpty ? exit : ExitCode.Refused;
                Terminal.Out.WriteLine($"{TerminalText.Escape(file)}: {(faults.IsEmpty ? "valid" : $"{faults.Length} faults")}");
                faults.ToList().ForEach(fault => Terminal.Out.WriteLine($"  {TerminalText.Escape(fault)}"));
            }

            return exit;
        });
        return command;
    }

    public static Command Diff()
    {
        PolicyOptions policy = new();
        Argument<string> file = new("FILE") { Description = "the policy to compare with what is live" };
        CommandWithExample command = new("diff", "Show the lines by which FILE differs from the live policy; exit status 1 when there are any.", "offlinekit-sign policy diff prod policy.yaml");
        policy.AddTo(command);
        command.Arguments.Add(file);
        command.SetAction(async (arguments, cancellation) =>
        {
            using ParameterStore store = await policy.StoreAsync(arguments, cancellation);
            string live = await store.ReadAsync(policy.Parameter(arguments), cancellation) ?? "";
            ImmutableArray<string> lines = PolicyDifference.Between(live, PolicyOptions.Text(arguments.GetRequiredValue(file), "policy"));
            lines.ToList().ForEach(line => Terminal.Out.WriteLine(TerminalText.Escape(line, limit: 4000)));
            return lines.IsEmpty ? ExitCode.Done : ExitCode.Refused;
        });
        return command;
    }

    public static Command Pull()
    {
        PolicyOptions policy = new();
        Option<string> output = new("--output", "-o") { Description = "where the policy goes; its signature goes beside it", HelpName = "FILE", Required = true };
        Option<bool> force = new("--force") { Description = "replace an earlier policy and its signature" };
        CommandWithExample command = new("pull", "Fetch a policy and its signature, byte for byte as they were signed.", "offlinekit-sign policy pull prod -o policy.yaml");
        policy.AddTo(command);
        command.Options.Add(output);
        command.Options.Add(force);
        command.SetAction(async (arguments, cancellation) =>
        {
            string parameter = policy.Parameter(arguments), path = arguments.GetRequiredValue(output);
            using ParameterStore store = await policy.StoreAsync(arguments, cancellation);
            string text = await store.ReadAsync(parameter, cancellation) ?? throw PolicyReasons.NoPolicy.Refusal($"{parameter} does not exist");
            string? signature = await store.ReadAsync(ParameterName.OfSignature(parameter), cancellation);
            Replacing replacing = arguments.GetValue(force) ? Replacing.EarlierOutput : Replacing.Nothing;
            OutputFile policyFile = new(path, OutputKinds.Policy, replacing), signatureFile = policyFile.Companion(".sig.json", OutputKinds.Signature("sentinel"));
            using FileTransaction change = new();
            signatureFile.RefuseIfTaken();
            if (signature is not null)
            {
                change.Write(signatureFile, Utf8Text.Encode(signature));
            }

            change.Write(policyFile, Utf8Text.Encode(text));
            change.Commit();
            Terminal.Out.WriteLine($"pulled {TerminalText.Escape(parameter)} -> {TerminalText.Escape(path)}");
            Stderr.Note(signature is null ? "it has no signature" : $"nothing was verified: offlinekit policy verify {path} --signature {path}.sig.json");
            return ExitCode.Done;
        });
        return command;
    }

    public static Command Load()
    {
        PolicyOptions policy = new();
        Option<string[]> keys = new("--public-key") { Description = "a pinned key that policies must be signed by; may be repeated", HelpName = "FILE", Required = true, Arity = ArgumentArity.OneOrMore };
        CommandWithExample command = new(
            "load",
            "Fetch a policy, verify it and write it to standard output; SENTINEL_ENFORCE_POLICY_SIGNING=false lets unsigned ones through with a warning.",
            "offlinekit-sign policy load prod --public-key sentinel.pem");
        policy.AddTo(command);
        command.Options.Add(keys);
        command.SetAction(async (arguments, cancellation) =>
        {
            NamedFile[] pinned = [.. arguments.GetRequiredValue(keys).Select(KeyOptions.NamedPublicKey)];
            MachineTrust trust = MachineTrust.In(pinned);
            LoaderSetting setting = LoaderSetting.Read(
                PolicyOptions.Set("SENTINEL_POLICY_SIGNING_KEY") ?? "sha256:" + KeyOptions.PublicKey(pinned[0]).Fingerprint, Environment.GetEnvironmentVariable("SENTINEL_ENFORCE_POLICY_SIGNING"));
            Stderr.Note(setting.StartLine);
            using ParameterStore store = await policy.StoreAsync(arguments, cancellation);
            PolicyLoader loader = new(store, trust.Trust, trust.Strictest(setting.Enforcement), TimeProvider.System);
            LoadedPolicy loaded = await loader.LoadAsync(policy.Parameter(arguments), cancellation);
            if (loaded.Warning.Length > 0)
            {
                Stderr.Note(loaded.Warning);
            }

            using Stream output = Terminal.OpenOutput();
            output.Write(Utf8Text.Encode(loaded.Content));
            return ExitCode.Done;
        });
        return command;
    }
}
