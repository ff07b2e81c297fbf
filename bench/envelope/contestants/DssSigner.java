import eu.europa.esig.dss.enumerations.DigestAlgorithm;
import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.enumerations.SignatureAlgorithm;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import eu.europa.esig.dss.model.DSSDocument;
import eu.europa.esig.dss.model.FileDocument;
import eu.europa.esig.dss.model.SignatureValue;
import eu.europa.esig.dss.model.x509.CertificateToken;
import eu.europa.esig.dss.pades.PAdESSignatureParameters;
import eu.europa.esig.dss.pades.signature.PAdESService;
import eu.europa.esig.dss.pdf.pdfbox.PdfBoxNativeObjectFactory;
import eu.europa.esig.dss.signature.resources.TempFileResourcesHandlerBuilder;
import eu.europa.esig.dss.spi.DSSUtils;
import eu.europa.esig.dss.simplereport.SimpleReport;
import eu.europa.esig.dss.spi.validation.CommonCertificateVerifier;
import eu.europa.esig.dss.spi.x509.CommonTrustedCertificateSource;
import eu.europa.esig.dss.validation.SignedDocumentValidator;
import java.io.File;
import java.io.FileOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** EU DSS: an incremental update by way of temporary files, written to a new file and flushed. */
public final class DssSigner {
  public static void main(String[] arguments) throws Exception {
    String job = arguments[0];
    Path output = Path.of(text(job, "output"));
    PrivateKey key = readKey(Path.of(text(job, "key")));
    CertificateToken certificate = DSSUtils.loadCertificate(new File(text(job, "certificate")));
    CertificateToken issuer = DSSUtils.loadCertificate(new File(text(job, "chain")));
    CertificateToken anchor = DSSUtils.loadCertificate(new File(text(job, "anchor")));
    List<String> inputs = new ArrayList<>();
    Matcher list = Pattern.compile("\"([^\"]+)\"").matcher(find(job, "\"inputs\":\\[([^\\]]*)\\]"));
    while (list.find()) inputs.add(list.group(1));
    int rounds = Integer.parseInt(find(job, "\"rounds\":(\\d+)"));

    StringBuilder answer = new StringBuilder();
    double[] used = {0, 0};
    for (int round = 0; round < rounds; round += 1) {
      double[] before = bytesUsed();
      long start = System.nanoTime();
      double syncMs = 0;
      for (String input : inputs) syncMs += sign(new File(input), output, key, certificate, issuer);
      double ms = (System.nanoTime() - start) / 1e6;
      start = System.nanoTime();
      for (String input : inputs) verify(output.resolve(new File(input).getName()).toFile(), anchor);
      double verifyMs = (System.nanoTime() - start) / 1e6;
      double[] after = bytesUsed();
      if (round == 0) used = new double[] {after[0] - before[0], after[1] - before[1]};
      answer.append(round == 0 ? "" : ",").append("{\"ms\":" + ms + ",\"syncMs\":" + syncMs
          + ",\"parts\":{\"sign\":" + (ms - syncMs) + ",\"verify\":" + verifyMs + "}}");
    }
    double peak = Double.parseDouble(find(Files.readString(Path.of("/proc/self/status")), "VmHWM:\\s+(\\d+)")) / 1024;
    System.out.println("{\"rounds\":[" + answer + "],\"peakMegabytes\":" + peak
        + ",\"megabytesRead\":" + used[0] + ",\"megabytesWritten\":" + used[1] + "}");
  }

  private static double sign(File input, Path output, PrivateKey key, CertificateToken certificate, CertificateToken issuer)
      throws Exception {
    PAdESSignatureParameters parameters = new PAdESSignatureParameters();
    parameters.setSignatureLevel(SignatureLevel.PAdES_BASELINE_B);
    parameters.setDigestAlgorithm(DigestAlgorithm.SHA256);
    parameters.setSigningCertificate(certificate);
    parameters.setCertificateChain(certificate, issuer);
    PAdESService service = new PAdESService(new CommonCertificateVerifier());
    PdfBoxNativeObjectFactory factory = new PdfBoxNativeObjectFactory();
    factory.setResourcesHandlerBuilder(new TempFileResourcesHandlerBuilder());
    service.setPdfObjFactory(factory);
    DSSDocument document = new FileDocument(input);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(key);
    signature.update(service.getDataToSign(document, parameters).getBytes());
    SignatureValue value = new SignatureValue(SignatureAlgorithm.RSA_SHA256, signature.sign());
    try (FileOutputStream stream = new FileOutputStream(output.resolve(input.getName()).toFile())) {
      service.signDocument(document, parameters, value).writeTo(stream);
      long start = System.nanoTime();
      stream.getFD().sync();
      return (System.nanoTime() - start) / 1e6;
    }
  }

  /** Against the anchor, without the network. */
  private static void verify(File signed, CertificateToken anchor) {
    CommonTrustedCertificateSource trusted = new CommonTrustedCertificateSource();
    trusted.addCertificate(anchor);
    CommonCertificateVerifier verifier = new CommonCertificateVerifier();
    verifier.setTrustedCertSources(trusted);
    SignedDocumentValidator validator = SignedDocumentValidator.fromDocument(new FileDocument(signed));
    validator.setCertificateVerifier(verifier);
    SimpleReport report = validator.validateDocument().getSimpleReport();
    // Without revocation data it cannot say more than that nothing is wrong.
    if (report.getSignaturesCount() == 0 || report.getIndication(report.getFirstSignatureId()) == Indication.TOTAL_FAILED) {
      throw new IllegalStateException("not valid");
    }
  }

  private static PrivateKey readKey(Path path) throws Exception {
    String base64 = Files.readString(path).replaceAll("-----[A-Z ]+-----|\\s", "");
    return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
  }

  private static double[] bytesUsed() throws Exception {
    String io = Files.readString(Path.of("/proc/self/io"));
    return new double[] {Double.parseDouble(find(io, "rchar: (\\d+)")) / 1e6, Double.parseDouble(find(io, "wchar: (\\d+)")) / 1e6};
  }

  private static String text(String json, String name) {
    return find(json, "\"" + name + "\":\"([^\"]*)\"");
  }

  private static String find(String text, String pattern) {
    Matcher matcher = Pattern.compile(pattern).matcher(text);
    if (!matcher.find()) throw new IllegalArgumentException(pattern);
    return matcher.group(1);
  }
}
