using System.Runtime.Versioning;
using OfflineKit.Testing;

namespace OfflineKit.Release.Tests;

/// <summary>The package of the core library, used by a project that has nothing else of ours.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class LibraryPackageTests(AssembledRelease release) : IClassFixture<AssembledRelease>
{
    // What the build restored: no test asks a registry.
    private static string Restored => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder ? folder : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    [Fact]
    public void The_example_runs_against_the_packed_library()
    {
        string project = Directory.CreateDirectory(Path.Combine(release.Work, "example")).FullName, feed = Path.Combine(AssembledRelease.Folder, "nuget");
        File.Copy(Repository.Path("tests", "OfflineKit.Example", "Program.cs"), Path.Combine(project, "Program.cs"));
        File.Copy(Repository.Path("global.json"), Path.Combine(project, "global.json"));
        File.WriteAllText(Path.Combine(project, "Example.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <ImplicitUsings>enable</ImplicitUsings>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <RestorePackagesPath>$(MSBuildProjectDirectory)/packages</RestorePackagesPath>
                <RestoreSources>{feed};{Restored}</RestoreSources>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="OfflineKit" Version="{AssembledRelease.Version}" />
              </ItemGroup>
            </Project>
            """);
        AssembledRelease.Must("dotnet", "build", Path.Combine(project, "Example.csproj"), "-v:q", "-nologo", "-nodeReuse:false", "-o", Path.Combine(project, "out"));
        AssembledRelease.Must("cmp", Path.Combine(project, "out", "OfflineKit.dll"), Path.Combine(project, "packages", "offlinekit", AssembledRelease.Version, "lib", "net10.0", "OfflineKit.dll"));
        string[] words = ["dotnet", Path.Combine(project, "out", "Example.dll"), Repository.Path("tests/demo/export/tool-1.4.0.tar.gz"), Repository.Path("tests/demo/export/tool-1.4.0.tar.gz.minisig")];
        Execution trusted = Execution.Of([.. words, Repository.Path("tests/demo/keys/release.pub")], seconds: 60), stranger = Execution.Of([.. words, Repository.Path("tests/demo/keys/ada.pem")], seconds: 60);
        Assert.True(trusted.ExitCode == 0, trusted.Everything);
        Assert.True(stranger.ExitCode == 1, stranger.Everything);
    }
}
