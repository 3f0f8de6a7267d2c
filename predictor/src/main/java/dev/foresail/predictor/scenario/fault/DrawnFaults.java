package dev.foresail.predictor.scenario.fault;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.scenario.fault.FaultMix.Fault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The times at which one kind of fault happens: a Poisson process with draws of its own, so that another kind in the mix does not change
 * them. Not thread-safe.
 */
final class DrawnFaults implements Iterator<FaultOccurrence> {
    private static final double NANOS_PER_MINUTE = 60e9;

    private final Fault fault;
    private final Duration until;
    private final RandomStream random;
    private Duration next = Duration.ZERO;

    /** @param until when the last one is over */
    DrawnFaults(Fault fault, long seed, Duration until) {
        this.fault = fault;
        this.until = until;
        this.random = RandomStream.of(seed, "faults." + fault.kind().label());
        wait(Duration.ZERO);
    }

    /** All faults of a mix in the order of their times. */
    static List<FaultOccurrence> all(FaultMix mix, long seed, Duration until) {
        List<FaultOccurrence> all = new ArrayList<>();
        mix.faults().forEach(fault -> new DrawnFaults(fault, seed, until).forEachRemaining(all::add));
        all.sort(Comparator.comparing(FaultOccurrence::at));
        return all;
    }

    private void wait(Duration from) {
        double minutes = -StrictMath.log(1 - random.nextDouble()) / fault.perMinute();
        next = from.plusNanos((long) Math.min(minutes * NANOS_PER_MINUTE, 1e18));
    }

    @Override
    public boolean hasNext() {
        return next.plus(fault.lasting()).compareTo(until) < 0;
    }

    @Override
    public FaultOccurrence next() {
        if (!hasNext()) {
            throw new NoSuchElementException("no " + fault.kind().label() + " happens before " + until);
        }
        FaultOccurrence occurrence = new FaultOccurrence(fault.kind(), next, random.nextLong());
        wait(next);
        return occurrence;
    }
}
