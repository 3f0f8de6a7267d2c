package dev.foresail.predictor.explore;

import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.model.Failures;
import dev.foresail.predictor.model.Network;
import dev.foresail.predictor.model.SystemModel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What can happen at one node: computes the moves of its cells, in an order that is the same in every run (deliveries,
 * connection errors, timers, offers, failures; {@link SystemModel}). Thread-safe: takes the lock of the node's
 * {@link Cells}.
 */
final class NodeMoves {
    private final SystemModel<Object> model;
    private final Machine<Object> machine;
    private final int slot;
    private final Interning interning;
    private final Flights flights;
    private final Cells cells;
    private final LocalStates states;
    private final LocalRules rules;
    private final List<Integer> offeredCalls;

    /** @param offeredCalls the numbers, among all calls, of those that are offered to this node */
    NodeMoves(
            SystemModel<Object> model,
            int slot,
            Interning interning,
            Cells cells,
            LocalStates states,
            LocalRules rules,
            List<Integer> offeredCalls) {
        this.model = model;
        this.machine = model.machine();
        this.slot = slot;
        this.interning = interning;
        this.flights = new Flights(model.network());
        this.cells = cells;
        this.states = states;
        this.rules = rules;
        this.offeredCalls = List.copyOf(offeredCalls);
    }

    Move[] of(Cell cell) {
        Move[] known = cell.moves();
        return Cell.isUnknown(known) ? compute(cell) : known;
    }

    private Move[] compute(Cell cell) {
        synchronized (cells) {
            Move[] known = cell.moves();
            if (!Cell.isUnknown(known)) {
                return known;
            }
            List<Move> moves = new ArrayList<>();
            if (cell.local.up) {
                addDeliveries(cell, moves);
                addErrors(cell, moves);
                addTimers(cell, moves);
                addOffers(cell, moves);
            } else if (model.network() == Network.ORDERED) {
                addRefusals(cell, moves);
            }
            addFailures(cell, moves);
            cell.moves(moves.toArray(new Move[0]));
            cells.met(cell.moves());
            return cell.moves();
        }
    }

    private void addDeliveries(Cell cell, List<Move> moves) {
        Message[] messages = cell.pending.messages();
        for (int place : flights.deliverable(messages)) {
            Message message = messages[place];
            boolean guessed = model.isGuess(interning.node(message.from()));
            if (!guessed || model.failures().answers() > 0) {
                addHandled(
                        cell,
                        guessed ? Move.Kind.ANSWER : Move.Kind.DELIVERY,
                        Cue.of(Cue.Kind.DELIVERY, message.id()),
                        Optional.of(message),
                        cell.pending.body().withMessages(flights.delivered(messages, place)),
                        moves);
            }
        }
    }

    private void addErrors(Cell cell, List<Move> moves) {
        for (int peer = 0; peer < interning.nodes().size(); peer++) {
            if ((cell.pending.broken() >>> peer & 1) != 0) {
                long cue = Cue.of(Cue.Kind.CONNECTION_ERROR, peer);
                Pending.Body rest = cell.pending.body().withoutBroken(peer);
                addHandled(cell, Move.Kind.CONNECTION_ERROR, cue, Optional.empty(), rest, moves);
            }
        }
    }

    private void addTimers(Cell cell, List<Move> moves) {
        List<String> names = new ArrayList<>(states.timerNames(cell.local.armed));
        names.sort(null);
        for (String name : names) {
            long cue = Cue.of(Cue.Kind.TIMER, machine.timers().indexOf(name));
            addHandled(cell, Move.Kind.TIMER, cue, Optional.empty(), cell.pending.body(), moves);
        }
    }

    private void addOffers(Cell cell, List<Move> moves) {
        int[] left = cell.pending.offersLeft();
        Set<Integer> offered = new HashSet<>();
        for (int offer = 0; offer < left.length; offer++) {
            if (left[offer] > 0 && offered.add(offeredCalls.get(offer))) {
                Pending.Body rest = left[offer] == Failures.UNLIMITED
                        ? cell.pending.body()
                        : cell.pending.body().withOfferTaken(offer);
                long cue = Cue.of(Cue.Kind.CALL, offeredCalls.get(offer));
                addHandled(cell, Move.Kind.CALL, cue, Optional.empty(), rest, moves);
            }
        }
    }

    /** A node that is down takes what reaches it without effect. */
    private void addRefusals(Cell cell, List<Move> moves) {
        Message[] messages = cell.pending.messages();
        for (int place : flights.deliverable(messages)) {
            Message message = messages[place];
            if (!message.isInOrder()) {
                continue;
            }
            Cell target =
                    cells.intern(cell.local, cell.pending.body().withMessages(flights.delivered(messages, place)));
            Effect[] told = model.failures().refusals() && message.from() != slot && interning.isNode(message.from())
                    ? new Effect[] {interning.effect(Effect.Kind.REFUSED, message.from(), slot, List.of())}
                    : Move.NO_EFFECTS;
            long cue = Cue.of(Cue.Kind.DELIVERY, message.id());
            moves.add(new Move(Move.Kind.DELIVERY, cue, Outcome.quiet(cell.local), cell, target, told));
        }
    }

    private void addFailures(Cell cell, List<Move> moves) {
        Failures failures = model.failures();
        boolean up = cell.local.up;
        if (up && failures.mostDown() > 0 && failures.mayCrash(interning.node(slot))) {
            moves.add(crash(cell));
        }
        if (!up && failures.restarts()) {
            Cue.Kind kind = failures.durable() ? Cue.Kind.RESTART : Cue.Kind.START;
            addHandled(cell, Move.Kind.RESTART, Cue.of(kind, 0), Optional.empty(), cell.pending.body(), moves);
        }
        if (up && failures.mayReset(interning.node(slot))) {
            addResets(cell, moves);
        }
        addLosses(cell, moves);
        if (model.network() == Network.ORDERED) {
            addBreaks(cell, moves);
        }
    }

    private Move crash(Cell cell) {
        Object kept = model.failures().durable() ? machine.restarted(cell.local.state) : created();
        LocalState down = states.intern(new LocalState.Body(false, kept, 0, new Message[0]));
        Cell target = cells.intern(down, cutOff(cell.pending.body()));
        return new Move(Move.Kind.CRASH, 0, Outcome.quiet(down), cell, target, allTold());
    }

    private void addResets(Cell cell, List<Move> moves) {
        LocalState fresh = states.intern(new LocalState.Body(true, created(), 0, new Message[0]));
        long cue = Cue.of(Cue.Kind.START, 0);
        for (Outcome outcome : rules.outcomes(fresh, cue, Optional.empty())) {
            moves.add(handled(cell, Move.Kind.SILENT_RESET, cue, outcome, cutOff(cell.pending.body()), allTold()));
        }
    }

    Object created() {
        return machine.create(java.util.Objects.requireNonNull(model.nodes().get(interning.node(slot))));
    }

    /** Without what a node loses that ends or begins anew. */
    private Pending.Body cutOff(Pending.Body body) {
        return new Pending.Body(flights.withoutConnections(body.messages()), 0, body.offersLeft());
    }

    private Effect[] allTold() {
        if (model.network() != Network.ORDERED) {
            return Move.NO_EFFECTS;
        }
        List<Effect> effects = new ArrayList<>();
        for (int peer = 0; peer < interning.nodes().size(); peer++) {
            if (peer != slot) {
                effects.add(interning.effect(Effect.Kind.PEER_GONE, peer, slot, List.of()));
            }
        }
        return effects.toArray(Move.NO_EFFECTS);
    }

    private void addLosses(Cell cell, List<Move> moves) {
        if (!cell.local.up || model.failures().losses() == 0) {
            return;
        }
        Message[] messages = cell.pending.messages();
        for (int place : flights.deliverable(messages)) {
            if (messages[place].isInOrder()) {
                continue;
            }
            Cell target = cells.intern(cell.local, cell.pending.body().withMessages(flights.without(messages, place)));
            moves.add(new Move(
                    Move.Kind.LOSS,
                    Cue.of(Cue.Kind.DELIVERY, messages[place].id()),
                    Outcome.quiet(cell.local),
                    cell,
                    target,
                    Move.NO_EFFECTS));
        }
    }

    private void addBreaks(Cell cell, List<Move> moves) {
        if (!cell.local.up || model.failures().breaks() == 0) {
            return;
        }
        for (int peer = slot + 1; peer < interning.nodes().size(); peer++) {
            Pending.Body rest = cell.pending
                    .body()
                    .withMessages(flights.withoutSender(cell.pending.messages(), peer))
                    .withBroken(peer);
            Effect[] told = {interning.effect(Effect.Kind.BREAK, peer, slot, List.of())};
            moves.add(new Move(
                    Move.Kind.BREAK, peer, Outcome.quiet(cell.local), cell, cells.intern(cell.local, rest), told));
        }
    }

    private void addHandled(
            Cell cell, Move.Kind kind, long cue, Optional<Message> message, Pending.Body rest, List<Move> moves) {
        for (Outcome outcome : rules.outcomes(cell.local, cue, message)) {
            moves.add(handled(cell, kind, cue, outcome, rest, Move.NO_EFFECTS));
        }
    }

    /** The move of an event that has run: what it sends arrives after the other effects. */
    Move handled(Cell cell, Move.Kind kind, long cue, Outcome outcome, Pending.Body rest, Effect[] before) {
        if (outcome.thrown().isPresent()) {
            return new Move(kind, cue, outcome, cell, cell, Move.NO_EFFECTS);
        }
        List<Message> own = outcome.toSelf();
        Pending.Body pending = own.isEmpty() ? rest : rest.withMessages(flights.arrived(rest.messages(), own));
        Cell target = cells.intern(outcome.after(), pending, cell.pending);
        return new Move(kind, cue, outcome, cell, target, joined(before, outcome.arrivals()));
    }

    private static Effect[] joined(Effect[] before, Effect[] arrivals) {
        if (before.length == 0) {
            return arrivals;
        }
        Effect[] all = Arrays.copyOf(before, before.length + arrivals.length);
        System.arraycopy(arrivals, 0, all, before.length, arrivals.length);
        return all;
    }
}
