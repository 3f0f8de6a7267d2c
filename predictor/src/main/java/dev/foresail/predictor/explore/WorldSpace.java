package dev.foresail.predictor.explore;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.model.Action;
import dev.foresail.predictor.model.History;
import dev.foresail.predictor.model.InitialWorld;
import dev.foresail.predictor.model.SameAction;
import dev.foresail.predictor.model.SystemModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The worlds of a model. A world is a row of {@link #width} numbers: a cell per node, in the order of their ids; then
 * what is of no single node ({@link SharedSlots}). Thread-safe.
 */
public final class WorldSpace {
    private SystemModel<Object> model;
    private final Interning interning;
    private final int nodes;
    private final Cells[] cells;
    private final LocalStates[] states;
    private final LocalRules[] rules;
    private final NodeMoves[] moves;
    private final SharedSlots shared;
    private final List<Event.Call> calls;
    private final Questions questions;

    /** @throws IllegalArgumentException when there are more than 64 nodes */
    @SuppressWarnings("unchecked") // the explorer treats every state as an object, and only hands it to its own machine
    public WorldSpace(SystemModel<?> described) {
        this.model = (SystemModel<Object>) described;
        List<NodeId> ids = List.copyOf(model.nodes().keySet());
        if (ids.size() > Long.SIZE) {
            throw new IllegalArgumentException("a model has at most " + Long.SIZE + " nodes, not " + ids.size());
        }
        this.interning = new Interning(model);
        this.nodes = ids.size();
        this.questions = new Questions(model);
        this.calls = calls(model);
        this.cells = new Cells[nodes];
        this.states = new LocalStates[nodes];
        this.rules = new LocalRules[nodes];
        this.moves = new NodeMoves[nodes];
        for (int slot = 0; slot < nodes; slot++) {
            addNode(slot);
        }
        this.shared = new SharedSlots(
                nodes,
                model.failures(),
                model.history().map(observed -> histories((SystemModel.Observed<Object>) observed)),
                model.latencies().map(latencies -> new Timings(new TimeRules(model, latencies, interning))));
    }

    private void addNode(int slot) {
        NodeId self = interning.node(slot);
        List<Integer> offered = new ArrayList<>();
        for (SystemModel.Offer offer : model.offers()) {
            if (offer.node().equals(self)) {
                offered.add(calls.indexOf(offer.call()));
            }
        }
        cells[slot] = new Cells(slot, new Flights(model.network()));
        states[slot] = new LocalStates(model.machine(), slot, interning, questions.local());
        rules[slot] = new LocalRules(model, self, states[slot], interning, calls);
        moves[slot] = new NodeMoves(model, slot, interning, cells[slot], states[slot], rules[slot], offered);
    }

    /**
     * Goes over to the beginnings of another model of the same system and keeps all that is known. Not while a search is
     * under way.
     *
     * @return false, with nothing changed, when something that is known may not hold there
     */
    boolean follow(SystemModel<Object> next) {
        boolean moved = !model.isSameMomentAs(next) && Arrays.stream(rules).anyMatch(LocalRules::readsMoment);
        if (moved || !model.isSameSystemAs(next) || !interning.hasSendersOf(next) || !calls.containsAll(calls(next))) {
            return false;
        }
        model = next;
        for (LocalRules each : rules) {
            each.follow(next);
        }
        return true;
    }

    /** How much is known: local states, messages and cells. */
    long known() {
        return localStates()
                + messages()
                + Arrays.stream(cells).mapToLong(Cells::size).sum();
    }

    /** All that are made, whether offered or at the beginning, each once. */
    private static List<Event.Call> calls(SystemModel<Object> model) {
        return Stream.concat(
                        model.offers().stream().map(SystemModel.Offer::call),
                        model.initialWorlds().stream()
                                .flatMap(world -> world.calls().stream())
                                .map(InitialWorld.Call::call))
                .distinct()
                .toList();
    }

    private Histories histories(SystemModel.Observed<Object> observed) {
        History<Object> history = observed.history();
        List<Predicate<Object>> properties = List.copyOf(observed.properties().values());
        return new Histories(history, properties, questions.firstOfHistory());
    }

    /**
     * Handlers are run for a search from now on.
     *
     * @param stop says when it ends: then whatever needs a handler run throws {@link SearchStoppedException}
     * @param checked whether handlers are run again to see whether they do the same
     */
    void serve(StopSignal stop, boolean checked) {
        for (int slot = 0; slot < nodes; slot++) {
            synchronized (cells[slot]) {
                rules[slot].serve(stop, checked);
            }
        }
    }

    /** How many numbers a row has. */
    public int width() {
        return shared.end();
    }

    public int nodes() {
        return nodes;
    }

    Questions questions() {
        return questions;
    }

    SystemModel<Object> model() {
        return model;
    }

    Cells cells(int slot) {
        return cells[slot];
    }

    Cell cell(int slot, int id) {
        return cells[slot].get(id);
    }

    Move[] moves(Cell cell) {
        return moves[cell.slot].of(cell);
    }

    /** The first 64 bits of the fingerprint of the world whose row begins at {@code base}. */
    long fingerprint(int[] rows, int base) {
        long sum = sharedFingerprint(rows, base);
        for (int slot = 0; slot < nodes; slot++) {
            sum += cell(slot, rows[base + slot]).share;
        }
        return sum;
    }

    /** The second 64 bits. */
    long secondFingerprint(int[] rows, int base) {
        long sum = sharedSecondFingerprint(rows, base);
        for (int slot = 0; slot < nodes; slot++) {
            sum += cell(slot, rows[base + slot]).secondShare;
        }
        return sum;
    }

    /** The part of the fingerprint that is of no single node. */
    long sharedFingerprint(int[] rows, int base) {
        return shared.fingerprint(rows, base);
    }

    long sharedSecondFingerprint(int[] rows, int base) {
        return shared.secondFingerprint(rows, base);
    }

    /** Whether plain moves change nothing but cells, so that one is done by exchanging one number. */
    boolean hasPlainMoves() {
        return shared.areLeftByPlainMoves();
    }

    /** Whether the bounds on time, if the model has them, may leave moves out. */
    boolean hasTiming() {
        return shared.hasTiming();
    }

    /** Whether the failures left and the bounds on time let {@code move} at {@code slot} be the next event. */
    boolean allows(int[] rows, int base, int slot, Move move) {
        return shared.allow(rows, base, slot, move);
    }

    /** What is known of when things happen; only where the model has bounds on time. */
    Timing timing(int[] rows, int base) {
        return shared.timing(rows, base);
    }

    /** The same row for worlds that differ in nothing but time. */
    int[] withoutTiming(int[] row) {
        return shared.withoutTiming(row);
    }

    /**
     * Writes the row after {@code move} at {@code slot}.
     *
     * @return whether the move is possible in that world
     */
    boolean apply(int[] rows, int base, int slot, Move move, int[] target, int targetBase) {
        if (move.kind == Move.Kind.BREAK && !canBreak(rows, base, slot, (int) move.which)) {
            return false;
        }
        System.arraycopy(rows, base, target, targetBase, width());
        if (!shared.apply(rows, base, slot, move, target, targetBase, () -> action(slot, move))) {
            return false;
        }
        target[targetBase + slot] = move.target.id;
        for (Effect effect : move.effects) {
            int receiver = effect.receiver();
            Cell before = cell(receiver, target[targetBase + receiver]);
            target[targetBase + receiver] = cells[receiver].after(before, effect).id;
        }
        return true;
    }

    private boolean canBreak(int[] rows, int base, int slot, int peer) {
        LocalState one = cell(slot, rows[base + slot]).local;
        LocalState other = cell(peer, rows[base + peer]).local;
        return one.up && other.up && (one.isConnectedTo(peer) || other.isConnectedTo(slot));
    }

    /** The row after that action; empty when it is not possible, or when its handler throws. */
    Optional<int[]> after(int[] row, Action action) {
        OptionalInt slot = slotOf(action.node());
        if (slot.isPresent()) {
            for (Move move : moves(cell(slot.getAsInt(), row[slot.getAsInt()]))) {
                int[] next = new int[width()];
                if (!move.threw
                        && isThatOf(slot.getAsInt(), move, action)
                        && apply(row, 0, slot.getAsInt(), move, next, 0)) {
                    return Optional.of(next);
                }
            }
        }
        return Optional.empty();
    }

    private boolean isThatOf(int slot, Move move, Action wanted) {
        return SameAction.areSame(model.machine(), action(slot, move), wanted);
    }

    /** Whether the action may happen now and its handler throws. */
    boolean mayThrow(int[] row, Action action) {
        OptionalInt slot = slotOf(action.node());
        return slot.isPresent()
                && Arrays.stream(moves(cell(slot.getAsInt(), row[slot.getAsInt()])))
                        .anyMatch(move -> move.threw
                                && isThatOf(slot.getAsInt(), move, action)
                                && allows(row, 0, slot.getAsInt(), move));
    }

    /** The properties that the world violates, a bit each, without those of several nodes together. */
    long violatedAlone(int[] rows, int base) {
        long violated = violatedByHistory(rows, base);
        for (int slot = 0; slot < nodes; slot++) {
            violated |= cell(slot, rows[base + slot]).local.violated;
        }
        return violated;
    }

    long violatedByHistory(int[] rows, int base) {
        return shared.violated(rows, base);
    }

    /**
     * What properties depend on that read the states of certain nodes.
     *
     * @param read a bit for each of their slots
     */
    long seen(long read, int[] rows, int base) {
        long sum = 0;
        for (int slot = 0; slot < nodes; slot++) {
            Cell cell = cell(slot, rows[base + slot]);
            sum += (read >>> slot & 1) != 0 ? cell.seenShare : cell.unreadShare;
        }
        return sum;
    }

    /** The second 64 bits of the same. */
    long secondSeen(long read, int[] rows, int base) {
        long sum = 0;
        for (int slot = 0; slot < nodes; slot++) {
            Cell cell = cell(slot, rows[base + slot]);
            sum += (read >>> slot & 1) != 0 ? cell.local.seenSecondShare : cell.unreadSecondShare();
        }
        return sum;
    }

    /** A view of worlds for one thread. */
    WatchedView view() {
        return new WatchedView(interning.nodes(), model.isComplete());
    }

    /** The local states of a world. */
    LocalState[] locals(int[] rows, int base) {
        LocalState[] locals = new LocalState[nodes];
        for (int slot = 0; slot < nodes; slot++) {
            locals[slot] = cell(slot, rows[base + slot]).local;
        }
        return locals;
    }

    /** The move as others see it. */
    Action action(int slot, Move move) {
        NodeId node = interning.node(slot);
        List<Integer> decisions =
                Arrays.stream(move.outcome.decisions()).boxed().toList();
        return switch (move.kind) {
            case DELIVERY, ANSWER, CONNECTION_ERROR, TIMER, CALL, START ->
                new Action.Handle(node, event(slot, move.which), decisions);
            case CRASH -> new Action.Crash(node);
            case RESTART -> new Action.Restart(node, decisions);
            case SILENT_RESET -> new Action.SilentReset(node, decisions);
            case LOSS -> {
                Event.Delivery lost = (Event.Delivery) event(slot, move.which);
                yield new Action.Loss(node, lost.from(), lost.message());
            }
            case BREAK -> new Action.Break(node, interning.node((int) move.which));
        };
    }

    private Event event(int slot, long cue) {
        Optional<Message> message = Cue.kind(cue) == Cue.Kind.DELIVERY
                ? Optional.of(interning.message(slot, Cue.index(cue)))
                : Optional.empty();
        return rules[slot].event(cue, message);
    }

    long handlerRuns() {
        return Arrays.stream(rules).mapToLong(LocalRules::handlerRuns).sum();
    }

    long localStates() {
        return Arrays.stream(states).mapToLong(LocalStates::size).sum();
    }

    long messages() {
        return interning.messageCount();
    }

    /** All initial worlds of the model. */
    Beginnings beginnings() {
        return new Beginnings(this, StopSignal.NEVER, Long.MAX_VALUE);
    }

    // What Beginnings puts worlds together from.

    /** A row of {@code world} with nothing in it but nodes that were created. */
    int[] emptyRow(InitialWorld<Object> world) {
        int[] row = new int[width()];
        for (int slot = 0; slot < nodes; slot++) {
            synchronized (cells[slot]) {
                LocalState created =
                        states[slot].intern(new LocalState.Body(true, moves[slot].created(), 0, new Message[0]));
                row[slot] = cells[slot].intern(created, new Pending.Body(new Message[0], 0, offers(slot))).id;
            }
        }
        shared.begin(row, world);
        return row;
    }

    private int[] offers(int slot) {
        return model.offers().stream()
                .filter(offer -> offer.node().equals(interning.node(slot)))
                .mapToInt(SystemModel.Offer::times)
                .toArray();
    }

    int slot(NodeId node) {
        return interning.slotOf(node);
    }

    /** Empty when the model has no such node. */
    OptionalInt slotOf(NodeId node) {
        return interning.slot(node);
    }

    /** Every way to handle a start or a call that is none of the cell's own moves; none when the call is not enabled. */
    List<Move> starts(int slot, Cell cell, Optional<Event.Call> call) {
        long cue = call.map(each -> Cue.of(Cue.Kind.CALL, calls.indexOf(each))).orElse(Cue.of(Cue.Kind.START, 0));
        Move.Kind kind = call.isPresent() ? Move.Kind.CALL : Move.Kind.START;
        List<Move> all = new ArrayList<>();
        synchronized (cells[slot]) {
            for (Outcome outcome : rules[slot].outcomes(cell.local, cue, Optional.empty())) {
                all.add(moves[slot].handled(cell, kind, cue, outcome, cell.pending.body(), Move.NO_EFFECTS));
            }
        }
        return all;
    }

    /** The node as the image has it, with nothing pending but its offers. */
    int imageCell(int slot, InitialWorld.NodeImage<Object> image) {
        synchronized (cells[slot]) {
            long armed = 0;
            for (String timer : image.timers()) {
                armed |= states[slot].bit(timer);
            }
            Message[] deferred = image.deferred().stream()
                    .map(delivery -> interning.message(slot, interning.sender(delivery.from()), delivery.message()))
                    .toArray(Message[]::new);
            LocalState local = states[slot].intern(
                    new LocalState.Body(true, model.machine().copy(image.state()), armed, deferred));
            return cells[slot].intern(local, new Pending.Body(new Message[0], 0, offers(slot))).id;
        }
    }

    int withArrival(int slot, int cell, NodeId from, Object message) {
        Message arriving = interning.message(slot, interning.sender(from), message);
        Effect effect = interning.effect(Effect.Kind.ARRIVAL, slot, arriving.from(), List.of(arriving));
        return cells[slot].after(cell(slot, cell), effect).id;
    }

    int withBroken(int slot, int cell, int peer) {
        Effect effect = interning.effect(Effect.Kind.REFUSED, slot, peer, List.of());
        return cells[slot].after(cell(slot, cell), effect).id;
    }
}
