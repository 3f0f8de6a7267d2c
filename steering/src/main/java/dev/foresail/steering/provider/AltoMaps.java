package dev.foresail.steering.provider;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.foresail.choice.NodeId;
import dev.foresail.network.provider.LinkFacts;
import dev.foresail.network.provider.ProviderFormatException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * What an operator's ALTO server says (RFC 7285, what became of P4P): a network map groups addresses by their prefixes under names (PIDs),
 * a cost map says what ways between groups cost. The longest prefix counts. Immutable.
 */
final class AltoMaps implements LinkFacts<NodeId> {
    /** Objects in an object in the answer. */
    private static final int DEEPEST = 10;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST)
                    .maxStringLength(10_000)
                    .maxNumberLength(40)
                    .build())
            .build();

    private final Map<NodeId, String> groups;
    private final Map<String, Map<String, Double>> costs;

    private AltoMaps(Map<NodeId, String> groups, Map<String, Map<String, Double>> costs) {
        this.groups = groups;
        this.costs = costs;
    }

    /**
     * Reads both maps.
     *
     * @param networkMap the text of {@code application/alto-networkmap+json}, named for messages
     * @param costMap the text of {@code application/alto-costmap+json}, named for messages
     * @param addresses of the nodes; those that no prefix covers have no costs
     * @throws ProviderFormatException when one of them is none, or they belong to different versions
     */
    static AltoMaps read(Named networkMap, Named costMap, Map<NodeId, InetAddress> addresses) {
        Reading network = new Reading(networkMap.name);
        network.read(networkMap.text);
        Reading cost = new Reading(costMap.name);
        cost.read(costMap.text);
        network.need(!network.prefixes.isEmpty(), "there is no 'network-map' with prefixes in it");
        cost.need(!cost.costs.isEmpty(), "there is no 'cost-map' with costs in it");
        if (!network.tag.isEmpty() && !cost.dependentTags.isEmpty()) {
            cost.need(
                    cost.dependentTags.contains(network.tag),
                    "the costs are for the network map " + cost.dependentTags + ", but that of " + networkMap.name
                            + " is '" + network.tag + "'");
        }
        Map<NodeId, String> groups = new HashMap<>();
        addresses.forEach((node, address) -> {
            Prefix longest = null;
            for (Prefix prefix : network.prefixes.keySet()) {
                if (prefix.covers(address) && (longest == null || prefix.bits() > longest.bits())) {
                    longest = prefix;
                }
            }
            if (longest != null) {
                groups.put(node, network.prefixes.get(longest));
            }
        });
        return new AltoMaps(groups, cost.costs);
    }

    /**
     * A text that was read.
     *
     * @param name where it comes from, for messages
     */
    record Named(String name, String text) {}

    /** How many of the nodes are in a group. */
    int grouped() {
        return groups.size();
    }

    @Override
    public OptionalDouble of(String figure, NodeId from, NodeId to) {
        String source = groups.get(from);
        String destination = groups.get(to);
        if (source == null || destination == null) {
            return OptionalDouble.empty();
        }
        Double cost = costs.getOrDefault(source, Map.of()).get(destination);
        return cost == null ? OptionalDouble.empty() : OptionalDouble.of(cost);
    }

    /** One answer being read; what is not known in it is passed over. */
    private static final class Reading {
        final Map<Prefix, String> prefixes = new HashMap<>();
        final Map<String, Map<String, Double>> costs = new HashMap<>();
        final List<String> dependentTags = new ArrayList<>();
        String tag = "";
        private final String name;

        Reading(String name) {
            this.name = name;
        }

        void need(boolean holds, String otherwise) {
            if (!holds) {
                throw new ProviderFormatException(name, otherwise);
            }
        }

        void read(String text) {
            try (JsonParser in = FACTORY.createParser(text)) {
                need(in.nextToken() == JsonToken.START_OBJECT, "not a JSON object");
                for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
                    JsonToken value = in.nextToken();
                    switch (field) {
                        case "meta" -> meta(in, value);
                        case "network-map" -> networkMap(in, value);
                        case "cost-map" -> costMap(in, value);
                        default -> in.skipChildren();
                    }
                }
            } catch (IOException wrong) {
                throw new ProviderFormatException(
                        name,
                        String.valueOf(wrong.getMessage()).lines().findFirst().orElse("no JSON"));
            }
        }

        private void meta(JsonParser in, JsonToken value) throws IOException {
            needObject(in, value, "'meta'");
            for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
                JsonToken next = in.nextToken();
                if (field.equals("vtag") && next == JsonToken.START_OBJECT) {
                    tag = tagOf(in);
                } else if (field.equals("dependent-vtags") && next == JsonToken.START_ARRAY) {
                    for (JsonToken each = in.nextToken(); each != JsonToken.END_ARRAY; each = in.nextToken()) {
                        needObject(in, each, "a version of a network map");
                        dependentTags.add(tagOf(in));
                    }
                } else {
                    in.skipChildren();
                }
            }
        }

        private static String tagOf(JsonParser in) throws IOException {
            String tag = "";
            for (String field = in.nextFieldName(); field != null; field = in.nextFieldName()) {
                JsonToken next = in.nextToken();
                if (field.equals("tag") && next == JsonToken.VALUE_STRING) {
                    tag = in.getText();
                } else {
                    in.skipChildren();
                }
            }
            return tag;
        }

        private void networkMap(JsonParser in, JsonToken value) throws IOException {
            needObject(in, value, "'network-map'");
            for (String group = in.nextFieldName(); group != null; group = in.nextFieldName()) {
                needObject(in, in.nextToken(), "'" + group + "'");
                for (String family = in.nextFieldName(); family != null; family = in.nextFieldName()) {
                    if (in.nextToken() != JsonToken.START_ARRAY) {
                        throw wrong(in, "a list of prefixes such as \"192.0.2.0/24\"");
                    }
                    while (in.nextToken() != JsonToken.END_ARRAY) {
                        prefix(in, group);
                    }
                }
            }
        }

        private void prefix(JsonParser in, String group) throws IOException {
            Prefix prefix;
            try {
                prefix = Prefix.of(in.getText());
            } catch (IllegalArgumentException none) {
                throw wrong(in, "a prefix such as \"192.0.2.0/24\"");
            }
            String other = prefixes.put(prefix, group);
            need(other == null || other.equals(group), "the prefix " + prefix + " is in " + other + " and in " + group);
        }

        private void costMap(JsonParser in, JsonToken value) throws IOException {
            needObject(in, value, "'cost-map'");
            for (String from = in.nextFieldName(); from != null; from = in.nextFieldName()) {
                needObject(in, in.nextToken(), "'" + from + "'");
                Map<String, Double> row = costs.computeIfAbsent(from, absent -> new HashMap<>());
                for (String to = in.nextFieldName(); to != null; to = in.nextFieldName()) {
                    if (!in.nextToken().isNumeric() || !Double.isFinite(in.getDoubleValue())) {
                        throw wrong(in, "a number");
                    }
                    row.put(to, in.getDoubleValue());
                }
            }
        }

        private void needObject(JsonParser in, JsonToken value, String what) throws IOException {
            if (value != JsonToken.START_OBJECT) {
                throw wrong(in, "an object as " + what);
            }
        }

        private ProviderFormatException wrong(JsonParser in, String expected) throws IOException {
            String found = String.valueOf(in.getText());
            return new ProviderFormatException(
                    name + ":" + in.currentTokenLocation().getLineNr() + ":"
                            + in.currentTokenLocation().getColumnNr(),
                    "'" + (found.length() > 60 ? found.substring(0, 60) + "..." : found) + "' where " + expected
                            + " was expected");
        }
    }
}
