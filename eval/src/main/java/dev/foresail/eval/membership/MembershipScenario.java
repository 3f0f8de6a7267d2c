package dev.foresail.eval.membership;

import dev.foresail.eval.routing.RoutingScenario;

/** {@link RingMembership} in a system that grows, as overlays do. */
public final class MembershipScenario extends RoutingScenario {
    public MembershipScenario() {
        super("ring-membership", false);
    }
}
