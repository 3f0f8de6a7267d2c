/**
 * A ring in which every node knows all members, in the manner of BitVault (Lin and others, WiDS: an integrated toolkit for distributed system development, HotOS 2005, section 3.1): {@link dev.foresail.eval.membership.RingMembership}, explored with
 * {@link dev.foresail.eval.membership.MembershipExploration} and simulated with {@link dev.foresail.eval.membership.MembershipScenario}.
 */
package dev.foresail.eval.membership;
