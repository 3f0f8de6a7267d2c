package dev.foresail.steering.storage;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.EncodingException;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import java.util.zip.CRC32C;

/**
 * What the file of a node says.
 *
 * @param protocol the short name of the protocol that wrote it
 * @param schema of that protocol
 * @param incarnation of the node's last start
 * @param state the canonical bytes of the state with its durable fields; empty when the node has never got that far
 * @param facts what the node knew of stable fields; empty when it knew nothing
 */
// Compared by nobody.
@SuppressWarnings("ArrayRecordComponent")
record StoredNode(String protocol, long schema, NodeId self, long incarnation, byte[] state, byte[] facts) {
    /** Without facts: the file of a protocol without stable fields is as it always was. */
    private static final int PLAIN = 0x46535431;

    private static final int WITH_FACTS = 0x46535432;

    byte[] encode() {
        StateWriter out = new StateWriter();
        out.writeInt(facts.length == 0 ? PLAIN : WITH_FACTS);
        out.writeString(protocol);
        out.writeLong(schema);
        out.writeNodeId(self);
        out.writeLong(incarnation);
        out.writeBytes(state);
        if (facts.length > 0) {
            out.writeBytes(facts);
        }
        byte[] content = out.toByteArray();
        StateWriter file = new StateWriter();
        file.writeBytes(content);
        file.writeLong(checksum(content));
        return file.toByteArray();
    }

    /** @throws EncodingException when the bytes are not what {@link #encode} gives */
    static StoredNode decode(byte[] bytes) {
        StateReader file = new StateReader(bytes);
        byte[] content = file.readBytes();
        if (file.readLong() != checksum(content)) {
            throw new EncodingException("the checksum is wrong");
        }
        file.expectEnd();
        StateReader in = new StateReader(content);
        int magic = in.readInt();
        if (magic != PLAIN && magic != WITH_FACTS) {
            throw new EncodingException("it is not the file of a node");
        }
        StoredNode stored = new StoredNode(
                in.readString(),
                in.readLong(),
                in.readNodeId(),
                in.readLong(),
                in.readBytes(),
                magic == WITH_FACTS ? in.readBytes() : new byte[0]);
        in.expectEnd();
        return stored;
    }

    private static long checksum(byte[] content) {
        CRC32C checksum = new CRC32C();
        checksum.update(content);
        return checksum.getValue();
    }
}
