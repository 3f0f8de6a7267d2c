package dev.foresail.steering.cluster.partition;

import dev.foresail.steering.cluster.MemberService;
import dev.foresail.steering.cluster.MemberWork;
import dev.foresail.steering.cluster.RefusedException;
import dev.foresail.steering.cluster.campaign.CampaignOffer;

/** A waiting member's readiness to play its part of partitioned runs. Thread-safe. */
public final class PartitionService implements MemberService {
    /** By which coordinators ask for it. */
    public static final String PURPOSE = "partition";

    private final Preparation preparation;

    /** Makes of what a member is told what plays it. */
    @FunctionalInterface
    public interface Preparation {
        /** @throws RefusedException FS439 when the protocol is not there, or is another one */
        PartitionPlayer prepare(CampaignOffer offer) throws RefusedException;
    }

    public PartitionService(Preparation preparation) {
        this.preparation = preparation;
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public MemberWork accept(byte[] offer) throws RefusedException {
        return new PartitionWork(preparation.prepare(CampaignOffer.read(offer)));
    }
}
