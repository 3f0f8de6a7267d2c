package dev.foresail.steering.cluster;

/**
 * What a coordinator sends first. The version comes before all else, so that members of any version understand that.
 *
 * @param version of Foresail
 * @param purpose which service is asked for
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares invitations
record Invitation(String version, String purpose, byte[] offer) {
    byte[] message() {
        return new MessageWriter().text(version).text(purpose).bytes(offer).message();
    }

    /**
     * @param ownVersion of the member
     * @throws RefusedException FS438 when it is of another version
     * @throws IllegalArgumentException when it is no invitation
     */
    static Invitation read(byte[] message, String ownVersion) throws RefusedException {
        MessageReader in = new MessageReader(message);
        String version = in.text();
        if (!version.equals(ownVersion)) {
            throw new RefusedException(
                    "FS438", "it runs Foresail " + ownVersion + ", the coordinator Foresail " + version);
        }
        return new Invitation(version, in.text(), in.bytes());
    }
}
