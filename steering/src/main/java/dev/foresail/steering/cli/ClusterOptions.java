package dev.foresail.steering.cli;

import dev.foresail.steering.cluster.MemberAddress;
import dev.foresail.steering.cluster.MembershipSettings;
import dev.foresail.steering.config.ConfigurationException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who else takes part in a simulation. A verb mixes it in. */
final class ClusterOptions {
    @Option(
            names = "--cluster",
            paramLabel = "HOST:PORT,...",
            description =
                    "spread the seeds, or without --seeds the run, over the members ('foresail member') that listen there, and this one")
    private Optional<String> cluster = Optional.empty();

    @Option(
            names = "--listen",
            paramLabel = "HOST:PORT",
            description =
                    "where the members of the cluster reach this one; else any free port of the address from which they can be reached")
    private Optional<String> listen = Optional.empty();

    @Option(
            names = "--member-silence",
            paramLabel = "DURATION",
            description = "after how much silence a member counts as lost (5s); members have that option, too")
    private Optional<Duration> silence = Optional.empty();

    boolean isGiven() {
        return cluster.isPresent();
    }

    /** The others, with addresses instead of names. Throws what {@link MemberAddress#parseAll} throws. */
    List<MemberAddress> members() {
        Optional<MemberAddress> own =
                listen.map(text -> MemberAddress.parse("--listen", text).resolved());
        return MemberAddress.parseAll("--cluster", cluster.orElse("")).stream()
                .filter(member -> !own.equals(Optional.of(member)))
                .toList();
    }

    /** Where this one listens; empty to choose. */
    Optional<MemberAddress> listen() {
        return listen.map(text -> MemberAddress.parse("--listen", text).bindable("--listen"));
    }

    Duration silence() {
        return silence.orElse(MembershipSettings.DEFAULT.silence());
    }

    /** @throws ConfigurationException FS200 when something of it makes no sense */
    void check(boolean covers, boolean relaxes) {
        if (cluster.isEmpty()) {
            if (listen.isPresent() || silence.isPresent()) {
                throw new ConfigurationException(
                        "FS200", (listen.isPresent() ? "--listen" : "--member-silence") + " is for --cluster");
            }
            return;
        }
        if (covers || relaxes) {
            throw new ConfigurationException(
                    "FS200", (covers ? "--coverage" : "--slow-messages") + " is for one process: not for --cluster");
        }
        checkSilence(silence());
    }

    /** @throws ConfigurationException FS200 when it is too short */
    static void checkSilence(Duration silence) {
        if (silence.toMillis() < 500) {
            throw new ConfigurationException("FS200", "--member-silence: a time of at least 500ms was expected");
        }
    }
}
