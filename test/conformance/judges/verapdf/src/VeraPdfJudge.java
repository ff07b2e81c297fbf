import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * veraPDF's verdict on many PDF files in one process: paths on standard input, one a line; one line of JSON for each.
 * The parts of PDF/A and PDF/UA are those that the file claims, joined by `+`.
 */
public final class VeraPdfJudge {
  public static void main(String[] args) throws Exception {
    LogManager.getLogManager().reset();
    Logger.getGlobal().setLevel(Level.OFF);
    VeraGreenfieldFoundryProvider.initialise();
    BufferedReader paths = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String path = paths.readLine(); path != null; path = paths.readLine()) {
      System.out.println(judge(path));
    }
  }

  private static String judge(String path) throws Exception {
    try (FileInputStream file = new FileInputStream(path);
        PDFAParser parser = Foundries.defaultInstance().createParser(file);
        PDFAValidator validator = Foundries.defaultInstance().createValidator(parser.getFlavours())) {
      List<String> parts = new ArrayList<>();
      Set<String> failures = new TreeSet<>();
      boolean compliant = true;
      for (ValidationResult result : validator.validateAll(parser)) {
        parts.add(result.getPDFAFlavour().getId());
        compliant &= result.isCompliant();
        for (TestAssertion assertion : result.getTestAssertions()) {
          if (assertion.getStatus() == TestAssertion.Status.FAILED) {
            failures.add(assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber());
          }
        }
      }
      return "{\"file\":" + quoted(path) + ",\"part\":" + quoted(String.join("+", parts))
          + ",\"compliant\":" + compliant + ",\"failures\":["
          + String.join(",", failures.stream().map(VeraPdfJudge::quoted).toList()) + "]}";
    }
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }
}
