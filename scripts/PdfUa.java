import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.TreeSet;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.verapdf.core.VeraPDFException;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/**
 * Asks veraPDF's library whether PDF files keep PDF/UA-1.
 *
 * <p>Run from source: {@code java -cp JARS scripts/PdfUa.java}. Reads the names of files, one a line, and stays for more, as
 * starting takes longer than looking. Prints for each file a line per finding, three columns parted by tabs: file, rule
 * ("7.2-20", or "passes", or "unreadable"), and what it says; then an empty line.
 */
public final class PdfUa {
    private static final PDFAFlavour UA_1 = PDFAFlavour.PDFUA_1;

    public static void main(String[] none) throws IOException {
        Logger.getLogger("").setLevel(Level.SEVERE);
        VeraGreenfieldFoundryProvider.initialise();
        BufferedReader files = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String file = files.readLine(); file != null; file = files.readLine()) {
            report(file);
            System.out.println();
            System.out.flush();
        }
    }

    private static void report(String file) {
        try {
            ValidationResult result = validate(file);
            if (result.isCompliant()) {
                print(file, "passes", "");
            }
            for (String finding : findings(result)) {
                print(file, finding.split("\t", 2));
            }
        } catch (IOException | VeraPDFException | RuntimeException problem) {
            print(file, "unreadable", String.valueOf(problem));
        }
    }

    private static ValidationResult validate(String file) throws IOException, VeraPDFException {
        try (InputStream input = new FileInputStream(file);
                PDFAParser parser = Foundries.defaultInstance().createParser(input, UA_1);
                PDFAValidator validator = Foundries.defaultInstance().createValidator(UA_1, false)) {
            return validator.validate(parser);
        }
    }

    /** Each broken rule once for each message, however often it is broken. */
    private static Set<String> findings(ValidationResult result) {
        Set<String> found = new TreeSet<>();
        for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                found.add(rule + "\t" + assertion.getMessage());
            }
        }
        return found;
    }

    private static void print(String file, String... columns) {
        System.out.println(file + "\t" + String.join("\t", columns).replace('\n', ' '));
    }
}
