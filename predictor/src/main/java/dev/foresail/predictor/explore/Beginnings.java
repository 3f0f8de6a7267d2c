package dev.foresail.predictor.explore;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import dev.foresail.predictor.model.InitialWorld;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Makes the initial worlds: the described ones in their order, with every decision that is taken while nodes start and
 * calls are made, in the order of the decisions; equal ones once. Not thread-safe.
 */
final class Beginnings {
    private final WorldSpace space;
    private final List<RuntimeException> thrown = new ArrayList<>();

    Beginnings(WorldSpace space) {
        this.space = space;
    }

    /**
     * An initial world.
     *
     * @param number its place among the initial worlds of the model, those outside the constraints included; worlds that
     *     differ in nothing but time have the same
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record World(int number, int[] row) {}

    /** The initial worlds that are within the constraints. */
    List<World> worlds() {
        List<World> all = new ArrayList<>();
        Map<Content, Integer> numbers = new HashMap<>();
        Set<Content> known = new HashSet<>();
        for (InitialWorld<Object> world : space.model().initialWorlds()) {
            for (int[] row : rows(world)) {
                int next = numbers.size();
                int number = numbers.computeIfAbsent(content(space.withoutTiming(row)), added -> next);
                if (known.add(content(row))
                        && space.questions().isWithinConstraints(space.view().of(space.locals(row, 0)))) {
                    all.add(new World(number, row));
                }
            }
        }
        return all;
    }

    private Content content(int[] row) {
        return new Content(space.fingerprint(row, 0), space.secondFingerprint(row, 0));
    }

    /** What starts and calls threw; the worlds in which they did are left out. */
    List<RuntimeException> thrown() {
        return thrown;
    }

    private List<int[]> rows(InitialWorld<Object> world) {
        int[] empty = space.emptyRow(world);
        world.images().forEach((node, image) -> {
            int slot = space.slot(node);
            empty[slot] = space.imageCell(slot, image);
        });
        world.inFlight().forEach(message -> addInFlight(empty, message));
        for (InitialWorld.Broken broken : world.broken()) {
            int slot = space.slot(broken.node());
            empty[slot] = space.withBroken(slot, empty[slot], space.slot(broken.peer()));
        }
        List<int[]> rows = List.of(empty);
        for (NodeId node : space.model().nodes().keySet()) {
            if (!world.images().containsKey(node)) {
                rows = handled(rows, node, Optional.empty());
            }
        }
        for (InitialWorld.Call call : world.calls()) {
            rows = handled(rows, call.node(), Optional.of(call.call()));
        }
        return rows;
    }

    private void addInFlight(int[] row, InitialWorld.InFlight message) {
        OptionalInt slot = space.slotOf(message.to());
        OptionalInt from = space.slotOf(message.from());
        if (slot.isPresent() && from.isPresent()) {
            int to = slot.getAsInt();
            row[to] = space.withArrival(to, row[to], from.getAsInt(), message.message());
        }
    }

    private List<int[]> handled(List<int[]> rows, NodeId node, Optional<Event.Call> call) {
        int slot = space.slot(node);
        List<int[]> after = new ArrayList<>();
        for (int[] row : rows) {
            for (Move move : space.starts(slot, space.cell(slot, row[slot]), call)) {
                if (move.threw) {
                    thrown.add(move.outcome.thrown().orElseThrow());
                } else {
                    int[] next = new int[row.length];
                    space.apply(row, 0, slot, move, next, 0);
                    after.add(next);
                }
            }
        }
        return after;
    }
}
