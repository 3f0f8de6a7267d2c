package dev.foresail.steering.cluster.campaign;

import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.steering.cluster.MessageReader;
import dev.foresail.steering.cluster.MessageWriter;
import java.util.List;
import java.util.Optional;

/** What coordinator and members of a campaign say to each other. Pure functions. */
final class CampaignMessages {
    private CampaignMessages() {}

    /**
     * What a member says.
     *
     * @param slots how many more of its slots have nothing to do
     * @param outcome of a seed that it has played
     * @param cannot a seed that it could not play
     */
    record Report(int slots, Optional<SeedOutcome> outcome, Optional<Long> cannot) {
        byte[] message() {
            MessageWriter out = new MessageWriter().integer(slots);
            out.flag(outcome.isPresent());
            outcome.ifPresent(each -> OutcomeMessage.write(each, out));
            out.flag(cannot.isPresent());
            cannot.ifPresent(out::number);
            return out.message();
        }

        /** @throws IllegalArgumentException when it is no report */
        static Report read(byte[] message) {
            MessageReader in = new MessageReader(message);
            return new Report(
                    in.integer(),
                    in.flag() ? Optional.of(OutcomeMessage.read(in)) : Optional.empty(),
                    in.flag() ? Optional.of(in.number()) : Optional.empty());
        }
    }

    /** Seeds for a member to play. */
    static byte[] seeds(List<Long> seeds) {
        MessageWriter out = new MessageWriter();
        return out.each(seeds, out::number).message();
    }

    static List<Long> seeds(byte[] message) {
        MessageReader in = new MessageReader(message);
        return in.each(in::number);
    }
}
