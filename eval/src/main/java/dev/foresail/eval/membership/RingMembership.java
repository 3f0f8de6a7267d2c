package dev.foresail.eval.membership;

import dev.foresail.choice.Default;
import dev.foresail.choice.Durable;
import dev.foresail.choice.From;
import dev.foresail.choice.Liveness;
import dev.foresail.choice.Neighbours;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.OnChange;
import dev.foresail.choice.OnMessage;
import dev.foresail.choice.OnSilence;
import dev.foresail.choice.OnTimer;
import dev.foresail.choice.Otherwise;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.TimeOut;
import dev.foresail.eval.routing.OverlayNode;
import dev.foresail.network.random.Hashing;
import java.time.Duration;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A ring in which every node knows all members. Each is watched by its neighbours, who vote when they hear nothing of it; when most of them say so it is dead. Such a verdict, and that somebody has come, goes to all others over a tree that follows from who the members are; what is lost on
 * the way is mended as nodes compare what they know, two at a time. Lives of a node are numbered: who comes back begins the next one, and so does who hears that it is dead.
 *
 * <p>Source: Lin and others, WiDS, HotOS 2005, section 3.1, of BitVault; how lives are numbered and comparing ends verdicts, Das, Gupta, Motivala: SWIM, DSN 2002, and Demers and others: Epidemic algorithms for replicated database maintenance, PODC 1987.
 *
 * <p>The bugs that may be put in:
 *
 * <ul>
 *   <li>RM-1: one vote is enough;
 *   <li>RM-2: what a node hears last of another one counts, of whatever life that is;
 *   <li>RM-3: who hears that it is dead leaves it at that.
 * </ul>
 */
@Protocol("ring-membership")
public final class RingMembership implements OverlayNode {
    /**
     * What there is to know of a node.
     *
     * @param incarnation which of its lives, from 1 on
     * @param isAlive whether it is in that one still
     */
    public record Standing(long incarnation, boolean isAlive) {
        /** Whether it is a later life, or its end. */
        boolean isNewerThan(Standing other) {
            return incarnation != other.incarnation ? incarnation > other.incarnation : !isAlive && other.isAlive;
        }
    }

    /** Are you there? */
    public record Probe() {}

    /** I am. */
    public record Alive() {}

    /** I have heard nothing of {@code suspect} for long. */
    public record Vote(NodeId suspect, long incarnation) {}

    /** To be handed on to the members from the receiver on that come before {@code end}. */
    public record News(NodeId subject, Standing standing, NodeId end) {}

    /** What I know comes to this number. */
    public record Summary(long digest) {}

    /**
     * Whom I know.
     *
     * @param isAnswered whether the receiver shall say what is not in it
     */
    public record View(SortedMap<NodeId, Standing> standings, boolean isAnswered) {}

    /** Why somebody was declared dead: who has voted so, of those who watch it. */
    public record Verdict(NodeId suspect, SortedSet<NodeId> voters, SortedSet<NodeId> watchers) {}

    final String bug;
    final int watchersPerSide;
    final Duration probePeriod;
    final Duration patience;
    final Duration comparePeriod;

    @TimeOut("an answer to a join")
    final Duration joinTimeout;

    boolean joined;
    NodeId self = NodeId.of(0);
    Optional<NodeId> contact = Optional.empty();

    @Durable
    long incarnation;

    /** Of everybody that was ever heard of. */
    final NavigableMap<NodeId, Standing> standings = new TreeMap<>();
    /** Probes in a row that were not answered. */
    final SortedMap<NodeId, Integer> unanswered = new TreeMap<>();
    /** Of each member that this node hears nothing of, who says so too since it said so last. */
    final SortedMap<NodeId, SortedSet<NodeId>> votes = new TreeMap<>();
    /** The last one of this node. */
    Optional<Verdict> verdict = Optional.empty();

    /**
     * @param bug one of those above, or {@code none}
     * @param watchersPerSide how many neighbours on each side watch a node, at least 1
     * @param probePeriod from one probe to the next
     * @param patience after so long without an answer a watcher votes, and again as long as there is none
     * @param comparePeriod how often a node compares what it knows with another one, drawn among all that it has heard of
     * @param joinTimeout after so long who has not joined asks again
     * @throws IllegalArgumentException FS541 when nobody would watch
     */
    public RingMembership(
            @Default("none") String bug,
            @Default("2") int watchersPerSide,
            @Default("1s") Duration probePeriod,
            @Default("3s") Duration patience,
            @Default("5s") Duration comparePeriod,
            @Default("2s") Duration joinTimeout) {
        if (watchersPerSide < 1) {
            throw new IllegalArgumentException(
                    "[FS541] at least 1 neighbour on each side watches a node, not " + watchersPerSide);
        }
        this.bug = bug;
        this.watchersPerSide = watchersPerSide;
        this.probePeriod = probePeriod;
        this.patience = patience;
        this.comparePeriod = comparePeriod;
        this.joinTimeout = joinTimeout;
    }

    @Override
    public boolean isJoined() {
        return joined;
    }

    // Joining and leaving

    /** The first one joins over itself. Who has not joined yet may try another contact. */
    @OnCall(when = "!isJoined")
    void join(NodeId known, Node node) {
        self = node.self();
        contact = Optional.of(known);
        if (known.equals(self)) {
            begin(node);
        } else {
            askToJoin(node);
        }
    }

    @OnTimer(value = "join", when = "!isJoined")
    void askToJoin(Node node) {
        contact.ifPresent(known -> {
            node.send(known, new Summary(0));
            node.setTimer("join", joinTimeout);
        });
    }

    private void begin(Node node) {
        joined = true;
        node.cancelTimer("join");
        node.setTimer("compare", comparePeriod);
        beginNextLife(node);
    }

    private void beginNextLife(Node node) {
        incarnation = StrictMath.max(incarnation, incarnationOf(self)) + 1;
        announce(self, new Standing(incarnation, true), node);
    }

    private long incarnationOf(NodeId member) {
        Standing standing = standings.get(member);
        return standing == null ? 0 : standing.incarnation();
    }

    private boolean isAlive(NodeId member) {
        Standing standing = standings.get(member);
        return standing != null && standing.isAlive();
    }

    @OnCall(when = "isJoined")
    void leave(Node node) {
        joined = false;
        contact = Optional.empty();
        announce(self, new Standing(incarnation, false), node);
        votes.clear();
    }

    // Voting

    /** The neighbours of those that are heard, and those that are not. */
    SortedSet<NodeId> watched() {
        SortedSet<NodeId> watched = watchers(self);
        watched.addAll(votes.keySet());
        return watched;
    }

    /** Who watches a node: the nearest members on both sides, but for those of which this one hears nothing either. */
    private SortedSet<NodeId> watchers(NodeId member) {
        return Members.nearest(
                member,
                watchersPerSide,
                standings.navigableKeySet(),
                other -> isAlive(other) && !votes.containsKey(other));
    }

    Probe probe() {
        return new Probe();
    }

    /** Who is taken for dead and asks has not heard of it. */
    @OnMessage(when = "isJoined", otherwise = Otherwise.DROP)
    void probed(Probe probe, @From NodeId from, Node node) {
        boolean isDead = standings.containsKey(from) && !isAlive(from);
        node.send(from, isDead ? new View(standings, true) : new Alive());
    }

    @OnMessage
    void heard(Alive alive, @From NodeId from) {
        votes.remove(from);
    }

    /** Votes of others count until the next time that this node says so itself. */
    @OnSilence(
            of = "watched",
            counts = "unanswered",
            every = "probePeriod",
            within = "patience",
            send = "probe",
            answers = Alive.class,
            when = "isJoined")
    void silent(NodeId suspect, Node node) {
        votes.put(suspect, new TreeSet<>(List.of(self)));
        Vote vote = new Vote(suspect, incarnationOf(suspect));
        watchers(suspect).stream().filter(other -> !other.equals(self)).forEach(other -> node.send(other, vote));
        count(suspect, node);
    }

    boolean isSilentHereToo(Vote vote) {
        return votes.containsKey(vote.suspect()) && vote.incarnation() == incarnationOf(vote.suspect());
    }

    @OnMessage(when = "isSilentHereToo", otherwise = Otherwise.DROP)
    void voted(Vote vote, @From NodeId from, Node node) {
        votes.computeIfPresent(vote.suspect(), (suspect, voters) -> {
            voters.add(from);
            return voters;
        });
        count(vote.suspect(), node);
    }

    /** Nobody decides alone, unless there is nobody else to ask. */
    private void count(NodeId suspect, Node node) {
        SortedSet<NodeId> watchers = watchers(suspect);
        SortedSet<NodeId> voters = new TreeSet<>(watchers);
        voters.retainAll(votes.getOrDefault(suspect, new TreeSet<>()));
        Verdict possible = new Verdict(suspect, voters, watchers);
        if (bug.equals("RM-1")
                || hasMajority(possible) && (voters.size() > 1 || members().size() == 2)) {
            verdict = Optional.of(possible);
            announce(suspect, new Standing(incarnationOf(suspect), false), node);
            node.send(suspect, new View(standings, true));
        }
    }

    private static boolean hasMajority(Verdict verdict) {
        return 2 * verdict.voters().size() > verdict.watchers().size();
    }

    // Broadcast

    private void announce(NodeId subject, Standing standing, Node node) {
        learn(subject, standing, node);
        handOn(new News(subject, standing, self), node);
    }

    private void handOn(News news, Node node) {
        List<NodeId> range = Members.between(self, news.end(), standings.navigableKeySet(), this::isAlive);
        Members.shares(range, news.end())
                .forEach(share -> node.send(share.to(), new News(news.subject(), news.standing(), share.end())));
    }

    @OnMessage(when = "isJoined", otherwise = Otherwise.DROP)
    void news(News news, Node node) {
        learn(news.subject(), news.standing(), node);
        handOn(news, node);
    }

    private void learn(NodeId subject, Standing standing, Node node) {
        Standing known = standings.get(subject);
        if (known == null || standing.isNewerThan(known) || bug.equals("RM-2")) {
            if (known != null && known.incarnation() > standing.incarnation()) {
                throw node.fail("an earlier life of " + subject + " is taken for its last one");
            }
            standings.put(subject, standing);
            votes.remove(subject);
        }
    }

    boolean isTakenForDead() {
        return joined && !new Standing(incarnation, true).equals(standings.get(self));
    }

    /** Also who was told of a life that it has forgotten. */
    @OnChange(when = "isTakenForDead")
    void contradict(Node node) {
        if (!bug.equals("RM-3")) {
            beginNextLife(node);
        }
    }

    // Anti-entropy

    /** Also with those that are dead, or rings that were parted would never meet. */
    @OnTimer(value = "compare", when = "isJoined")
    void compare(Node node) {
        node.setTimer("compare", comparePeriod);
        List<NodeId> others =
                standings.keySet().stream().filter(other -> !other.equals(self)).toList();
        if (!others.isEmpty()) {
            node.send(others.get(node.random(others.size())), new Summary(digest()));
        }
    }

    private long digest() {
        long digest = 0;
        for (NodeId member : standings.keySet()) {
            digest = Hashing.combine(Hashing.combine(digest, member.value()), incarnationOf(member));
            digest = Hashing.combine(digest, isAlive(member) ? 1 : 0);
        }
        return digest;
    }

    @OnMessage(when = "isJoined", otherwise = Otherwise.DROP)
    void summary(Summary summary, @From NodeId from, Node node) {
        if (summary.digest() != digest()) {
            node.send(from, new View(standings, true));
        }
    }

    boolean isInterested() {
        return joined || contact.isPresent();
    }

    @OnMessage(when = "isInterested", otherwise = Otherwise.DROP)
    void view(View view, @From NodeId from, Node node) {
        SortedMap<NodeId, Standing> newer = new TreeMap<>(standings);
        newer.keySet().removeIf(member -> !isNewsFor(view, member));
        view.standings().forEach((member, standing) -> learn(member, standing, node));
        if (!joined) {
            begin(node);
        } else if (view.isAnswered() && !newer.isEmpty()) {
            node.send(from, new View(newer, false));
        }
    }

    private boolean isNewsFor(View view, NodeId member) {
        Standing there = view.standings().get(member);
        Standing here = standings.get(member);
        return there == null || here != null && here.isNewerThan(there);
    }

    // What is asked of it

    /** Who is there, as far as this node knows. */
    @Neighbours
    SortedSet<NodeId> members() {
        SortedSet<NodeId> members = new TreeSet<>(standings.keySet());
        members.removeIf(member -> !isAlive(member));
        return members;
    }

    @Safety
    static boolean verdictsHaveAMajority(RingMembership node) {
        return node.verdict.filter(last -> !hasMajority(last)).isEmpty();
    }

    /** A node that hears of an end or another life of its own begins the next one in the same step. */
    @Safety
    static boolean isAMemberInItsOwnView(RingMembership node) {
        return !node.isTakenForDead();
    }

    /** Whoever has left, or is dead, is not voted on any more. */
    @Safety
    static boolean onlyMembersAreSilent(RingMembership node) {
        return node.members().containsAll(node.votes.keySet());
    }

    @Liveness(within = "60s")
    static boolean allJoined(SystemView<RingMembership> system) {
        return system.all(node -> node.joined || node.contact.isEmpty());
    }

    /** Whoever is there is a member for all others, in the life that it is in. */
    @Liveness(within = "2m")
    static boolean whoIsThereIsAMember(SystemView<RingMembership> system) {
        return allJoined(system)
                && system.nodes().stream().allMatch(member -> {
                    RingMembership there = system.state(member);
                    Standing alive = new Standing(there.incarnation, true);
                    return !there.joined
                            || system.all(node -> !node.joined || alive.equals(node.standings.get(member)));
                });
    }

    /** Whoever is not there is no member for anybody; who is left alone may not know. */
    @Liveness(within = "2m")
    static boolean whoIsGoneIsNoMember(SystemView<RingMembership> system) {
        long joined = system.nodes().stream()
                .filter(node -> system.state(node).joined)
                .count();
        return joined < 2
                || system.all(node -> !node.joined
                        || node.members().stream()
                                .allMatch(member -> system.isKnown(member) && system.state(member).joined));
    }

    @Liveness(within = "2m")
    static boolean viewsAgree(SystemView<RingMembership> system) {
        List<NavigableMap<NodeId, Standing>> views = system.nodes().stream()
                .map(system::state)
                .filter(RingMembership::isJoined)
                .map(node -> node.standings)
                .distinct()
                .toList();
        return views.size() <= 1;
    }
}
