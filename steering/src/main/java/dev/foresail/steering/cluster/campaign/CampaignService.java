package dev.foresail.steering.cluster.campaign;

import dev.foresail.steering.cluster.MemberService;
import dev.foresail.steering.cluster.MemberWork;
import dev.foresail.steering.cluster.MessageWriter;
import dev.foresail.steering.cluster.RefusedException;

/** Plays seeds of campaigns for coordinators. */
public final class CampaignService implements MemberService {
    /** By which coordinators ask for it. */
    public static final String PURPOSE = "campaign";

    private final Preparation preparation;
    private final int jobs;

    /** Makes of what a member is told what plays it. */
    @FunctionalInterface
    public interface Preparation {
        /** @throws RefusedException FS439 when the protocol is not there, or is another one */
        SeedPlayer prepare(CampaignOffer offer) throws RefusedException;
    }

    /** @param jobs how many seeds are played side by side, at least 1 */
    public CampaignService(Preparation preparation, int jobs) {
        this.preparation = preparation;
        this.jobs = jobs;
    }

    @Override
    public String purpose() {
        return PURPOSE;
    }

    @Override
    public MemberWork accept(byte[] offer) throws RefusedException {
        SeedPlayer player = preparation.prepare(CampaignOffer.read(offer));
        return new CampaignWork(player, jobs, new MessageWriter().integer(jobs).message());
    }
}
