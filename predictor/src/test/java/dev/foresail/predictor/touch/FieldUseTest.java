package dev.foresail.predictor.touch;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.SystemView;
import dev.foresail.choice.machine.PropertyDescription;
import dev.foresail.predictor.fixture.Lockers;
import dev.foresail.predictor.fixture.LockersMachine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

final class FieldUseTest {
    private static final FieldUse USE = FieldUse.of(Sample.class);
    private static final Set<String> MUTABLE = Set.of("friends", "weights", "view", "peers");

    /** Something that can be changed. */
    @SuppressWarnings({"unused", "UnusedVariable"})
    private static final class Peer {
        int age;
    }

    private record Place(int row, Optional<Place> next) {}

    /** Other code that reads states. */
    private static final class Elsewhere {
        static boolean isFine(SystemView<Sample> view) {
            return view.nodes().stream().allMatch(node -> isFine(view.state(node)));
        }

        static boolean isFine(Sample sample) {
            return sample.total < 9;
        }
    }

    /** All ways to get at fields. */
    @SuppressWarnings({"unused", "UnusedMethod", "ObjectToString"})
    private static final class Sample {
        private int total;
        private long count;
        private Place place = new Place(0, Optional.empty());
        private final SortedSet<NodeId> friends = new TreeSet<>();
        private final SortedMap<NodeId, Integer> weights = new TreeMap<>();
        private SortedSet<NodeId> view = friends;
        private final SortedMap<NodeId, Peer> peers = new TreeMap<>();

        void assigns() {
            total = friends.isEmpty() ? 1 : 2;
        }

        void addsUp(int more) {
            total += more;
            count++;
        }

        void befriends(NodeId node) {
            friends.add(node);
        }

        void moves() {
            place = new Place(place.row() + 1, Optional.of(place));
        }

        void helped(NodeId node) {
            help(this, node);
        }

        private static void help(Sample sample, NodeId node) {
            sample.weights.put(node, 1);
            sample.again(node);
        }

        private void again(NodeId node) {
            if (count < 0) {
                helped(node);
            }
        }

        void looks(NodeId node) {
            view.remove(node);
        }

        void ages(NodeId node) {
            peers.computeIfAbsent(node, added -> new Peer()).age++;
        }

        void captures(List<NodeId> nodes) {
            nodes.forEach(node -> {
                if (friends.contains(node)) {
                    total++;
                }
            });
        }

        void refers(List<NodeId> nodes) {
            nodes.forEach(this::befriends);
        }

        void goesAstray(List<Object> all) {
            all.add(this);
        }

        Sample givesAway() {
            return this;
        }

        void keeps() {
            Sample kept = this;
            kept.total = 1;
        }

        void chooses(Sample other, List<Object> all) {
            Sample one = total > 0 ? this : other;
            one.total = 1;
            one.count = 1;
            all.add(one);
        }

        void speaks(StringBuilder text) {
            text.append(total).append(this);
        }

        void asksOthers(Supplier<Sample> other) {
            other.get().total = 2;
        }

        static boolean isSmall(Sample sample) {
            return sample.total < 10 && sample.count < 10;
        }

        static boolean isLonely(Sample sample) {
            return sample.friends.stream().noneMatch(friend -> sample.weights.containsKey(friend));
        }

        static boolean sees(Sample sample) {
            return sample.view.isEmpty();
        }

        static boolean isFineElsewhere(SystemView<Sample> view) {
            return Elsewhere.isFine(view);
        }

        static boolean areFineElsewhere(SystemView<Sample> view) {
            return view.nodes().stream().map(view::state).allMatch(Elsewhere::isFine);
        }

        static boolean areDifferent(SystemView<Sample> view) {
            return view.nodes().stream().map(view::state).distinct().count() > 1;
        }

        static boolean areSmall(SystemView<Sample> view) {
            for (NodeId node : view.nodes()) {
                if (view.state(node).total > 9) {
                    return false;
                }
            }
            return true;
        }

        void many() {
            total = 1;
        }

        void many(NodeId node) {
            weights.remove(node);
        }
    }

    @Test
    void whatIsAssignedIsChangedAndWhatIsReadIsNotUnlessItIsACollection() {
        assertEquals(Optional.of(Set.of("total", "friends")), USE.changedBy("assigns"));
        assertEquals(Optional.of(Set.of("total", "count")), USE.changedBy("addsUp"));
        assertEquals(Optional.of(Set.of("friends")), USE.changedBy("befriends"));
        assertEquals(Optional.of(Set.of("place")), USE.changedBy("moves"));
    }

    @Test
    void whatOtherMethodsDoCountsInCirclesToo() {
        assertEquals(Optional.of(Set.of("weights")), USE.changedBy("helped"));
        assertEquals(Optional.of(Set.of("total", "friends")), USE.changedBy("captures"));
        assertEquals(Optional.of(Set.of("friends")), USE.changedBy("refers"));
        assertEquals(Optional.of(Set.of("total", "weights")), USE.changedBy("many"), "of both that have the name");
    }

    @Test
    void whatMayBeSharedMayBeAnyCollection() {
        assertEquals(Optional.of(MUTABLE), USE.changedBy("looks"));
        assertEquals(Optional.of(MUTABLE), USE.changedBy("ages"));
        assertEquals(Optional.of(MUTABLE), USE.readBy("sees"));
    }

    @Test
    void aStateThatGoesAstrayMayBeChangedInAnyWay() {
        for (String method : List.of("goesAstray", "givesAway", "keeps", "chooses", "speaks", "asksOthers")) {
            assertEquals(Optional.empty(), USE.changedBy(method), method);
        }
        assertEquals(Optional.empty(), USE.changedBy("noMethod"));
    }

    @Test
    void propertiesReadWhatTheyNameInLambdasToo() {
        assertEquals(Optional.of(Set.of("total", "count")), USE.readBy("isSmall"));
        assertEquals(Optional.of(Set.of("friends", "weights")), USE.readBy("isLonely"));
    }

    @Test
    void whatIsReadOfASystemIsAnything() {
        for (String property : List.of("isFineElsewhere", "areFineElsewhere", "areDifferent", "areSmall")) {
            assertEquals(Optional.empty(), USE.readBy(property), property);
        }
    }

    @Test
    void whoLooksAtAFieldSeesWhatMayBeTheSameCollection() {
        assertEquals(Optional.of(Set.of("total")), USE.readOf("total"));
        assertEquals(Optional.of(MUTABLE), USE.readOf("view"));
        assertEquals(Optional.empty(), FieldUse.of(ArrayList.class).readOf("size"));
    }

    /** A property of what nodes contribute reads none itself: it is touched by what touches the contributions. */
    @Test
    void aPropertyOfContributionsIsTouchedByHandlersOfTheirFields() {
        LockersMachine machine = new LockersMachine();
        TouchedProperties<Lockers> touched = new TouchedProperties<>(machine, machine.properties());
        SortedMap<String, List<String>> byHandler = new TreeMap<>();
        for (int handler = 0; handler < machine.handlers().size(); handler++) {
            byHandler.put(
                    machine.handlers().get(handler).name(),
                    touched.of(handler).stream()
                            .map(PropertyDescription::name)
                            .filter(name -> !name.endsWith("OfAll"))
                            .toList());
        }
        assertEquals(List.of("noKeyIsHeldByMany"), byHandler.get("take"));
        assertEquals(List.of("fewBadges"), byHandler.get("pin"));
        assertEquals(List.of("fewBadges"), byHandler.get("join"));
        assertEquals(List.of("fewAreClosed"), byHandler.get("close"));
        assertEquals(List.of("somebodyIsHere"), byHandler.get("pause"));
    }

    @Test
    void ofAClassThatInheritsNothingIsCertain() {
        assertEquals(Optional.empty(), FieldUse.of(ArrayList.class).changedBy("add"));
    }
}
