package dev.foresail.steering.cli;

import dev.foresail.steering.cluster.Coordinator;
import dev.foresail.steering.cluster.MemberAddress;
import dev.foresail.steering.cluster.MembershipListener;
import dev.foresail.steering.cluster.MembershipSettings;
import dev.foresail.steering.cluster.RefusedException;
import dev.foresail.steering.config.ConfigurationException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.BiConsumer;

/** Brings those together who are named on the command line. */
final class Gathering {
    private final ClusterOptions options;
    private final Interruption interruption;
    private final Output output;

    Gathering(ClusterOptions options, Interruption interruption, Output output) {
        this.options = options;
        this.interruption = interruption;
        this.output = output;
    }

    /** This process, where the others reach it. Throws what {@link Coordinator#start} throws. */
    Coordinator start(MembershipListener listener) {
        List<MemberAddress> members = options.members();
        MemberAddress listen = options.listen().orElseGet(() -> Coordinator.near(members));
        MembershipSettings settings = MembershipSettings.DEFAULT.withSilence(options.silence());
        return Coordinator.start(listen, Version.number(), settings, listener);
    }

    /**
     * Invites the others; whoever does not take part is told to the user.
     *
     * @param joined is told who takes part, with what it has answered
     * @throws ConfigurationException with what each member says, when there are some and none takes part
     */
    void invite(Coordinator coordinator, String purpose, byte[] offer, BiConsumer<MemberAddress, byte[]> joined) {
        List<MemberAddress> members = options.members();
        Map<MemberAddress, CompletableFuture<byte[]>> invited = new LinkedHashMap<>();
        members.forEach(member -> invited.put(member, coordinator.invite(member, purpose, offer)));
        Map<MemberAddress, RefusedException> refusals = new LinkedHashMap<>();
        invited.forEach((member, answer) -> {
            try {
                interruption.resultOf(answer).ifPresent(acceptance -> joined.accept(member, acceptance));
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
