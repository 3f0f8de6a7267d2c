/**
 * Seeded randomness that is the same on every machine and JDK: {@link dev.foresail.network.random.RandomStream} for draws
 * in sequence, {@link dev.foresail.network.random.Hashing} for values that belong to a key (a pair of nodes, say) and need
 * no memory. {@link dev.foresail.network.random.Normal} turns a uniform value into a normal one.
 */
package dev.foresail.network.random;
