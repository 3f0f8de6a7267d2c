/**
 * Several JVMs that work on one thing: one is the {@linkplain dev.foresail.steering.cluster.Coordinator coordinator}, the others
 * {@linkplain dev.foresail.steering.cluster.WaitingMember wait} for one. The engine is Apache Pekko Cluster, of which nothing
 * is seen from outside: what members have of each other is a {@link dev.foresail.steering.cluster.Membership}, by which bytes go to a
 * named member, in order.
 *
 * <p>A waiting member knows {@linkplain dev.foresail.steering.cluster.MemberService services}, each with a purpose. The coordinator starts with
 * {@link dev.foresail.steering.cluster.Coordinator#start}, {@linkplain dev.foresail.steering.cluster.Coordinator#invite invites} members for a
 * purpose with an offer in bytes, of which each accepts or refuses, and sends what is to be done by
 * {@link dev.foresail.steering.cluster.Membership#send} when all whom it wants have joined. Members may send to each other from then on, too. When the
 * coordinator {@linkplain dev.foresail.steering.cluster.Coordinator#close ends} or is lost, members drop what they do and wait again.
 */
package dev.foresail.steering.cluster;
