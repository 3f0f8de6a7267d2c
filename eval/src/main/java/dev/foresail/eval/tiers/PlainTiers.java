package dev.foresail.eval.tiers;

import dev.foresail.choice.Default;
import dev.foresail.choice.Protocol;
import java.time.Duration;

/** The same, in which servers that are not known take what they are sent and never answer. */
@Protocol("plain-tiers")
public final class PlainTiers extends TiersNode {
    public PlainTiers(
            @Default("250ms") Duration period, @Default("150ms") Duration limit, @Default("10ms") Duration taskTime) {
        super(period, limit, taskTime);
    }
}
