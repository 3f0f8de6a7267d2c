package dev.foresail.eval.register;

import dev.foresail.choice.NodeId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Tells whether operations are linearisable: whether there is one order of them all, in which each one comes after those
 * that were completed before it began, and each read gives what was written last. An operation under way may have taken
 * effect or not. Exhaustive, after Wing and Gong, without looking twice at the same operations taken with the same value
 * in the register. Not thread-safe; one object answers for one value.
 *
 * <p>Source: J. M. Wing, C. Gong, "Testing and verifying concurrent objects", 1993.
 */
public final class Linearisability {
    private final List<NodeId> clients;
    private final List<List<Operation>> operations;
    private final Set<Taken> vain = new HashSet<>();

    /** How many operations of each client have taken effect, and what the register holds then. */
    private record Taken(List<Integer> counts, String value) {}

    private Linearisability(Operations history) {
        clients = new ArrayList<>(history.byClient().keySet());
        operations = new ArrayList<>(history.byClient().values());
    }

    public static boolean holds(Operations history) {
        Linearisability search = new Linearisability(history);
        return search.canFinish(new int[search.clients.size()], RegisterMessages.UNWRITTEN);
    }

    private boolean canFinish(int[] taken, String value) {
        if (isFinished(taken)) {
            return true;
        }
        if (!vain.add(new Taken(Arrays.stream(taken).boxed().toList(), value))) {
            return false;
        }
        for (int client = 0; client < taken.length; client++) {
            if (canBeNext(client, taken, value)) {
                Operation next = operations.get(client).get(taken[client]);
                taken[client]++;
                if (canFinish(taken, next.kind() == Operation.Kind.WRITE ? next.value() : value)) {
                    return true;
                }
                taken[client]--;
            }
        }
        return false;
    }

    private boolean isFinished(int[] taken) {
        for (int client = 0; client < taken.length; client++) {
            List<Operation> own = operations.get(client);
            if (taken[client] < own.size() && own.get(taken[client]).isCompleted()) {
                return false;
            }
        }
        return true;
    }

    private boolean canBeNext(int client, int[] taken, String value) {
        if (taken[client] == operations.get(client).size()) {
            return false;
        }
        Operation next = operations.get(client).get(taken[client]);
        for (int other = 0; other < taken.length; other++) {
            if (taken[other] <= next.precededBy().getOrDefault(clients.get(other), -1)) {
                return false;
            }
        }
        return next.kind() == Operation.Kind.WRITE
                || !next.isCompleted()
                || next.value().equals(value);
    }
}
