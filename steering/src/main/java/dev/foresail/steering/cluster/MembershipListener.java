package dev.foresail.steering.cluster;

/**
 * Is told what comes from other members, by one thread at a time, which must not be made to wait: for as long as it is, nothing else arrives.
 */
public interface MembershipListener {
    /**
     * A whole message, in the order in which {@code from} has sent them. When it throws, {@code from} is lost to a coordinator; at another
     * member the work is over.
     */
    void received(MemberAddress from, byte[] message);

    /**
     * A member has ended, or counts as lost; nothing comes from it any more. Said once.
     *
     * @param why for people
     */
    void lost(MemberAddress member, String why);
}
