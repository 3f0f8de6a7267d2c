package dev.foresail.eval.usersmodule;

import java.io.IOException;
import java.nio.file.Path;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.SAXException;

/**
 * What Surefire tells of a test class.
 *
 * @param seconds of the whole class, what is set up before its first test included
 * @param tests how many
 * @param failed how many failed, be it with an error
 */
record SurefireReport(double seconds, int tests, int failed) {
    /** @throws IOException when it cannot be read, or is none */
    static SurefireReport read(Path file) throws IOException {
        try {
            DocumentBuilderFactory parsers = DocumentBuilderFactory.newInstance();
            parsers.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            Element suite = parsers.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
            return new SurefireReport(
                    Double.parseDouble(suite.getAttribute("time").replace(",", "")),
                    Integer.parseInt(suite.getAttribute("tests")),
                    Integer.parseInt(suite.getAttribute("failures")) + Integer.parseInt(suite.getAttribute("errors")));
        } catch (ParserConfigurationException | SAXException | NumberFormatException none) {
            throw new IOException(file + " is no report of Surefire", none);
        }
    }
}
