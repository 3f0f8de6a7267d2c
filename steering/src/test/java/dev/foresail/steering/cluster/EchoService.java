package dev.foresail.steering.cluster;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/** Sends back what it gets; refuses the offer {@code no}. */
final class EchoService implements MemberService {
    final CountDownLatch closed = new CountDownLatch(1);

    @Override
    public String purpose() {
        return "echo";
    }

    @Override
    public MemberWork accept(byte[] offer) throws RefusedException {
        String text = new String(offer, StandardCharsets.UTF_8);
        if (text.equals("no")) {
            throw new RefusedException("FS439", "it has no voice");
        }
        return new Echo(text);
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
        }

        @Override
        public void received(MemberAddress from, byte[] message) {
            membership.send(from, message);
        }

        @Override
        public void lost(MemberAddress member, String why) {}

        @Override
        public void close() {
            closed.countDown();
        }
    }
}
