using System.Collections.Immutable;
using System.CommandLine;
using OfflineKit.Policy;

namespace OfflineKit.Cli;

/// <summary>What is demanded of an envelope: payload type, predicate type, number of signers.</summary>
internal sealed class EnvelopeOptions
{
    private readonly Option<string?> _payloadType = new("--payload-type")
    {
        Description = "the payload type that a DSSE envelope must have; default: application/vnd.in-toto+json",
        HelpName = "TYPE",
    };

    private readonly Option<string?> _predicateType = new("--predicate-type")
    {
        Description = "the predicate type that the signed statement must have",
        HelpName = "URI",
    };

    private readonly Option<int> _threshold = new("--threshold")
    {
        Description = "how many distinct keys must have signed; default: 1",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };

    /// <summary>Adds the options to <paramref name="command"/>.</summary>
    public void AddTo(Command command)
    {
        command.Options.Add(_payloadType);
        command.Options.Add(_predicateType);
        command.Options.Add(_threshold);
    }

    /// <summary>Adds only the demand on the predicate type.</summary>
    public void AddPredicateTo(Command command) => command.Options.Add(_predicateType);

    /// <summary><paramref name="expectations"/> with what the options say.</summary>
    public Expectations Amend(Expectations expectations, ParseResult arguments)
    {
        int threshold = arguments.GetValue(_threshold);
        return threshold >= 1
            ? expectations with { PayloadType = arguments.GetValue(_payloadType), Threshold = threshold }
            : throw new UsageException($"--threshold {threshold} would demand no signer", "give 1 or more");
    }

    /// <summary><paramref name="policy"/> with what the options demand of the evidence.</summary>
    public SignaturePolicy AmendPredicate(SignaturePolicy policy, ParseResult arguments) =>
        arguments.GetValue(_predicateType) is { } type ? policy with { Requirements = [.. policy.Requirements, new StatesPredicate(type)] } : policy;

    /// <summary>The same, where signatures of other formats than DSSE can be met, which know neither payload type nor number of signers.</summary>
    public SignaturePolicy AmendForAnyFormat(SignaturePolicy policy, ParseResult arguments)
    {
        ImmutableArray<Requirement> all = AmendPredicate(policy, arguments).Requirements;
        all = arguments.GetValue(_payloadType) is { } type ? all.Add(new StatesPayload(type)) : all;
        return new SignaturePolicy(arguments.GetValue(_threshold) is > 1 and int threshold ? all.Add(new EnoughKeys(threshold)) : all);
    }
}
