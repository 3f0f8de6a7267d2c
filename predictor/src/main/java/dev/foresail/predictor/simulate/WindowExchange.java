package dev.foresail.predictor.simulate;

import java.util.List;

/**
 * How the members that a simulation is partitioned over hear from each other between windows, as one of them sees it. Every member is a process of its own
 * that plays the same scenario and lets happen what happens at its own nodes ({@link Simulation#useMembers}).
 *
 * <p>Used by one thread at a time, which need not be the same one each time. An implementation brings bytes across and looks into none of them: what was damaged on the
 * way is noticed by whoever reads it.
 */
public interface WindowExchange extends AutoCloseable {
    /** More are refused. */
    int MOST_MEMBERS = Simulation.MOST_WORKERS;

    /** How many members there are, 2 to {@link #MOST_MEMBERS}: the same everywhere, for the whole run. */
    int members();

    /** Which of them this is, from 0. */
    int self();

    /**
     * Hands every other member a letter, and waits for theirs: the n-th call here gets what the others gave in their n-th.
     *
     * @param toEach by member; what is in the own place goes nowhere. Belongs to the exchange from now on
     * @return by member, with no bytes in the own place; belongs to the caller
     * @throws WindowExchangeException FS442 when a member is lost or has closed its side before it gave its letter, or when this side is closed: then every later call fails,
     *     too. Never waits for somebody who is gone
     */
    List<byte[]> exchange(List<byte[]> toEach);

    /** Ends this side, from any thread and as often as anybody likes: whoever still waits for a letter of this member, or will, fails. */
    @Override
    void close();
}
