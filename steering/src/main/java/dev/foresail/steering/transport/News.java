package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.EncodingException;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.network.coordinate.Coordinate;
import dev.foresail.network.coordinate.CoordinateCodec;
import dev.foresail.network.coordinate.CoordinateFormatException;
import dev.foresail.network.plane.LinkReport;
import dev.foresail.steering.wire.WireException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one end of a link tells the other about the network, besides the frames of the protocol. Only its form is checked here: what it
 * says may be anything.
 *
 * @param number counts the sender's news on this link, from 1
 * @param echo the latest number that the sender has heard from the receiver; 0 for none
 * @param heldNanos how long ago the sender heard it
 * @param measuredNanos the round trip that the sender has measured since its news before; 0 for none
 * @param receivedBytes how much the sender has received over the link, lengths of frames included
 * @param place where the sender says it is
 * @param reports some of the sender's own links
 * @param asks whether the sender would like to hear news soon, even if the receiver sends nothing else
 */
record News(
        long number,
        long echo,
        long heldNanos,
        long measuredNanos,
        long receivedBytes,
        Place place,
        List<LinkReport<NodeId>> reports,
        boolean asks) {
    /** As many links as a peer may report of. */
    private static final int MOST_REPORTS = 256;

    /** The first byte of news, and of no other frame: envelopes begin with a type's number, which is more. */
    private static final byte MARK = 0;

    /**
     * Where somebody says it is.
     *
     * @param problem why it cannot be, with the code FS360; empty when it can
     */
    record Place(Optional<Coordinate> coordinate, String problem) {
        static Place of(Coordinate coordinate) {
            return new Place(Optional.of(coordinate), "");
        }
    }

    static boolean isNews(byte[] frame) {
        return frame.length > 0 && frame[0] == MARK;
    }

    byte[] encode() {
        StateWriter out = new StateWriter();
        out.writeByte(MARK);
        out.writeLong(number);
        out.writeLong(echo);
        out.writeLong(heldNanos);
        out.writeLong(measuredNanos);
        out.writeLong(receivedBytes);
        writePlace(out, place.coordinate().orElseThrow());
        out.writeSize(reports.size());
        for (LinkReport<NodeId> report : reports) {
            out.writeNodeId(report.peer());
            out.writeLong((long) report.roundTripNanos());
            out.writeLong((long) report.spreadNanos());
            out.writeLong(report.samples());
            out.writeLong(report.ageNanos());
            out.writeLong((long) report.bytesPerSecond());
            out.writeBoolean(report.place().isPresent());
            report.place().ifPresent(coordinate -> writePlace(out, coordinate));
        }
        out.writeBoolean(asks);
        return out.toByteArray();
    }

    private static void writePlace(StateWriter out, Coordinate place) {
        for (byte each : CoordinateCodec.encode(place)) {
            out.writeByte(each);
        }
    }

    /** @throws WireException when the frame is anything but whole news */
    static News decode(byte[] frame) throws WireException {
        try {
            StateReader in = new StateReader(frame);
            if (in.readByte() != MARK) {
                throw new WireException("the frame is no news");
            }
            News news = new News(
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    readPlace(in),
                    readReports(in),
                    in.readBoolean());
            in.expectEnd();
            return news;
        } catch (EncodingException malformed) {
            throw new WireException("news cannot be decoded: " + malformed.getMessage(), malformed);
        }
    }

    private static Place readPlace(StateReader in) {
        byte[] place = new byte[CoordinateCodec.BYTES];
        for (int index = 0; index < place.length; index++) {
            place[index] = (byte) in.readByte();
        }
        try {
            return Place.of(CoordinateCodec.decode(place));
        } catch (CoordinateFormatException none) {
            return new Place(Optional.empty(), String.valueOf(none.getMessage()));
        }
    }

    private static List<LinkReport<NodeId>> readReports(StateReader in) {
        List<LinkReport<NodeId>> reports = new ArrayList<>();
        int size = in.readSize();
        if (size > MOST_REPORTS) {
            throw new EncodingException(size + " reports, expected at most " + MOST_REPORTS);
        }
        for (int left = size; left > 0; left--) {
            reports.add(new LinkReport<>(
                    in.readNodeId(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    // A third node's mistake is not the peer's: what cannot be is left out.
                    in.readBoolean() ? readPlace(in).coordinate() : Optional.empty()));
        }
        return reports;
    }
}
