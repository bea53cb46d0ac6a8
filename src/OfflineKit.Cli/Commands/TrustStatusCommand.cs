using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Archives;
using OfflineKit.Cli.State;
using OfflineKit.Encoding;
using OfflineKit.Reporting;
using OfflineKit.Trust;
using OfflineKit.Trust.Tuf;

namespace OfflineKit.Cli.Commands;

/// <summary><c>trust status</c>, <c>trust diff</c> and <c>trust export</c>: what is in force, what changed, and carrying it on.</summary>
internal static class TrustStatusCommand
{
    /// <summary><c>status</c>: one screen.</summary>
    public static Command CreateStatus()
    {
        StateOptions state = new();
        TimeOption time = new();
        TrustAgeOption age = new();
        Command command = new CommandWithExample("status", "Show every imported root: its age, what expires next, what was revoked.", "offlinekit trust status --max-trust-age 90");
        state.AddTo(command);
        time.AddTo(command);
        age.AddTo(command);
        command.SetAction(arguments =>
        {
            TrustState all = state.State(arguments);
            if (all.Names.IsEmpty)
            {
                throw new UsageException($"no trust was imported into {all.Path}", "`offlinekit trust import BUNDLE --root-fingerprint HEX` does so");
            }

            bool sound = true;
            foreach (string name in all.Names)
            {
                sound &= WriteStatus(all.Root(name), time.Of(arguments), age.Of(arguments));
            }

            return sound ? ExitCode.Trusted : ExitCode.NotTrusted;
        });
        return command;
    }

    /// <summary><c>diff</c>: a bundle, or the last import, against what was before.</summary>
    public static Command CreateDiff()
    {
        Argument<string?> bundle = new("BUNDLE") { Description = "a newer bundle; without it, the last import against the one before", Arity = ArgumentArity.ZeroOrOne };
        StateOptions state = new();
        TimeOption time = new();
        OutputOption output = new();
        Command command = new CommandWithExample("diff", "Show what a bundle would change, or what the last import changed.", "offlinekit trust diff newer.tar") { bundle };
        state.AddTo(command);
        time.AddTo(command);
        output.AddTo(command);
        command.SetAction(arguments =>
        {
            DateTimeOffset at = time.Of(arguments);
            return Difference(state, arguments, arguments.GetValue(bundle), at).Write(output.Of(arguments));
        });
        return command;
    }

    /// <summary><c>export</c>: the imported root as a bundle.</summary>
    public static Command CreateExport()
    {
        Argument<string> file = new("FILE.tar") { Description = "the bundle to write" };
        StateOptions state = new();
        Command command = new CommandWithExample("export", "Write an imported root as a trust bundle, to be carried on.", "offlinekit trust export bundle.tar --name sigstore") { file };
        state.AddTo(command);
        command.SetAction(arguments =>
        {
            Parsed<ImportedTrust> loaded = state.Load(arguments, DateTimeOffset.UtcNow);
            string path = arguments.GetRequiredValue(file);
            if (loaded.Value is not { } trust)
            {
                return new TrustReport("trust export", path, "REFUSED", loaded.Refusal, Repository: null, [], DateTimeOffset.UtcNow).Write(OutputForm.Text);
            }

            Export(trust.Repository, path);
            Console.Out.WriteLine($"EXPORTED: {TerminalText.Escape(path)}\n  root        version {trust.Repository.Root.Version}, sha256:{trust.Repository.Root.Fingerprint}\n  pinned root sha256:{trust.Record.PinnedRoot}");
            return ExitCode.Trusted;
        });
        return command;
    }

    private static void Export(TufRepository repository, string path)
    {
        if (Path.Exists(path))
        {
            throw new UsageException($"{path} is there already", "choose another name");
        }

        using MemoryStream content = new();
        TarWriter tar = new(content);
        foreach (KeyValuePair<string, ReadOnlyMemory<byte>> entry in repository.Files())
        {
            tar.Add(entry.Key, entry.Value.Span);
        }

        tar.Finish();
        new DurableFiles().Write(path, content.ToArray());
    }

    private static TrustReport Difference(StateOptions state, ParseResult arguments, string? bundle, DateTimeOffset at)
    {
        Parsed<ImportedTrust> loaded = state.Load(arguments, at);
        if (loaded.Value is not { } trust)
        {
            return new TrustReport("trust diff", bundle ?? "", "REFUSED", loaded.Refusal, Repository: null, [], at);
        }

        if (bundle is null)
        {
            ImportedTrust before = state.Folder(arguments).Previous(at) ?? throw new UsageException("there was only one import so far", "name a newer bundle");
            return Compared(trust.Name, before.Repository, trust.Repository, at);
        }

        Parsed<ITufFiles> files = Bundle.Open(bundle);
        Parsed<TufRepository> newer = files.Value is { } opened
            ? TufClient.Update(opened, trust.Repository, at, ExpiryRule.Report)
            : new Parsed<TufRepository>(Value: null, files.Refusal);
        return newer.Value is { } repository
            ? Compared(bundle, trust.Repository, repository, at)
            : new TrustReport("trust diff", bundle, "REFUSED", newer.Refusal, Repository: null, [], at);
    }

    private static TrustReport Compared(string subject, TufRepository before, TufRepository now, DateTimeOffset at)
    {
        ImmutableArray<string> changes = TrustChange.Between(before, now);
        return new TrustReport("trust diff", subject, changes.IsEmpty ? "NO CHANGE" : "CHANGES", Refusal: null, Repository: null, changes, at);
    }

    private static bool WriteStatus(TrustFolder folder, DateTimeOffset time, TimeSpan? limit)
    {
        TextWriter screen = Console.Out;
        Parsed<ImportedTrust> loaded = folder.Load(pin: null, time);
        Finding? refusal = loaded.Refusal ?? TrustAge.Objection(loaded.Value!, time, limit);
        screen.WriteLine($"{folder.Name}: {(refusal is null ? "in force" : "REFUSED")}");
        if (refusal is not null)
        {
            screen.WriteLine($"  {refusal.Reason.Code}: {TerminalText.Escape(refusal.Detail)}");
            screen.WriteLine($"    next: {refusal.Reason.NextStep}");
        }

        if (loaded.Value is not { } trust)
        {
            return false;
        }

        TufRepository repository = trust.Repository;
        RoleExpiry first = repository.FirstExpiry;
        screen.WriteLine($"  root        version {repository.Root.Version}, sha256:{repository.Root.Fingerprint}");
        screen.WriteLine($"  pinned root sha256:{trust.Record.PinnedRoot}");
        screen.WriteLine($"  imported    {TufTime.Write(trust.Record.ImportedOn)} from {TerminalText.Escape(trust.Record.Bundle)}{(trust.Record.IsAged ? ", as aged" : "")}");
        screen.WriteLine($"  age         {TrustAge.InWords(trust, time)}");
        screen.WriteLine($"  next expiry {TerminalText.Escape(first.Role)} version {first.Version}, {TrustReport.InWords(first, time)} ({TufTime.Write(first.Expires)})");
        screen.WriteLine($"  targets     {repository.Targets.Length}");
        WriteKeys(screen, repository);
        foreach (string change in folder.Previous(time) is { } before ? TrustChange.Between(before.Repository, repository) : [])
        {
            screen.WriteLine($"  last import {TerminalText.Escape(change)}");
        }

        return refusal is null;
    }

    private static void WriteKeys(TextWriter screen, TufRepository repository)
    {
        foreach (TrustRoot root in RepositoryTrust.Manifest(repository).Value?.Roots ?? [])
        {
            string status = root.Status.Phase == KeyPhase.Active ? "active" : $"{root.Status.Phase.ToString().ToUpperInvariant()} ({TerminalText.Escape(root.Status.Why)})";
            screen.WriteLine($"  key         {TerminalText.Escape(root.Name)}: {status}");
        }
    }
}
