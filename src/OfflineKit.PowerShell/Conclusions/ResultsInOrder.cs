using System;
using System.Collections.Generic;
using System.IO;

namespace OfflineKit.PowerShell;

/// <summary>One result for each path that was asked, in the order in which they were asked, whatever the order of the answers.</summary>
/// <remarks>
/// A file that carries no signature may be the signature of another one that is asked later: who hands over a whole folder hands over both. Such a refusal waits
/// until the other file is valid by it, or until nothing more will be asked. Content under a name that the caller made up, and whatever the engine did not answer, is
/// no file, whatever it is called: it stays refused.
/// </remarks>
internal sealed class ResultsInOrder
{
    private readonly Queue<Place> _places = new Queue<Place>();
    private readonly HashSet<string> _used = new HashSet<string>(StringComparer.Ordinal);

    /// <summary>A place for the result of one path.</summary>
    internal sealed class Place
    {
        internal Place(string path, bool isFile) => (Path, IsFile) = (path, isFile);

        /// <summary>What was asked.</summary>
        public string Path { get; }

        /// <summary>The bytes that the engine is asked about; null where it reads the file itself.</summary>
        public byte[]? Content { get; set; }

        internal bool IsFile { get; set; }

        internal bool IsContent { get; set; }

        internal PolicyResult? Result { get; set; }

        internal bool Waits { get; set; }
    }

    /// <summary>The next place, for the file <paramref name="path"/>.</summary>
    public Place OpenFile(string path) => Open(new Place(path, isFile: true));

    /// <summary>The next place, for something that is called <paramref name="name"/> and is no file of that name.</summary>
    public Place OpenOther(string name) => Open(new Place(name, isFile: false));

    /// <summary>The next place, for <paramref name="content"/> that the caller holds and calls <paramref name="name"/>.</summary>
    public Place OpenContent(string name, byte[] content) => Open(new Place(name, isFile: false) { Content = content, IsContent = true });

    /// <summary>Fills <paramref name="place"/>, once.</summary>
    public void Close(Place place, PolicyResult result)
    {
        place.Result = result;
        (result.Content, result.IsContent) = (place.Content, place.IsContent);
        place.Waits = place.IsFile && result.IsRefused && MayBelongToAnother(result.FullName);
        if (result.IsValid && result.Companion.Length > 0)
        {
            _used.Add(result.Companion);
        }
    }

    /// <summary>The places that are still open.</summary>
    public IEnumerable<Place> StillOpen()
    {
        foreach (Place place in _places)
        {
            if (place.Result == null)
            {
                yield return place;
            }
        }
    }

    /// <summary>The next result whose turn it is, or null. With <see cref="Questions.Ended"/> nothing waits any more.</summary>
    public PolicyResult? Next(Questions asked)
    {
        if (_places.Count == 0 || !(_places.Peek().Result is PolicyResult result))
        {
            return null;
        }

        bool isSignature = _places.Peek().IsFile && result.IsRefused && _used.Contains(result.FullName);
        if (isSignature)
        {
            result.BecomeSignature();
        }
        else if (_places.Peek().Waits && asked != Questions.Ended)
        {
            return null;
        }

        _places.Dequeue();
        return result;
    }

    private Place Open(Place place)
    {
        _places.Enqueue(place);
        return place;
    }

    // "a.txt.minisig" beside "a.txt".
    private static bool MayBelongToAnother(string path)
    {
        string name = Path.GetFileName(path);
        for (int dot = name.LastIndexOf('.'); dot > 0; dot = name.LastIndexOf('.', dot - 1))
        {
            if (File.Exists(path.Substring(0, path.Length - name.Length + dot)))
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>Whether more paths may come.</summary>
internal enum Questions
{
    /// <summary>More may come.</summary>
    MayFollow,

    /// <summary>That was all.</summary>
    Ended,
}
