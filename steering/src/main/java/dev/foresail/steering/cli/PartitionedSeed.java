package dev.foresail.steering.cli;

import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.predictor.simulate.OneWorkerNeededException;
import dev.foresail.predictor.simulate.RunawayException;
import dev.foresail.predictor.simulate.Simulation;
import dev.foresail.steering.cluster.Coordinator;
import dev.foresail.steering.cluster.campaign.CampaignOffer;
import dev.foresail.steering.cluster.partition.PartitionService;
import dev.foresail.steering.cluster.partition.PartitionedRun;
import dev.foresail.steering.config.ConfigurationException;
import java.util.Optional;

/** One seed, partitioned over this process and the members of a cluster. Classes of the cluster's engine are loaded by nobody else. */
final class PartitionedSeed<S> {
    private final ClusterOptions options;
    private final Interruption interruption;
    private final Output output;

    PartitionedSeed(ClusterOptions options, Interruption interruption, Output output) {
        this.options = options;
        this.interruption = interruption;
        this.output = output;
    }

    /**
     * The outcome, which is that of one process; that plays it alone where it cannot be partitioned, runs away, or nobody is left, and says so.
     *
     * @throws ConfigurationException with what each member says, when there are some and none takes part; FS200 when there are more threads
     *     than one run can be spread over
     */
    SeedOutcome play(long seed, SeedRunner<S> runner, CampaignOffer offer, Progress progress) {
        int most = Simulation.MOST_WORKERS / (options.members().size() + 1);
        if (offer.workers() > most) {
            throw new ConfigurationException(
                    "FS200",
                    "--workers is a number of threads of each member, all together at most " + Simulation.MOST_WORKERS
                            + ": with so many members at most " + most + ", not " + offer.workers());
        }
        // The members wait for others again before this process plays alone.
        return together(seed, runner, offer, progress).orElseGet(() -> runner.play(seed, progress));
    }

    private Optional<SeedOutcome> together(long seed, SeedRunner<S> runner, CampaignOffer offer, Progress progress) {
        PartitionedRun run = new PartitionedRun(seed, output::hint);
        Gathering gathering = new Gathering(options, interruption, output);
        try (Coordinator coordinator = gathering.start(run)) {
            gathering.invite(coordinator, PartitionService.PURPOSE, offer.message(), (member, acceptance) -> {});
            PartitionedRun.Played<SeedOutcome> played =
                    run.play(coordinator, exchange -> runner.playWith(exchange, seed, progress));
            if (played.result().isPresent()) {
                output.hint("partitioned over " + played.members() + " members: each has written " + played.exchanges()
                        + " times to each, this process " + played.sentBytes() + " bytes");
            }
            return played.result();
        } catch (OneWorkerNeededException needed) {
            output.hint("one process plays it: " + needed.why());
            return Optional.empty();
        } catch (RunawayException | OutOfMemoryError runaway) {
            output.hint("one process plays it: " + runaway.getMessage());
            return Optional.empty();
        }
    }
}
