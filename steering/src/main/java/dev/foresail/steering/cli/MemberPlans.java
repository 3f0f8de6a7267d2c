package dev.foresail.steering.cli;

import dev.foresail.choice.machine.Machine;
import dev.foresail.network.topology.MatrixFormatException;
import dev.foresail.predictor.campaign.CampaignException;
import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.predictor.campaign.SimulationPlan;
import dev.foresail.steering.cluster.RefusedException;
import dev.foresail.steering.cluster.campaign.CampaignOffer;
import dev.foresail.steering.cluster.campaign.CodeFingerprint;
import dev.foresail.steering.cluster.campaign.SeedPlayer;
import dev.foresail.steering.cluster.partition.PartitionPlayer;
import dev.foresail.steering.config.ConfigurationException;
import dev.foresail.steering.config.Protocols;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Makes plans of what coordinators offer, with the protocols of this class path. Thread-safe. */
final class MemberPlans {
    /** What is to be said, the coordinator says. */
    private static final Output SILENT = new Output(Progress.nowhere(), Progress.nowhere(), false, false);

    private final ClassLoader loader;
    private final AtomicLong played = new AtomicLong();

    MemberPlans(ClassLoader loader) {
        this.loader = loader;
    }

    /** How many seeds this member has played to their ends. */
    long seedsPlayed() {
        return played.get();
    }

    /** What plays seeds. Throws FS439 when the protocol is not there, or is another one. */
    SeedPlayer seedPlayer(CampaignOffer offer) throws RefusedException {
        return prepare(offer, this::seedPlayer);
    }

    /** What plays parts of runs. Throws as {@link #seedPlayer(CampaignOffer)}. */
    PartitionPlayer partitionPlayer(CampaignOffer offer) throws RefusedException {
        return prepare(offer, MemberPlans::partitionPlayer);
    }

    /** What is made of a plan. */
    private interface Making<T> {
        T of(SimulationPlan<?> plan, int workers);
    }

    private <T> T prepare(CampaignOffer offer, Making<T> making) throws RefusedException {
        try {
            Machine<?> machine = Protocols.of(loader).find(offer.protocol(), Optional.of(offer.type()));
            if (machine.schema() != offer.schema()) {
                throw otherCode(machine);
            }
            return making.of(plan(offer, machine), offer.workers());
        } catch (ConfigurationException | CampaignException | MatrixFormatException mistake) {
            throw new RefusedException("FS439", "it cannot play that: " + mistake.getMessage());
        } catch (IOException unwritten) {
            throw new RefusedException(
                    "FS439", "it cannot keep the files of the simulation: " + unwritten.getMessage());
        }
    }

    private static RefusedException otherCode(Machine<?> machine) {
        return new RefusedException(
                "FS439",
                "its " + machine.stateType().getName() + " is another one; give it the same jar with --classpath");
    }

    private <S> SimulationPlan<S> plan(CampaignOffer offer, Machine<S> machine) throws RefusedException, IOException {
        List<Path> files = new ArrayList<>();
        try {
            SimulationOptions options = OfferedOptions.read(offer, files);
            SimulationPlan<S> plan = options.plan(machine, loader, SILENT);
            if (CodeFingerprint.of(plan, loader) != offer.code()) {
                throw otherCode(machine);
            }
            return plan;
        } finally {
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static <S> PartitionPlayer partitionPlayer(SimulationPlan<S> plan, int workers) {
        return (exchange, seed) -> {
            try (SimulationWorkers spread = new SimulationWorkers(workers, Optional.empty());
                    Progress unseen = new Progress(Progress.nowhere(), false, () -> 0, "")) {
                new SeedRunner<>(plan, spread, new Interruption(), Optional.empty()).playWith(exchange, seed, unseen);
            }
        };
    }

    private <S> SeedPlayer seedPlayer(SimulationPlan<S> plan, int workers) {
        Interruption interruption = new Interruption();
        SimulationWorkers spread = new SimulationWorkers(workers, Optional.empty());
        SeedRunner<S> runner = new SeedRunner<>(plan, spread, interruption, Optional.empty());
        return new SeedPlayer() {
            @Override
            public SeedOutcome play(long seed) {
                SeedOutcome outcome = runner.play(seed);
                played.addAndGet(outcome.complete() ? 1 : 0);
                return outcome;
            }

            @Override
            public void close() {
                interruption.request();
                spread.close();
            }
        };
    }
}
