namespace OfflineKit.X509;

/// <summary>Compares a subject's name with the base of a name constraint of the same form.</summary>
/// <remarks>Source: RFC 5280 §4.2.1.10. Where a comparison cannot be made, exclusion matches and permission does not.</remarks>
internal static class NameMatch
{
    /// <summary>The subtree of <paramref name="constraint"/> holds <paramref name="name"/> wholly.</summary>
    public static bool Permits(GeneralName constraint, GeneralName name) => name.Kind switch
    {
        GeneralNameKind.Dns => IsUnder(name.Text.StartsWith("*.", StringComparison.Ordinal) ? name.Text[2..] : name.Text, constraint.Text),
        GeneralNameKind.Email => NameForms.IsMailbox(name.Text) && MailboxFits(constraint.Text, name.Text, StringComparison.Ordinal),
        GeneralNameKind.Uri => NameForms.HostOf(name.Text) is { } host && HostFits(constraint.Text, host),
        GeneralNameKind.IpAddress => AddressFits(constraint.Value.Span, name.Value.Span),
        GeneralNameKind.Directory => name.DirectoryName!.IsWithin(constraint.DirectoryName!) == NameComparison.Same,
        _ => false,
    };

    /// <summary>The subtree of <paramref name="constraint"/> holds <paramref name="name"/> or, for a wildcard, any host that it stands for.</summary>
    public static bool Excludes(GeneralName constraint, GeneralName name) => name.Kind switch
    {
        // CVE-2025-61727: *.example.com stands for the excluded bar.example.com too.
        GeneralNameKind.Dns when name.Text.StartsWith("*.", StringComparison.Ordinal) =>
            IsUnder(name.Text[2..], constraint.Text) || IsUnder(constraint.Text, name.Text[2..]),
        GeneralNameKind.Uri => NameForms.HostOf(name.Text) is not { } host || HostFits(constraint.Text, host),
        GeneralNameKind.Directory => name.DirectoryName!.IsWithin(constraint.DirectoryName!) != NameComparison.Different,

        // No mail system tells Ada@ from ada@, so a constraint that excludes one excludes the other.
        GeneralNameKind.Email => !NameForms.IsMailbox(name.Text) || MailboxFits(constraint.Text, name.Text, StringComparison.OrdinalIgnoreCase),
        GeneralNameKind.Dns or GeneralNameKind.IpAddress => Permits(constraint, name),
        _ => true,
    };

    private static bool IsUnder(string host, string domain) =>
        string.Equals(host, domain, StringComparison.OrdinalIgnoreCase)
        || (host.Length > domain.Length && host[host.Length - domain.Length - 1] == '.' && host.EndsWith(domain, StringComparison.OrdinalIgnoreCase));

    // ".example.com" holds the hosts below, "example.com" exactly that host.
    private static bool HostFits(string constraint, string host) =>
        constraint.StartsWith('.')
            ? host.Length > constraint.Length && host.EndsWith(constraint, StringComparison.OrdinalIgnoreCase)
            : string.Equals(host, constraint, StringComparison.OrdinalIgnoreCase);

    private static bool MailboxFits(string constraint, string mailbox, StringComparison localPart)
    {
        int at = mailbox.LastIndexOf('@');
        int constraintAt = constraint.LastIndexOf('@');
        if (constraintAt < 0)
        {
            return HostFits(constraint, mailbox[(at + 1)..]);
        }

        // The host has no case; of the local part only the host that keeps it could say (RFC 5321 §2.4).
        return string.Equals(mailbox[..at], constraint[..constraintAt], localPart)
            && string.Equals(mailbox[at..], constraint[constraintAt..], StringComparison.OrdinalIgnoreCase);
    }

    private static bool AddressFits(ReadOnlySpan<byte> constraint, ReadOnlySpan<byte> address)
    {
        if (constraint.Length != 2 * address.Length)
        {
            return false;
        }

        for (int i = 0; i < address.Length; i++)
        {
            if ((address[i] & constraint[address.Length + i]) != (constraint[i] & constraint[address.Length + i]))
            {
                return false;
            }
        }

        return true;
    }
}
