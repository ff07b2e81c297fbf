import eu.europa.esig.validationreport.ValidationReportUtils;
import java.io.File;
import java.util.List;
import javax.xml.transform.stream.StreamSource;

/** Whether a report satisfies the schema of ETSI TS 119 102-2 as DSS carries it: the errors, one a line. */
public final class ReportSchema {
  private ReportSchema() {}

  public static void main(String[] args) throws Exception {
    List<String> errors = ValidationReportUtils.getInstance().validateAgainstXSD(new StreamSource(new File(args[0])));
    errors.forEach(System.out::println);
  }
}
