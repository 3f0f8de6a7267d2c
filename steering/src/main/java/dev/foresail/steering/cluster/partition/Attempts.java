package dev.foresail.steering.cluster.partition;

import dev.foresail.steering.cluster.MemberAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Hands what comes from other members to the attempt that it belongs to. Who begins an attempt sooner than this member waits for it with his first letter, which is kept until
 * then. Thread-safe.
 */
final class Attempts {
    private Optional<MemberExchange> current = Optional.empty();
    private final List<Early> early = new ArrayList<>();
    private final SortedMap<MemberAddress, String> lost = new TreeMap<>();

    /** Something of an attempt that has not begun here. */
    private record Early(MemberAddress from, PartitionMessage message) {}

    /** From now on this one is played; the one before is over. */
    void begin(MemberExchange exchange) {
        // Not under the lock: whoever is told takes locks of his own.
        replace(exchange).ifPresent(MemberExchange::close);
    }

    private synchronized Optional<MemberExchange> replace(MemberExchange exchange) {
        Optional<MemberExchange> before = current;
        current = Optional.of(exchange);
        early.stream()
                .filter(each -> each.message().attempt() == exchange.attempt())
                .forEach(each -> deliver(exchange, each.from(), each.message()));
        early.removeIf(each -> each.message().attempt() <= exchange.attempt());
        lost.forEach(exchange::lost);
        return before;
    }

    synchronized void received(MemberAddress from, PartitionMessage message) {
        long playing = current.map(MemberExchange::attempt).orElse(0L);
        if (message.attempt() == playing) {
            deliver(current.orElseThrow(), from, message);
        } else if (message.attempt() > playing) {
            early.add(new Early(from, message));
        }
    }

    private static void deliver(MemberExchange exchange, MemberAddress from, PartitionMessage message) {
        if (message.kind() == PartitionMessage.Kind.LETTER) {
            exchange.received(from, message.hasMore(), message.piece());
        } else {
            exchange.closedBy(from);
        }
    }

    synchronized void lost(MemberAddress member, String why) {
        lost.put(member, why);
        current.ifPresent(exchange -> exchange.lost(member, why));
    }

    void close() {
        current().ifPresent(MemberExchange::close);
    }

    private synchronized Optional<MemberExchange> current() {
        return current;
    }
}
