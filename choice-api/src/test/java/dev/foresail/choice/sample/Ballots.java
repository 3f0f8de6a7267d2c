package dev.foresail.choice.sample;

import dev.foresail.choice.Each;
import dev.foresail.choice.Liveness;
import dev.foresail.choice.Multiset;
import dev.foresail.choice.Node;
import dev.foresail.choice.NodeId;
import dev.foresail.choice.OnCall;
import dev.foresail.choice.Protocol;
import dev.foresail.choice.Safety;
import dev.foresail.choice.Stable;
import dev.foresail.choice.SystemView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A protocol with stable fields of every kind, and with properties that read them, or more. */
@Protocol("ballots")
public final class Ballots {
    public record Vote(int round, String value) {}

    public final int quorum;

    @Stable
    public final SortedSet<String> values = new TreeSet<>(Comparator.reverseOrder());

    @Stable
    public LinkedHashSet<NodeId> seen = new LinkedHashSet<>();

    @Stable
    public final SortedMap<Integer, Vote> votes = new TreeMap<>();

    @Stable
    public LinkedHashMap<String, Integer> counts = new LinkedHashMap<>();

    @Stable
    public final ArrayList<String> log = new ArrayList<>();

    @Stable
    public List<Vote> history = List.of();

    @Stable
    public Optional<String> decided = Optional.empty();

    public int round;
    public final SortedSet<String> open = new TreeSet<>();

    public Ballots(int quorum) {
        this.quorum = quorum;
    }

    @OnCall
    void vote(int round, String value, Node node) {
        this.round = round;
        votes.put(round, new Vote(round, value));
    }

    boolean isBusy() {
        return !open.isEmpty();
    }

    boolean contains(String value) {
        return open.contains(value);
    }

    private static Set<String> decisions(SystemView<Ballots> view) {
        Set<String> decisions = new HashSet<>();
        for (NodeId node : view.nodes()) {
            Ballots ballots = view.state(node);
            ballots.decided.ifPresent(decisions::add);
        }
        return decisions;
    }

    static boolean isIdle(Ballots ballots) {
        return ballots.open.isEmpty();
    }

    // --- These read nothing but stable fields and configuration.

    @Safety
    static boolean oneDecision(SystemView<Ballots> view) {
        return decisions(view).size() <= 1;
    }

    @Safety
    static boolean oneVoteARound(SystemView<Ballots> view) {
        SortedMap<Integer, Vote> first = new TreeMap<>();
        for (NodeId node : view.nodes()) {
            for (Vote vote : view.state(node).votes.values()) {
                Vote other = first.putIfAbsent(vote.round(), vote);
                if (other != null && !other.equals(vote)) {
                    return false;
                }
            }
        }
        return true;
    }

    @Safety
    static boolean noMoreThanTheQuorum(SystemView<Ballots> view) {
        return view.all(state -> state.values.size() <= state.quorum);
    }

    @Safety
    static boolean oneDecisionOfEach(@Each("decided") Multiset<String> decided) {
        return decided.distinct() <= 1;
    }

    /** The votes differ in nothing but the rounds that are voted in. */
    @Safety
    static boolean oneVoteAPlace(
            @Each("voted") Multiset<Vote> voted, @Each("votedRounds") Multiset<Integer> votedRounds) {
        return voted.distinct() == votedRounds.distinct();
    }

    static Collection<Vote> voted(Ballots ballots) {
        return ballots.votes.values();
    }

    static Set<Integer> votedRounds(Ballots ballots, NodeId self) {
        return ballots.votes.keySet();
    }

    @Safety
    static boolean sameWords(SystemView<Ballots> view) {
        return view.nodes().stream()
                        .map(view::state)
                        .flatMap(state -> state.history.stream())
                        .map(Vote::value)
                        .distinct()
                        .count()
                <= 1;
    }

    // --- And these read more, or may.

    @Safety
    static boolean oneRoundOfEach(@Each("decided") Multiset<String> decided, @Each("round") Multiset<Integer> rounds) {
        return rounds.distinct() <= 1 + decided.size();
    }

    @Safety
    static boolean idleOfEach(@Each("isIdle") Multiset<Boolean> idle) {
        return !idle.contains(false);
    }

    @Safety
    static boolean noRoundsApart(SystemView<Ballots> view) {
        return view.nodes().stream().allMatch(node -> view.state(node).round < 3);
    }

    @Safety
    static boolean idleByHelper(SystemView<Ballots> view) {
        return view.all(Ballots::isIdle);
    }

    @Safety
    static boolean idleByMethod(SystemView<Ballots> view) {
        return view.all(state -> !state.isBusy());
    }

    @Safety
    static boolean methodNamedAsOneOfTheLibrary(SystemView<Ballots> view) {
        return view.all(state -> !state.contains("x"));
    }

    @Safety
    static boolean shown(SystemView<Ballots> view) {
        return view.nodes().stream()
                .noneMatch(node -> String.valueOf(view.state(node)).isEmpty());
    }

    @Safety
    static boolean judgedElsewhere(SystemView<Ballots> view) {
        return BallotJudge.all(view);
    }

    @Safety
    static boolean fresh(SystemView<Ballots> view) {
        return view.nodes().stream().allMatch(node -> view.ageNanos(node) == 0);
    }

    @Safety
    static boolean ofOneNode(Ballots state) {
        return state.values.size() < 100;
    }

    @Liveness
    static boolean somebodyDecides(SystemView<Ballots> view) {
        return !decisions(view).isEmpty();
    }
}
