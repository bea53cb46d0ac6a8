using System.Text.Json.Nodes;

namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>One question to the verifier and the one answer that is right.</summary>
/// <param name="Name">A folder name under tests/vectors/sigstore.</param>
/// <param name="About">What is wrong here and why it matters.</param>
/// <param name="Expect"><c>trusted</c>, or the reason code of the first finding.</param>
/// <param name="Ask">Makes the question with a fresh instance.</param>
internal sealed record Scenario(string Name, string About, string Expect, Func<VirtualSigstoreInstance, Question> Ask)
{
    /// <summary>Too large to be kept as a vector.</summary>
    public bool IsUnitTestOnly { get; init; }

    /// <summary>Asked of the program alone: the command line, in which <c>{identity}</c> stands for the exact identity options and <c>{root}</c> for the root.</summary>
    public string? CommandLine { get; init; }

    /// <summary>What the text report must contain.</summary>
    public string Contains { get; init; } = "";

    public override string ToString() => Name;
}

/// <summary>A bundle, an artefact, and whom to trust.</summary>
internal sealed record Question(byte[] Bundle)
{
    public byte[] Artifact { get; init; } = BundleDraft.Artifact;

    /// <summary>The trusted root; null: the instance's own.</summary>
    public JsonObject? Root { get; init; }

    public string Identity { get; init; } = new LeafRecipe().Identity;
    public string Issuer { get; init; } = new LeafRecipe().Issuer;

    /// <summary>A public key in PEM instead of an identity.</summary>
    public string? KeyPem { get; init; }

    /// <summary>With a key: no trusted root is named, so that only signature and artefact are judged.</summary>
    public bool IsKeyOnly { get; init; }
}
