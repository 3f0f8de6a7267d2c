package dev.foresail.steering.transport;

import dev.foresail.choice.machine.EncodingException;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.steering.detector.HeartbeatKey;
import dev.foresail.steering.wire.WireCodec;
import dev.foresail.steering.wire.WireException;

/**
 * The first frame either side of a connection sends.
 *
 * @param identity who sends it
 * @param key by which the receiver knows the sender's heartbeats; {@link HeartbeatKey#NONE} from a side that refuses
 * @param connection counts the sender's links to the receiver from 1, so that a connection of a link that is broken already
 *     is told from one of its successor; 0 from a side that refuses
 */
record Hello(Identity identity, HeartbeatKey key, long connection) {
    /** The longest hello that is looked at. */
    static final int MAX_BYTES = 512;

    private static final int MAGIC = 0x464F5245;

    byte[] encode() {
        StateWriter out = new StateWriter();
        out.writeInt(MAGIC);
        out.writeInt(WireCodec.VERSION);
        out.writeString(identity.protocol());
        out.writeLong(identity.schema());
        out.writeNodeId(identity.self());
        out.writeLong(identity.incarnation());
        out.writeLong(key.high());
        out.writeLong(key.low());
        out.writeLong(connection);
        return out.toByteArray();
    }

    static Hello decode(byte[] frame) throws WireException {
        if (frame.length > MAX_BYTES) {
            throw new WireException("the first frame is no hello, it has " + frame.length + " bytes");
        }
        try {
            StateReader in = new StateReader(frame);
            if (in.readInt() != MAGIC) {
                throw new WireException("the first frame is no hello");
            }
            int version = in.readInt();
            if (version != WireCodec.VERSION) {
                throw new WireException("speaks version " + version + " of the wire format, not " + WireCodec.VERSION);
            }
            Identity identity = new Identity(in.readString(), in.readLong(), in.readNodeId(), in.readLong());
            Hello hello = new Hello(identity, new HeartbeatKey(in.readLong(), in.readLong()), in.readLong());
            in.expectEnd();
            if (identity.incarnation() < 0 || hello.connection < 0) {
                throw new WireException("a hello with a negative number");
            }
            return hello;
        } catch (EncodingException malformed) {
            throw new WireException("the first frame is no hello: " + malformed.getMessage(), malformed);
        }
    }

    /** Whether it is of a later start or link than {@code other}, of the same node. */
    boolean isLaterThan(Hello other) {
        return identity.incarnation() > other.identity.incarnation()
                || identity.incarnation() == other.identity.incarnation() && connection > other.connection;
    }

    /** Refuses a hello that a node with {@code own} identity cannot talk to. */
    void checkFits(Identity own) throws WireException {
        if (!identity.protocol().equals(own.protocol())) {
            throw new WireException(
                    "speaks the protocol '" + identity.protocol() + "', this node '" + own.protocol() + "'");
        }
        if (identity.schema() != own.schema()) {
            throw new WireException(String.format(
                    "has the schema %016x of '%s', this node %016x; run the same version of the protocol",
                    identity.schema(), own.protocol(), own.schema()));
        }
        if (identity.self().equals(own.self())) {
            throw new WireException("claims the id of this node, " + own.self());
        }
    }
}
