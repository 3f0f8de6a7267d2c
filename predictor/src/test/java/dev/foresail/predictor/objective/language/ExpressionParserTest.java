package dev.foresail.predictor.objective.language;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExpressionParserTest {
    private static final List<String> PIECES = List.of(
            "latency", "p95", "(", ")", "+", "-", "*", "/", "<", "<=", ">", ">=", "at", "within", "2s", "5%", "1e3",
            "7", ",", "live", "1x", "min", " ", "\n", "é", "\"", "💥", ".", "_a", "0", "1e", "=", ":", "#");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "p95(latency) - 0.2 * cost",
                "a - (b - c) - d",
                "a / (b / c) * -d",
                "-(a + b) at 2s",
                "(-a) at 2s",
                "-a at 2s",
                "max(a at 1s, b * 3ms, 5%)",
                "--a",
                "mean(rtt(candidate)) / 10ms",
            })
    void whatIsPrintedIsReadAsTheSame(String text) {
        Expression read = ExpressionParser.value(text);
        assertEquals(text, read.text());
        assertEquals(text, ExpressionParser.value(read.text()).text());
    }

    @Test
    void unitsBecomeSecondsBytesAndBitsPerSecond() {
        assertEquals(0.05, ((Expression.Constant) ExpressionParser.value("50ms")).value(), 1e-15);
        assertEquals(Dimension.DURATION, ((Expression.Constant) ExpressionParser.value("2h")).dimension());
        assertEquals(3e6, ((Expression.Constant) ExpressionParser.value("3MB")).value());
        assertEquals(Dimension.RATE, ((Expression.Constant) ExpressionParser.value("1.5Mbps")).dimension());
        assertEquals(0.05, ((Expression.Constant) ExpressionParser.value("5%")).value(), 1e-15);
    }

    @Test
    void aConstraintComparesOrAsks() {
        Expression.Comparison compared = (Expression.Comparison) ExpressionParser.constraint("p95(latency) < 50ms");
        assertTrue(compared.isUpperLimit() && compared.isStrict());
        assertEquals("p95(latency) < 50ms", compared.text());
        assertEquals(
                "live(tree) within 10s",
                ExpressionParser.constraint("live( tree )within 10s").text());
        assertEquals(
                "holds(tree) at 1s",
                ExpressionParser.constraint("holds(tree) at 1s").text());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a +|4|the end",
                "a b|3|the end or an operator",
                "(a|3|')' was expected",
                "50 ms|4|the end or an operator",
                "50mss + a|3|did you mean 'ms'?",
                "a at 5|6|a duration such as 2s",
                "a at b|6|a duration such as 2s",
                "a < b|3|behind 'subject to:'",
                "f()|3|a number, a name or '('",
                "1e309|1|too large",
                "p95(a) ! 2|8|the end or an operator",
            })
    void aMistakeIsNamedWithItsColumn(String text, int column, String words) {
        ExpressionSyntaxException mistake =
                assertThrows(ExpressionSyntaxException.class, () -> ExpressionParser.value(text));
        assertEquals(column, mistake.column(), mistake.getMessage());
        assertTrue(mistake.problem().contains(words), mistake.getMessage());
    }

    @Test
    void aConstraintHasToCompare() {
        ExpressionSyntaxException mistake =
                assertThrows(ExpressionSyntaxException.class, () -> ExpressionParser.constraint("p95(latency)"));
        assertTrue(mistake.getMessage().startsWith("[FS454] 1:13: a constraint compares"), mistake.getMessage());
    }

    @Test
    void whatIsTooDeepOrTooLongIsRefusedBeforeTheStackIs() {
        for (String text :
                List.of("(".repeat(100_000), "-".repeat(100_000), "abs(".repeat(100_000), "a+".repeat(100_000) + "a")) {
            assertThrows(ExpressionSyntaxException.class, () -> ExpressionParser.value(text));
        }
    }

    @Test
    void nonsenseIsRefusedWithItsPlaceAndNothingElseIsThrown() {
        RandomStream random = RandomStream.of(7, "nonsense");
        int understood = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            int pieces = 1 + random.nextInt(8);
            for (int piece = 0; piece < pieces; piece++) {
                text.append(PIECES.get(random.nextInt(PIECES.size()))).append(random.nextInt(3) == 0 ? " " : "");
            }
            try {
                Expression read = random.nextBoolean()
                        ? ExpressionParser.value(text.toString())
                        : ExpressionParser.constraint(text.toString());
                assertEquals(read.text(), again(read).text(), text.toString());
                understood++;
            } catch (ExpressionSyntaxException refused) {
                assertTrue(refused.column() >= 1 && refused.column() <= text.length() + 1, text.toString());
            }
        }
        assertTrue(understood > 100, "some of it makes sense: " + understood);
    }

    private static Expression again(Expression read) {
        boolean isValue = !(read instanceof Expression.Comparison) && !(read instanceof Expression.Within);
        return isValue ? ExpressionParser.value(read.text()) : ExpressionParser.constraint(read.text());
    }
}
