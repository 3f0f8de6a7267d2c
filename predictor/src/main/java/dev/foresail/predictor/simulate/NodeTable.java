package dev.foresail.predictor.simulate;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.predictor.view.Picture;
import dev.foresail.predictor.view.PictureView;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of a simulation by endpoint and by id. Ids that follow each other, as they mostly do, are found without a table of their
 * own. Not thread-safe.
 */
final class NodeTable<S> {
    private final List<SimulatedNode<S>> byEndpoint;
    /** The ids of all, in their order. */
    private final List<NodeId> ids;

    private final long firstId;
    /** Empty when the ids follow each other in the order of the endpoints. */
    private final SortedMap<NodeId, SimulatedNode<S>> byId;

    /** @param nodes in the order of their endpoints, at least one */
    NodeTable(List<SimulatedNode<S>> nodes) {
        byEndpoint = nodes;
        firstId = nodes.get(0).id().value();
        if (areConsecutive()) {
            byId = Collections.emptySortedMap();
            List<NodeId> found = new ArrayList<>(nodes.size());
            nodes.forEach(node -> found.add(node.id()));
            ids = Collections.unmodifiableList(found);
        } else {
            byId = new TreeMap<>();
            nodes.forEach(node -> byId.put(node.id(), node));
            ids = List.copyOf(byId.keySet());
        }
    }

    private boolean areConsecutive() {
        for (int endpoint = 0; endpoint < byEndpoint.size(); endpoint++) {
            if (byEndpoint.get(endpoint).id().value() - firstId != endpoint) {
                return false;
            }
        }
        return true;
    }

    List<NodeId> ids() {
        return ids;
    }

    int size() {
        return byEndpoint.size();
    }

    SimulatedNode<S> at(int endpoint) {
        return byEndpoint.get(endpoint);
    }

    /** The node, or null when the system has no such node. */
    @Nullable
    SimulatedNode<S> find(NodeId id) {
        if (!byId.isEmpty()) {
            return byId.get(id);
        }
        long endpoint = id.value() - firstId;
        return endpoint >= 0 && endpoint < byEndpoint.size() ? byEndpoint.get((int) endpoint) : null;
    }

    /** In the order of their ids. */
    Collection<SimulatedNode<S>> all() {
        return byId.isEmpty() ? byEndpoint : byId.values();
    }

    /** The whole system as it is. */
    PictureView<S> view(Machine<S> machine) {
        SortedMap<NodeId, Picture<S>> pictures = new TreeMap<>();
        for (SimulatedNode<S> node : all()) {
            if (node.isUp()) {
                pictures.put(
                        node.id(),
                        new Picture<>(node.runtime().state(), node.runtime().channels(), 0));
            }
        }
        return new PictureView<>(machine, pictures, true);
    }
}
