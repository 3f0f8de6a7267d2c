package dev.foresail.predictor.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.network.random.RandomStream;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LastArrivalsTest {
    @Test
    void noMessageOvertakesAnotherOfItsPairHoweverManyAreUnderWay() {
        RandomStream random = RandomStream.of(1, "arrivals");
        LastArrivals table = new LastArrivals();
        Map<Integer, Long> expected = new HashMap<>();
        long nowNanos = 0;
        for (int message = 0; message < 100_000; message++) {
            nowNanos += random.nextInt(4);
            int from = random.nextInt(40);
            int to = random.nextInt(40);
            // Now many are under way, now few.
            long arrival = nowNanos + random.nextInt(message / 20_000 % 2 == 0 ? 3_000 : 10);
            long behind = Math.max(arrival, expected.getOrDefault(40 * from + to, 0L));
            expected.put(40 * from + to, behind);
            assertEquals(behind, table.follow(from, to, arrival, nowNanos), "message " + message);
        }
    }
}
