package dev.foresail.steering.cli;

import dev.foresail.predictor.campaign.SeedOutcome;
import dev.foresail.steering.cluster.Coordinator;
import dev.foresail.steering.cluster.MemberAddress;
import dev.foresail.steering.cluster.MembershipSettings;
import dev.foresail.steering.cluster.RefusedException;
import dev.foresail.steering.cluster.campaign.CampaignOffer;
import dev.foresail.steering.cluster.campaign.CampaignService;
import dev.foresail.steering.cluster.campaign.ClusterCampaign;
import dev.foresail.steering.cluster.campaign.SeedPlayer;
import dev.foresail.steering.config.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
        List<MemberAddress> members = options.members();
        MemberAddress listen = options.listen().orElseGet(() -> Coordinator.near(members));
        ClusterCampaign campaign = new ClusterCampaign(
                firstSeed,
                count,
                own(runner),
                jobs,
                interruption::isRequested,
                done -> progress.update(done, count),
                output::hint);
        MembershipSettings settings = MembershipSettings.DEFAULT.withSilence(options.silence());
        try (Coordinator coordinator = Coordinator.start(listen, Version.number(), settings, campaign)) {
            invite(coordinator, members, offer.message(), campaign);
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

    private void invite(Coordinator coordinator, List<MemberAddress> members, byte[] offer, ClusterCampaign campaign) {
        Map<MemberAddress, CompletableFuture<byte[]>> invited = new LinkedHashMap<>();
        members.forEach(member -> invited.put(member, coordinator.invite(member, CampaignService.PURPOSE, offer)));
        Map<MemberAddress, RefusedException> refusals = new LinkedHashMap<>();
        invited.forEach((member, answer) -> {
            try {
                interruption.resultOf(answer).ifPresent(acceptance -> campaign.joined(member, acceptance));
            } catch (ExecutionException failure) {
                refusals.put(member, refusal(failure));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", interrupted);
            }
        });
        if (!members.isEmpty() && refusals.size() == members.size()) {
            throw new ConfigurationException(refusals.entrySet().stream()
                    .map(refused -> refused.getValue().problem(refused.getKey()))
                    .toList());
        }
        refusals.forEach((member, refusal) -> output.hint(refusal.told(member) + "; the others go on without it"));
    }

    private static RefusedException refusal(ExecutionException failure) {
        return failure.getCause() instanceof RefusedException refusal
                ? refusal
                : new RefusedException("FS437", "it cannot be invited: " + failure.getCause());
    }
}
