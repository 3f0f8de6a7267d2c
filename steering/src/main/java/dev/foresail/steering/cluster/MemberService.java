package dev.foresail.steering.cluster;

/** What a waiting member can do for coordinators. Thread-safe. */
public interface MemberService {
    /** By which coordinators ask for it, such as {@code campaign}. */
    String purpose();

    /**
     * Looks at what a coordinator offers; nothing is begun yet.
     *
     * @param offer as {@link Coordinator#invite} has it
     * @throws RefusedException when it cannot be done here
     */
    MemberWork accept(byte[] offer) throws RefusedException;
}
