package dev.foresail.steering.cli;

import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.steering.cluster.Coordinator;
import dev.foresail.steering.cluster.campaign.CampaignOffer;
import dev.foresail.steering.cluster.campaign.CampaignService;
import dev.foresail.steering.cluster.campaign.ClusterCampaign;
import dev.foresail.steering.cluster.campaign.SeedPlayer;
import dev.foresail.steering.config.ConfigurationException;
import java.util.List;
import java.util.stream.Collectors;

/** The seeds of a campaign over this process and the members of a cluster. Classes of the cluster's engine are loaded by nobody else. */
final class ClusterRun<S> {
    private final ClusterOptions options;
    private final Interruption interruption;
    private final Output output;

    ClusterRun(ClusterOptions options, Interruption interruption, Output output) {
        this.options = options;
        this.interruption = interruption;
        this.output = output;
    }

    /**
     * The outcomes in the order of the seeds, as {@link SeedRunner#run}.
     *
     * @throws ConfigurationException with what each member says, when there are some and none takes part
     */
    List<SeedOutcome> run(
            long firstSeed, int count, int jobs, SeedRunner<S> runner, CampaignOffer offer, Progress progress) {
        ClusterCampaign campaign = new ClusterCampaign(
                firstSeed,
                count,
                own(runner),
                jobs,
                interruption::isRequested,
                done -> progress.update(done, count),
                output::hint);
        Gathering gathering = new Gathering(options, interruption, output);
        try (Coordinator coordinator = gathering.start(campaign)) {
            gathering.invite(coordinator, CampaignService.PURPOSE, offer.message(), campaign::joined);
            List<SeedOutcome> outcomes =
                    SeedRunner.chosen(List.copyOf(campaign.run(coordinator).values()));
            output.hint("seeds played: "
                    + campaign.shares().entrySet().stream()
                            .map(share -> share.getValue() + " by "
                                    + (share.getKey().equals(coordinator.self())
                                            ? "this process"
                                            : share.getKey().toString()))
                            .collect(Collectors.joining(", ")));
            return outcomes.isEmpty() ? List.of(runner.play(firstSeed)) : outcomes;
        }
    }

    private static SeedPlayer own(SeedRunner<?> runner) {
        return new SeedPlayer() {
            @Override
            public SeedOutcome play(long seed) {
                return runner.play(seed);
            }

            @Override
            public void close() {
                // Whoever has made the runner interrupts it.
            }
        };
    }
}
