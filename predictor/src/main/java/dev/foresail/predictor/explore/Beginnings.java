package dev.foresail.predictor.explore;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.choice.machine.EventRules;
import dev.foresail.predictor.model.InitialWorld;
import dev.foresail.predictor.search.SearchReport.Ended;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Makes the initial worlds: the described ones in their order, with every decision that is taken while nodes start and
 * calls are made, in the order of the decisions; equal ones once. For one use; not thread-safe.
 *
 * <p>The starts and calls of a description are the levels of a tree, gone through depth first: so the first worlds are
 * there when a search has to end while there are more. A row that was met at the same level before has nothing new below
 * it, and is not gone on from.
 */
final class Beginnings {
    private static final int ROWS_BETWEEN_LOOKS = 1 << 10;

    private final WorldSpace space;
    private final StopSignal stop;
    private final long mostWorlds;
    private final List<World> all = new ArrayList<>();
    private final Map<Content, Integer> numbers = new HashMap<>();
    private final Set<Content> known = new HashSet<>();
    private Optional<RuntimeException> thrown = Optional.empty();
    private Optional<Ended> ended = Optional.empty();
    private long rows;

    /** @param mostWorlds how many worlds within the constraints are enough */
    Beginnings(WorldSpace space, StopSignal stop, long mostWorlds) {
        this.space = space;
        this.stop = stop;
        this.mostWorlds = mostWorlds;
    }

    /**
     * An initial world.
     *
     * @param number its place among the initial worlds of the model, those outside the constraints included; worlds that
     *     differ in nothing but time have the same
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record World(int number, int[] row) {}

    /** The initial worlds that are within the constraints; the first of them where the search has to end. */
    List<World> worlds() {
        try {
            for (InitialWorld<Object> world : space.model().initialWorlds()) {
                new Tree(world).grow(described(world));
            }
        } catch (SearchStoppedException stopped) {
            ended = Optional.of(stopped.why());
        }
        return all;
    }

    /** What a start or a call threw first; the worlds in which one did are left out. */
    Optional<RuntimeException> thrown() {
        return thrown;
    }

    /** Why there are more initial worlds than were made; empty when there are not. */
    Optional<Ended> ended() {
        return ended;
    }

    private void add(int[] row) {
        int next = numbers.size();
        int number = numbers.computeIfAbsent(content(space.withoutTiming(row)), added -> next);
        if (known.add(content(row))
                && space.questions().isWithinConstraints(space.view().of(space.locals(row, 0)))) {
            if (all.size() >= mostWorlds) {
                throw new SearchStoppedException(Ended.WORLDS);
            }
            all.add(new World(number, row));
        }
    }

    private Content content(int[] row) {
        return new Content(space.fingerprint(row, 0), space.secondFingerprint(row, 0));
    }

    /** The world before its nodes start. */
    private int[] described(InitialWorld<Object> world) {
        int[] row = space.emptyRow(world);
        world.images().forEach((node, image) -> {
            int slot = space.slot(node);
            row[slot] = space.imageCell(slot, image);
        });
        world.inFlight().forEach(message -> addInFlight(row, message));
        for (InitialWorld.Broken broken : world.broken()) {
            int slot = space.slot(broken.node());
            row[slot] = space.withBroken(slot, row[slot], space.slot(broken.peer()));
        }
        return row;
    }

    private void addInFlight(int[] row, InitialWorld.InFlight message) {
        OptionalInt slot = space.slotOf(message.to());
        if (slot.isPresent()) {
            int to = slot.getAsInt();
            row[to] = space.withArrival(to, row[to], message.from(), message.message());
        }
    }

    /** A start or a call, with what was met at it. */
    private final class Level {
        private final int slot;
        private final Optional<Event.Call> call;
        private final Map<Cell, List<Move>> moves = new HashMap<>();
        private final Set<Content> met = new HashSet<>();

        Level(NodeId node, Optional<Event.Call> call) {
            this.slot = space.slot(node);
            this.call = call;
        }

        List<Move> moves(int[] row) {
            return moves.computeIfAbsent(
                    space.cell(slot, row[slot]), cell -> List.copyOf(space.starts(slot, cell, call)));
        }

        /** An initial call is no offer: without an enabled handler it is a mistake. */
        RuntimeException notEnabled() {
            return EventRules.noHandler(space.model().machine(), call.orElseThrow());
        }
    }

    /** A row, and those of its moves that were not taken yet. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Branch(int[] row, int slot, boolean isOnly, Iterator<Move> left) {}

    /** The worlds that one description gives. */
    private final class Tree {
        private final List<Level> levels = new ArrayList<>();
        /** One per level, down to where it grows. */
        private final Deque<Branch> branches = new ArrayDeque<>();

        Tree(InitialWorld<Object> world) {
            for (NodeId node : space.model().nodes().keySet()) {
                if (!world.images().containsKey(node)) {
                    levels.add(new Level(node, Optional.empty()));
                }
            }
            for (InitialWorld.Call call : world.calls()) {
                levels.add(new Level(call.node(), Optional.of(call.call())));
            }
        }

        void grow(int[] root) {
            reach(root, true);
            while (!branches.isEmpty()) {
                Branch branch = branches.getLast();
                if (branch.left.hasNext()) {
                    take(branch, branch.left.next());
                } else {
                    branches.removeLast();
                }
            }
        }

        private void take(Branch branch, Move move) {
            if (rows++ % ROWS_BETWEEN_LOOKS == ROWS_BETWEEN_LOOKS - 1) {
                stop.check();
            }
            if (move.threw) {
                thrown = thrown.or(() -> move.outcome.thrown());
            } else {
                int[] next = new int[branch.row.length];
                space.apply(branch.row, 0, branch.slot, move, next, 0);
                reach(next, branch.isOnly);
            }
        }

        /** @param isOnly whether it is the only one that comes of the row above: then it can wait to be compared */
        private void reach(int[] row, boolean isOnly) {
            if (branches.size() == levels.size()) {
                add(row);
                return;
            }
            Level level = levels.get(branches.size());
            if (isOnly || level.met.add(content(row))) {
                List<Move> moves = level.moves(row);
                if (moves.isEmpty()) {
                    thrown = thrown.or(() -> Optional.of(level.notEnabled()));
                }
                branches.addLast(new Branch(row, level.slot, moves.size() == 1, moves.iterator()));
            }
        }
    }
}
