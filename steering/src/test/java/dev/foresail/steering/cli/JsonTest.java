package dev.foresail.steering.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class JsonTest {
    private record Point(int x, double y) {}

    @Test
    void keysKeepTheirOrder() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("z", 1);
        map.put("a", List.of(true, "b"));
        map.put("p", new Point(1, 2.5));
        map.put("e", Map.of());
        assertEquals("{\"z\":1,\"a\":[true,\"b\"],\"p\":{\"x\":1,\"y\":2.5},\"e\":{}}", Json.write(map));
    }

    @Test
    void anythingWrittenInAStringIsReadBack() {
        StringBuilder all = new StringBuilder();
        for (char character = 0; character < 0x180; character++) {
            all.append(character);
        }
        all.append("\u2028 \ud83d\ude00");
        assertEquals(all.toString(), JsonText.parse(Json.write(all.toString())));
    }

    @Test
    void numbersStayNumbers() {
        assertEquals("[1,1.5,-3,10000000000,1.0E20]", Json.write(List.of(1.0, 1.5, -3, 10_000_000_000L, 1e20)));
        assertEquals("[null,null,null]", Json.write(List.of(Double.NaN, Double.NEGATIVE_INFINITY, Optional.empty())));
    }
}
