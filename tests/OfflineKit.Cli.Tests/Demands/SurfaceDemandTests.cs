using System.Text.Json;
using OfflineKit.Cli.Tests.Serve;
using OfflineKit.Host.Requests;

namespace OfflineKit.Cli.Tests.Demands;

/// <summary>Every member of a request of <c>serve</c> and of a line of a batch, for every format and layout: what it demands is never passed over.</summary>
[Collection(nameof(DemandTableTests))]
public sealed class SurfaceDemandTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("offlinekit-surface-").FullName;

    public static TheoryData<AskedThing> Served() => [.. AskedThing.Formats.Concat(AskedThing.Layouts)];

    public static TheoryData<AskedThing> Listed() => [.. AskedThing.Formats];

    [Theory]
    [MemberData(nameof(Served))]
    public void A_member_of_a_request_changes_the_verdict_or_is_refused(AskedThing thing)
    {
        Questions asks = thing.Command == "verify" ? Questions.File : Questions.Export;
        string[] options = [.. Options(asks)];
        string[] requests = [Request(asks, thing, "as it is", thing.Words), .. options.Select(option => Request(asks, thing, option, OptionKinds.With(thing, option)))];
        Engine engine = Engine.Asked(requests);
        Assert.Equal("valid", engine.Only("as it is").GetProperty("status").GetString());
        string[] passedOver = [.. options.Where(option => engine.Only(option).GetProperty("status").GetString() == "valid" && !OptionKinds.Satisfied.ContainsKey((thing.Folder, option)))];
        Assert.Equal("", string.Join(' ', passedOver));
    }

    [Theory]
    [MemberData(nameof(Listed))]
    public void A_member_of_a_line_changes_the_verdict_or_is_refused(AskedThing thing)
    {
        Assert.Equal(0, Batch(thing, thing.Words));
        string[] passedOver = [.. Options(Questions.File).Where(option => Batch(thing, OptionKinds.With(thing, option)) == 0 && !OptionKinds.Satisfied.ContainsKey((thing.Folder, option)))];
        Assert.Equal("", string.Join(' ', passedOver));
    }

    /// <inheritdoc/>
    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static IEnumerable<string> Options(Questions asks) => RequestParameters.Of(asks).Select(parameter => parameter.Option).Where(option => OptionKinds.Demands[option] is not null);

    private static string Request(Questions asks, AskedThing thing, string id, string[] words) => JsonSerializer.Serialize(
        new Dictionary<string, object>(AskedMembers.Of(asks, words).Members) { ["id"] = id, ["verb"] = thing.Command });

    // Whom a batch trusts stands on the command line, with what says which roots are consulted; what narrows stands on the line of the list.
    private int Batch(AskedThing thing, string[] words)
    {
        AskedMembers asked = AskedMembers.Of(Questions.File, words), own = AskedMembers.Of(Questions.File, thing.Words);
        bool ChoosesRoots(string member) => (member.StartsWith("certificate", StringComparison.Ordinal) || member is "identity" or "namespace") && asked.Members[member].Equals(own.Members.GetValueOrDefault(member));
        VerifyRequest nobody = VerifyRequest.Of(Questions.File, []);
        bool OnLine(string member) => asked.Kinds.GetValueOrDefault(member) == ParameterKind.Narrows && RequestParameters.Of(Questions.File).All(parameter => parameter.Member != member || parameter.NarrowsWithin(nobody)) && !ChoosesRoots(member);
        string list = Path.Combine(_folder, Guid.NewGuid().ToString("N") + ".ndjson");
        File.WriteAllText(list, JsonSerializer.Serialize(asked.Members.Where(member => OnLine(member.Key)).ToDictionary()) + "\n");
        IEnumerable<string> command = asked.Members.Where(member => !OnLine(member.Key)).SelectMany(member => Words(RequestParameters.Named(member.Key).Option, member.Value));
        return AskedThing.Run(["verify", "--batch", list, "--output", "ndjson", .. command]);
    }

    private static IEnumerable<string> Words(string option, object value) => value switch
    {
        string[] texts => texts.SelectMany(text => (string[])[option, text]),
        true => [option],
        _ => [option, Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture)!],
    };
}
