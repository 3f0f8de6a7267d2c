package dev.foresail.predictor.subset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.predictor.subset.SubsetAnswer.How;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SubsetLanguageTest {
    private static final List<String> FIGURES = List.of("bandwidth", "cost", "delay");
    private static final List<String> TRAITS = List.of("isp", "region");
    private static final Map<String, List<Double>> VALUES = Map.of(
            "bandwidth", List.of(10.0, 8.0, 7.0, 3.0),
            "cost", List.of(6.0, 4.0, 4.0, 1.0),
            "delay", List.of(1.0, 9.0, 2.0, 1.0));
    private static final Map<String, List<String>> WORDS =
            Map.of("isp", List.of("a", "a", "b", "b"), "region", List.of("eu", "us", "eu", "us"));

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "choose 2 senders: maximize sum(bandwidth) | 0, 1 | 18",
                "choose 2 senders: maximize sum(bandwidth) subject to sum(cost) <= 9 | 1, 2 | 15",
                "choose 2 senders: maximize sum(bandwidth) subject to at most 1 per isp | 0, 2 | 17",
                "choose 2 senders: maximize sum(bandwidth) subject to at most 1 per isp, at most 1 per region | 1, 2 | 15",
                "choose 2 senders: maximize sum(bandwidth) - 2 * sum(delay) | 0, 2 | 11",
                "CHOOSE 2 peers: Minimize sum(delay) + 1e-3*sum(cost) subject to sum(cost) >= 8 | 0, 2 | -3.01",
                "choose 2 senders: maximize sum(bandwidth) subject to sum(cost) = 5 | 1, 3 | 11",
                "choose 3 senders: maximize sum(delay) subject to -1 * sum(cost) <= -11, sum(bandwidth) >= 21 | 0, 1, 2 | 12",
            })
    void aWishIsRead(String wish, String chosen, double value) {
        SubsetAnswer answer = SubsetSolver.solve(
                SubsetLanguage.parse(wish, FIGURES, TRAITS).of(4, VALUES, WORDS), SubsetBudget.DEFAULT);
        assertEquals(How.OPTIMAL, answer.how());
        assertEquals("[" + chosen + "]", answer.chosen().toString());
        assertEquals(value, answer.value(), 1e-9);
    }

    @Test
    void constraintsAreCalledAsTheyWereWritten() {
        SubsetLanguage wish = SubsetLanguage.parse(
                "choose 2 senders: maximize sum(bandwidth)\n  subject to sum(cost)  <= 4 , at most 2 per isp",
                FIGURES,
                TRAITS);
        assertEquals("senders", wish.what());
        SubsetAnswer answer = SubsetSolver.solve(wish.of(4, VALUES, WORDS), SubsetBudget.DEFAULT);
        assertEquals(How.INFEASIBLE, answer.how());
        assertEquals("sum(cost)  <= 4", answer.relaxations().get(0).constraint());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "pick 2 | 1:1: 'pick' where 'choose' was expected",
                "choose 2.5 senders: | 1:8: '2.5' where how many to choose was expected",
                "choose 2 senders: maximize sum(bandwith) | did you mean 'bandwidth'?",
                "choose 2 senders: maximize 3 sum(cost) | 1:30: 'sum' where '*' was expected",
                "choose 2 senders: maximize sum(cost) subject to at most 2 per ips | 1:63: 'ips' where a trait was expected; did",
                "choose 2 senders: maximize sum(cost) subject to sum(cost) < 2 | '<' where '=' was expected",
                "choose 2 senders: maximize sum(cost) subject to sum(cost) <= | the end where a number was expected",
                "choose 2 senders: maximize sum(cost) sum(delay) | 1:38: the end, 'subject to'",
                "choose 2 senders: maximize sum(cost) subject to sum(cost) <= 1e999 | too large a number",
            })
    void aMistakeHasItsPlace(String wish, String words) {
        SubsetSyntaxException mistake =
                assertThrows(SubsetSyntaxException.class, () -> SubsetLanguage.parse(wish, FIGURES, TRAITS));
        assertTrue(mistake.getMessage().startsWith("[FS371] "), mistake::getMessage);
        assertTrue(mistake.getMessage().contains(words), mistake::getMessage);
    }

    @Test
    void linesAreCounted() {
        SubsetSyntaxException mistake = assertThrows(
                SubsetSyntaxException.class,
                () -> SubsetLanguage.parse("choose 2 senders:\n  maximise sum(cost)", FIGURES, TRAITS));
        assertEquals(2, mistake.line());
        assertEquals(3, mistake.column());
        assertEquals("'maximise' where 'minimize' was expected", mistake.problem());
    }

    @Test
    void figuresMustBeThereForEveryCandidate() {
        SubsetLanguage wish = SubsetLanguage.parse("choose 2 senders: maximize sum(cost)", FIGURES, TRAITS);
        assertThrows(IllegalArgumentException.class, () -> wish.of(5, VALUES, WORDS));
        assertThrows(IllegalArgumentException.class, () -> wish.of(1, VALUES, WORDS));
    }
}
