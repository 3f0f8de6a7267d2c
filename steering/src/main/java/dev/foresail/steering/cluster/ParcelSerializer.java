package dev.foresail.steering.cluster;

import java.io.NotSerializableException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.apache.pekko.serialization.ByteBufferSerializer;
import org.apache.pekko.serialization.SerializerWithStringManifest;

/** Parcels as bytes: kind, work, number, whether there is more, and the rest is the body. The engine makes it by its name. Thread-safe. */
public final class ParcelSerializer extends SerializerWithStringManifest implements ByteBufferSerializer {
    private static final int IDENTIFIER = 74_101;
    private static final String MANIFEST = "P";
    private static final int HEAD_BYTES = 1 + 8 + 8 + 1;

    @Override
    public int identifier() {
        return IDENTIFIER;
    }

    @Override
    public String manifest(Object parcel) {
        return MANIFEST;
    }

    @Override
    public byte[] toBinary(Object parcel) {
        ByteBuffer bytes = ByteBuffer.allocate(HEAD_BYTES + ((Parcel) parcel).body().length);
        toBinary(parcel, bytes);
        return bytes.array();
    }

    @Override
    public void toBinary(Object object, ByteBuffer to) {
        Parcel parcel = (Parcel) object;
        to.put(parcel.kind().code());
        to.putLong(parcel.work());
        to.putLong(parcel.number());
        to.put((byte) (parcel.hasMore() ? 1 : 0));
        to.put(parcel.body());
    }

    @Override
    public Object fromBinary(byte[] bytes, String manifest) throws NotSerializableException {
        return fromBinary(ByteBuffer.wrap(bytes), manifest);
    }

    @Override
    public Object fromBinary(ByteBuffer from, String manifest) throws NotSerializableException {
        if (!manifest.equals(MANIFEST)) {
            throw new NotSerializableException("no parcel: " + manifest);
        }
        try {
            Parcel.Kind kind =
                    Parcel.Kind.of(from.get()).orElseThrow(() -> new NotSerializableException("no kind of parcel"));
            long work = from.getLong();
            long number = from.getLong();
            boolean hasMore = from.get() != 0;
            byte[] body = new byte[from.remaining()];
            from.get(body);
            return new Parcel(kind, work, number, hasMore, body);
        } catch (BufferUnderflowException cut) {
            throw new NotSerializableException("a parcel is cut short");
        }
    }
}
