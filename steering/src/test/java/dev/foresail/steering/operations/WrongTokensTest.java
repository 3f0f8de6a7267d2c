package dev.foresail.steering.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.live.Logged;
import dev.foresail.steering.logging.LimitedLog;
import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Time passes as the test says. */
final class WrongTokensTest {
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final WrongTokens tokens = new WrongTokens("granary", channel.eventLoop());

    @AfterEach
    void close() {
        channel.finishAndReleaseAll();
    }

    private static InetAddress address(int number) {
        try {
            return InetAddress.getByAddress(new byte[] {10, 0, (byte) (number >> 8), (byte) number});
        } catch (UnknownHostException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private void show(int times, InetAddress from) {
        for (int time = 0; time < times; time++) {
            tokens.shown(from, "/status");
        }
    }

    @Test
    void whoHasShownManyIsNotListenedToForTheRestOfTheMinute() {
        try (Logged logged = new Logged()) {
            show(WrongTokens.MOST - 1, address(1));
            assertFalse(tokens.areTooMany(address(1)));
            show(1, address(1));
            assertTrue(tokens.areTooMany(address(1)));
            assertFalse(tokens.areTooMany(address(2)), "the others are");
            assertEquals(
                    WrongTokens.MOST,
                    logged.count("[FS353] granary: 10.0.0.1 has shown a wrong token for /status"),
                    logged::toString);
            channel.advanceTimeBy(1, TimeUnit.MINUTES);
            channel.runScheduledPendingTasks();
            assertFalse(tokens.areTooMany(address(1)));
        }
    }

    @Test
    void howManyAddressesEverComeTheLogAndTheMemoryAreNotFilled() {
        try (Logged logged = new Logged()) {
            for (int number = 0; number <= WrongTokens.MOST_ADDRESSES; number++) {
                show(WrongTokens.MOST, address(number));
            }
            assertTrue(tokens.areTooMany(address(WrongTokens.MOST_ADDRESSES - 1)));
            assertFalse(tokens.areTooMany(address(WrongTokens.MOST_ADDRESSES)), "it is not known any more");
            assertEquals(LimitedLog.MAX_LINES, logged.count("has shown a wrong token"));
        }
    }
}
