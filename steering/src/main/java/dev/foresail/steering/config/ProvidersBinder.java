package dev.foresail.steering.config;

import dev.foresail.choice.NodeId;
import dev.foresail.network.provider.LinkProvider;
import dev.foresail.predictor.lookahead.LinkFigure;
import dev.foresail.predictor.objective.Functions;
import dev.foresail.steering.provider.GuardedProvider;
import dev.foresail.steering.provider.ProviderSettings;
import dev.foresail.steering.provider.Source;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads {@code providers}: who tells what of links from outside. */
final class ProvidersBinder {
    private static final Logger LOG = LoggerFactory.getLogger(ProvidersBinder.class);
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]*");
    /** Sources may be out of reach for a while. */
    private static final int REFRESHES_KEPT = 10;

    private final Problems problems;
    private final Values values;
    private final ClassLoader loader;

    /** @param loader finds the classes of users' own providers */
    ProvidersBinder(Problems problems, Values values, ClassLoader loader) {
        this.problems = problems;
        this.values = values;
        this.loader = loader;
    }

    /** The names that objectives and wishes may use besides what the network model knows itself, each once. */
    static List<String> ownFigures(List<ProviderSettings> providers) {
        return providers.stream()
                .flatMap(provider -> provider.figures().stream())
                .filter(name -> !LinkFigure.NAMES.contains(name))
                .distinct()
                .sorted()
                .toList();
    }

    List<ProviderSettings> read(Node list) {
        List<ProviderSettings> providers = new ArrayList<>();
        for (Node element : values.list(list, "providers", "a list such as '- table: latencies.csv'")) {
            provider(element).ifPresent(providers::add);
        }
        return providers;
    }

    private Optional<ProviderSettings> provider(Node node) {
        if (!(node instanceof MappingNode)) {
            values.wrong(
                    node, "providers", "'table: FILE', 'alto: {networkMap: FILE, costMap: FILE}' or 'class: NAME'");
            return Optional.empty();
        }
        Section section = new Section(node, "providers", problems);
        Optional<ProviderSettings> read;
        if (section.has("table")) {
            read = table(section);
        } else if (section.has("alto")) {
            read = alto(section);
        } else if (section.has("class")) {
            read = section.take("class").flatMap(this::own);
        } else {
            section.take("table");
            section.take("alto");
            section.need("class", "a provider is a 'table', the maps of an 'alto' server, or a 'class'");
            read = Optional.empty();
        }
        section.finish();
        return read;
    }

    private Optional<ProviderSettings> table(Section section) {
        Optional<Source> source = section.take("table").flatMap(node -> source(node, "providers.table"));
        List<String> figures = section.need("figures", "the columns that count, such as [rtt]")
                .map(node -> names(node, "providers.figures"))
                .orElse(List.of());
        Duration refresh = refresh(section);
        Duration age = maximumAge(section, refresh);
        return source.map(place -> new ProviderSettings.Table(place, figures, refresh, age));
    }

    private Optional<ProviderSettings> alto(Section section) {
        Section maps = new Section(section.take("alto").orElseThrow(), "providers.alto", problems);
        Optional<Source> network = maps.need("networkMap", "which addresses belong together, a file or an address")
                .flatMap(node -> source(node, "providers.alto.networkMap"));
        Optional<Source> costs = maps.need("costMap", "what ways between them cost, a file or an address")
                .flatMap(node -> source(node, "providers.alto.costMap"));
        maps.finish();
        String figure = section.take("figure")
                .flatMap(node -> name(node, "providers.figure"))
                .orElse("cost");
        Duration refresh = refresh(section);
        Duration age = maximumAge(section, refresh);
        return network.flatMap(map -> costs.map(cost -> new ProviderSettings.Alto(map, cost, figure, refresh, age)));
    }

    private Duration refresh(Section section) {
        return section.take("refresh")
                .flatMap(node -> values.span(node, "providers.refresh"))
                .orElse(ProviderSettings.DEFAULT_REFRESH);
    }

    private Duration maximumAge(Section section, Duration refresh) {
        return section.take("maximumAge")
                .flatMap(node -> values.span(node, "providers.maximumAge"))
                .orElseGet(() -> refresh.multipliedBy(REFRESHES_KEPT));
    }

    private Optional<Source> source(Node node, String path) {
        String expected = "a file, or an address such as http://alto.example/costmap";
        return values.text(node, path, expected).flatMap(text -> {
            try {
                return Optional.of(new Source(text));
            } catch (IllegalArgumentException none) {
                values.wrong(node, path, expected);
                return Optional.empty();
            }
        });
    }

    private List<String> names(Node node, String path) {
        List<String> names = new ArrayList<>();
        for (Node element : values.list(node, path, "a list of names, such as [rtt]")) {
            name(element, path).ifPresent(name -> {
                if (names.contains(name)) {
                    values.wrong(element, path, "each name once");
                } else {
                    names.add(name);
                }
            });
        }
        return names;
    }

    private Optional<String> name(Node node, String path) {
        String expected = "a name of letters and digits";
        Optional<String> name = values.text(node, path, expected);
        if (name.isPresent() && !NAME.matcher(name.get()).matches()) {
            values.wrong(node, path, expected);
            return Optional.empty();
        }
        if (name.filter(Functions::isTaken).isPresent()) {
            problems.add(node, "FS207", path + ": " + taken(name.get()));
            return Optional.empty();
        }
        return name;
    }

    private static String taken(String name) {
        return "'" + name + "' is a function of objectives, and no name for a figure";
    }

    /** Asked once, here: later nobody could say what is wrong with them. */
    private Optional<List<String>> figures(Node node, String className, LinkProvider<?> provider) {
        List<String> figures;
        try {
            figures = List.copyOf(provider.figures());
        } catch (RuntimeException | LinkageError failed) {
            problems.add(node, "FS453", "the provider " + className + " does not tell its figures: " + failed);
            return Optional.empty();
        }
        for (String figure : figures) {
            if (!NAME.matcher(figure).matches() || Functions.isTaken(figure)) {
                String wrong = Functions.isTaken(figure)
                        ? taken(figure)
                        : "'" + figure + "' where a name of letters and digits was expected";
                problems.add(node, "FS453", "the figures of the provider " + className + ": " + wrong);
                return Optional.empty();
            }
        }
        return Optional.of(figures);
    }

    private Optional<ProviderSettings> own(Node node) {
        return values.text(node, "providers.class", "the name of a class").flatMap(name -> {
            try {
                Object made = Class.forName(name, true, loader)
                        .getDeclaredConstructor()
                        .newInstance();
                if (made instanceof LinkProvider<?> provider) {
                    // Nodes are the only endpoints that there are here; one of other endpoints knows nothing of them.
                    @SuppressWarnings("unchecked")
                    LinkProvider<NodeId> ofNodes = (LinkProvider<NodeId>) provider;
                    return figures(node, name, provider)
                            .map(figures ->
                                    new ProviderSettings.Own(new GuardedProvider(name, ofNodes, figures, LOG::warn)));
                }
                problems.add(node, "FS453", name + " is no " + LinkProvider.class.getName());
            } catch (ReflectiveOperationException | LinkageError | RuntimeException failed) {
                problems.add(
                        node,
                        "FS453",
                        "the provider " + name + " cannot be made: " + failed
                                + "; it needs to be a public class on the class path with a public constructor without"
                                + " parameters");
            }
            return Optional.empty();
        });
    }
}
