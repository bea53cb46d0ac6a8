namespace OfflineKit.Tests.VirtualSigstore;

/// <summary>Writes scenarios as vectors: the same questions, asked of the program.</summary>
internal static class VectorWriter
{
    public static void Write(string folder, VirtualSigstoreInstance instance, IEnumerable<Scenario> scenarios)
    {
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        string common = Path.Combine(folder, "_instance");
        Directory.CreateDirectory(common);
        File.WriteAllText(Path.Combine(common, "trusted_root.json"), instance.Root().ToJsonString());
        File.WriteAllBytes(Path.Combine(common, "a.txt"), BundleDraft.Artifact);
        File.WriteAllText(Path.Combine(common, "README.md"), """
            A virtual Sigstore instance: its root, and the artefact of the scenarios. Its keys were thrown away.
            Written by tests/OfflineKit.Tests/VirtualSigstore: `UPDATE=1 dotnet run --project tests/OfflineKit.Tests -- -method "*Vectors_are_written_when_asked"`

            """);
        foreach (Scenario scenario in scenarios.Where(scenario => !scenario.IsUnitTestOnly))
        {
            Write(Path.Combine(folder, scenario.Name), scenario, scenario.Ask(instance));
        }
    }

    private static void Write(string folder, Scenario scenario, Question question)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllBytes(Path.Combine(folder, "bundle.sigstore.json"), question.Bundle);
        string artifact = "../_instance/a.txt", root = "../_instance/trusted_root.json";
        if (!question.Artifact.SequenceEqual(BundleDraft.Artifact))
        {
            File.WriteAllBytes(Path.Combine(folder, artifact = "other.txt"), question.Artifact);
        }

        if (question.Root is { } own)
        {
            File.WriteAllText(Path.Combine(folder, root = "trusted_root.json"), own.ToJsonString());
        }

        string signer = $"--certificate-identity {question.Identity} --certificate-oidc-issuer {question.Issuer}";
        if (question.KeyPem is { } pem)
        {
            File.WriteAllText(Path.Combine(folder, "key.pem"), pem + "\n");
            signer = "--key key.pem";
        }

        string trust = question.IsKeyOnly ? "" : $" --trusted-root {root}";
        string line = scenario.CommandLine?.Replace("{identity}", signer, StringComparison.Ordinal).Replace("{root}", root, StringComparison.Ordinal)
            ?? $"verify-bundle --bundle bundle.sigstore.json {signer}{trust} {artifact}";
        string contains = scenario.Contains.Length > 0 ? $"contains: {scenario.Contains}\n" : "";
        File.WriteAllText(Path.Combine(folder, "case.txt"), $"# {scenario.About}\nargs: {line}\nexpect: {scenario.Expect}\n{contains}");
    }
}
