package dev.foresail.steering.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.foresail.steering.cluster.IncomingLink.BrokenException;
import dev.foresail.steering.cluster.Parcel.Kind;
import java.io.NotSerializableException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class LinksTest {
    private final OutgoingLink out = new OutgoingLink(7);
    private final IncomingLink in = new IncomingLink();

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        for (int index = 0; index < length; index++) {
            bytes[index] = (byte) (index * 31);
        }
        return bytes;
    }

    @Test
    void aLongMessageGoesInPartsAndArrivesWhole() throws Exception {
        byte[] longOne = bytes(2 * Parcel.MOST_BYTES + 1);
        List<Parcel> parcels = new ArrayList<>(out.parcels(Kind.MESSAGE, bytes(3)));
        parcels.addAll(out.parcels(Kind.MESSAGE, longOne));
        parcels.addAll(out.parcels(Kind.MESSAGE, new byte[0]));
        assertEquals(5, parcels.size());
        List<byte[]> arrived = new ArrayList<>();
        for (Parcel parcel : parcels) {
            assertTrue(parcel.body().length <= Parcel.MOST_BYTES);
            in.accept(parcel).ifPresent(arrived::add);
        }
        assertEquals(3, arrived.size());
        assertArrayEquals(bytes(3), arrived.get(0));
        assertArrayEquals(longOne, arrived.get(1));
        assertEquals(0, arrived.get(2).length);
    }

    @Test
    void aMessageThatIsMissingIsNoticedWithTheNextOneOrWithAPulse() throws Exception {
        in.accept(out.parcels(Kind.MESSAGE, bytes(1)).get(0));
        assertEquals(Optional.empty(), in.accept(out.pulse()));
        out.parcels(Kind.MESSAGE, bytes(1));
        assertThrows(BrokenException.class, () -> in.accept(out.pulse()));
        assertThrows(
                BrokenException.class,
                () -> in.accept(out.parcels(Kind.MESSAGE, bytes(1)).get(0)));
    }

    @Test
    void aMessageWithoutEndIsRefused() throws Exception {
        int parts = Membership.LONGEST_MESSAGE / Parcel.MOST_BYTES;
        byte[] body = new byte[Parcel.MOST_BYTES];
        for (int number = 0; number < parts; number++) {
            in.accept(new Parcel(Kind.MESSAGE, 7, number, true, body));
        }
        assertThrows(BrokenException.class, () -> in.accept(new Parcel(Kind.MESSAGE, 7, parts, true, body)));
        assertThrows(
                IllegalArgumentException.class,
                () -> out.parcels(Kind.MESSAGE, new byte[Membership.LONGEST_MESSAGE + 1]));
    }

    @Test
    void parcelsAreBytesAndBytesThatAreNoParcelAreRefused() throws Exception {
        ParcelSerializer serializer = new ParcelSerializer();
        Parcel parcel = new Parcel(Kind.REFUSAL, Long.MIN_VALUE, 12, true, bytes(5));
        byte[] written = serializer.toBinary(parcel);
        Parcel read = (Parcel) serializer.fromBinary(written, serializer.manifest(parcel));
        assertEquals(
                List.of(Kind.REFUSAL, Long.MIN_VALUE, 12L, true),
                List.of(read.kind(), read.work(), read.number(), read.hasMore()));
        assertArrayEquals(bytes(5), read.body());
        byte[] cut = Arrays.copyOf(written, 9);
        assertThrows(NotSerializableException.class, () -> serializer.fromBinary(cut, "P"));
        assertThrows(NotSerializableException.class, () -> serializer.fromBinary(written, "java.lang.String"));
        written[0] = 99;
        assertThrows(NotSerializableException.class, () -> serializer.fromBinary(written, "P"));
    }

    @Test
    void whatIsWrittenIsReadAndNothingIsReservedForLengthsThatAreNotThere() {
        byte[] message = new MessageWriter()
                .text("größe")
                .real(Double.NaN)
                .flag(true)
                .each(List.of(3, 4), number -> {})
                .message();
        MessageReader reader = new MessageReader(message);
        assertEquals("größe", reader.text());
        assertTrue(Double.isNaN(reader.real()));
        assertTrue(reader.flag());
        assertThrows(IllegalArgumentException.class, () -> reader.each(reader::integer));
        byte[] huge = new MessageWriter().integer(Integer.MAX_VALUE).message();
        assertThrows(IllegalArgumentException.class, () -> new MessageReader(huge).bytes());
        assertThrows(IllegalArgumentException.class, () -> new MessageReader(new byte[2]).integer());
    }
}
