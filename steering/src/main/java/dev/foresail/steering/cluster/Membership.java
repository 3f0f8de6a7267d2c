package dev.foresail.steering.cluster;

import java.util.List;

/**
 * A member among the others of one work. What one member sends to another arrives in that order, whole and once, or the sender is told
 * to be lost: nothing is left out in between. Thread-safe.
 *
 * <p>A message takes a fraction of a millisecond over loopback where processors are free; it is handed over before {@link #send} returns
 * and written by others' threads. Parts of messages above {@value Parcel#MOST_BYTES} bytes go one by one.
 */
public interface Membership {
    /** The longest message, in bytes. */
    int LONGEST_MESSAGE = 1 << 26;

    /** This member's own name. */
    MemberAddress self();

    /** Those who have joined and are not lost, the coordinator among them, without this one; by their names. */
    List<MemberAddress> others();

    /**
     * Sends a message, which must not be changed any more. To a member that is not there any more it goes nowhere.
     *
     * @throws IllegalArgumentException when it is longer than {@link #LONGEST_MESSAGE}
     */
    void send(MemberAddress to, byte[] message);
}
