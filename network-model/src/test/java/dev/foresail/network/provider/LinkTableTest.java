package dev.foresail.network.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinkTableTest {
    private static final String TABLE = """
            # from a latency service
            from,to,rtt,toll,weather
            1,2,20.5,3,
            2,1,,4,0
            1,3, 80 ,,1
            """;

    private static LinkTable<Long> read(String text, List<String> wanted) {
        return LinkTable.read("links.csv", text, wanted, Long::valueOf);
    }

    @Test
    void eachLinkHasTheFiguresThatStandInItsLine() {
        LinkTable<Long> table = read(TABLE, List.of("toll", "rtt"));
        assertEquals(3, table.size());
        assertEquals(OptionalDouble.of(3), table.of("toll", 1L, 2L));
        assertEquals(OptionalDouble.of(4), table.of("toll", 2L, 1L), "a toll has a direction");
        assertEquals(OptionalDouble.empty(), table.of("toll", 3L, 1L));
        assertEquals(OptionalDouble.of(20.5), table.of("rtt", 2L, 1L), "a round trip is that of both directions");
        assertEquals(OptionalDouble.of(80), table.of("rtt", 3L, 1L));
        assertEquals(OptionalDouble.empty(), table.of("weather", 1L, 3L), "nobody wanted it");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|links.csv: the table is empty; expected a first line 'from,to,rtt'",
                "'to,from,rtt'|links.csv:1:1: 'to' where a first line 'from,to,FIGURE', such as 'from,to,rtt' was expected",
                "'from,to,rtt,rtt'|links.csv:1:13: 'rtt' where each name once was expected",
                "'from,to,toll'|links.csv:1: no column is named 'rtt' (known: [from, to, toll])",
                "'from,to,rtt\n1,2'|links.csv:2: 2 values where 3 were expected",
                "'from,to,rtt\n\n1,n2,5'|links.csv:3:3: 'n2' where a node id was expected",
                "'from,to,rtt\n1,2,fast'|links.csv:2:5: 'fast' where a number, or nothing was expected",
                "'from,to,rtt\n1,2,1e999'|links.csv:2:5: '1e999' where a number, or nothing was expected",
                "'from,to,rtt\n1,2,5\n1,2,6'|links.csv:3:1: '1' where each link once was expected",
            })
    void whatIsWrongIsSaidWithItsPlace(String text, String problem) {
        ProviderFormatException wrong = assertThrows(ProviderFormatException.class, () -> read(text, List.of("rtt")));
        assertEquals(problem, wrong.getMessage());
    }

    @Test
    void whateverIsReadIsATableOrSaysWhyNot() {
        Random random = new Random(11);
        int refused = 0;
        for (int round = 0; round < 3_000; round++) {
            StringBuilder text = new StringBuilder(TABLE);
            for (int change = 0; change < 3; change++) {
                int at = random.nextInt(text.length());
                text.setCharAt(at, "0123,.-e\n #xé\u0000".charAt(random.nextInt(14)));
            }
            try {
                read(text.toString(), List.of("rtt"));
            } catch (ProviderFormatException wrong) {
                assertTrue(String.valueOf(wrong.getMessage()).startsWith("links.csv"), wrong::getMessage);
                refused++;
            }
        }
        assertTrue(refused > 500 && refused < 2_900, "refused " + refused);
    }
}
