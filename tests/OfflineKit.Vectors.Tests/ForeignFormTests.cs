using OfflineKit.Formats.Foreign;
using OfflineKit.Testing;

namespace OfflineKit.Vectors.Tests;

/// <summary>The table of forms that are known and not verified: each has its vector, is told from all others, and gives advice that works.</summary>
public sealed class ForeignFormTests
{
    // Made by openssl, so that openssl can follow the advice; the others hold no more than their marks.
    private static readonly string[] Genuine = ["smime", "timestamp"];

    public static TheoryData<string> Typed() => [.. Genuine];

    [Fact]
    public void Every_form_has_a_vector_of_its_name() =>
        Assert.Empty(ForeignForms.All.Select(form => form.Name).Except(Vectors(), StringComparer.Ordinal));

    [Fact]
    public void The_file_of_a_vector_is_of_its_form_and_of_no_earlier_one() => Assert.Equal("", string.Join('\n', Vectors()
        .Select(name => (Name: name, Seen: ForeignForms.Of(File.ReadAllBytes(SignatureOf(name)))?.Name))
        .Where(pair => pair.Seen is null || pair.Seen != Nearest(pair.Name))));

    // The form that a vector is called after; further ones of a form have something behind its name.
    private static string? Nearest(string vector) => ForeignForms.All.Select(form => form.Name)
        .Where(name => vector == name || vector.StartsWith(name + "-", StringComparison.Ordinal)).MaxBy(name => name.Length);

    private static string[] Vectors() =>
        [.. Directory.EnumerateDirectories(Folder("")).Select(folder => Path.GetFileName(folder)!).Where(name => !name.StartsWith("beside-", StringComparison.Ordinal))];

    [Fact]
    public void No_form_that_is_verified_is_told_to_be_one_of_these() => Assert.Equal("", string.Join('\n', Vector.Names()
        .Where(name => !name.StartsWith("foreign/", StringComparison.Ordinal) && Vector.Read(name).Expect == "trusted")
        .SelectMany(name => Directory.EnumerateFiles(Path.Combine(Vector.Root, name)))
        .Where(file => KnownFormats.Recognise(File.ReadAllBytes(file), Expectations.None) is { IsSelfContained: false } && ForeignForms.Of(File.ReadAllBytes(file)) is not null)
        .Select(file => Path.GetRelativePath(Vector.Root, file))));

    [Theory]
    [MemberData(nameof(Typed))]
    public void The_advice_works_as_it_is_typed(string name)
    {
        string command = ForeignForms.All.Single(form => form.Name == name).Advice.Split('`')[1], folder = Directory.CreateTempSubdirectory("offlinekit-advice-").FullName;
        try
        {
            foreach (string file in Directory.EnumerateFiles(Folder(name)))
            {
                File.Copy(file, Path.Combine(folder, Path.GetFileName(file)));
            }

            Execution good = Execution.Of(command.Split(' '), folder);
            Assert.True(good.ExitCode == 0, good.Everything);
            string signed = Path.Combine(folder, "FILE");
            File.WriteAllText(signed, File.ReadAllText(signed).Replace("first", "other", StringComparison.Ordinal));
            Assert.NotEqual(0, Execution.Of(command.Split(' '), folder).ExitCode);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string SignatureOf(string name)
    {
        string[] words = Vector.Read($"foreign/{name}").Args;
        return Folder($"{name}/{words[Array.IndexOf(words, "--signature") + 1]}");
    }

    private static string Folder(string path) => Path.Combine(Vector.Root, "foreign", path);
}
