package dev.foresail.eval.scribe;

import dev.foresail.choice.Above;
import dev.foresail.choice.Default;
import dev.foresail.choice.From;
import dev.foresail.choice.Liveness;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnConnectionError;
import dev.foresail.choice.OnDowncall;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnStart;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.OnUpcall;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.Uses;
import dev.foresail.eval.routing.KeyRouting;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Scribe: the tree of a group is made of the ways from its subscribers to the root of its key. A subscription is routed towards the root and goes no farther than the first node that is in the tree; that node takes the
 * subscriber for its child, and looks for a parent of its own in the same way if it has none.
 *
 * <p>Where in the paper each parent sends heartbeats, here they begin at the root and are handed down. So nodes whose parents run in a circle hear none and subscribe again, as those do whose parent has failed.
 */
@Protocol(value = "scribe", provides = GroupMulticast.class)
public final class Scribe {
    /** Nothing goes farther down: what has got into a circle comes to an end. */
    private static final int MOST_LEVELS = 64;

    private static final int PATIENCE_PERIODS = 2;

    /** Routed to the root of a group. */
    public record Create() {}

    /** Routed towards the root of a group. */
    public record Subscribe(NodeId child) {}

    /** Routed to the root of a group. */
    public record Publish(Record content) {}

    /** Looks for a subscriber that takes it, in the order of a depth-first search; {@code seen} have not. */
    public record Anycast(long group, Record content, SortedSet<NodeId> seen) {}

    /** Take me for your child. */
    public record Seek(long group) {}

    /** You are not my child any more. */
    public record Rejected(long group, SortedSet<NodeId> siblings) {}

    /** You are my child. {@code path}: from the root to me, empty when I do not know. */
    public record Adopted(long group, List<NodeId> path) {
        public Adopted {
            path = List.copyOf(path);
        }
    }

    /** I am not your child, and not your parent. */
    public record Leave(long group) {}

    /** From a parent to its children. */
    public record Multicast(long group, Record content, int level) {}

    /** From a parent to its children, begun at the root. {@code path}: from there to the parent. */
    public record Heartbeat(long group, List<NodeId> path) {
        public Heartbeat {
            path = List.copyOf(path);
        }
    }

    /** The content of what an application without a layer of its own sends. */
    public record Notice(long number) {}

    @Uses
    KeyRouting routing;

    @Above
    GroupMulticast.Upcalls above;

    final Duration heartbeatPeriod;

    final SortedMap<Long, Group> groups = new TreeMap<>();
    /** The numbers of the notices that have come to this node as a subscriber. */
    final SortedSet<Long> notices = new TreeSet<>();

    /** @param heartbeatPeriod from one heartbeat of a root to the next; who hears none for two of them looks for another parent */
    public Scribe(@Default("5s") Duration heartbeatPeriod) {
        this.heartbeatPeriod = heartbeatPeriod;
    }

    private Group group(long key) {
        return groups.getOrDefault(key, Group.EMPTY);
    }

    @OnStart
    void start(Node node) {
        node.setTimer("heartbeat", heartbeatPeriod);
    }

    // What the application and layers above ask for

    @OnCall
    @OnDowncall
    void create(long group) {
        routing.route(group, new Create());
    }

    @OnCall
    @OnDowncall
    void subscribe(long group, Node node) {
        groups.put(group, group(group).withMember(true));
        lookForParent(group, node);
    }

    @OnCall
    @OnDowncall
    void leave(long group, Node node) {
        groups.put(group, group(group).withMember(false));
        prune(group, node);
    }

    @OnDowncall
    void multicast(long group, Record content) {
        routing.route(group, new Publish(content));
    }

    @OnDowncall
    void anycast(long group, Record content, Node node) {
        routing.route(group, new Anycast(group, content, new TreeSet<>()));
    }

    @OnDowncall
    boolean isRoot(long group) {
        return routing.isRoot(group);
    }

    @OnDowncall
    int sharedBits(long group, NodeId node) {
        return Long.numberOfLeadingZeros(group ^ routing.position(node));
    }

    @OnDowncall
    SortedSet<NodeId> children(long group) {
        return group(group).children();
    }

    @OnDowncall
    void reject(long group, NodeId child, Node node) {
        groups.computeIfPresent(group, (key, was) -> was.withoutChild(child));
        node.send(child, new Rejected(group, children(group)));
    }

    @OnDowncall
    void seek(long group, NodeId parent, Node node) {
        node.send(parent, new Seek(group));
    }

    @OnDowncall("adopt")
    boolean adoptIfBelowRoot(long group, NodeId child, Node node) {
        boolean adopts = group(group).isBelowRoot() && isNotAbove(group, child, node);
        if (adopts) {
            adopt(group, child, node);
        }
        return adopts;
    }

    /** Whether another node is neither this one nor above it. */
    private boolean isNotAbove(long group, NodeId other, Node node) {
        return !other.equals(node.self())
                && !group(group).path().contains(other)
                && !group(group).isChildOf(other);
    }

    @OnCall
    void publish(long group, long number) {
        multicast(group, new Notice(number));
    }

    // The tree

    private void lookForParent(long group, Node node) {
        boolean isRoot = routing.isRoot(group);
        groups.computeIfPresent(group, (key, was) -> was.withRoot(isRoot));
        if (group(group).parent().isEmpty() && !isRoot) {
            routing.route(group, new Subscribe(node.self()));
        }
    }

    /** Where there is no need for a node it leaves the tree. */
    private void prune(long group, Node node) {
        if (!group(group).isNeeded() && !routing.isRoot(group)) {
            group(group).parent().ifPresent(parent -> node.send(parent, new Leave(group)));
            groups.remove(group);
        }
    }

    /** A child that is the next hop shall not be the parent as well. */
    @OnUpcall
    boolean forward(long group, Subscribe subscription, NodeId next, Node node) {
        boolean isOwn = subscription.child().equals(node.self());
        if (isOwn) {
            groups.computeIfPresent(group, (key, was) -> was.withoutChild(next));
        } else {
            adopt(group, subscription.child(), node);
        }
        return isOwn;
    }

    @OnUpcall
    void deliver(long group, Subscribe subscription, Node node) {
        if (!subscription.child().equals(node.self())) {
            adopt(group, subscription.child(), node);
        }
    }

    private void adopt(long group, NodeId child, Node node) {
        Group was = group(group).withRoot(routing.isRoot(group));
        groups.put(group, (was.isChildOf(child) ? was.withParent(Optional.empty()) : was).withChild(child));
        node.send(child, new Adopted(group, group(group).isBelowRoot() ? pathBelow(group, node) : List.of()));
        lookForParent(group, node);
        if (!was.children().contains(child)) {
            above.adopted(group, child);
        }
    }

    private List<NodeId> pathBelow(long group, Node node) {
        return Stream.concat(group(group).path().stream(), Stream.of(node.self()))
                .toList();
    }

    @OnMessage
    void adopted(Adopted adopted, @From NodeId from, Node node) {
        long group = adopted.group();
        Group was = group(group);
        if (!was.isNeeded() || was.children().contains(from)) {
            node.send(from, new Leave(group));
        } else {
            was.parent().filter(old -> !old.equals(from)).ifPresent(old -> node.send(old, new Leave(group)));
            groups.put(group, was.withParent(Optional.of(from)).withPath(adopted.path()));
        }
    }

    @OnMessage
    void sought(Seek seek, @From NodeId from, Node node) {
        if (groups.containsKey(seek.group()) && isNotAbove(seek.group(), from, node)) {
            adopt(seek.group(), from, node);
        }
    }

    boolean isFromItsParent(Rejected rejected, @From NodeId from) {
        return group(rejected.group()).isChildOf(from);
    }

    @OnMessage(when = "isFromItsParent", otherwise = Otherwise.DROP)
    void rejected(Rejected rejected, Node node) {
        groups.computeIfPresent(rejected.group(), (key, was) -> was.withParent(Optional.empty()));
        above.rejected(rejected.group(), rejected.siblings());
        prune(rejected.group(), node);
    }

    @OnMessage
    void left(Leave leave, @From NodeId from, Node node) {
        if (groups.containsKey(leave.group())) {
            lose(leave.group(), from, node);
        }
    }

    @OnConnectionError
    void lost(NodeId peer, Node node) {
        List.copyOf(groups.keySet()).forEach(group -> lose(group, peer, node));
    }

    private void lose(long group, NodeId peer, Node node) {
        Group was = group(group).withoutChild(peer);
        boolean isOrphan = was.isChildOf(peer);
        groups.put(group, isOrphan ? was.withParent(Optional.empty()) : was);
        if (isOrphan && was.isNeeded()) {
            lookForParent(group, node);
        }
        prune(group, node);
    }

    @OnTimer("heartbeat")
    void heartbeat(Node node) {
        node.setTimer("heartbeat", heartbeatPeriod);
        for (long group : List.copyOf(groups.keySet())) {
            Group was = group(group);
            boolean isRoot = routing.isRoot(group);
            if (isRoot || was.silentPeriods() >= PATIENCE_PERIODS) {
                was.parent().ifPresent(parent -> node.send(parent, new Leave(group)));
                groups.put(group, was.withParent(Optional.empty()));
            } else {
                groups.put(group, was.withSilentPeriods(was.silentPeriods() + 1));
            }
            if (isRoot) {
                handDown(group, new Heartbeat(group, pathBelow(group, node)), node);
            }
            lookForParent(group, node);
            prune(group, node);
        }
    }

    // What goes down the tree

    @OnUpcall
    void deliver(long group, Create create) {
        groups.putIfAbsent(group, Group.EMPTY);
    }

    @OnUpcall
    boolean forward(long group, Create create, NodeId next) {
        return true;
    }

    @OnUpcall
    void deliver(long group, Publish publication, Node node) {
        take(group, publication.content(), node);
        handDown(group, new Multicast(group, publication.content(), 1), node);
    }

    @OnUpcall
    boolean forward(long group, Publish publication, NodeId next) {
        return true;
    }

    @OnMessage
    void multicast(Multicast multicast, @From NodeId from, Node node) {
        if (isFromParent(multicast.group(), from, node) && multicast.level() < MOST_LEVELS) {
            take(multicast.group(), multicast.content(), node);
            handDown(
                    multicast.group(),
                    new Multicast(multicast.group(), multicast.content(), multicast.level() + 1),
                    node);
        }
    }

    @OnMessage
    void heard(Heartbeat heartbeat, @From NodeId from, Node node) {
        long group = heartbeat.group();
        if (isFromParent(group, from, node) && heartbeat.path().size() < MOST_LEVELS) {
            groups.put(group, group(group).withPath(heartbeat.path()));
            handDown(group, new Heartbeat(group, pathBelow(group, node)), node);
        }
    }

    /** Anything that comes from the parent shows that it is there; another node takes this one for its child by mistake. */
    private boolean isFromParent(long group, NodeId from, Node node) {
        boolean isParent = group(group).isChildOf(from);
        if (isParent) {
            groups.put(group, group(group).withSilentPeriods(0));
        } else {
            node.send(from, new Leave(group));
        }
        return isParent;
    }

    private void handDown(long group, Record message, Node node) {
        group(group).children().forEach(child -> node.send(child, message));
    }

    private void take(long group, Record content, Node node) {
        if (group(group).isMember() && content instanceof Notice) {
            node.send(node.self(), content);
        } else if (group(group).isMember()) {
            above.received(group, content);
        }
    }

    // Who takes it?

    @OnUpcall
    void deliver(long group, Anycast anycast, Node node) {
        search(anycast, node);
    }

    @OnUpcall
    boolean forward(long group, Anycast anycast, NodeId next, Node node) {
        boolean isInTree = groups.containsKey(group);
        if (isInTree) {
            search(anycast, node);
        }
        return !isInTree;
    }

    /** The children and all below them come before the node itself, and that before its parent. */
    @OnMessage
    void search(Anycast anycast, Node node) {
        SortedSet<NodeId> seen = new TreeSet<>(anycast.seen());
        Group group = group(anycast.group());
        Optional<NodeId> child =
                group.children().stream().filter(each -> !seen.contains(each)).findFirst();
        if (child.isEmpty() && group.isMember() && above.taken(anycast.group(), anycast.content())) {
            return;
        }
        if (child.isEmpty()) {
            seen.add(node.self());
        }
        child.or(group::parent)
                .filter(next -> !seen.contains(next))
                .ifPresent(next -> node.send(next, new Anycast(anycast.group(), anycast.content(), seen)));
    }

    @OnMessage
    void noticed(Notice notice) {
        notices.add(notice.number());
    }

    /** What this node knows of the groups in whose trees it is. */
    public SortedMap<Long, Group> groups() {
        return Collections.unmodifiableSortedMap(groups);
    }

    @Neighbours
    SortedSet<NodeId> family() {
        SortedSet<NodeId> family = new TreeSet<>();
        groups.values().forEach(group -> {
            family.addAll(group.children());
            group.parent().ifPresent(family::add);
        });
        return family;
    }

    // Properties

    @Safety
    static boolean familiesAreDisjoint(Scribe node, NodeId self) {
        return node.groups.values().stream()
                .allMatch(group -> !group.isChildOf(self)
                        && !group.children().contains(self)
                        && group.parent().filter(group.children()::contains).isEmpty());
    }

    /** From parent to parent, each of which knows its child, all come to the same root; so no parents run in a circle. */
    @Liveness(within = "2m")
    static boolean allSubscribersAreBelowTheRoot(SystemView<Scribe> system) {
        SortedMap<Long, NodeId> roots = new TreeMap<>();
        for (NodeId node : system.nodes()) {
            for (long group : system.state(node).groups.keySet()) {
                NodeId end = lastAbove(group, node, system);
                boolean isRoot = system.state(end).group(group).isRoot();
                boolean isMember = system.state(node).group(group).isMember();
                if (isMember && !(isRoot && end.equals(roots.computeIfAbsent(group, first -> end)))) {
                    return false;
                }
            }
        }
        return system.all(node -> true);
    }

    private static NodeId lastAbove(long group, NodeId subscriber, SystemView<Scribe> system) {
        NodeId at = subscriber;
        for (int level = 0;
                level < MOST_LEVELS && !system.state(at).group(group).isRoot();
                level++) {
            NodeId child = at;
            at = system.state(at)
                    .group(group)
                    .parent()
                    .filter(node -> system.isKnown(node)
                            && system.state(node).group(group).children().contains(child))
                    .orElse(child);
        }
        return at;
    }
}
