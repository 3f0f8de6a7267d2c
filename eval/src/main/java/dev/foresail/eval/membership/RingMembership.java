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
import dev.foresail.eval.membership.MembershipMessages.Agreed;
import dev.foresail.eval.membership.MembershipMessages.Alive;
import dev.foresail.eval.membership.MembershipMessages.News;
import dev.foresail.eval.membership.MembershipMessages.Probe;
import dev.foresail.eval.membership.MembershipMessages.Summary;
import dev.foresail.eval.membership.MembershipMessages.View;
import dev.foresail.eval.membership.MembershipMessages.Vote;
import dev.foresail.eval.routing.OverlayNode;
import dev.foresail.network.random.Hashing;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A ring in which every node knows all members. Each is watched by its neighbours, who vote when they hear nothing of it. When most of them say so all others are asked too, and when most of all members agree it is dead. Such a verdict, and that somebody has come, goes to all others over a tree that
 * follows from who the members are; what is lost on the way is mended as nodes compare what they know, two at a time. Lives of a node are numbered: who comes back begins the next one, and so does who hears that it is dead. Who is dead is forgotten after a while.
 *
 * <p>Who agrees that a life is over listens to no votes of that life any more, so of two nodes that count the same members never both declare the other dead.
 *
 * <p>Source: Lin and others, WiDS, HotOS 2005, section 3.1, of BitVault; how lives are numbered and comparing ends verdicts, Das, Gupta, Motivala: SWIM, DSN 2002, and Demers and others: Epidemic algorithms for replicated database maintenance, PODC 1987; of two halves, Jajodia and Mutchler: Dynamic
 * voting algorithms for maintaining the consistency of a replicated database, TODS 1990.
 *
 * <p>The bugs that may be put in:
 *
 * <ul>
 *   <li>RM-1: one vote is enough;
 *   <li>RM-2: what a node hears last of another one counts, of whatever life that is;
 *   <li>RM-3: who hears that it is dead leaves it at that;
 *   <li>RM-4: a majority is one of those members that are heard;
 *   <li>RM-5: who is asked for its vote is counted before it has answered.
 * </ul>
 */
@Protocol("ring-membership")
public final class RingMembership implements OverlayNode {
    /** So many at most: each is sent a probe in each period. */
    private static final int MOST_BEYOND = 64;

    final String bug;
    final int watchersPerSide;
    final Duration probePeriod;
    final Duration patience;
    final Duration comparePeriod;
    final Duration memory;

    @TimeOut("an answer to a join")
    final Duration joinTimeout;

    boolean joined;
    NodeId self = NodeId.of(0);
    Optional<NodeId> contact = Optional.empty();

    @Durable
    long incarnation;

    /** Of the members, and of those that are dead until they are forgotten. */
    final NavigableMap<NodeId, Standing> standings = new TreeMap<>();
    /** Of each that is dead, how often this node has compared views since it knows. */
    final SortedMap<NodeId, Integer> ages = new TreeMap<>();
    /** Probes in a row that were not answered. */
    final SortedMap<NodeId, Integer> unanswered = new TreeMap<>();
    /** Of each member that this node hears nothing of, who agrees with it since it said so last, each with its life. */
    final SortedMap<NodeId, SortedMap<NodeId, Long>> votes = new TreeMap<>();
    /** Which lives this node has agreed to be over when it was asked. */
    final SortedMap<NodeId, Long> givenUp = new TreeMap<>();
    /** Those of this node, by suspect, until it is forgotten or there is news of it. */
    final SortedMap<NodeId, Verdict> verdicts = new TreeMap<>();

    /**
     * @param bug one of those above, or {@code none}
     * @param watchersPerSide how many neighbours on each side watch a node, at least 1
     * @param probePeriod from one probe to the next
     * @param patience after so long without an answer a watcher votes, and again as long as there is none
     * @param comparePeriod how often a node compares what it knows with another one, drawn among those that it knows
     * @param memory how long a node knows who is dead, in whole {@code comparePeriod}s
     * @param joinTimeout after so long who has not joined asks again
     * @throws IllegalArgumentException FS541 when nobody would watch, FS555 when views would be compared all the time or the dead known for less than no time
     */
    public RingMembership(
            @Default("none") String bug,
            @Default("2") int watchersPerSide,
            @Default("1s") Duration probePeriod,
            @Default("3s") Duration patience,
            @Default("5s") Duration comparePeriod,
            @Default("5m") Duration memory,
            @Default("2s") Duration joinTimeout) {
        if (watchersPerSide < 1) {
            throw new IllegalArgumentException(
                    "[FS541] at least 1 neighbour on each side watches a node, not " + watchersPerSide);
        }
        if (comparePeriod.isZero() || comparePeriod.isNegative() || memory.isNegative()) {
            throw new IllegalArgumentException(
                    "[FS555] comparePeriod is above 0 and memory at least 0, not " + comparePeriod + " and " + memory);
        }
        this.bug = bug;
        this.watchersPerSide = watchersPerSide;
        this.probePeriod = probePeriod;
        this.patience = patience;
        this.comparePeriod = comparePeriod;
        this.memory = memory;
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

    /** What it has heard, or not, it has in an earlier life: it may have been cut off until now. */
    private void beginNextLife(Node node) {
        votes.clear();
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
        standings.clear();
        ages.clear();
        votes.clear();
        givenUp.clear();
        verdicts.clear();
    }

    // Voting

    /**
     * The neighbours of those that are heard, and those that are not. Where some are known to be dead as many more are watched beyond them, so that of many neighbours that end at once twice as many are found each time.
     */
    SortedSet<NodeId> watched() {
        int beyond = StrictMath.min(MOST_BEYOND, Members.longestRun(self, standings.navigableKeySet(), this::isHeard));
        SortedSet<NodeId> watched =
                Members.nearest(self, watchersPerSide + beyond, standings.navigableKeySet(), this::isHeard);
        watched.addAll(votes.keySet());
        return watched;
    }

    private boolean isHeard(NodeId member) {
        return isAlive(member) && !votes.containsKey(member);
    }

    /** Who watches a node: the nearest members on both sides, but for those of which this one hears nothing either. */
    private SortedSet<NodeId> watchers(NodeId member) {
        return Members.nearest(member, watchersPerSide, standings.navigableKeySet(), this::isHeard);
    }

    Probe probe() {
        return new Probe();
    }

    /** Who is taken for dead and asks has not heard of it. It is answered all the same: it shall not say of this node that it is silent. */
    @OnMessage(when = "isJoined", otherwise = Otherwise.DROP)
    void probed(Probe probe, @From NodeId from, Node node) {
        node.send(from, new Alive());
        if (standings.containsKey(from) && !isAlive(from)) {
            node.send(from, view());
        }
    }

    @OnMessage
    void heard(Alive alive, @From NodeId from) {
        votes.remove(from);
    }

    /** Whoever is taken for dead watches nobody, so it counts anew what is not answered when it begins its next life. */
    boolean isMember() {
        return joined && !isTakenForDead();
    }

    /** Votes of others count until the next time that this node says so itself. */
    @OnSilence(
            of = "watched",
            counts = "unanswered",
            every = "probePeriod",
            within = "patience",
            send = "probe",
            answers = Alive.class,
            when = "isMember")
    void silent(NodeId suspect, Node node) {
        votes.put(suspect, new TreeMap<>(Map.of(self, incarnation)));
        ask(watchers(suspect), suspect, node);
        count(suspect, false, node);
    }

    private void ask(SortedSet<NodeId> others, NodeId suspect, Node node) {
        SortedMap<NodeId, Long> voters = votesOn(suspect);
        Vote vote = new Vote(suspect, incarnationOf(suspect), incarnation);
        for (NodeId other : others) {
            if (!voters.containsKey(other) && !other.equals(suspect)) {
                node.send(other, vote);
                if (bug.equals("RM-5")) {
                    voters.put(other, incarnationOf(other));
                }
            }
        }
    }

    private SortedMap<NodeId, Long> votesOn(NodeId suspect) {
        return votes.getOrDefault(suspect, new TreeMap<>());
    }

    /** Whether a node has agreed that this life is over, or knows so. */
    boolean hasGivenUp(NodeId member, long life) {
        Standing standing = standings.get(member);
        return givenUp.getOrDefault(member, 0L) >= life
                || standing != null && !new Standing(life, true).isNewerThan(standing) && !isIn(member, life);
    }

    private boolean isIn(NodeId member, long life) {
        return new Standing(life, true).equals(standings.get(member));
    }

    /** Who watches somebody and hears it says nothing, nor who has not heard of that life; who has been given up is told so, and begins another life. Who is not known may have been given up and forgotten. */
    @OnMessage(when = "isJoined", otherwise = Otherwise.DROP)
    void asked(Vote vote, @From NodeId from, Node node) {
        if (!standings.containsKey(from)) {
            node.send(from, view());
        } else if (hasGivenUp(from, vote.voterIncarnation())) {
            Standing end = new Standing(vote.voterIncarnation(), false);
            Standing known = standings.getOrDefault(from, end);
            Standing last = known.isNewerThan(end) ? known : end;
            node.send(from, new View(new TreeMap<>(Map.of(from, last)), false));
        } else if (agrees(vote.suspect(), vote.incarnation())) {
            givenUp.merge(vote.suspect(), vote.incarnation(), StrictMath::max);
            node.send(from, new Agreed(vote.suspect(), vote.incarnation(), incarnation));
        }
    }

    private boolean agrees(NodeId suspect, long life) {
        boolean isHeardHere = watched().contains(suspect) && !votes.containsKey(suspect);
        return !isHeardHere && (hasGivenUp(suspect, life) || isIn(suspect, life) && !suspect.equals(self));
    }

    boolean isSilentHereToo(Agreed agreed) {
        return votes.containsKey(agreed.suspect()) && isIn(agreed.suspect(), agreed.incarnation());
    }

    @OnMessage(when = "isSilentHereToo", otherwise = Otherwise.DROP)
    void voted(Agreed agreed, @From NodeId from, Node node) {
        boolean areAllAsked = watchersAgree(agreed.suspect());
        votesOn(agreed.suspect()).put(from, agreed.voterIncarnation());
        count(agreed.suspect(), areAllAsked, node);
    }

    /** Of the members that agree, each in the life that it is in. */
    private SortedMap<NodeId, Long> voters(NodeId suspect) {
        SortedMap<NodeId, Long> voters = new TreeMap<>(votesOn(suspect));
        voters.entrySet().removeIf(voter -> !isIn(voter.getKey(), voter.getValue()));
        return voters;
    }

    private boolean watchersAgree(NodeId suspect) {
        SortedSet<NodeId> watchers = watchers(suspect);
        return 2 * Members.count(voters(suspect).keySet(), watchers) > watchers.size();
    }

    /** When the watchers are sure but are not most of all, the others are asked too, once in each round, if those that are heard can be most: who is cut off asks nobody. */
    private void count(NodeId suspect, boolean areAllAsked, Node node) {
        if (!watchersAgree(suspect) && !bug.equals("RM-1")) {
            return;
        }
        SortedSet<NodeId> electorate = members();
        SortedSet<NodeId> heard = members();
        heard.removeAll(votes.keySet());
        if (bug.equals("RM-4")) {
            electorate = heard;
        }
        SortedMap<NodeId, Long> voters = voters(suspect);
        if (bug.equals("RM-1") || Members.areMost(voters.keySet(), electorate)) {
            long life = incarnationOf(suspect);
            Verdict verdict = new Verdict(self, incarnation, suspect, life, voters, members());
            announce(suspect, new Standing(life, false), node);
            verdicts.put(suspect, verdict);
            node.send(suspect, view());
        } else if (!areAllAsked && Members.areMost(heard, electorate)) {
            ask(heard, suspect, node);
        }
    }

    // Broadcast

    private void announce(NodeId subject, Standing standing, Node node) {
        learn(subject, standing);
        handOn(new News(subject, standing, self), node);
    }

    private void handOn(News news, Node node) {
        List<NodeId> range = Members.between(self, news.end(), standings.navigableKeySet(), this::isAlive);
        Members.shares(range, news.end())
                .forEach(share -> node.send(share.to(), new News(news.subject(), news.standing(), share.end())));
    }

    @OnMessage(when = "isJoined", otherwise = Otherwise.DROP)
    void news(News news, Node node) {
        learn(news.subject(), news.standing());
        handOn(news, node);
    }

    /** That somebody is dead is no news for who does not know it: so nobody is told again what it has forgotten. */
    private void learn(NodeId subject, Standing standing) {
        Standing known = standings.get(subject);
        boolean isNews = known == null
                ? standing.isAlive() || subject.equals(self)
                : standing.isNewerThan(known) || bug.equals("RM-2");
        if (isNews) {
            standings.put(subject, standing);
            ages.remove(subject);
            votes.remove(subject);
            verdicts.remove(subject);
            if (givenUp.getOrDefault(subject, 0L) < standing.incarnation()) {
                givenUp.remove(subject);
            }
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

    /** Also with those that are dead, should they be there after all, but not more often than with members. */
    @OnTimer(value = "compare", when = "isJoined")
    void compare(Node node) {
        node.setTimer("compare", comparePeriod);
        forget();
        List<NodeId> others = new ArrayList<>(members());
        others.remove(self);
        ages.keySet().stream()
                .sorted(Comparator.comparing(ages::get))
                .limit(StrictMath.max(1, others.size()))
                .forEach(others::add);
        if (!others.isEmpty()) {
            node.send(others.get(node.random(others.size())), new Summary(digest()));
        }
    }

    /** Who is dead, after so many comparisons as {@code memory} is long. */
    private void forget() {
        long most = memory.dividedBy(comparePeriod);
        standings.forEach((member, standing) -> {
            if (!standing.isAlive()) {
                ages.merge(member, 1, Integer::sum);
            }
        });
        standings.keySet().removeIf(member -> ages.getOrDefault(member, 0) > most);
        ages.keySet().retainAll(standings.keySet());
        givenUp.keySet().retainAll(standings.keySet());
        verdicts.keySet().retainAll(standings.keySet());
    }

    /** Of the members alone: one node knows the dead longer than another. */
    private long digest() {
        long digest = 0;
        for (NodeId member : members()) {
            digest = Hashing.combine(Hashing.combine(digest, member.value()), incarnationOf(member));
        }
        return digest;
    }

    private View view() {
        return new View(standings, true);
    }

    @OnMessage(when = "isJoined", otherwise = Otherwise.DROP)
    void summary(Summary summary, @From NodeId from, Node node) {
        if (summary.digest() != digest()) {
            node.send(from, view());
        }
    }

    boolean isInterested() {
        return joined || contact.isPresent();
    }

    @OnMessage(when = "isInterested", otherwise = Otherwise.DROP)
    void view(View view, @From NodeId from, Node node) {
        SortedMap<NodeId, Standing> newer = new TreeMap<>(standings);
        newer.keySet().removeIf(member -> !isNewsFor(view, member));
        view.standings().forEach((member, standing) -> learn(member, standing));
        if (!joined) {
            begin(node);
        } else if (view.isAnswered() && !newer.isEmpty()) {
            node.send(from, new View(newer, false));
        }
    }

    private boolean isNewsFor(View view, NodeId member) {
        Standing there = view.standings().get(member);
        Standing here = standings.get(member);
        return there == null ? isAlive(member) : here != null && here.isNewerThan(there);
    }

    // What is asked of it

    /** Who is there, as far as this node knows. */
    @Neighbours
    SortedSet<NodeId> members() {
        return new TreeSet<>(living().keySet());
    }

    /** Who is counted for a verdict and is in the same life still has voted so. Asked until who gave it compares views, as the one that has voted may forget it after that. */
    @Safety
    static boolean whoIsCountedHasVoted(SystemView<RingMembership> system) {
        return system.nodes().stream()
                .map(system::state)
                .flatMap(node ->
                        node.verdicts.values().stream().filter(verdict -> !node.ages.containsKey(verdict.suspect())))
                .allMatch(verdict -> verdict.voters().entrySet().stream()
                        .allMatch(voter -> !system.isKnown(voter.getKey())
                                || system.state(voter.getKey()).mayHaveVoted(voter.getValue(), verdict)));
    }

    private boolean mayHaveVoted(long life, Verdict verdict) {
        return !joined
                || incarnation != life
                || !standings.containsKey(verdict.suspect())
                || hasGivenUp(verdict.suspect(), verdict.suspectIncarnation());
    }

    /** Of two parts of a ring that hear nothing of each other, at most one declares the other dead, as long as nobody has forgotten whom it has given up. */
    @Safety
    static boolean verdictsDoNotContradictEachOther(SystemView<RingMembership> system) {
        return system.nodes().stream()
                .flatMap(node -> system.state(node).verdicts.values().stream())
                .noneMatch(verdict -> system.isKnown(verdict.suspect())
                        && Optional.ofNullable(
                                        system.state(verdict.suspect()).verdicts.get(verdict.giver()))
                                .filter(verdict::contradicts)
                                .isPresent());
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

    /** Whoever is not there is no member for anybody, unless those who are left are not most of the members and may not say so. */
    @Liveness(within = "2m")
    static boolean whoIsGoneIsNoMember(SystemView<RingMembership> system) {
        SortedSet<NodeId> joined = new TreeSet<>(system.nodes());
        joined.removeIf(node -> !system.state(node).joined);
        return joined.stream()
                .map(node -> system.state(node).members())
                .allMatch(members -> joined.containsAll(members) || !Members.areMost(joined, members));
    }

    /** Who the members are, and in which lives. */
    @Liveness(within = "2m")
    static boolean viewsAgree(SystemView<RingMembership> system) {
        List<SortedMap<NodeId, Standing>> views = system.nodes().stream()
                .map(system::state)
                .filter(RingMembership::isJoined)
                .map(node -> node.living())
                .distinct()
                .toList();
        return views.size() <= 1;
    }

    private SortedMap<NodeId, Standing> living() {
        SortedMap<NodeId, Standing> living = new TreeMap<>(standings);
        living.values().removeIf(standing -> !standing.isAlive());
        return living;
    }
}
