/**
 * Push gossip, for simulations of very many nodes: {@link dev.foresail.eval.gossip.Gossip}, started by
 * {@link dev.foresail.eval.gossip.GossipScenario}.
 */
package dev.foresail.eval.gossip;
