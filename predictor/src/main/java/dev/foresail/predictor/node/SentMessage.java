package dev.foresail.predictor.node;

/** A message that was sent and is not known to have had its effect; {@code sequence} counts from 1 per channel. */
public record SentMessage(long sequence, Object message) {}
