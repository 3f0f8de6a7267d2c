package dev.foresail.steering.wire;

import com.esotericsoftware.kryo.KryoException;
import com.esotericsoftware.kryo.io.Output;
import dev.foresail.predictor.node.Envelope;
import dev.foresail.predictor.path.HopId;
import dev.foresail.predictor.path.PathTag;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A message on a causal path, in a frame of a kind of its own: a message on none has nothing more for it.
 *
 * @param payload has a path
 */
record FollowedPayload(Envelope.Payload payload) {
    static void writeTag(Output out, PathTag tag) {
        byte[] name = tag.name().getBytes(StandardCharsets.UTF_8);
        out.writeVarInt(name.length, true);
        out.writeBytes(name);
        write(out, tag.path());
        write(out, tag.cause());
        out.writeVarInt(tag.place(), true);
        out.writeVarInt(tag.depth(), true);
        out.writeVarLong(tag.sentNanos(), true);
    }

    private static void write(Output out, HopId id) {
        out.writeVarLong(id.node().value(), true);
        out.writeVarLong(id.incarnation(), true);
        out.writeVarLong(id.number(), true);
    }

    static PathTag readTag(BoundedInput in) {
        String name = new String(in.readBlock(), StandardCharsets.UTF_8);
        return new PathTag(name, readHop(in), readHop(in), readInt(in), readInt(in), in.readNatural());
    }

    private static HopId readHop(BoundedInput in) {
        return new HopId(in.readNodeId(), in.readNatural(), in.readNatural());
    }

    private static int readInt(BoundedInput in) {
        long value = in.readNatural();
        if (value > Integer.MAX_VALUE) {
            throw new KryoException("a path of " + value + " events");
        }
        return (int) value;
    }

    static FollowedPayload of(Envelope.Payload plain, PathTag tag) {
        return new FollowedPayload(new Envelope.Payload(
                plain.sequence(), plain.connection(), plain.checkpointNumber(), plain.message(), Optional.of(tag)));
    }
}
