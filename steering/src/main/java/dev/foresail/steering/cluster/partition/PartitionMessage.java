package dev.foresail.steering.cluster.partition;

import dev.foresail.steering.cluster.MemberAddress;
import dev.foresail.steering.cluster.MessageReader;
import dev.foresail.steering.cluster.MessageWriter;
import java.util.Arrays;
import java.util.List;

/**
 * What members of a partitioned run tell each other.
 *
 * @param kind what it is
 * @param attempt which attempt at the run it belongs to, from 1
 * @param seed of the run, where it begins
 * @param members all, in their order, where the run begins
 * @param hasMore whether more of the letter follows
 * @param piece of a letter
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares them, and pieces are not changed
record PartitionMessage(
        Kind kind, long attempt, long seed, List<MemberAddress> members, boolean hasMore, byte[] piece) {
    /** What it is. */
    enum Kind {
        /** From the coordinator: an attempt begins. */
        PLAY(0),
        /** A piece of a letter. */
        LETTER(1),
        /** The sender takes no part in that attempt any more. */
        CLOSED(2);

        private final int tag;

        Kind(int tag) {
            this.tag = tag;
        }

        private static Kind of(int tag) {
            return Arrays.stream(values())
                    .filter(kind -> kind.tag == tag)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("a message of kind " + tag));
        }
    }

    static byte[] play(long attempt, long seed, List<MemberAddress> members) {
        MessageWriter out = begin(Kind.PLAY, attempt).number(seed);
        return out.each(members, member -> out.text(member.host()).integer(member.port()))
                .message();
    }

    static byte[] letter(long attempt, boolean hasMore, byte[] piece) {
        return begin(Kind.LETTER, attempt).flag(hasMore).bytes(piece).message();
    }

    static byte[] closed(long attempt) {
        return begin(Kind.CLOSED, attempt).message();
    }

    private static MessageWriter begin(Kind kind, long attempt) {
        return new MessageWriter().small(kind.tag).number(attempt);
    }

    /** @throws IllegalArgumentException when it is nothing of the kind */
    static PartitionMessage read(byte[] message) {
        MessageReader in = new MessageReader(message);
        Kind kind = Kind.of(in.small());
        long attempt = in.number();
        return switch (kind) {
            case PLAY ->
                new PartitionMessage(
                        kind,
                        attempt,
                        in.number(),
                        in.each(() -> new MemberAddress(in.text(), in.integer())),
                        false,
                        new byte[0]);
            case LETTER -> new PartitionMessage(kind, attempt, 0, List.of(), in.flag(), in.bytes());
            case CLOSED -> new PartitionMessage(kind, attempt, 0, List.of(), false, new byte[0]);
        };
    }
}
