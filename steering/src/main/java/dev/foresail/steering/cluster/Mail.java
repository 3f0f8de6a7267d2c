package dev.foresail.steering.cluster;

/** What a member is told by the engine, by one thread at a time. */
interface Mail {
    void arrived(MemberAddress from, Parcel parcel);

    /** A member, perhaps this one, has joined. */
    void isUp(MemberAddress member);

    /** A member has not been heard of for too long. */
    void isSilent(MemberAddress member);

    /** A member, perhaps this one, was put out. */
    void isOut(MemberAddress member);

    /** A second has passed. */
    void tick();
}
