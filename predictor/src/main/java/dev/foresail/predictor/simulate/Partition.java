package dev.foresail.predictor.simulate;

import dev.foresail.choice.machine.EncodingException;
import dev.foresail.choice.machine.StateReader;
import dev.foresail.choice.machine.StateWriter;
import dev.foresail.network.random.Hashing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One member's side of a run that several processes share: each has some of the parts, plays all that the scenario does, and lets only that happen which happens at its own
 * nodes. Between windows all tell each other what is due at nodes of others and when something happens next, from which each sees for itself when the next window begins. Not
 * thread-safe.
 *
 * <p>Idea: everybody does the same things in the same order, as the plan and the seed are the same; so who wants to know something of others' nodes (their states, what all
 * have counted) needs not ask: all come to that at the same time, and tell. Letters are numbered and say what they are about: members whose runs differ notice. What
 * cannot be done in several parts is told with the next letter, and ends the run for all.
 *
 * <p>Trade-off: every letter goes from everybody to everybody; members are few.
 */
final class Partition<S> implements Windows.Others {
    /** The states of so many endpoints are told at once. */
    private static final int NODES_AT_ONCE = 8192;
    /** Who has looked at so many states one by one, while nothing happened, gets all at once. */
    private static final int MOST_SINGLE_STATES = 16;

    private static final int LONGEST_REASON = 500;

    /** How a member is: it can go on. */
    private static final int FINE = 0;
    /** It cannot go on in several parts. */
    private static final int STUCK = 1;
    /** It cannot go on at all. */
    private static final int FAILED = 2;

    private final WindowExchange exchange;
    private final PlainTables<S> tables;
    private final List<PlainPart<S>> parts;
    private final Outbox[][][] outboxes;
    private final OutboxCodec<S> boxes;
    /** How a state looks; those that are read have its configuration. */
    private final S template;
    /** A number that tells this run from others. */
    private final long run;

    private final StateWriter writer = new StateWriter();
    /** By member; of the own one nothing. */
    private final Figures[] figures;

    private long letters;
    /** Whether the last window was an odd one. */
    private int odd;

    private Optional<String> whyStuck = Optional.empty();
    /** Something has happened since members told each other their figures. */
    private boolean figuresAreOld;
    /** How many states were looked at one by one since something happened. */
    private int singleStates;

    private boolean hasAllStates;

    /** What members tell each other. */
    private enum Subject {
        WINDOW(0),
        FIGURES(1),
        WISH(2),
        STATE(3),
        STATES(4);

        private final int tag;

        Subject(int tag) {
            this.tag = tag;
        }
    }

    /** What a member has counted since the beginning. */
    private record Figures(long events, long digestSum, long between, double delayNanos) {}

    private interface Writing {
        void write(int member, StateWriter out);
    }

    private interface Reading {
        void read(int member, StateReader in);
    }

    /**
     * @param parts those of this member
     * @param outboxes of all parts, by sending part, receiving part, and whether a window is odd
     * @param template a new state
     * @param run a number that tells this run from others
     */
    Partition(
            WindowExchange exchange,
            PlainTables<S> tables,
            List<PlainPart<S>> parts,
            Outbox[][][] outboxes,
            S template,
            long run) {
        this.exchange = exchange;
        this.tables = tables;
        this.parts = parts;
        this.outboxes = outboxes;
        this.boxes = new OutboxCodec<>(tables);
        this.template = template;
        this.run = run;
        this.figures = new Figures[exchange.members()];
        for (int member = 0; member < figures.length; member++) {
            figures[member] = new Figures(0, 0, 0, 0);
        }
    }

    /** Tells a run from others: by all that its nodes, links and draws come from, but for what the scenario does. */
    static long fingerprint(SimulationSettings<?> settings, PlainTables<?> tables, long widthNanos, int members) {
        long hash = Hashing.combine(
                Hashing.ofText(settings.machine().protocol()),
                settings.machine().schema());
        hash = Hashing.combine(hash, Hashing.ofText(settings.parameters().toString()));
        hash = Hashing.combine(Hashing.combine(hash, settings.seed()), settings.lookAheadSeed());
        hash = Hashing.combine(Hashing.combine(hash, widthNanos), members);
        for (int endpoint = 0; endpoint < tables.size(); endpoint++) {
            hash = Hashing.combine(hash, tables.partOf(endpoint));
        }
        return hash;
    }

    @Override
    public long startNanos(long nextNanos, long doneNanos, long limitNanos, @Nullable Throwable failure) {
        somethingHappened();
        long[] startNanos = {Math.min(nextNanos, receivedNanos())};
        long ownNanos = startNanos[0];
        meet(
                Subject.WINDOW,
                failure,
                (member, out) -> {
                    out.writeLong(limitNanos);
                    out.writeLong(ownNanos);
                    writeBoxes(member, out);
                },
                (member, in) -> {
                    expect("a time to go on until", limitNanos, in.readLong());
                    startNanos[0] = Math.min(startNanos[0], notBefore(doneNanos, in.readLong()));
                    readBoxes(member, in, doneNanos);
                });
        if (failure != null || whyStuck.isPresent()) {
            return Long.MAX_VALUE;
        }
        odd ^= startNanos[0] < limitNanos ? 1 : 0;
        return startNanos[0];
    }

    private static long notBefore(long doneNanos, long nextNanos) {
        if (nextNanos < doneNanos) {
            throw new EncodingException(
                    "something is to happen there at " + nextNanos + " ns, when " + doneNanos + " ns are over");
        }
        return nextNanos;
    }

    /** When the first of those messages is due that others have sent and no part has taken yet. */
    private long receivedNanos() {
        long nanos = Long.MAX_VALUE;
        for (int from = 0; from < outboxes.length; from++) {
            if (!tables.isOwnPart(from)) {
                for (PlainPart<S> part : parts) {
                    nanos = Math.min(nanos, outboxes[from][part.index()][odd].earliestNanos());
                }
            }
        }
        return nanos;
    }

    private void writeBoxes(int member, StateWriter out) {
        for (PlainPart<S> part : parts) {
            for (int to = 0; to < outboxes.length; to++) {
                if (memberOf(to) == member) {
                    boxes.write(outboxes[part.index()][to][odd], out);
                }
            }
        }
    }

    private void readBoxes(int member, StateReader in, long doneNanos) {
        for (int from = 0; from < outboxes.length; from++) {
            if (memberOf(from) == member) {
                for (PlainPart<S> part : parts) {
                    boxes.read(in, outboxes[from][part.index()][odd], from, part.index(), doneNanos);
                }
            }
        }
    }

    private int memberOf(int part) {
        return part / parts.size();
    }

    /** Something may have happened at nodes: what was told of them is old. */
    void somethingHappened() {
        figuresAreOld = true;
        hasAllStates = false;
        singleStates = 0;
    }

    /** Why the run cannot go on in several parts; empty when it can, as far as all members have told. */
    Optional<String> whyStuck() {
        return whyStuck;
    }

    /** Whether any member says yes. */
    boolean isWishedAnywhere(boolean here) {
        boolean[] wished = {here};
        meetUnlessStuck(
                Subject.WISH, (member, out) -> out.writeBoolean(here), (member, in) -> wished[0] |= in.readBoolean());
        return wished[0];
    }

    /** How many events others have handled. */
    long eventsElsewhere() {
        long events = 0;
        for (Figures of : figures()) {
            events += of.events();
        }
        return events;
    }

    /** What has happened at others' nodes, as a sum. */
    long digestSumElsewhere() {
        long sum = 0;
        for (Figures of : figures()) {
            sum += of.digestSum();
        }
        return sum;
    }

    /** How many messages others' parts have sent to parts that are not the same. */
    long sentBetweenElsewhere() {
        long between = 0;
        for (Figures of : figures()) {
            between += of.between();
        }
        return between;
    }

    /** How long those take, altogether. */
    double delayNanosBetweenElsewhere() {
        double nanos = 0;
        for (Figures of : figures()) {
            nanos += of.delayNanos();
        }
        return nanos;
    }

    private Figures[] figures() {
        if (figuresAreOld) {
            meetUnlessStuck(Subject.FIGURES, (member, out) -> {}, (member, in) -> {});
        }
        return figures;
    }

    private Figures own() {
        long events = 0;
        long digestSum = 0;
        long between = 0;
        double delayNanos = 0;
        for (PlainPart<S> part : parts) {
            events += part.handledEvents();
            digestSum += part.trace().sum();
            between += part.sentBetween();
            delayNanos += part.delayNanosBetween();
        }
        return new Figures(events, digestSum, between, delayNanos);
    }

    /** From now on the tables have the state of this node as it is at present, whoever has the node. */
    void tellState(int endpoint) {
        if (hasAllStates || !tables.isUp(endpoint)) {
            return;
        }
        if (++singleStates > MOST_SINGLE_STATES) {
            tellStates();
            return;
        }
        meetUnlessStuck(
                Subject.STATE,
                (member, out) -> {
                    out.writeIndex(endpoint);
                    writeState(endpoint, out);
                },
                (member, in) -> {
                    expect("the node", endpoint, in.readLong());
                    readState(endpoint, member, in);
                });
    }

    /** From now on the tables have the states of all nodes that are up as they are at present. */
    void tellStates() {
        for (int first = 0; !hasAllStates && first < tables.size(); first += NODES_AT_ONCE) {
            int from = first;
            int to = Math.min(tables.size(), first + NODES_AT_ONCE);
            meetUnlessStuck(
                    Subject.STATES,
                    (member, out) -> {
                        out.writeIndex(from);
                        for (int endpoint = from; endpoint < to; endpoint++) {
                            writeState(endpoint, out);
                        }
                    },
                    (member, in) -> {
                        expect("the first node", from, in.readLong());
                        for (int endpoint = from; endpoint < to; endpoint++) {
                            readState(endpoint, member, in);
                        }
                    });
        }
        hasAllStates = true;
    }

    private void writeState(int endpoint, StateWriter out) {
        if (tables.isUp(endpoint) && tables.isOwn(endpoint)) {
            tables.machine.write(tables.state(endpoint), out);
        }
    }

    private void readState(int endpoint, int member, StateReader in) {
        if (tables.isUp(endpoint) && memberOf(tables.partOf(endpoint)) == member) {
            tables.states[endpoint] = tables.machine.read(in, template);
        }
    }

    private static void expect(String what, long here, long there) {
        if (here != there) {
            throw new EncodingException(what + " is " + there + " there and " + here + " here: the runs differ");
        }
    }

    private void meetUnlessStuck(Subject subject, Writing writing, Reading reading) {
        meet(subject, null, writing, reading);
        if (whyStuck.isPresent()) {
            throw new OneWorkerNeededException(whyStuck.get());
        }
    }

    /** Writes to all others and reads what they have written; nobody writes or reads more than how he is when somebody cannot go on. */
    private void meet(Subject subject, @Nullable Throwable failure, Writing writing, Reading reading) {
        letters++;
        try {
            List<byte[]> received = exchange.exchange(written(subject, failure, writing));
            if (failure == null) {
                read(subject, received, reading);
            }
        } catch (RuntimeException | Error thrown) {
            // Nobody is to wait for this member.
            exchange.close();
            if (failure == null) {
                throw thrown;
            }
        }
    }

    private List<byte[]> written(Subject subject, @Nullable Throwable failure, Writing writing) {
        Optional<String> stuck = stuckHere();
        Figures own = own();
        List<byte[]> written = new ArrayList<>();
        for (int member = 0; member < exchange.members(); member++) {
            StateWriter out = Letter.begin(writer);
            out.writeLong(letters);
            if (letters == 1) {
                out.writeLong(run);
            }
            out.writeIndex(subject.tag);
            if (failure != null) {
                out.writeIndex(FAILED);
                out.writeString(shortened(failure.toString()));
            } else if (stuck.isPresent()) {
                out.writeIndex(STUCK);
                out.writeString(shortened(stuck.get()));
            } else {
                out.writeIndex(FINE);
            }
            write(own, out);
            if (member != exchange.self()) {
                writing.write(member, out);
            }
            written.add(member == exchange.self() ? new byte[0] : Letter.end(out));
        }
        return written;
    }

    private static String shortened(String reason) {
        return reason.substring(0, Math.min(reason.length(), LONGEST_REASON));
    }

    private Optional<String> stuckHere() {
        return parts.stream()
                .filter(PlainPart::isStuck)
                .map(PlainPart::whyStuck)
                .findFirst();
    }

    private void read(Subject subject, List<byte[]> received, Reading reading) {
        Optional<String> stuck = Optional.empty();
        for (int member = 0; member < received.size(); member++) {
            Optional<String> why =
                    member == exchange.self() ? stuckHere() : readOne(subject, member, received.get(member), reading);
            // The same reason everywhere: that of the first one.
            stuck = stuck.or(() -> why);
        }
        whyStuck = stuck;
        figuresAreOld = false;
    }

    /** Why that member cannot go on in several parts. */
    private Optional<String> readOne(Subject subject, int member, byte[] bytes, Reading reading) {
        try {
            StateReader in = Letter.read(bytes);
            expect("the number of its letter", letters, in.readLong());
            if (letters == 1) {
                expect("the fingerprint of protocol, configuration, seed and network", run, in.readLong());
            }
            expect("what its letter is about", subject.tag, in.readLong());
            int mood = in.readIndex(FAILED + 1);
            String why = mood == FINE ? "" : in.readString();
            if (mood == FAILED) {
                throw WindowExchangeException.lost("member " + (member + 1) + " has given up: " + why);
            }
            figures[member] = new Figures(in.readLong(), in.readLong(), in.readLong(), in.readDouble());
            reading.read(member, in);
            in.expectEnd();
            return Optional.of(why).filter(reason -> !reason.isEmpty());
        } catch (WindowExchangeException known) {
            throw known;
        } catch (RuntimeException | StackOverflowError unreadable) {
            throw WindowExchangeException.unreadable(member, unreadable);
        }
    }

    private static void write(Figures own, StateWriter out) {
        out.writeLong(own.events());
        out.writeLong(own.digestSum());
        out.writeLong(own.between());
        out.writeDouble(own.delayNanos());
    }
}
