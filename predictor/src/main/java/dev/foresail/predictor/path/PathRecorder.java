package dev.foresail.predictor.path;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps which events of one start of a node are on paths, and tells of each (decision 064): an event that is declared begins a path, what its handler
 * sends and the timers that it sets are on it, and so on. Not thread-safe.
 */
public final class PathRecorder implements PathFollower {
    /** A path is followed over so many events, one after the other. */
    public static final int MOST_DEEP = 1000;

    private final NodeId self;
    private final long incarnation;
    private final List<DeclaredPath> declared;
    private final LongSupplier nowNanos;
    private final Consumer<PathHop> told;
    private final IdentityHashMap<Event, Coming> coming = new IdentityHashMap<>();
    private final Map<String, PathTag> timers = new HashMap<>();
    /** How many paths have begun here by their names, those that are not followed included. */
    private final Map<String, Long> beginnings = new HashMap<>();

    private long hops;
    private @Nullable Current current;

    /**
     * @param nowNanos of a clock that all nodes share as nearly as can be
     * @param told is told each event on a path once it is over
     */
    public PathRecorder(
            NodeId self, long incarnation, List<DeclaredPath> declared, LongSupplier nowNanos, Consumer<PathHop> told) {
        this.self = self;
        this.incarnation = incarnation;
        this.declared = List.copyOf(declared);
        this.nowNanos = nowNanos;
        this.told = told;
    }

    /** An event that has come over a path and is not over. */
    private static final class Coming {
        final PathTag tag;
        final long receivedNanos;
        boolean waits;

        Coming(PathTag tag, long receivedNanos) {
            this.tag = tag;
            this.receivedNanos = receivedNanos;
        }
    }

    /** The event on a path whose effects are taking place. */
    private static final class Current {
        final String name;
        final HopId path;
        final HopId id;
        final Optional<PathTag> tag;
        final Event event;
        final long receivedNanos;
        final long handledNanos;
        final boolean ends;
        final List<PathHop.Sent> sent = new ArrayList<>();
        int places;

        Current(String name, HopId id, Optional<Coming> came, Event event, long handledNanos, boolean ends) {
            this.name = name;
            this.id = id;
            this.tag = came.map(some -> some.tag);
            this.path = tag.map(PathTag::path).orElse(id);
            this.event = event;
            this.receivedNanos = came.map(some -> some.receivedNanos).orElse(handledNanos);
            this.handledNanos = handledNanos;
            this.ends = ends;
        }

        int depth() {
            return tag.map(PathTag::depth).orElse(0);
        }

        boolean isFollowed() {
            return !ends && depth() < MOST_DEEP;
        }

        PathTag next(long sentNanos) {
            return new PathTag(name, path, id, places++, depth() + 1, sentNanos);
        }
    }

    @Override
    public void came(Event event, PathTag tag) {
        // Of other nodes anything may come.
        if (isOfSender(event, tag)
                && declared.stream().anyMatch(path -> path.name().equals(tag.name()))) {
            coming.put(event, new Coming(tag, nowNanos.getAsLong()));
        }
    }

    /** Nobody sends what another node's handler has caused. */
    private static boolean isOfSender(Event event, PathTag tag) {
        return !(event instanceof Event.Delivery delivery)
                || delivery.from().equals(tag.cause().node());
    }

    @Override
    public void fired(Event.TimerFired timer) {
        PathTag tag = timers.remove(timer.name());
        if (tag != null) {
            came(timer, tag);
        }
    }

    @Override
    public void handled(Event event) {
        Coming came = coming.remove(event);
        String kind = event.kind();
        Optional<DeclaredPath> seed = came != null && event instanceof Event.Delivery
                ? Optional.empty()
                : declared.stream().filter(path -> path.begins().equals(kind)).findFirst();
        if (seed.isPresent()) {
            current = isFollowed(seed.get()) ? begun(seed.get().name(), Optional.empty(), event) : null;
        } else if (came != null) {
            current = begun(came.tag.name(), Optional.of(came), event);
        }
    }

    private boolean isFollowed(DeclaredPath path) {
        return (beginnings.merge(path.name(), 1L, Long::sum) - 1) % path.every() == 0;
    }

    private Current begun(String name, Optional<Coming> came, Event event) {
        String kind = event.kind();
        boolean ends = came.isPresent()
                && declared.stream().anyMatch(path -> path.name().equals(name) && path.endsWith(kind));
        return new Current(name, new HopId(self, incarnation, ++hops), came, event, nowNanos.getAsLong(), ends);
    }

    @Override
    public Optional<PathTag> sends(NodeId to, Object message) {
        if (current == null || !current.isFollowed()) {
            return Optional.empty();
        }
        PathTag tag = current.next(nowNanos.getAsLong());
        current.sent.add(new PathHop.Sent(tag.place(), to, new Event.Delivery(self, message).kind()));
        return Optional.of(tag);
    }

    /** Set again where it goes off, as periodic timers are, it is on no path: else the path would have no end. */
    @Override
    public void sets(String timer) {
        boolean again = current != null
                && current.event instanceof Event.TimerFired fired
                && fired.name().equals(timer);
        if (current == null || again || !current.isFollowed()) {
            timers.remove(timer);
        } else {
            timers.put(timer, current.next(nowNanos.getAsLong()));
        }
    }

    @Override
    public void cancels(String timer) {
        timers.remove(timer);
    }

    @Override
    public void deferred(Event event) {
        Coming came = coming.get(event);
        if (came != null) {
            came.waits = true;
        }
    }

    @Override
    public void turnedAway(Event event) {
        Coming came = coming.get(event);
        if (came == null) {
            return;
        }
        if (event instanceof Event.TimerFired timer) {
            coming.remove(event);
            timers.put(timer.name(), came.tag);
        } else {
            over(event, PathHop.Outcome.TURNED_AWAY);
        }
    }

    @Override
    public void failed(Event event) {
        if (current == null) {
            handled(event);
        }
        tell(PathHop.Outcome.FAILED);
    }

    @Override
    public void completed(Event event) {
        Coming came = coming.get(event);
        if (current != null) {
            tell(current.ends || current.isFollowed() ? PathHop.Outcome.HANDLED : PathHop.Outcome.CUT);
        } else if (came != null && !came.waits) {
            over(event, PathHop.Outcome.DROPPED);
        } else if (came != null) {
            came.waits = false;
        }
    }

    private void over(Event event, PathHop.Outcome outcome) {
        Coming came = coming.remove(event);
        if (came != null) {
            current = begun(came.tag.name(), Optional.of(came), event);
            tell(outcome);
        }
    }

    private void tell(PathHop.Outcome outcome) {
        Current hop = current;
        current = null;
        if (hop == null) {
            return;
        }
        told.accept(new PathHop(
                hop.path,
                hop.name,
                hop.id,
                hop.tag.map(tag -> new PathHop.Cause(tag.cause(), tag.place(), tag.sentNanos())),
                hop.event instanceof Event.Delivery delivery ? Optional.of(delivery.from()) : Optional.empty(),
                hop.event.kind(),
                hop.receivedNanos,
                hop.handledNanos,
                outcome,
                hop.ends && outcome == PathHop.Outcome.HANDLED,
                hop.sent));
    }
}
