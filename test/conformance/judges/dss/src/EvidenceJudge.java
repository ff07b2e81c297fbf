import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Date;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.bouncycastle.tsp.ers.ERSByteData;
import org.bouncycastle.tsp.ers.ERSEvidenceRecord;

/**
 * Bouncy Castle's word on evidence records (RFC 4998): for each file of the arguments whether the record beside it
 * ({@code FILE.ers}) proves it, one line each: {@code good}, or why not.
 */
public final class EvidenceJudge {
  private EvidenceJudge() {}

  public static void main(String[] files) throws Exception {
    for (String file : files) System.out.println(judge(Path.of(file), Path.of(file + ".ers")));
  }

  private static String judge(Path file, Path record) throws Exception {
    var digests = new JcaDigestCalculatorProviderBuilder().build();
    var evidence = new ERSEvidenceRecord(Files.readAllBytes(record), digests);
    try {
      evidence.validatePresent(new ERSByteData(Files.readAllBytes(file)), new Date());
      evidence.validate(new JcaSimpleSignerInfoVerifierBuilder().build(evidence.getSigningCertificate()));
      return "good";
    } catch (Exception refused) {
      return refused.toString();
    }
  }
}
