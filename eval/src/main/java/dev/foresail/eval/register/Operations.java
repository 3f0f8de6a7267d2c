package dev.foresail.eval.register;

import dev.foresail.choice.NodeId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The operations of all clients so far, in the order in which each client began them; all but a client's last are
 * completed. Immutable.
 */
public record Operations(SortedMap<NodeId, List<Operation>> byClient) {
    public static final Operations NONE = new Operations(Collections.emptySortedMap());

    public Operations {
        SortedMap<NodeId, List<Operation>> copy = new TreeMap<>();
        byClient.forEach((client, operations) -> copy.put(client, List.copyOf(operations)));
        byClient = Collections.unmodifiableSortedMap(copy);
    }

    /**
     * After {@code client} has begun an operation.
     *
     * @throws IllegalStateException when its last one is under way
     */
    public Operations begun(NodeId client, Operation.Kind kind, String value) {
        List<Operation> own = new ArrayList<>(byClient.getOrDefault(client, List.of()));
        if (completed(own) < own.size()) {
            throw new IllegalStateException(client + " begins an operation while its last one is under way: " + this);
        }
        SortedMap<NodeId, Integer> precededBy = new TreeMap<>();
        byClient.forEach((other, operations) -> {
            if (!other.equals(client) && completed(operations) > 0) {
                precededBy.put(other, completed(operations) - 1);
            }
        });
        own.add(new Operation(kind, value, precededBy, false));
        return with(client, own);
    }

    /**
     * After the last operation of {@code client} has been answered.
     *
     * @param result what was read; of a write of no meaning
     * @throws IllegalStateException when none is under way
     */
    public Operations answered(NodeId client, String result) {
        List<Operation> own = new ArrayList<>(byClient.getOrDefault(client, List.of()));
        if (completed(own) == own.size()) {
            throw new IllegalStateException(client + " gets an answer to no operation: " + this);
        }
        int last = own.size() - 1;
        own.set(last, own.get(last).completed(result));
        return with(client, own);
    }

    private Operations with(NodeId client, List<Operation> own) {
        SortedMap<NodeId, List<Operation>> changed = new TreeMap<>(byClient);
        changed.put(client, own);
        return new Operations(changed);
    }

    private static int completed(List<Operation> operations) {
        int last = operations.size() - 1;
        return last < 0 || operations.get(last).isCompleted() ? operations.size() : last;
    }

    /** One line: {@code n2: write A, read ?; n3: write B ?}. */
    @Override
    public String toString() {
        return byClient.entrySet().stream()
                .map(entry -> entry.getKey() + ": "
                        + entry.getValue().stream().map(Operations::text).collect(Collectors.joining(", ")))
                .collect(Collectors.joining("; "));
    }

    private static String text(Operation operation) {
        String value = Objects.equals(operation.value(), RegisterMessages.UNWRITTEN) ? "nothing" : operation.value();
        if (operation.kind() == Operation.Kind.READ) {
            return "read " + (operation.isCompleted() ? value : "?");
        }
        return "write " + value + (operation.isCompleted() ? "" : " ?");
    }
}
