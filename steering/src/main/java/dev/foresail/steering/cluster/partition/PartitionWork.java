package dev.foresail.steering.cluster.partition;

import dev.foresail.predictor.simulate.OneWorkerNeededException;
import dev.foresail.predictor.simulate.WindowExchange;
import dev.foresail.predictor.simulate.WindowExchangeException;
import dev.foresail.steering.cluster.MemberAddress;
import dev.foresail.steering.cluster.MemberWork;
import dev.foresail.steering.cluster.Membership;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A waiting member's part in a partitioned run, as often as the coordinator begins it. Each attempt is played on a thread of its own. Thread-safe. */
final class PartitionWork implements MemberWork {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionWork.class);
    private static final long MOST_SECONDS_TO_STOP = 5;

    private final PartitionPlayer player;
    private final Attempts attempts = new Attempts();
    private final ExecutorService thread = Executors.newCachedThreadPool(task -> {
        Thread made = new Thread(task, "foresail-partition");
        made.setDaemon(true);
        return made;
    });
    private Optional<Membership> membership = Optional.empty();
    private Optional<MemberAddress> coordinator = Optional.empty();

    PartitionWork(PartitionPlayer player) {
        this.player = player;
    }

    @Override
    public byte[] acceptance() {
        return new byte[0];
    }

    @Override
    public void begin(Membership with, MemberAddress invitedBy) {
        membership = Optional.of(with);
        coordinator = Optional.of(invitedBy);
    }

    @Override
    public void received(MemberAddress from, byte[] bytes) {
        PartitionMessage message;
        try {
            message = PartitionMessage.read(bytes);
        } catch (IllegalArgumentException unreadable) {
            attempts.lost(from, "it sends what nobody understands: " + unreadable.getMessage());
            return;
        }
        if (message.kind() != PartitionMessage.Kind.PLAY) {
            attempts.received(from, message);
        } else if (coordinator.filter(from::equals).isPresent()) {
            MemberExchange exchange =
                    new MemberExchange(membership.orElseThrow(), message.members(), message.attempt());
            attempts.begin(exchange);
            thread.execute(() -> play(exchange, message.seed()));
        }
    }

    private void play(WindowExchange exchange, long seed) {
        try (exchange) {
            player.play(exchange, seed);
        } catch (WindowExchangeException | OneWorkerNeededException endedForAll) {
            LOG.debug("an attempt is over: {}", endedForAll.getMessage());
        } catch (Throwable failure) {
            // Those who are left play it without this member, and say what is wrong as if they had been alone.
            LOG.warn("seed {} could not be played here: {}", seed, failure.toString());
        }
    }

    @Override
    public void lost(MemberAddress member, String why) {
        attempts.lost(member, why);
    }

    @Override
    public void close() {
        attempts.close();
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(MOST_SECONDS_TO_STOP, TimeUnit.SECONDS)) {
                LOG.warn("a run does not stop");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
