package dev.foresail.steering.transport;

import java.util.List;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done for all links once per interval, so that it is not done for every message. On the event loop. */
final class LinkWatch implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(Transport.class);
    /** A look takes some microseconds; with more links each gets its turn. */
    private static final int MOST_LOOKS = 64;

    private final Supplier<List<Link>> ready;
    private final Errands errands;
    private int first;
    private boolean failed;

    /** @param ready the links that have a connection to send over, and news */
    LinkWatch(Supplier<List<Link>> ready, NewsDesk desk, ProbeSettings probes) {
        this.ready = ready;
        this.errands = new Errands(probes, desk);
    }

    @Override
    public void run() {
        try {
            List<Link> links = ready.get();
            look(links);
            errands.run(links);
        } catch (RuntimeException wrong) {
            if (!failed) {
                LOG.error("[FS151] links are not looked at", wrong);
            }
            failed = true;
        }
    }

    private void look(List<Link> links) {
        int looks = 0;
        int seen = 0;
        while (seen < links.size() && looks < MOST_LOOKS) {
            looks += links.get((first + seen) % links.size()).news().look() ? 1 : 0;
            seen++;
        }
        first = links.isEmpty() ? 0 : (first + seen) % links.size();
    }
}
