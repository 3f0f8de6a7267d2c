package dev.foresail.network.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.network.random.RandomStream;
import java.util.ArrayDeque;
import java.util.Deque;
import org.junit.jupiter.api.Test;

class DeliveryRateSamplerTest {
    private static final long MILLI = 1_000_000L;

    private final DeliveryRateSampler sampler = new DeliveryRateSampler();

    /** A link of 10,000 bytes per millisecond and 80 ms there and back, which is kept full; a window by its round trip says less. */
    @Test
    void aFullLinkShowsItsRateHoweverLongItsQueue() {
        Deque<Long> acknowledgements = new ArrayDeque<>();
        long linkFreeAt = 0;
        for (long now = 0; now < 2_000; now++) {
            // Twice as much in flight as the link holds: half of it waits in a queue.
            while (acknowledgements.size() < 160) {
                sampler.sent(10_000, false, now * MILLI);
                linkFreeAt = Math.max(now, linkFreeAt) + 1;
                acknowledgements.add(linkFreeAt + 80);
            }
            while (acknowledgements.peek() <= now) {
                acknowledgements.remove();
                sampler.acknowledged(10_000, 80 * MILLI, now * MILLI);
            }
        }
        assertEquals(1e7, sampler.bytesPerSecond(2_000 * MILLI).value(), 0.05e7);
        assertEquals(0, sampler.faults());
    }

    @Test
    void aSenderWithLittleToSendDoesNotMakeALinkSlow() {
        sampler.sent(100_000, false, 0);
        sampler.acknowledged(100_000, 0, 10 * MILLI);
        assertEquals(1e7, sampler.bytesPerSecond(10 * MILLI).value());
        for (long ping = 1; ping < 100; ping++) {
            sampler.sent(100, true, ping * 100 * MILLI);
            assertFalse(sampler.acknowledged(100, 0, (ping * 100L + 10) * MILLI));
        }
        Figure rate = sampler.bytesPerSecond(10_000 * MILLI);
        assertEquals(1e7, rate.value());
        assertEquals(9_990 * MILLI, rate.ageNanos());
        // More than was known counts, whoever was the bottleneck.
        sampler.sent(300_000, true, 10_000 * MILLI);
        assertTrue(sampler.acknowledged(300_000, 0, 10_010 * MILLI));
        assertEquals(3e7, sampler.bytesPerSecond(10_010 * MILLI).value());
    }

    @Test
    void aFasterTimeIsForgottenAfterTenRoundTrips() {
        sampler.sent(100_000, false, 0);
        sampler.acknowledged(100_000, 0, 10 * MILLI);
        for (long round = 1; round <= 15; round++) {
            sampler.sent(10_000, false, round * 100 * MILLI);
            sampler.acknowledged(10_000, 0, (round * 100L + 10) * MILLI);
        }
        assertEquals(1e6, sampler.bytesPerSecond(1_600 * MILLI).value());
    }

    @Test
    void aBurstOfAcknowledgementsIsNoRate() {
        sampler.sent(100_000, false, 0);
        // Sooner than light: the peer, or the clock, is not to be believed.
        assertFalse(sampler.acknowledged(100_000, 20 * MILLI, MILLI));
        assertFalse(sampler.bytesPerSecond(MILLI).isKnown());
    }

    @Test
    void whateverComesNothingIsThrownAndNoRateIsImpossible() {
        RandomStream random = RandomStream.of(11, "hostile");
        for (int run = 0; run < 100; run++) {
            DeliveryRateSampler any = new DeliveryRateSampler();
            long now = random.nextLong();
            for (int step = 0; step < 300; step++) {
                now += random.nextInt(20) == 0
                        ? random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L)
                        : random.nextInt(5_000_000);
                switch (random.nextInt(4)) {
                    case 0 -> any.acknowledged(random.nextLong(-10, 100_000), random.nextInt(10) * MILLI, now);
                    case 1 -> any.connectionBroke();
                    default -> any.sent(random.nextLong(-10, 50_000), random.nextBoolean(), now);
                }
                Figure rate = any.bytesPerSecond(now);
                assertTrue(rate.value() > 0 && rate.ageNanos() >= 0);
                assertTrue(!rate.isKnown() || Double.isFinite(rate.value()));
            }
        }
    }

    @Test
    void whatIsInFlightIsBounded() {
        for (long chunk = 0; chunk < 10_000; chunk++) {
            sampler.sent(1_000, false, chunk * MILLI);
        }
        assertTrue(sampler.acknowledged(10_000_000, 0, 10_000 * MILLI));
        assertEquals(0, sampler.faults());
        sampler.acknowledged(1, 0, 10_001 * MILLI);
        assertEquals(1, sampler.faults());
    }
}
