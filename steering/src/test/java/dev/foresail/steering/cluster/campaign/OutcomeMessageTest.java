package dev.foresail.steering.cluster.campaign;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.Verdict;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.predictor.simulate.DecisionCounts;
import dev.foresail.predictor.simulate.PropertyWatch.Violation;
import dev.foresail.predictor.simulate.Runaway;
import dev.foresail.steering.cluster.MessageReader;
import dev.foresail.steering.cluster.MessageWriter;
import dev.foresail.steering.cluster.campaign.CampaignMessages.Report;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class OutcomeMessageTest {
    private static final SeedOutcome OUTCOME = new SeedOutcome(
            -7,
            123_456_789_012L,
            0.1 + 0.2,
            "749600988dfaff74",
            new TreeMap<>(Map.of("depth", 3.0, "unknown", Double.NaN, "far", Double.POSITIVE_INFINITY)),
            new TreeMap<>(Map.of(
                    "safe", new SeedOutcome.Judged(PropertyDescription.Kind.SAFETY, Verdict.VIOLATED),
                    "lively", new SeedOutcome.Judged(PropertyDescription.Kind.LIVENESS, Verdict.UNKNOWN))),
            new DecisionCounts(1, 2, 3),
            List.of(new Violation("safe", NodeId.of(4), "n4 receives \"x\"\n from n1", 99, 1.5)),
            List.of("thrown"),
            false,
            Optional.of(new Runaway("FS450", "n4", "timer tick", 2.5, "n4 keeps time from going on")));

    @Test
    void anOutcomeArrivesAsItWas() {
        Report report = new Report(2, Optional.of(OUTCOME), Optional.of(9L));
        assertEquals(report, Report.read(report.message()));
        assertEquals(List.of(3L, -1L), CampaignMessages.seeds(CampaignMessages.seeds(List.of(3L, -1L))));
    }

    @Test
    void anOfferArrivesAsItWas() {
        CampaignOffer offer =
                new CampaignOffer("kitchen", "K", 1, -2, List.of("--nodes", "3"), List.of(new byte[] {1, 2}), 2);
        CampaignOffer read = CampaignOffer.read(offer.message());
        assertEquals(List.of("--nodes", "3"), read.words());
        assertEquals(2, read.files().get(0).length);
        assertEquals(
                List.of("kitchen", "K", 1L, -2L, 2),
                List.of(read.protocol(), read.type(), read.schema(), read.code(), read.workers()));
    }

    @Test
    void whatIsCutShortIsRefused() {
        MessageWriter out = new MessageWriter();
        OutcomeMessage.write(OUTCOME, out);
        byte[] whole = out.message();
        for (int length = 0; length < whole.length; length += 7) {
            MessageReader cut = new MessageReader(Arrays.copyOf(whole, length));
            assertThrows(IllegalArgumentException.class, () -> OutcomeMessage.read(cut));
        }
    }
}
