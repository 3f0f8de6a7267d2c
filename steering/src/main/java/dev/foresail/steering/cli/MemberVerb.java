package dev.foresail.steering.cli;

import dev.foresail.steering.cluster.MemberAddress;
import dev.foresail.steering.cluster.MembershipSettings;
import dev.foresail.steering.cluster.WaitingMember;
import dev.foresail.steering.cluster.campaign.CampaignService;
import dev.foresail.steering.cluster.partition.PartitionService;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code foresail member}: waits for simulations of others and plays what they hand out, until Ctrl-C. */
@Command(name = "member", description = "take part in simulations of others (simulate --cluster) until Ctrl-C")
public final class MemberVerb implements Verb {
    /** How often it looks whether the member has ended by itself. */
    private static final long LOOK_MILLIS = 200;

    @Mixin
    private CommonOptions common = new CommonOptions();

    @Mixin
    private ClassPathOptions classPath = new ClassPathOptions();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            defaultValue = "127.0.0.1:9301",
            description = "where others reach it, and nowhere else (${DEFAULT-VALUE}); whoever can, can let it work")
    private String listen = "";

    @Option(
            names = "--jobs",
            description = "how many seeds it plays side by side; else as many as there are processors")
    private Optional<Integer> jobs = Optional.empty();

    @Option(
            names = "--member-silence",
            paramLabel = "DURATION",
            defaultValue = "5s",
            description =
                    "after how much silence of others the work is dropped (${DEFAULT-VALUE}); the same as that of 'simulate'")
    private Duration silence = Duration.ZERO;

    @Override
    public Integer call() throws InterruptedException {
        int slots = jobs.orElseGet(() -> Runtime.getRuntime().availableProcessors());
        Counts.atLeastOne("--jobs", slots);
        ClusterOptions.checkSilence(silence);
        MemberAddress address = MemberAddress.parse("--listen", listen).bindable("--listen");
        Output output = common.output();
        MemberPlans plans = new MemberPlans(classPath.loader());
        long startNanos = WallClock.nanos();
        WaitingMember member = WaitingMember.start(
                address,
                Version.number(),
                List.of(new CampaignService(plans::seedPlayer, slots), new PartitionService(plans::partitionPlayer)),
                MembershipSettings.DEFAULT.withSilence(silence),
                output::prose);
        try (member) {
            output.prose("member " + member.address() + " waits for 'foresail simulate PROTOCOL --cluster "
                    + member.address() + "'; Ctrl-C ends it");
            while (!member.ended().isDone() && !common.interruption().await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
                // Somebody else's simulations take their time.
            }
            throwIfFailed(member);
        }
        output.prose("ended; seeds played: " + plans.seedsPlayed());
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("member", member.address());
        json.put("seconds", WallClock.secondsSince(startNanos));
        json.put("seeds", plans.seedsPlayed());
        output.result(json);
        return ExitCode.DONE;
    }

    private static void throwIfFailed(WaitingMember member) {
        try {
            member.ended().getNow(null);
        } catch (CompletionException failure) {
            if (failure.getCause() instanceof Error error) {
                throw error;
            }
            throw failure.getCause() instanceof RuntimeException cause ? cause : failure;
        }
    }
}
