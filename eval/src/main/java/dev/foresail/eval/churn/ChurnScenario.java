package dev.foresail.eval.churn;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.ParameterDescription;
import dev.foresail.choice.stack.Stack;
import dev.foresail.eval.churn.Consistency.Told;
import dev.foresail.eval.experiment.Distribution;
import dev.foresail.eval.pastry.Ring;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.scenario.Scenario;
import dev.foresail.predictor.scenario.Stage;
import dev.foresail.predictor.scenario.fault.Churn;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Groups of nodes look up keys while nodes die and others join, as Mace's Bamboo was measured (Killian et al., PLDI 2007, section 5.2) after Rhea and others (Handling churn in a DHT, USENIX 2004).
 *
 * <p>The first {@code members} nodes join one after the other, each over one that has joined. When the last one has started, nodes begin to die and as many to join, each a Poisson process; who joins is one of the
 * nodes after the first {@code members}, never seen before. Each group looks up one random key at a time that is drawn as well: all its members that are there and have joined ask for it at the same moment. A group has
 * places; that of a node that has died goes to one that joins.
 *
 * <p>Judged is each lookup {@code deadline} later: of the members that were asked and have lived since, whether more than half were told the same root, and who was. Who has died meanwhile does not count, who got no
 * answer does. Noted: {@code consistentPercent} of all lookups, {@code agreeingGroupsPercent}, {@code unansweredPercent}, {@code membersPerGroup}, and of the consistent lookups {@code latencyMean}, {@code
 * latencyMedian} and {@code latency99}, in milliseconds; {@code joinedPercent} of those that are up.
 */
public abstract class ChurnScenario implements Scenario {
    private static final double SECONDS_PER_MINUTE = 60;
    private static final Duration JOIN_PATIENCE = Duration.ofSeconds(5);
    static final Judge NO_JUDGE = (number, members) -> {};
    static final Churn.Observer NOBODY_SEES = (what, node, planned) -> {};

    private final String overlay;
    private final Judge judge;
    private final Churn.Observer observer;

    ChurnScenario(String overlay, Judge judge, Churn.Observer observer) {
        this.overlay = overlay;
        this.judge = judge;
        this.observer = observer;
    }

    /** Is told what was judged, besides what is noted. */
    @FunctionalInterface
    interface Judge {
        /**
         * @param number of the lookup, of the whole run
         * @param members of the group, those that there were from the question to the deadline and whose states the stage shows
         */
        void judge(int number, List<Told> members);
    }

    /** Over {@link dev.foresail.eval.bamboo.Bamboo}. */
    public static final class OverBamboo extends ChurnScenario {
        public OverBamboo() {
            this(NO_JUDGE, NOBODY_SEES);
        }

        OverBamboo(Judge judge, Churn.Observer observer) {
            super("bamboo", judge, observer);
        }
    }

    /** Over {@link dev.foresail.eval.pastry.Pastry}. */
    public static final class OverPastry extends ChurnScenario {
        public OverPastry() {
            super("pastry", NO_JUDGE, NOBODY_SEES);
        }
    }

    @Override
    public final String name() {
        return "group-lookups/" + overlay;
    }

    @Override
    public final List<ParameterDescription> parameters() {
        return List.of(
                new ParameterDescription("members", Integer.class, Optional.of("50")),
                new ParameterDescription("groupSize", Integer.class, Optional.of("10")),
                new ParameterDescription("deathsPerSecond", Double.class, Optional.of("0.1")),
                new ParameterDescription("joinWithin", Duration.class, Optional.of("30s")),
                new ParameterDescription("lookupsEvery", Duration.class, Optional.of("1s")),
                new ParameterDescription("deadline", Duration.class, Optional.of("10s")),
                new ParameterDescription("lasting", Duration.class, Optional.of("1m")));
    }

    /** As long as the settings take that are usual; others need to be told until when. */
    @Override
    public final Duration duration(int nodes) {
        return Duration.ofSeconds(101);
    }

    /**
     * Plays it.
     *
     * @throws IllegalArgumentException FS512 when a setting is out of range
     */
    @Override
    public final void play(Stage stage, List<Object> values) {
        Settings settings = new Settings(
                StrictMath.min((Integer) values.get(0), stage.nodes().size()),
                (Integer) values.get(1),
                (Double) values.get(2),
                (Duration) values.get(3),
                (Duration) values.get(4),
                (Duration) values.get(5),
                (Duration) values.get(6));
        new Playing(stage, settings, judge, observer).begin();
    }

    /**
     * What is played.
     *
     * @param members how many nodes there are in the beginning, at least one group
     * @param groupSize at least 1
     * @param deathsPerSecond as often nodes join; 0 to 1,000
     * @param joinWithin until the last of them has started
     * @param lookupsEvery in the mean, of each group, above 0
     * @param deadline of an answer, above 0
     * @param lasting how long nodes die and are asked, above 0
     */
    record Settings(
            int members,
            int groupSize,
            double deathsPerSecond,
            Duration joinWithin,
            Duration lookupsEvery,
            Duration deadline,
            Duration lasting) {
        private static final double MOST_DEATHS_PER_SECOND = 1_000;

        Settings {
            refuseUnless(groupSize >= 1 && members >= groupSize, "a group has from 1 to all of the members");
            refuseUnless(
                    deathsPerSecond >= 0 && deathsPerSecond <= MOST_DEATHS_PER_SECOND,
                    "0 to 1,000 nodes die per second");
            refuseUnless(!joinWithin.isNegative(), "joinWithin is at least 0");
            refuseUnless(
                    isPositive(lookupsEvery) && isPositive(deadline) && isPositive(lasting),
                    "lookupsEvery, deadline and lasting are above 0");
        }

        private static boolean isPositive(Duration time) {
            return time.compareTo(Duration.ZERO) > 0;
        }

        private static void refuseUnless(boolean isRight, String rule) {
            if (!isRight) {
                throw new IllegalArgumentException("[FS512] " + rule);
            }
        }

        Duration end() {
            return joinWithin.plus(lasting);
        }
    }

    private static final class Playing {
        private final Stage stage;
        private final Settings settings;
        private final Judge judge;
        private final Churn.Observer observer;
        private final RandomStream random;
        /** Only forked: who dies, joins and asks when does not hang on who has joined over whom, which is another one where time is real. */
        private final RandomStream schedule;

        private final Consistency consistency = new Consistency();
        /** Who is in which group: the n-th place is of group n / groupSize. */
        private final List<NodeId> places = new ArrayList<>();
        /** Who has been seen to have joined. */
        private final SortedSet<NodeId> joined = new TreeSet<>();

        Playing(Stage stage, Settings settings, Judge judge, Churn.Observer observer) {
            this.stage = stage;
            this.settings = settings;
            this.judge = judge;
            this.observer = observer;
            long seed = stage.random().nextLong();
            random = RandomStream.of(seed, "churn");
            schedule = RandomStream.of(seed, "churn schedule");
        }

        void begin() {
            List<NodeId> members = stage.nodes().subList(0, settings.members());
            places.addAll(members);
            for (int index = 0; index < members.size(); index++) {
                NodeId node = members.get(index);
                stage.at(settings.joinWithin().multipliedBy(index).dividedBy(members.size()), () -> {
                    stage.start(node);
                    join(node);
                });
            }
            stage.at(settings.joinWithin(), this::churn);
            stage.at(settings.end().plus(settings.deadline()), this::measure);
        }

        private void churn() {
            List<NodeId> newcomers =
                    stage.nodes().subList(settings.members(), stage.nodes().size());
            double perMinute = SECONDS_PER_MINUTE * settings.deathsPerSecond();
            Churn.NONE
                    .losing(perMinute)
                    .joining(perMinute, newcomers)
                    .play(stage, schedule.fork("deaths"), settings.joinWithin(), settings.end(), this::came, observer);
            for (int group = 0; group < groups(); group++) {
                lookUpLater(group, group, settings.joinWithin(), schedule.fork("group " + group));
            }
        }

        private int groups() {
            return settings.members() / settings.groupSize();
        }

        private void came(NodeId node) {
            join(node);
            for (int place = 0; place < places.size(); place++) {
                if (!stage.isUp(places.get(place))) {
                    places.set(place, node);
                    return;
                }
            }
        }

        /** The first of all over itself, others over one that has joined; another one when that does not help. */
        private void join(NodeId node) {
            if (!stage.isUp(node) || hasJoined(node)) {
                return;
            }
            joined.removeIf(known -> !stage.isUp(known));
            List<NodeId> known = List.copyOf(joined);
            NodeId contact = known.isEmpty() ? stage.nodes().get(0) : known.get(random.nextInt(known.size()));
            stage.call(node, "join", List.of(contact));
            stage.at(stage.now().plus(JOIN_PATIENCE), () -> join(node));
        }

        private boolean hasJoined(NodeId node) {
            if (stage.isUp(node) && !joined.contains(node)) {
                Optional<Object> state = stage.state(node);
                if (state.isPresent()
                        && ((Stack) state.get()).layer(Ring.Member.class).isJoined()) {
                    joined.add(node);
                }
            }
            return stage.isUp(node) && joined.contains(node);
        }

        /**
         * @param number of the group's next lookup, which no other group has
         * @param last when the group was to be asked last: where time is real it came a little later, which is not to add up
         */
        private void lookUpLater(int group, int number, Duration last, RandomStream draws) {
            double gaps = -StrictMath.log(1 - draws.nextDouble());
            Duration next =
                    last.plusNanos((long) (gaps * settings.lookupsEvery().toNanos()));
            if (next.compareTo(settings.end()) < 0) {
                stage.at(next, () -> {
                    lookUp(group, number, draws.nextLong());
                    lookUpLater(group, number + groups(), next, draws);
                });
            }
        }

        private void lookUp(int group, int number, long key) {
            int first = group * settings.groupSize();
            Map<NodeId, Long> asked = new LinkedHashMap<>();
            for (NodeId node : places.subList(first, first + settings.groupSize())) {
                if (hasJoined(node)) {
                    stage.call(node, "lookUp", List.of(number, key));
                    asked.put(node, stage.latestCrash(node));
                }
            }
            stage.at(stage.now().plus(settings.deadline()), () -> judge(number, asked));
        }

        private void judge(int number, Map<NodeId, Long> asked) {
            List<Told> told = new ArrayList<>();
            asked.forEach((node, crash) -> {
                if (stage.isUp(node) && stage.latestCrash(node) == crash) {
                    told.add(told(node, number));
                }
            });
            consistency.add(told);
            judge.judge(number, told);
        }

        private Told told(NodeId node, int number) {
            return stage.state(node)
                    .flatMap(state -> ((Stack) state).layer(GroupLookups.class).question(number))
                    .map(question -> new Told(question.root(), question.tookNanos()))
                    .orElse(new Told(Optional.empty(), 0));
        }

        private void measure() {
            figures(consistency).forEach(stage::record);
            List<NodeId> seen = stage.nodes().stream()
                    .filter(node -> stage.state(node).isPresent())
                    .toList();
            stage.record(
                    "joinedPercent",
                    100.0 * seen.stream().filter(this::hasJoined).count() / seen.size());
        }
    }

    /** What is noted of lookups, by name. */
    static SortedMap<String, Double> figures(Consistency consistency) {
        Distribution latency = consistency.consistentMillis();
        SortedMap<String, Double> figures = new TreeMap<>();
        figures.put("lookups", (double) consistency.lookups());
        figures.put("consistentPercent", consistency.consistentPercent());
        figures.put("agreeingGroupsPercent", consistency.agreeingGroupsPercent());
        figures.put("unansweredPercent", consistency.unansweredPercent());
        figures.put("membersPerGroup", consistency.membersPerGroup());
        figures.put("latencyMean", latency.mean());
        figures.put("latencyMedian", latency.percentile(0.5));
        figures.put("latency99", latency.percentile(0.99));
        return figures;
    }
}
