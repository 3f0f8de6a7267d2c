package dev.foresail.predictor.view;

import dev.foresail.choice.NodeId;
import dev.foresail.predictor.node.Channel;
import java.util.Map;

/**
 * One known node in a view: its state and its channels, read-only.
 *
 * @param ageNanos how old the picture is
 */
public record Picture<S>(S state, Map<NodeId, Channel> channels, long ageNanos) {}
