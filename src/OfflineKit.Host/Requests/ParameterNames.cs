namespace OfflineKit.Host.Requests;

/// <summary>What the words of a parameter name.</summary>
internal enum ParameterNames
{
    /// <summary>Nothing: the parameter is a switch and has no words.</summary>
    Nothing,

    /// <summary>Text with a meaning of its own.</summary>
    Text,

    /// <summary>A whole number.</summary>
    Number,

    /// <summary>A file.</summary>
    File,

    /// <summary>A key: <c>FILE</c>, or <c>ID=FILE</c>.</summary>
    Key,

    /// <summary>A file, or <c>trust:IMPORT/PATH</c>.</summary>
    Policy,

    /// <summary>A folder with a trust store.</summary>
    Store,

    /// <summary>A place for the program's own state.</summary>
    Place,
}
