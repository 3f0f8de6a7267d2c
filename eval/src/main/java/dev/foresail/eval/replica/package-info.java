/**
 * An ordinary service whose client picks replicas: {@link dev.foresail.eval.replica.ReplicaChoice} compares
 * {@code Foresail.choices()} with the usual rules ({@link dev.foresail.eval.replica.Picker}), over HTTP
 * ({@link dev.foresail.eval.replica.LiveService}) and in virtual time ({@link dev.foresail.eval.replica.SimulatedService}). What makes
 * the replicas differ is a {@link dev.foresail.eval.replica.Setting}.
 */
package dev.foresail.eval.replica;
