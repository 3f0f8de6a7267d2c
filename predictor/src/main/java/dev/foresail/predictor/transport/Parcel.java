package dev.foresail.predictor.transport;

import dev.foresail.choice.NodeId;
import java.util.Comparator;

/** A message by its receiver and its number in the session, from 1. */
public record Parcel(NodeId to, long number) implements Comparable<Parcel> {
    private static final Comparator<Parcel> BY_RECEIVER =
            Comparator.comparing(Parcel::to).thenComparingLong(Parcel::number);

    @Override
    public int compareTo(Parcel other) {
        return BY_RECEIVER.compare(this, other);
    }
}
