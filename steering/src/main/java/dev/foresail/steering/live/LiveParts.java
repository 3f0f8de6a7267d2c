package dev.foresail.steering.live;

import dev.foresail.choice.NodeId;
import dev.foresail.choice.machine.Machine;
import dev.foresail.steering.config.NodeConfiguration;
import dev.foresail.steering.storage.NodeStorage;
import java.util.Optional;
import java.util.SortedMap;

/**
 * What one start of a node is put together from.
 *
 * @param state what to start from; the node's from now on
 * @param template a state of its own that lends its configuration to states from the wire
 * @param facts what the node knew of stable fields when it ended
 * @param restart whether the node was started before
 * @param observer sees what the node does
 */
record LiveParts<S>(
        NodeConfiguration configuration,
        Machine<S> machine,
        S state,
        S template,
        SortedMap<NodeId, S> facts,
        long incarnation,
        boolean restart,
        Optional<NodeStorage<S>> storage,
        LiveSurroundings surroundings,
        LiveObserver<S> observer) {}
