package dev.foresail.steering.cluster.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.steering.cluster.MemberAddress;
import dev.foresail.steering.cluster.Membership;
import dev.foresail.steering.cluster.MessageWriter;
import dev.foresail.steering.cluster.campaign.CampaignMessages.Report;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A coordinator whose members are played by the test. */
@Timeout(value = 20, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ClusterCampaignTest {
    private static final MemberAddress SELF = new MemberAddress("127.0.0.1", 1);
    private static final MemberAddress ANNA = new MemberAddress("127.0.0.1", 2);
    private static final MemberAddress STRANGER = new MemberAddress("127.0.0.1", 3);

    private final ClusterCampaign campaign =
            new ClusterCampaign(1, 12, Outcomes.player(), 1, () -> false, done -> {}, line -> {});
    private final List<MemberAddress> servedTo = new ArrayList<>();

    /** Whoever gets seeds plays them, on threads of its own. */
    private final Membership membership = new Membership() {
        @Override
        public MemberAddress self() {
            return SELF;
        }

        @Override
        public List<MemberAddress> others() {
            return List.of(ANNA);
        }

        @Override
        public void send(MemberAddress to, byte[] message) {
            servedTo.add(to);
            if (to.equals(ANNA)) {
                var unused = CompletableFuture.runAsync(() -> CampaignMessages.seeds(message)
                        .forEach(seed -> campaign.received(
                                to, new Report(0, Optional.of(Outcomes.of(seed)), Optional.empty()).message())));
            }
        }
    };

    private static byte[] asks() {
        return new Report(1, Optional.empty(), Optional.empty()).message();
    }

    @Test
    void whoHasNotJoinedGetsNoSeedsThatWouldBeWaitedForWithoutEnd() {
        campaign.received(STRANGER, asks());
        assertEquals(12, campaign.run(membership).size());
        assertEquals(List.of(), servedTo);
        assertEquals(Set.of(SELF), campaign.shares().keySet());
    }

    @Test
    void whoAsksBeforeItIsToldThatItHasJoinedGetsSeeds() {
        campaign.received(ANNA, asks());
        campaign.joined(ANNA, new MessageWriter().integer(1).message());
        assertEquals(12, campaign.run(membership).size());
        assertEquals(List.of(ANNA), servedTo);
        assertEquals(Set.of(SELF, ANNA), campaign.shares().keySet());
    }
}
