package dev.foresail.eval.microraft;

import dev.foresail.network.random.Hashing;
import io.microraft.statemachine.StateMachine;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** The state machine that is replicated: a checksum of every operation so far. Operations are numbers. Not thread-safe. */
final class HashChain implements StateMachine {
    private final LongSupplier newOperation;
    private final Listener listener;
    private long checksum;

    /** @param newOperation gives one that nobody else has, for the first of a leader's term */
    HashChain(LongSupplier newOperation, Listener listener) {
        this.newOperation = newOperation;
        this.listener = listener;
    }

    /** Is told what was applied. */
    @FunctionalInterface
    interface Listener {
        void applied(long index, long checksum);
    }

    @Override
    public Object runOperation(long index, Object operation) {
        become(index, Hashing.combine(checksum, (Long) operation));
        return operation;
    }

    private void become(long index, long reached) {
        checksum = reached;
        listener.applied(index, reached);
    }

    @Override
    public void takeSnapshot(long index, Consumer<Object> chunks) {
        chunks.accept(checksum);
    }

    @Override
    public void installSnapshot(long index, List<Object> chunks) {
        become(index, (Long) chunks.get(0));
    }

    @Override
    public Object getNewTermOperation() {
        return newOperation.getAsLong();
    }
}
