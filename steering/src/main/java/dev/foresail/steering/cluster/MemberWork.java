package dev.foresail.steering.cluster;

/** What a member has taken on for a coordinator. Each method is called by one thread at a time. */
public interface MemberWork extends MembershipListener, AutoCloseable {
    /** What the coordinator is told with the acceptance. */
    byte[] acceptance();

    /**
     * The member has joined. Nothing is {@link #received} before. It must not be made to wait.
     *
     * @param coordinator who has invited it
     */
    void begin(Membership membership, MemberAddress coordinator);

    /** The coordinator has ended, is lost, or this member ends: the work is over, whatever has become of it. */
    @Override
    void close();
}
