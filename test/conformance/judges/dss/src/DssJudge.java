import eu.europa.esig.dss.diagnostic.SignatureWrapper;
import eu.europa.esig.dss.enumerations.SubIndication;
import eu.europa.esig.dss.jaxb.object.Message;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.validation.PDFDocumentValidator;
import eu.europa.esig.dss.service.crl.OnlineCRLSource;
import eu.europa.esig.dss.service.http.commons.CommonsDataLoader;
import eu.europa.esig.dss.service.http.commons.OCSPDataLoader;
import eu.europa.esig.dss.service.ocsp.OnlineOCSPSource;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import eu.europa.esig.dss.validation.reports.Reports;
import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The verdict of EU DSS on many PDF files in one Java process.
 *
 * <p>Standard input: a file a line, as {@code ANCHORS.pem TAB online|offline[@MOMENT] TAB PATH [TAB PASSWORD]}.
 * Online, DSS fetches certificates, CRLs and OCSP answers from the addresses in the certificates. With a moment (ISO
 * 8601) it judges as if it were then. Answer: one line of JSON for
 * each file, in the same order.
 */
public final class DssJudge {
  private final CommonCertificateVerifier verifier = new CommonCertificateVerifier();

  private DssJudge(List<CertificateToken> trusted, boolean online) {
    var anchors = new CommonTrustedCertificateSource();
    trusted.forEach(anchors::addCertificate);
    verifier.setTrustedCertSources(anchors);
    if (online) {
      verifier.setCrlSource(new OnlineCRLSource(new CommonsDataLoader()));
      var ocsp = new OnlineOCSPSource();
      ocsp.setDataLoader(new OCSPDataLoader());
      verifier.setOcspSource(ocsp);
    } else {
      verifier.setAIASource(null);
    }
  }

  public static void main(String[] arguments) throws Exception {
    var judges = new HashMap<String, DssJudge>();
    var input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    var output = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    for (String line; (line = input.readLine()) != null; ) {
      String[] parts = line.split("\t", 4);
      List<CertificateToken> anchors = readAnchors(parts[0]);
      String[] way = parts[1].split("@", 2);
      boolean online = way[0].equals("online");
      Date moment = way.length > 1 ? Date.from(Instant.parse(way[1])) : null;
      DssJudge judge = judges.computeIfAbsent(
          idOf(anchors) + online, key -> new DssJudge(anchors, online));
      output.println(judge.judgeFile(parts[2], parts.length > 3 ? parts[3] : null, moment));
    }
  }

  private static List<CertificateToken> readAnchors(String path) throws Exception {
    try (var stream = new FileInputStream(path)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(stream).stream()
          .map(one -> new CertificateToken((X509Certificate) one))
          .toList();
    }
  }

  private static String idOf(List<CertificateToken> anchors) {
    return anchors.stream().map(CertificateToken::getDSSIdAsString).collect(Collectors.joining(" "));
  }

  private String judgeFile(String path, String password, Date moment) {
    try {
      var validator = SignedDocumentValidator.fromDocument(new FileDocument(path));
      if (password != null && validator instanceof PDFDocumentValidator pdf) {
        pdf.setPasswordProtection(password.toCharArray());
      }
      validator.setCertificateVerifier(verifier);
      validator.setLocale(Locale.ENGLISH);
      if (moment != null) validator.setValidationTime(moment);
      Reports reports = validator.validateDocument();
      String signatures = reports.getSimpleReport().getSignatureIdList().stream()
          .map(id -> describe(id, reports))
          .collect(Collectors.joining(",", "[", "]"));
      return "{\"file\":%s,\"signatures\":%s}".formatted(quote(path), signatures);
    } catch (Exception error) {
      // Whatever stops DSS is its verdict on this file.
      return "{\"file\":%s,\"error\":%s,\"signatures\":[]}".formatted(quote(path), quote(error.toString()));
    }
  }

  private static String describe(String id, Reports reports) {
    SimpleReport simple = reports.getSimpleReport();
    SignatureWrapper signature = reports.getDiagnosticData().getSignatureById(id);
    SubIndication subIndication = simple.getSubIndication(id);
    var revision = signature.getPDFRevision();
    return ("{\"field\":%s,\"level\":%s,\"indication\":%s,\"subIndication\":%s,\"signer\":%s,"
            + "\"intact\":%b,\"byteRangeValid\":%b,\"modificationsDetected\":%b,\"errors\":%s,\"warnings\":%s}")
        .formatted(
            quote(signature.getFirstFieldName()),
            quote(String.valueOf(simple.getSignatureFormat(id))),
            quote(String.valueOf(simple.getIndication(id))),
            subIndication == null ? "null" : quote(subIndication.name()),
            quote(simple.getSignedBy(id)),
            signature.isSignatureIntact(),
            revision != null && revision.isSignatureByteRangeValid(),
            signature.arePdfModificationsDetected(),
            texts(simple.getAdESValidationErrors(id)),
            texts(simple.getAdESValidationWarnings(id)));
  }

  private static String texts(List<Message> messages) {
    return messages.stream().map(m -> quote(m.getValue())).collect(Collectors.joining(",", "[", "]"));
  }

  private static String quote(String text) {
    if (text == null) return "null";
    var quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') quoted.append('\\').append(c);
      else if (c < ' ') quoted.append("\\u%04x".formatted((int) c));
      else quoted.append(c);
    }
    return quoted.append('"').toString();
  }
}
