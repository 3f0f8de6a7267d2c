package dev.foresail.steering.cluster;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/**
 * Sends back what it gets. The offer {@code no} it refuses, of {@code lacking} it lacks a class, {@code late} it takes when it is let go on, and a work of
 * {@code stuck} does not end as it should. The message {@code !} makes it fail.
 */
final class EchoService implements MemberService {
    final CountDownLatch closed = new CountDownLatch(1);
    final CountDownLatch goOn = new CountDownLatch(1);

    @Override
    public String purpose() {
        return "echo";
    }

    @Override
    public MemberWork accept(byte[] offer) throws RefusedException {
        String text = new String(offer, StandardCharsets.UTF_8);
        if (text.equals("no")) {
            throw new RefusedException("FS439", "it has no voice");
        } else if (text.equals("lacking")) {
            throw new NoClassDefFoundError("com/example/Voice");
        } else if (text.equals("late")) {
            awaitGoOn();
        }
        return new Echo(text);
    }

    private void awaitGoOn() {
        try {
            goOn.await();
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private final class Echo implements MemberWork {
        private final String offer;
        private Membership membership;

        Echo(String offer) {
            this.offer = offer;
        }

        @Override
        public byte[] acceptance() {
            return ("yes, " + offer).getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void begin(Membership joined, MemberAddress coordinator) {
            membership = joined;
            if (offer.equals("late")) {
                joined.send(coordinator, new byte[1]);
            }
        }

        @Override
        public void received(MemberAddress from, byte[] message) {
            if (message.length == 1 && message[0] == '!') {
                throw new AssertionError("it has lost its voice");
            }
            membership.send(from, message);
        }

        @Override
        public void lost(MemberAddress member, String why) {}

        @Override
        public void close() {
            closed.countDown();
            if (offer.equals("stuck")) {
                throw new AssertionError("it does not end");
            }
        }
    }
}
