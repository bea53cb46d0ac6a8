using System.Collections.Immutable;
using OfflineKit.Crypto;
using OfflineKit.Files;
using OfflineKit.Policy;
using OfflineKit.Signing.Audit;
using OfflineKit.Signing.Output;
using OfflineKit.Trust;

namespace OfflineKit.Signing;

/// <summary>One file to sign and where its signature goes.</summary>
/// <param name="Name">The subject's name, for documents and the log.</param>
/// <param name="Content">Read once, from start to end.</param>
/// <param name="Target">Where the output goes.</param>
internal sealed record SigningOrder(string Name, Stream Content, OutputTarget Target)
{
    /// <summary>The digest that is signed where the content is not there; null when it is, as always but in a plugin.</summary>
    public Digest? Alone { get; init; }
}

/// <summary>What was signed.</summary>
/// <param name="Subject">The subject's name.</param>
/// <param name="Digest">Its digest, with algorithm.</param>
/// <param name="Target">Where the signature is.</param>
/// <param name="Remarks">What the user should know about it.</param>
internal sealed record SigningReceipt(string Subject, string Digest, OutputTarget Target, ImmutableArray<string> Remarks);

/// <summary>The one way from a file to a signature: read, ask, build, verify, log, write. Nothing is written unless everything before held.</summary>
/// <remarks>The key is looked up and pinned once and signs any number of files.</remarks>
internal sealed class SigningSession
{
    private readonly SigningKey _key;
    private readonly SignatureFormat _format;
    private readonly TrustStore _trust;
    private readonly DateTimeOffset _signedAt;
    private readonly AuditLog? _audit;

    /// <summary>Signs by <paramref name="key"/> in <paramref name="format"/>.</summary>
    /// <param name="key">An open key.</param>
    /// <param name="pinned">The public half that the user trusts; null is enough for local keys.</param>
    /// <param name="format">What is written.</param>
    /// <param name="signedAt">The time that documents state.</param>
    /// <param name="audit">The log that hears of every request; null when none was asked for.</param>
    /// <exception cref="SigningException"><c>sign.pin-required</c> or <c>sign.pin-mismatch</c>.</exception>
    public SigningSession(SigningKey key, KeyMaterial? pinned, SignatureFormat format, DateTimeOffset signedAt, AuditLog? audit)
    {
        key.PinTo(pinned);
        (_key, _format, _signedAt, _audit) = (key, format, signedAt, audit);
        _trust = format.Trust(key, pinned ?? key.PublicKey.Material);
    }

    /// <summary>What would be signed; nothing is asked of the key and nothing is written.</summary>
    public string DryRun(SigningOrder order)
    {
        using Artifact subject = Read(order);
        _format.Check(_key, subject);
        return _format.Describe(_key, subject, _signedAt);
    }

    /// <summary>Refuses an output that is taken, before any of several files is signed; the log hears of it.</summary>
    /// <exception cref="SigningException"><c>sign.output-exists</c>, <c>sign.output-failed</c>.</exception>
    public void RefuseIfTaken(string name, OutputTarget target)
    {
        try
        {
            target.RefuseIfTaken(_format.Shape);
        }
        catch (OutputException fault)
        {
            SigningException refusal = SigningReasons.Refusal(fault);
            _audit?.Append(Entry(name, digest: "", AuditOutcome.Refused, refusal.Finding.Reason.Code, requestId: ""));
            throw refusal;
        }
    }

    /// <summary>Signs <paramref name="order"/>.</summary>
    /// <exception cref="SigningException">Nothing was written.</exception>
    public Task<SigningReceipt> SignAsync(SigningOrder order, CancellationToken cancellation) => SignAsync(order, output => order.Target.Write(_format.Shape, output), cancellation);

    /// <summary>Signs <paramref name="order"/>; the output is where it belongs when <paramref name="change"/> is committed.</summary>
    /// <exception cref="SigningException">Nothing was drafted.</exception>
    public Task<SigningReceipt> DraftAsync(SigningOrder order, FileTransaction change, CancellationToken cancellation) =>
        SignAsync(order, output => order.Target.Draft(_format.Shape, output, change), cancellation);

    private async Task<SigningReceipt> SignAsync(SigningOrder order, Action<SignedOutput> write, CancellationToken cancellation)
    {
        string digest = "";
        try
        {
            // 1 Refuse early what step 6 would refuse: no key is asked in vain.
            order.Target.RefuseIfTaken(_format.Shape);

            // 2 Read once and hash.
            using Artifact subject = Read(order);
            digest = subject.Digests.First().ToString();

            // 3 Refuse what does not suit; ask the key, build the output. 4 Verify it as everybody else will.
            _format.Check(_key, subject);
            SignedOutput output = await _format.SignAsync(_key, subject, _signedAt, cancellation).ConfigureAwait(false);
            ImmutableArray<LoggedIn> logged = [.. Trusted(output, subject).Proof.Evidence.OfType<LoggedIn>()];

            // 5 Say so, durably, before the signature leaves. 6 Write it, or nothing.
            _audit?.Append(Entry(order.Name, digest, AuditOutcome.Signed, reason: "", output.RequestId) with { LogEntries = logged });
            write(output);
            return new SigningReceipt(order.Name, digest, order.Target, [.. _format.Remarks(subject), .. logged.Select(place => $"recorded in {place.Log} at index {place.Index}")]);
        }
        catch (OutputException fault)
        {
            SigningException refusal = SigningReasons.Refusal(fault);
            _audit?.Append(Entry(order.Name, digest, AuditOutcome.Refused, refusal.Finding.Reason.Code, requestId: ""));
            throw refusal;
        }
        catch (SigningException fault)
        {
            _audit?.Append(Entry(order.Name, digest, AuditOutcome.Refused, fault.Finding.Reason.Code, requestId: ""));
            throw;
        }
        catch (Exception) when (_audit is not null)
        {
            _audit.Append(Entry(order.Name, digest, AuditOutcome.Failed, "sign.interrupted", requestId: ""));
            throw;
        }
    }

    private Artifact Read(SigningOrder order)
    {
        Artifact subject = order.Alone is { } digest ? Artifact.FromDigest(digest) : Artifact.FromStream(order.Name, order.Content);
        subject.Read(_format.Plan(_key.PublicKey));
        if ((subject.Finding ?? OtherForm(subject)) is { } refusal)
        {
            subject.Dispose();
            throw new SigningException(refusal);
        }

        return subject;
    }

    // A value over such a "file" would be a signature of the document that it was taken from.
    private Finding? OtherForm(Artifact subject) => _format.IsDocumentItself ? null : OtherSignedForm.Objection(subject);

    private Verdict Trusted(SignedOutput output, Artifact subject)
    {
        Format reader = KnownFormats.ByName(_format.Name) ?? throw new InvalidOperationException($"the core reads no {_format.Name}");
        using Artifact? again = _format.IsDocumentItself ? null : subject.Again();
        VerificationContext context = new(_trust, _format.Expectations(_key), StatedTime: null);
        Verdict verdict = Verifier.Verify(new VerificationRequest(again, output.Content, context, _format.Policy(_key)) { Format = reader });
        return verdict.IsTrusted
            ? verdict
            : throw SigningReasons.DoesNotVerify.Refusal($"our own output is refused by the verifier: {verdict.Findings[0].Reason.Code}: {verdict.Findings[0].Detail}");
    }

    private AuditEntry Entry(string subject, string digest, AuditOutcome outcome, string reason, string requestId) =>
        new(_key.Uri.Text, _key.PublicKey.Material.Fingerprint, _key.PublicKey.Scheme.Label, subject, digest, _format.Name, outcome, reason, requestId) { Signer = _key.Identity };
}
