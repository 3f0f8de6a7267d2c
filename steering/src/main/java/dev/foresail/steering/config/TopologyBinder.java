package dev.foresail.steering.config;

import dev.foresail.network.topology.LinkChange;
import dev.foresail.network.topology.LinkClass;
import dev.foresail.network.topology.Links;
import dev.foresail.network.topology.Loss;
import dev.foresail.predictor.text.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads the section {@code topology}. */
final class TopologyBinder {
    private static final String ALL = "all";
    private static final String MEMBERS = "a node from 1 on, a group, or a list of them";

    private final Problems problems;
    private final Values values;
    private final SortedMap<String, SortedSet<Integer>> groups = new TreeMap<>();
    private final SortedMap<Integer, String> mentioned = new TreeMap<>();

    TopologyBinder(Problems problems, Values values) {
        this.problems = problems;
        this.values = values;
    }

    TopologySettings read(Node node) {
        Section section = new Section(node, "topology", problems);
        section.take("groups").ifPresent(this::readGroups);
        List<LinkChange> changes = new ArrayList<>();
        section.take("changes").ifPresent(list -> {
            List<Node> elements = values.list(list, "topology.changes", "a list of changes");
            for (int i = 0; i < elements.size(); i++) {
                change(elements.get(i), "topology.changes[" + i + "]").ifPresent(changes::add);
            }
        });
        Optional<LinkClass> links = section.take("links").flatMap(this::linkClass);
        Optional<Loss> loss = section.take("loss").flatMap(this::loss);
        section.finish();
        return new TopologySettings(links, loss, changes, mentioned);
    }

    private Optional<LinkClass> linkClass(Node node) {
        Optional<String> name = values.text(node, "topology.links", "a class of links");
        Optional<LinkClass> found = name.flatMap(LinkClass::named);
        if (name.isPresent() && found.isEmpty()) {
            problems.add(node, "FS374", "topology.links: " + TopologySettings.noClass(name.get()));
        }
        return found;
    }

    /** A rate alone, or with the length of bursts. */
    private Optional<Loss> loss(Node node) {
        if (node instanceof ScalarNode) {
            return values.plain(node, "topology.loss", "a rate from 0 to below 1", Values::finite)
                    .flatMap(rate -> loss(node, "topology.loss", rate, OptionalDouble.empty()));
        }
        Section section = new Section(node, "topology.loss", problems);
        Optional<Loss> loss = loss(section, node, "topology.loss");
        section.finish();
        return loss;
    }

    private Optional<Loss> loss(Section section, Node node, String path) {
        Optional<Double> rate = section.need("rate", "which share of all messages, from 0 to below 1")
                .flatMap(value -> values.number(value, section.pathOf("rate")));
        Optional<Double> burst =
                section.take("burst").flatMap(value -> values.aboveZero(value, section.pathOf("burst")));
        return rate.flatMap(
                share -> loss(node, path, share, burst.map(OptionalDouble::of).orElseGet(OptionalDouble::empty)));
    }

    private Optional<Loss> loss(Node node, String path, double rate, OptionalDouble burst) {
        try {
            return Optional.of(burst.isPresent() ? new Loss(rate, burst.getAsDouble()) : Loss.independent(rate));
        } catch (IllegalArgumentException refused) {
            problems.add(node, "FS207", path + ": " + refused.getMessage());
            return Optional.empty();
        }
    }

    private void readGroups(Node node) {
        Section section = new Section(node, "topology.groups", problems);
        for (Map.Entry<String, Section.Entry> group : section.entries().entrySet()) {
            String name = group.getKey();
            if (name.equals(ALL) || !name.matches("[A-Za-z].*")) {
                values.wrong(
                        group.getValue().key(), "topology.groups", "a name that begins with a letter and is not 'all'");
            }
            members(group.getValue().value(), section.pathOf(name)).ifPresent(found -> groups.put(name, found));
        }
    }

    /** Nodes and groups by their endpoints; empty when anything is wrong. */
    private Optional<SortedSet<Integer>> members(Node node, String path) {
        List<Node> elements = node instanceof SequenceNode sequence ? sequence.getValue() : List.of(node);
        SortedSet<Integer> found = new TreeSet<>();
        boolean complete = true;
        for (Node element : elements) {
            Optional<SortedSet<Integer>> some = member(element, path);
            complete &= some.isPresent();
            some.ifPresent(found::addAll);
        }
        if (elements.isEmpty()) {
            values.wrong(node, path, MEMBERS);
        }
        return complete && !found.isEmpty() ? Optional.of(found) : Optional.empty();
    }

    private Optional<SortedSet<Integer>> member(Node node, String path) {
        if (node instanceof ScalarNode scalar && scalar.getValue().matches("[A-Za-z].*")) {
            String name = scalar.getValue();
            SortedSet<Integer> group = groups.get(name);
            if (group == null) {
                problems.add(
                        node,
                        "FS372",
                        path + ": there is no group '" + name + "'" + Nearest.hint(name, List.copyOf(groups.keySet())));
            }
            return Optional.ofNullable(group);
        }
        Optional<Integer> id = values.plain(node, path, MEMBERS, text -> {
            int number = Integer.parseInt(text);
            if (number < 1) {
                throw new IllegalArgumentException("too small");
            }
            return number;
        });
        id.ifPresent(number -> mentioned.putIfAbsent(number, problems.place(node)));
        return id.map(number -> new TreeSet<>(List.of(number - 1)));
    }

    private Optional<LinkChange> change(Node node, String path) {
        Section section = new Section(node, path, problems);
        List<Optional<LinkChange>> found = new ArrayList<>();
        section.take("congestion").ifPresent(value -> found.add(congestion(value, section.pathOf("congestion"))));
        section.take("route").ifPresent(value -> found.add(route(value, section.pathOf("route"))));
        section.take("loss").ifPresent(value -> found.add(lossy(value, section.pathOf("loss"))));
        section.take("failure").ifPresent(value -> found.add(failure(value, section.pathOf("failure"))));
        section.finish();
        if (found.size() > 1 || section.entries().isEmpty()) {
            values.wrong(node, path, "one of congestion, route, loss, failure");
        }
        return found.size() == 1 ? found.get(0) : Optional.empty();
    }

    private Optional<LinkChange> congestion(Node node, String path) {
        Section section = new Section(node, path, problems);
        Optional<Links> links = links(section, true);
        long from = nanos(section, "from").orElse(0);
        OptionalLong until = until(section, from);
        long ramp = nanos(section, "ramp").orElse(0);
        double latency = factor(section, "latencyFactor");
        double rate = factor(section, "rateFactor");
        section.finish();
        if (until.isPresent() && ramp > (until.getAsLong() - from) / 2) {
            values.wrong(
                    section.take("ramp").orElse(node),
                    section.pathOf("ramp"),
                    "at most half of the time between from and until");
            return Optional.empty();
        }
        return links.filter(some -> until.isPresent())
                .map(some -> new LinkChange.Congestion(some, from, until.getAsLong(), ramp, latency, rate));
    }

    private Optional<LinkChange> route(Node node, String path) {
        Section section = new Section(node, path, problems);
        Optional<Links> links = links(section, true);
        long from = nanos(section, "from").orElse(0);
        OptionalLong latency = nanos(section, "latency");
        double factor = factor(section, "latencyFactor");
        section.finish();
        return links.map(some -> new LinkChange.RouteChange(some, from, latency, factor));
    }

    private Optional<LinkChange> lossy(Node node, String path) {
        Section section = new Section(node, path, problems);
        Optional<Links> links = links(section, true);
        long from = nanos(section, "from").orElse(0);
        OptionalLong until = until(section, from);
        Optional<Loss> loss = loss(section, node, path);
        section.finish();
        return links.filter(some -> until.isPresent())
                .flatMap(some -> loss.map(how -> new LinkChange.Lossy(some, from, until.getAsLong(), how)));
    }

    private Optional<LinkChange> failure(Node node, String path) {
        Section section = new Section(node, path, problems);
        Optional<Links> links = links(section, false);
        long from = nanos(section, "from").orElse(0);
        OptionalLong until = until(section, from);
        section.finish();
        return links.filter(some -> until.isPresent())
                .map(some -> new LinkChange.Failure(some, from, until.getAsLong()));
    }

    private Optional<Links> links(Section section, boolean mayBeOneWay) {
        Optional<Node> of = section.take("of");
        Optional<Node> between = section.take("between");
        Optional<Boolean> oneWay = mayBeOneWay
                ? section.take("oneWay").flatMap(node -> values.truth(node, section.pathOf("oneWay")))
                : Optional.empty();
        if (of.isPresent() == between.isPresent()) {
            String text =
                    "say either '" + section.pathOf("of") + "', whose links to all others, or 'between', which two";
            problems.add(section.at(), of.isPresent() ? "FS222" : "FS206", text);
            return Optional.empty();
        }
        Optional<Links> links = of.isPresent()
                ? around(of.get(), section.pathOf("of"))
                : between(between.get(), section.pathOf("between"));
        return links.map(both -> oneWay.orElse(false) ? both.oneWay() : both);
    }

    private Optional<Links> around(Node node, String path) {
        if (node instanceof ScalarNode scalar && scalar.getValue().equals(ALL)) {
            return Optional.of(Links.all());
        }
        return members(node, path).map(Links::around);
    }

    private Optional<Links> between(Node node, String path) {
        String expected = "a list of two, each " + MEMBERS;
        List<Node> two = values.list(node, path, expected);
        if (two.size() != 2) {
            if (node instanceof SequenceNode) {
                values.wrong(node, path, expected);
            }
            return Optional.empty();
        }
        Optional<SortedSet<Integer>> ones = members(two.get(0), path);
        Optional<SortedSet<Integer>> others = members(two.get(1), path);
        return ones.flatMap(here -> others.map(there -> Links.between(here, there)));
    }

    private OptionalLong nanos(Section section, String key) {
        return section.take(key)
                .flatMap(node -> values.duration(node, section.pathOf(key)))
                .map(Duration::toNanos)
                .map(OptionalLong::of)
                .orElseGet(OptionalLong::empty);
    }

    private OptionalLong until(Section section, long fromNanos) {
        Function<Node, Optional<Duration>> reader = node -> {
            Optional<Duration> until = values.duration(node, section.pathOf("until"));
            if (until.isPresent() && until.get().toNanos() <= fromNanos) {
                values.wrong(node, section.pathOf("until"), "a time after 'from'");
                return Optional.empty();
            }
            return until;
        };
        return section.need("until", "when it is over, since the beginning")
                .flatMap(reader)
                .map(until -> OptionalLong.of(until.toNanos()))
                .orElseGet(OptionalLong::empty);
    }

    private double factor(Section section, String key) {
        return section.take(key)
                .flatMap(node -> values.aboveZero(node, section.pathOf(key)))
                .orElse(1.0);
    }
}
