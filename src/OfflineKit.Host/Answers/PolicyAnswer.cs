using System.Collections.Immutable;
using System.Text.Json;
using OfflineKit.Host.Policies;
using OfflineKit.Host.Requests;
using OfflineKit.Host.State;
using OfflineKit.Policy;
using OfflineKit.Reporting;
using OfflineKit.Trust;

namespace OfflineKit.Host.Answers;

/// <summary>A policy in words, and what is wrong with it. It decides about no file.</summary>
/// <param name="Path">The policy's file.</param>
/// <param name="Finding">What is wrong with it, or null.</param>
/// <param name="Demands">Each demand in words.</param>
/// <param name="Remarks">What no rule forbids.</param>
internal sealed record PolicyAnswer(string Path, Finding? Finding, ImmutableArray<string> Demands, ImmutableArray<string> Remarks)
{
    /// <summary>The outcome in a word.</summary>
    public string Outcome => Finding is null ? "SOUND" : "REFUSED";

    /// <summary>The answer about the policy <paramref name="path"/>; null: the one that binds <paramref name="machine"/>.</summary>
    public static PolicyAnswer Of(VerifyRequest request, string? path, Inputs inputs, Machine machine) =>
        path is null ? OfMachine(request, machine) : OfFile(request, path, inputs, machine);

    /// <summary>Writes it as one object.</summary>
    /// <param name="json">Where.</param>
    /// <param name="wording">What the surface calls the parameters.</param>
    public void Write(Utf8JsonWriter json, Wording wording)
    {
        json.WriteStartObject();
        json.WriteNumber("version", 1);
        json.WriteString("command", "policy check");
        json.WriteString("subject", Path);
        json.WriteString("outcome", Outcome);
        JsonReport.WriteList(json, "findings", new[] { Finding }.OfType<Finding>(), (writer, finding) => JsonReport.WriteFinding(writer, finding, wording));
        JsonReport.WriteList(json, "demands", Demands, static (writer, text) => writer.WriteStringValue(text));
        JsonReport.WriteList(json, "remarks", Remarks, static (writer, text) => writer.WriteStringValue(text));
        json.WriteEndObject();
    }

    private static PolicyAnswer OfFile(VerifyRequest request, string path, Inputs inputs, Machine machine)
    {
        PolicySource source = PolicySource.Carried.Of(path) is { } carried
            ? carried
            : new PolicySource.Named(new NamedFile(path, inputs.Read(path, Limits.KeyFile, "policy", "the policy"), path));
        Resolution asked = Resolution.Of(request with { Policy = source }, machine);
        if (asked.Value is not { } resolved)
        {
            return new PolicyAnswer(path, asked.Finding, Demands: [], Remarks: []);
        }

        (PolicyFile policy, TrustStore? store) = (resolved.Policies[0].Demands, request.Trust.NamesSomebody ? resolved.Store : null);
        return InWords(path, policy, store is null ? null : PolicyReview.Judge(policy, store), request, PolicyReview.Remarks(policy, store));
    }

    private static PolicyAnswer OfMachine(VerifyRequest request, Machine machine)
    {
        if (request.Trust.NamesSomebody)
        {
            throw new UsageException("whom the machine's policy names is decided by the machine's own trust", "leave the keys and roots out, or name a policy file");
        }

        MachineRules rules = MachineRules.Of(machine, VerifyRequest.Of(Questions.File, []));
        return rules switch
        {
            { Finding: { } finding } => new PolicyAnswer(machine.PolicyPath, finding, Demands: [], Remarks: []),
            { Policy: { } policy } => InWords(policy.InForce.Source, policy.Demands, rules.Signers!.Unknown, request, [$"it is {policy.InForce.InWords}"]),
            _ => throw new UsageException($"no policy binds this machine: there is no {machine.PolicyPath}", "name a policy file, or `offlinekit policy install FILE` as the administrator"),
        };
    }

    private static PolicyAnswer InWords(string path, PolicyFile policy, Finding? objection, VerifyRequest request, IEnumerable<string> remarks)
    {
        string[] demands = [.. policy.At(request.TimeOr(DateTimeOffset.UtcNow)).Requirements.Select(requirement => requirement.InWords)];
        string[] trustAge = policy.MaxTrustAgeDays is { } days ? [$"imported trust is at most {days} days old"] : [];
        string[] permits = policy.Permits.IsEmpty ? [] : [$"where it binds a machine, whoever asks may still permit {string.Join(", ", policy.Permits)}, and nothing else"];
        return new PolicyAnswer(path, objection, [.. demands, .. trustAge], [.. permits, .. remarks]);
    }
}
