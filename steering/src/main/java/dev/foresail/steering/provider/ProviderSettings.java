package dev.foresail.steering.provider;

import dev.foresail.choice.NodeId;
import dev.foresail.network.provider.LinkProvider;
import java.time.Duration;
import java.util.List;

/** A provider of outside information, as an operator names it. Immutable. */
public sealed interface ProviderSettings {
    /** How often sources are read again when nothing is said. */
    Duration DEFAULT_REFRESH = Duration.ofMinutes(5);

    /** What it tells of links, by name. */
    List<String> figures();

    /** One that reads something again and again. */
    sealed interface Reading extends ProviderSettings {
        /** Files and addresses, all of which are read. */
        List<Source> sources();

        /** How often it is read. */
        Duration refresh();

        /** What was read longer ago is not used. */
        Duration maximumAge();
    }

    /** A {@linkplain dev.foresail.network.provider.LinkTable table} of links between node ids. */
    record Table(Source source, List<String> figures, Duration refresh, Duration maximumAge) implements Reading {
        public Table {
            figures = List.copyOf(figures);
        }

        @Override
        public List<Source> sources() {
            return List.of(source);
        }
    }

    /** The {@linkplain AltoMaps maps} of an ALTO server: which addresses belong together, and what ways between them cost. */
    record Alto(Source networkMap, Source costMap, String figure, Duration refresh, Duration maximumAge)
            implements Reading {
        @Override
        public List<String> figures() {
            return List.of(figure);
        }

        @Override
        public List<Source> sources() {
            return List.of(networkMap, costMap);
        }
    }

    /** A class of the user's own. */
    record Own(LinkProvider<NodeId> provider) implements ProviderSettings {
        @Override
        public List<String> figures() {
            return provider.figures();
        }
    }
}
