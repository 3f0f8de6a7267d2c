package dev.foresail.steering.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What stands on the page. */
final class ReportPageTest {
    private static final String HOSTILE = "<script>alert('x')</script>\" & \ud800";

    static ReportPage page(Measurement... measurements) {
        return new ReportPage(
                List.of(measurements),
                Map.of("tree", "how deep trees get", "idle", "nothing"),
                "today",
                List.of("again"));
    }

    static Measurement of(String name, Map<String, Object> results) {
        return new Measurement(
                name,
                2,
                Map.of("cores", 2L),
                List.of(
                        new Measurement.Bar("depth", 5, "levels", "<= 6", true),
                        new Measurement.Bar("speed", Double.NaN, "per s", ">= 1", false)),
                results,
                List.of("foresail eval " + name),
                false,
                "a test",
                "");
    }

    private static Map<String, Object> map(Object... namesAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            map.put((String) namesAndValues[index], namesAndValues[index + 1]);
        }
        return map;
    }

    private static Map<String, Object> distribution(double least) {
        return map("runs", 3L, "min", least, "p50", least + 1, "p95", least + 2, "max", least + 3);
    }

    @Test
    void theSummarySaysWhatHoldsWhatMissesWhatFailedAndWhatIsMissing() {
        ReportPage page = page(of("tree", Map.of()), Measurement.failed("paxos", "a test", "out of luck"));
        String html = page.html();
        assertTrue(html.contains("1 of 2 bars hold, in 2 experiments; 1 failed."), html);
        assertTrue(html.contains("speed is –; asked: &gt;= 1 per s"), html);
        assertTrue(html.contains("it failed: out of luck"), html);
        assertTrue(html.contains("how deep trees get."), html);
        assertEquals(List.of("idle"), page.notMeasured());
        assertEquals(1L, page.summary().get("failed"));
        assertEquals(1L, page.summary().get("misses"));
    }

    @Test
    void noTextIsTakenForMarkup() {
        Map<String, Object> results =
                map(HOSTILE, HOSTILE, "list", List.of(HOSTILE), "rows", List.of(map(HOSTILE, 1L)));
        String html = page(of(HOSTILE, results), Measurement.failed(HOSTILE, HOSTILE, HOSTILE))
                .html();
        assertFalse(html.contains("<script"), html);
        assertFalse(html.contains("alert('"), html);
        assertTrue(html.contains("&lt;script&gt;"), html);
        assertTrue(html.chars().noneMatch(unit -> Character.isSurrogate((char) unit)), "halves of characters");
    }

    @Test
    void everyElementThatBeginsEnds() {
        String html = page(of("tree", settings())).html();
        List<String> open = new ArrayList<>();
        Matcher tag = Pattern.compile("<(/?)([a-z0-9]+)[^>]*>").matcher(html);
        while (tag.find()) {
            if (tag.group(1).isEmpty() && !tag.group(2).equals("meta")) {
                open.add(tag.group(2));
            } else if (!tag.group(1).isEmpty()) {
                assertEquals(tag.group(2), open.remove(open.size() - 1), () -> "before " + tag.start());
            }
        }
        assertEquals(List.of(), open);
    }

    private static Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        for (String setting : List.of("even", "skewed")) {
            settings.put(
                    setting,
                    map(
                            "fixed", map("meanMillis", 10L, "spread", distribution(1), "threw", 0L),
                            "exposed", map("meanMillis", 7.25, "spread", distribution(2), "threw", 0L),
                            "hindsight", map("judged", 5L, "withinIntervalPercent", 81L)));
        }
        return settings;
    }

    /** Settings and the forms in them are rows of one table, with a chart, whatever else the settings hold. */
    @Test
    void whatIsComparedStandsInOneTable() {
        String view = FiguresView.of(settings()).toString();
        assertTrue(
                view.contains("<tr><th scope=\"row\">skewed</th><th scope=\"row\">exposed</th>"
                        + "<td class=\"number\">7.25</td></tr>"),
                view);
        assertTrue(view.contains("<figcaption>mean millis</figcaption>"), view);
        assertTrue(view.contains("spread: least, median (dot)"), view);
        assertTrue(view.contains("The same for all 4: threw 0."), view);
    }

    @Test
    void calibrationIsShownBesideWhatIsAsked() {
        String html = page(of("tree", settings())).html();
        assertTrue(html.contains("Calibration of predictions"), html);
        assertTrue(html.contains("skewed · hindsight"), html);
        assertTrue(html.contains("class=\"asked\""), html);
        Map<String, Object> shares = map("choices", map("answersWithinIntervalOf80Percent", 0.7085));
        assertTrue(page(of("replica", shares)).html().contains("70.85 %"), "a share of 1");
    }

    @Test
    void runsOfSeedsAreDots() {
        List<Object> runs = List.of(map("seed", 1L, "a", 3L, "b", 4L), map("seed", 2L, "a", 5L, "b", Double.NaN));
        String view = FiguresView.of(map("runs", runs)).toString();
        assertEquals(3, view.split("<circle", -1).length - 1, "what is no number has no dot");
        assertTrue(view.contains("seed 2"), view);
    }

    @Test
    void whateverTheResultsHoldIsShown() {
        Map<String, Object> odd = map(
                "nothing", map(),
                "empty", List.of(),
                "mixed", List.of(1L, "two", List.of(3L), map("four", 4L)),
                "same", List.of(0L, 0L),
                "huge", 1e300,
                "tiny", -1e-300,
                "flag", true,
                "counts", map("5", 3L, "6", 1L),
                "deep", map("a", map("b", map("c", map("d", List.of(map("e", "found")))))));
        String view = FiguresView.of(odd).toString();
        for (String shown : List.of("two", "found", "yes", "5: 3, 6: 1", "1.00e+300", "none")) {
            assertTrue(view.contains(shown), () -> shown + " is missing in " + view);
        }
        assertFalse(view.contains("NaN") || view.contains("Infinity"), view);
    }

    @Test
    void aBarWithoutAFigureAndWithAThresholdInWordsIsShown() {
        Markup odd = Charts.threshold("x", Double.NaN, Double.NaN, false);
        Markup words = Charts.threshold("x", -3, Double.NaN, true);
        assertFalse((odd.toString() + words).contains("NaN"), odd::toString);
        assertTrue(words.toString().contains("rect"), words::toString);
    }

    @Test
    void numbersAreShownAsPeopleReadThem() {
        assertEquals("1\u2009234\u2009567", Words.number(1_234_567));
        assertEquals("0.8333", Words.number(5 / 6.0));
        assertEquals("12.35", Words.number(12.3456));
        assertEquals("max depth after join", Words.of("maxDepthAfterJoin"));
        assertEquals("bar-gossip, 3 in a round", Words.of("bar-gossip, 3 in a round"));
    }
}
