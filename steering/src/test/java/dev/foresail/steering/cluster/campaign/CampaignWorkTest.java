package dev.foresail.steering.cluster.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.steering.cluster.MemberAddress;
import dev.foresail.steering.cluster.Membership;
import dev.foresail.steering.cluster.campaign.CampaignMessages.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.RepeatedTest;

/** A member's slot, whatever its protocol throws. */
final class CampaignWorkTest {
    private static final MemberAddress COORDINATOR = new MemberAddress("127.0.0.1", 1);
    private static final long TOO_LONG = 5;

    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();

    private final Membership membership = new Membership() {
        @Override
        public MemberAddress self() {
            return new MemberAddress("127.0.0.1", 2);
        }

        @Override
        public List<MemberAddress> others() {
            return List.of(COORDINATOR);
        }

        @Override
        public void send(MemberAddress to, byte[] message) {
            Report report = Report.read(message);
            if (report.outcome().filter(outcome -> outcome.seed() == TOO_LONG).isPresent()) {
                throw new IllegalArgumentException("a message is too long");
            }
            reports.add(report);
        }
    };

    private static final SeedPlayer MOODY = new SeedPlayer() {
        @Override
        public SeedOutcome play(long seed) {
            if (seed == 1) {
                throw new AssertionError("not so");
            } else if (seed == 2) {
                throw new NoClassDefFoundError("com/example/Seat");
            } else if (seed == 3) {
                throw new StackOverflowError();
            } else if (seed == 4) {
                Thread.currentThread().interrupt();
            }
            return Outcomes.of(seed);
        }

        @Override
        public void close() {}
    };

    @RepeatedTest(100)
    void whateverIsThrownTheCoordinatorHearsOfEachSeed() throws InterruptedException {
        CampaignWork work = new CampaignWork(MOODY, 1, new byte[0]);
        try {
            work.begin(membership, COORDINATOR);
            work.received(COORDINATOR, CampaignMessages.seeds(List.of(1L, 2L, 3L, 4L, TOO_LONG, 6L)));
            List<Long> cannot = new ArrayList<>();
            List<Long> played = new ArrayList<>();
            int asked = 0;
            for (int count = 0; count < 7; count++) {
                Report report = Objects.requireNonNull(reports.poll(10, TimeUnit.SECONDS), "a seed was left behind");
                report.cannot().ifPresent(cannot::add);
                report.outcome().ifPresent(outcome -> played.add(outcome.seed()));
                asked += report.slots();
            }
            assertEquals(List.of(1L, 2L, 3L, TOO_LONG), cannot);
            assertEquals(List.of(4L, 6L), played);
            assertEquals(2, asked, "in the beginning and in the end");
        } finally {
            work.close();
        }
    }
}
