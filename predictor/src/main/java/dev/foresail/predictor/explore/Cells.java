package dev.foresail.predictor.explore;

import com.dynatrace.hash4j.hashing.HashStream128;
import dev.foresail.network.random.Hashing;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The cells of one node, and what is pending at it. Thread-safe: {@link #get} needs no lock; everything else happens under
 * this object's lock, which also guards the node's {@link LocalRules} and {@link LocalStates}.
 */
final class Cells {
    private final int slot;
    private final Flights flights;
    // One for all that is hashed, as it is larger than what is.
    private final HashStream128 stream = Content.stream();
    private final Map<Content, Pending> pendings = new HashMap<>();
    private final Map<Long, Cell> cells = new HashMap<>();
    private volatile Cell[] byId = new Cell[64];
    private volatile long restless;

    Cells(int slot, Flights flights) {
        this.slot = slot;
        this.flights = flights;
    }

    /** The cell with that number, which this thread has been told. */
    Cell get(int id) {
        Cell[] known = byId;
        return id < known.length && known[id] != null ? known[id] : byId()[id];
    }

    /**
     * All cells by number, those included whose number a thread has been told by {@link Cell#knownAfter} without a lock:
     * they were added under this one. Grows by being replaced.
     */
    synchronized Cell[] byId() {
        return byId;
    }

    /** What {@link SleepSet#restless} says of the moves of any cell so far. */
    long restless() {
        return restless;
    }

    /** The moves of a cell have become known. */
    synchronized void met(Move[] moves) {
        restless |= SleepSet.restless(moves);
    }

    /** The cell that has this; {@code likely} is what is pending at the cell that it comes from. */
    @SuppressWarnings("ReferenceEquality") // a quick look; equal ones that are others are found too, more slowly
    synchronized Cell intern(LocalState local, Pending.Body body, Pending likely) {
        return intern(local, likely.body() == body ? likely : intern(body));
    }

    synchronized Cell intern(LocalState local, Pending.Body body) {
        return intern(local, intern(body));
    }

    private Cell intern(LocalState local, Pending pending) {
        // Mixed, as the hash code of a long is the exclusive or of its halves.
        long key = Hashing.mix((long) local.id << 32 | pending.id());
        Cell cell = cells.get(key);
        if (cell == null) {
            Content content = Content.of(pending.content().putInto(local.content.putInto(stream.reset())));
            cell = new Cell(cells.size(), slot, local, pending, content);
            cells.put(key, cell);
            Cell[] all = byId;
            if (cell.id == all.length) {
                all = Arrays.copyOf(all, all.length * 2);
            }
            all[cell.id] = cell;
            byId = all;
        }
        return cell;
    }

    private Pending intern(Pending.Body body) {
        Content content = body.content(stream.reset());
        Pending pending = pendings.get(content);
        if (pending == null) {
            pending = new Pending(pendings.size(), body, content);
            pendings.put(content, pending);
        }
        return pending;
    }

    /** The cell after something has happened elsewhere. */
    Cell after(Cell cell, Effect effect) {
        Cell known = cell.knownAfter(effect);
        return known != null ? known : computeAfter(cell, effect);
    }

    private synchronized Cell computeAfter(Cell cell, Effect effect) {
        Cell known = cell.knownAfter(effect);
        if (known != null) {
            return known;
        }
        Cell next = intern(cell.local, after(cell.local, cell.pending.body(), effect));
        cell.after(effect, next);
        return next;
    }

    private Pending.Body after(LocalState local, Pending.Body before, Effect effect) {
        return switch (effect.kind()) {
            case ARRIVAL -> arrived(before, effect.messages());
            case PEER_GONE -> {
                Pending.Body without = before.withMessages(flights.withoutSender(before.messages(), effect.from()));
                yield local.isConnectedTo(effect.from()) ? without.withBroken(effect.from()) : without;
            }
            case BREAK ->
                before.withMessages(flights.withoutSender(before.messages(), effect.from()))
                        .withBroken(effect.from());
            case REFUSED -> local.up ? before.withBroken(effect.from()) : before;
        };
    }

    private Pending.Body arrived(Pending.Body before, List<Message> news) {
        Message[] messages = flights.arrived(before.messages(), news);
        return before.withMessages(messages);
    }

    synchronized int size() {
        return cells.size();
    }
}
