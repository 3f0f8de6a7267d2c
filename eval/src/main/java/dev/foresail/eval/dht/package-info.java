/**
 * A distributed hash table with copies over any {@link dev.foresail.eval.routing.KeyRouting}: {@link dev.foresail.eval.dht.HashTable}, simulated with {@link dev.foresail.eval.dht.HashTableScenario}. In the manner of
 * DHash over Chord (Dabek and others: Wide-area cooperative storage with CFS, SOSP 2001) and PAST over Pastry.
 */
package dev.foresail.eval.dht;
