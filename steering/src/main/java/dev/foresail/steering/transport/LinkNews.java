package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.TransportFigures;
import dev.foresail.network.plane.LinkReport;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * The news of one link: what is told with frames that are sent anyway, or on its own when somebody needs it, at most once per interval; and
 * what the peer tells, and the kernel. A round trip is
 * from sending news to hearing of their number in the peer's, less the time that the peer says it held it. Each number
 * counts once, and only this end knows when it was sent, so a peer cannot tell of round trips that were none: it can make the link look
 * longer by waiting, and shorter by overstating how long it held a number, down to nothing.
 *
 * <p>Not thread-safe: on the node's event loop.
 */
final class LinkNews {
    /** A peer that never lets anything be measured is not to lead this node about. */
    private static final int MOST_TOLD = 3;

    /** So many numbers may be on their way. */
    private static final int UNDER_WAY = 8;
    /** No round trip is longer, nor is one measured with a number that was held for longer: two clocks are not alike enough. */
    private static final long LONGEST_NANOS = 10_000_000_000L;
    /** By so much two clocks may differ over a time: 500 millionths, the most that NTP corrects, and some more. */
    private static final long DRIFT = 1_000;
    /** Two news in a quarter of an interval are heeded as one: nobody honest sends them. */
    private static final int HASTE = 4;

    private final NodeId peer;
    private final NewsDesk desk;
    private final long intervalNanos;
    private final int maxFrameBytes;

    private long nextDueNanos;
    private long sent;
    private final long[] sentAtNanos = new long[UNDER_WAY];
    /** The highest number of which a round trip is known. */
    private long counted;

    private long measuredNanos;
    private boolean everMeasured;
    private int timesTold;

    private long heard;
    private long heardAtNanos;
    private long receivedBytes;
    private long sentBytes;
    private long acknowledgedBytes;

    private Optional<KernelWatch> kernel = Optional.empty();
    private boolean asks;
    private boolean owesAnswer;

    LinkNews(NodeId peer, NewsDesk desk, TransportSettings settings) {
        this.peer = peer;
        this.desk = desk;
        this.intervalNanos = settings.newsInterval().toNanos();
        this.maxFrameBytes = settings.maxFrameBytes();
        this.nextDueNanos = desk.nowNanos();
    }

    NodeId peer() {
        return peer;
    }

    /** From now on the kernel is asked of the connection that the link sends over. */
    void toldBy(Supplier<Optional<TransportFigures>> asked) {
        KernelWatch watch = new KernelWatch(peer, desk, asked);
        // What connecting took comes before anything that this node can measure.
        watch.look();
        kernel = Optional.of(watch);
    }

    /** Whether the kernel measures the link. */
    boolean isToldByKernel() {
        return kernel.isPresent() && kernel.get().tells();
    }

    /** Asks the kernel if there is anything new; whether it was asked. */
    boolean look() {
        return kernel.isPresent() && kernel.get().look(sentBytes);
    }

    /** The next news ask the peer for news, even if it sends nothing else. */
    void ask() {
        asks = true;
    }

    /** Whether the peer has asked for news, and none have left since. */
    boolean owesAnswer() {
        return owesAnswer;
    }

    /** Whether news may leave: the last ones did an interval ago. */
    boolean isDue(long nowNanos) {
        return nowNanos - nextDueNanos >= 0;
    }

    /** News that leave on their own, without reports so that they are short; empty when the peer would not take them. */
    Optional<byte[]> alone() {
        long now = desk.nowNanos();
        Optional<byte[]> news = next(List.of(), now);
        if (news.isPresent()) {
            left(Integer.BYTES + news.get().length, true, now);
        }
        return news;
    }

    /** A frame of the peer has come, with its length. */
    void received(int bytes) {
        receivedBytes += bytes;
    }

    /**
     * Frames leave now.
     *
     * @param bytes theirs, with lengths
     * @param limitedBySender whether the link would have taken more
     * @return the news that leave with them, without their length; empty when they are not due
     */
    Optional<byte[]> leaving(int bytes, boolean limitedBySender) {
        long now = desk.nowNanos();
        Optional<byte[]> news = isDue(now) ? next(desk.reports(peer, sent), now) : Optional.empty();
        left(bytes + (news.isPresent() ? Integer.BYTES + news.get().length : 0), limitedBySender, now);
        return news;
    }

    private void left(int bytes, boolean limitedBySender, long now) {
        sentBytes += bytes;
        desk.sent(peer, bytes, limitedBySender, now);
    }

    private Optional<byte[]> next(List<LinkReport<NodeId>> reports, long now) {
        nextDueNanos = now + intervalNanos;
        News news = new News(
                sent + 1,
                heard,
                heard == 0 ? 0 : now - heardAtNanos,
                measuredNanos,
                receivedBytes,
                News.Place.of(desk.coordinate()),
                reports,
                asks);
        byte[] frame = news.encode();
        if (frame.length > maxFrameBytes) {
            return Optional.empty();
        }
        sent++;
        sentAtNanos[slot(sent)] = now;
        measuredNanos = 0;
        asks = false;
        owesAnswer = false;
        return Optional.of(frame);
    }

    private static int slot(long number) {
        return (int) (number % UNDER_WAY);
    }

    /** Takes the peer's news; what cannot be is ignored, and the rest counts. */
    void take(News news) {
        long now = desk.nowNanos();
        if (news.number() <= heard) {
            ignored("number " + news.number() + " after number " + heard);
            return;
        }
        if (heard > 0 && now - heardAtNanos < intervalNanos / HASTE) {
            return;
        }
        heard = news.number();
        heardAtNanos = now;
        owesAnswer = owesAnswer || news.asks();
        OptionalLong roundTrip = roundTrip(news, now);
        if (roundTrip.isPresent()) {
            everMeasured = true;
            measuredNanos = roundTrip.getAsLong();
            desk.measured(peer, measuredNanos, now);
        }
        OptionalLong told = told(news);
        News.Place place = news.place();
        if (place.coordinate().isPresent() && roundTrip.isEmpty() && told.isPresent()) {
            timesTold++;
            desk.told(peer, place.coordinate().get(), told.getAsLong(), now);
        } else if (place.coordinate().isPresent()) {
            desk.heard(peer, place.coordinate().get(), roundTrip, now);
        } else {
            desk.ignored(peer, "FS360", place.problem());
        }
        acknowledge(news.receivedBytes(), now);
        if (!news.reports().isEmpty()) {
            desk.reported(peer, news.reports(), now);
        }
    }

    private void acknowledge(long bytes, long now) {
        if (bytes < acknowledgedBytes || bytes > sentBytes) {
            ignored("it has received " + bytes + " bytes, expected " + acknowledgedBytes + " to " + sentBytes);
            return;
        }
        if (bytes > acknowledgedBytes) {
            desk.acknowledged(peer, bytes - acknowledgedBytes, now);
            acknowledgedBytes = bytes;
        }
    }

    private void ignored(String reason) {
        desk.ignored(peer, "FS376", reason);
    }

    private OptionalLong roundTrip(News news, long now) {
        long echo = news.echo();
        if (echo < 0 || echo > sent) {
            ignored("it has heard number " + echo + ", of " + sent + " that were sent");
            return OptionalLong.empty();
        }
        if (echo <= counted || echo <= sent - UNDER_WAY) {
            return OptionalLong.empty();
        }
        counted = echo;
        long since = now - sentAtNanos[slot(echo)];
        long held = news.heldNanos();
        if (held < 0 || held > since + since / DRIFT) {
            ignored("it has held number " + echo + " for " + held + " ns, sent " + since + " ns ago");
            return OptionalLong.empty();
        }
        long measured = since - held;
        boolean counts = measured > 0 && measured <= LONGEST_NANOS && held <= LONGEST_NANOS;
        return counts ? OptionalLong.of(measured) : OptionalLong.empty();
    }

    /** What the peer has measured counts a few times, where this end knows nothing of its own. */
    private OptionalLong told(News news) {
        long told = news.measuredNanos();
        if (told < 0 || told > LONGEST_NANOS) {
            ignored("a round trip of " + told + " ns, expected 0 to " + Duration.ofNanos(LONGEST_NANOS));
            return OptionalLong.empty();
        }
        return told == 0 || everMeasured || timesTold == MOST_TOLD ? OptionalLong.empty() : OptionalLong.of(told);
    }
}
