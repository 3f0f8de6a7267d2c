package dev.foresail.steering.cluster.partition;

import dev.foresail.predictor.simulate.WindowExchange;
import dev.foresail.predictor.simulate.WindowExchangeException;
import dev.foresail.steering.cluster.MemberAddress;
import dev.foresail.steering.cluster.Membership;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One member's side of one attempt to play a run with others: letters go as messages, long ones in pieces. Thread-safe.
 *
 * <p>A member that is lost ends the attempt. One that closes its side ends it for those who wait for a letter that it has not written: who is first at
 * the end of the run closes while others still read.
 */
final class MemberExchange implements WindowExchange {
    /** Longer letters go in pieces of so many bytes: below the longest message. */
    static final int PIECE_BYTES = Membership.LONGEST_MESSAGE / 2;

    /** A letter may be as long as the longest array, nearly. */
    static final long LONGEST_LETTER = 1L << 30;

    private static final byte[] NOTHING = new byte[0];
    /** After a member's last letter. */
    private static final byte[] END = new byte[0];

    private final Membership membership;
    private final List<MemberAddress> members;
    private final int self;
    private final long attempt;
    private final int pieceBytes;
    private final List<BlockingQueue<byte[]>> letters = new ArrayList<>();
    private final List<ByteArrayOutputStream> begun = new ArrayList<>();
    private final AtomicReference<String> over = new AtomicReference<>();
    private final AtomicReference<MemberAddress> endedBy = new AtomicReference<>();
    private final AtomicBoolean closed = new AtomicBoolean();
    private final AtomicLong sentBytes = new AtomicLong();
    private final AtomicLong exchanges = new AtomicLong();

    /**
     * @param members all, this one too, in the order that all have
     * @param attempt which one it is at this run
     */
    MemberExchange(Membership membership, List<MemberAddress> members, long attempt) {
        this(membership, members, attempt, PIECE_BYTES);
    }

    MemberExchange(Membership membership, List<MemberAddress> members, long attempt, int pieceBytes) {
        this.pieceBytes = pieceBytes;
        this.membership = membership;
        this.members = List.copyOf(members);
        this.self = members.indexOf(membership.self());
        this.attempt = attempt;
        for (int member = 0; member < members.size(); member++) {
            letters.add(new LinkedBlockingQueue<>());
            begun.add(new ByteArrayOutputStream());
        }
    }

    long attempt() {
        return attempt;
    }

    @Override
    public int members() {
        return members.size();
    }

    @Override
    public int self() {
        return self;
    }

    /** How many bytes were given to others so far. */
    long sentBytes() {
        return sentBytes.get();
    }

    /** How many times letters were exchanged so far. */
    long exchanges() {
        return exchanges.get();
    }

    @Override
    public List<byte[]> exchange(List<byte[]> toEach) {
        exchanges.incrementAndGet();
        failWhenOver();
        for (int member = 0; member < members.size(); member++) {
            if (member != self) {
                send(members.get(member), toEach.get(member));
            }
        }
        List<byte[]> received = new ArrayList<>();
        for (int member = 0; member < members.size(); member++) {
            received.add(member == self ? NOTHING : next(member));
        }
        return received;
    }

    private void send(MemberAddress to, byte[] letter) {
        if (letter.length > LONGEST_LETTER) {
            throw WindowExchangeException.lost("a letter of " + letter.length + " bytes to " + to + " is longer than "
                    + LONGEST_LETTER + " bytes: with more members there is less to say at once");
        }
        sentBytes.addAndGet(letter.length);
        int start = 0;
        do {
            int end = Math.min(letter.length, start + pieceBytes);
            membership.send(
                    to, PartitionMessage.letter(attempt, end < letter.length, Arrays.copyOfRange(letter, start, end)));
            start = end;
        } while (start < letter.length);
    }

    private byte[] next(int member) {
        try {
            byte[] letter = letters.get(member).take();
            if (letter == END) {
                failWhenOver();
                lost(members.get(member), "it has ended its part in the run");
                failWhenOver();
            }
            return letter;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            end("interrupted");
            throw WindowExchangeException.lost("interrupted");
        }
    }

    private void failWhenOver() {
        Optional.ofNullable(over.get()).ifPresent(why -> {
            throw WindowExchangeException.lost(why);
        });
    }

    /** A piece of a letter has come; of strangers nothing is taken. */
    void received(MemberAddress from, boolean hasMore, byte[] piece) {
        int member = members.indexOf(from);
        if (member < 0 || member == self) {
            return;
        }
        ByteArrayOutputStream whole = begun.get(member);
        if (!hasMore && whole.size() == 0) {
            letters.get(member).add(piece);
        } else if ((long) whole.size() + piece.length > LONGEST_LETTER) {
            end("a letter of " + from + " has no end");
        } else {
            whole.writeBytes(piece);
            if (!hasMore) {
                letters.get(member).add(whole.toByteArray());
                whole.reset();
            }
        }
    }

    /** A member will not write any more; what it has written before is read. */
    void closedBy(MemberAddress member) {
        int index = members.indexOf(member);
        if (index >= 0) {
            letters.get(index).add(END);
        }
    }

    /** A member is lost, and the attempt with it. */
    void lost(MemberAddress member, String why) {
        if (members.contains(member)) {
            endedBy.compareAndSet(null, member);
            end(member + ": " + why);
        }
    }

    /** By whom the attempt has ended, as this member sees it. */
    Optional<MemberAddress> endedBy() {
        return Optional.ofNullable(endedBy.get());
    }

    private void end(String why) {
        over.compareAndSet(null, why);
        // Whoever waits for a letter looks again.
        letters.forEach(queue -> queue.add(END));
    }

    @Override
    public void close() {
        end("this member has ended its part in the run");
        if (closed.compareAndSet(false, true)) {
            members.stream()
                    .filter(member -> !member.equals(membership.self()))
                    .forEach(member -> membership.send(member, PartitionMessage.closed(attempt)));
        }
    }
}
