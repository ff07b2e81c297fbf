/** The page behind the CPS address of the certificates, when the operator publishes none of their own. */
export function practiceStatementPage({
  issuer,
  sandbox,
}: {
  readonly issuer: string;
  readonly sandbox: boolean;
}): string {
  const name = issuer.replaceAll('&', '&amp;');
  const notice = sandbox
    ? '<p><strong>SANDBOX.</strong> These authorities exist for trials. Their certificates are not qualified, name nobody reliably and have no legal effect.</p>'
    : '';
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Certification practice statement: ${name}</title></head>
<body>
<h1>Certification practice statement: ${name}</h1>
${notice}
<ul>
<li>Signer certificates are issued for one signing session each, after a registration officer has verified the identity of the signer and the signer has typed a one-time password that is bound to the documents.</li>
<li>They are valid for at most 24 hours, by default 15 minutes, and are never revoked; hence they carry neither a CRL nor an OCSP address (EN 319 412-1, validity assured; RFC 9608).</li>
<li>Their keys are generated at the moment of signing, used for the documents of that session only and destroyed at once.</li>
<li>Certificates of authorities, of the time-stamp authority and of OCSP responders have revocation information under /crl/ and /ocsp/.</li>
<li>Time stamps follow RFC 3161 with an accuracy of one second.</li>
</ul>
</body>
</html>
`;
}
