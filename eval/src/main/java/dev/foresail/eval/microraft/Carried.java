package dev.foresail.eval.microraft;

import io.microraft.model.message.RaftMessage;

/** A message of MicroRaft on its way between simulated nodes; nobody changes it. */
public record Carried(RaftMessage message) {}
