package dev.foresail.steering.transport;

import dev.foresail.choice.NodeId;
import dev.foresail.network.measure.ProbePlanner;
import dev.foresail.network.measure.ProbePlanner.Need;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Sends news on their own, where nothing else is sent that would measure a link whose round trip somebody asks for, or answer a peer that
 * measures one: as many as the budget pays for. No connection is opened for it. On the event loop.
 */
final class Errands {
    /** News without reports, with the headers of a packet there and of the acknowledgement. */
    private static final int BYTES = 200;

    /**
     * Answers come before most probes, but are no more overdue than a figure that is so many times too old: peers who ask over and over do not
     * keep this node from measuring.
     */
    private static final long ANSWER_OVERDUE = 2;

    /** So much of the budget may be saved up; what costs more is paid afterwards. */
    private static final double SAVED_SECONDS = 2;

    private final ProbeSettings settings;
    private final NewsDesk desk;
    private final ProbePlanner<Errand> planner;

    /** What the budget pays for. */
    private record Errand(NodeId peer, boolean answers) {}

    /** A link that has a connection to send over. */
    interface Way {
        LinkNews news();

        /** Sends news at once. */
        void send(byte[] news);
    }

    Errands(ProbeSettings settings, NewsDesk desk) {
        this.settings = settings;
        this.desk = desk;
        this.planner = new ProbePlanner<>(settings.bytesPerSecond(), SAVED_SECONDS * settings.bytesPerSecond());
    }

    void run(List<? extends Way> ways) {
        if (settings.bytesPerSecond() == 0) {
            return;
        }
        long now = desk.nowNanos();
        Map<Errand, Way> wanted = new LinkedHashMap<>();
        List<Need<Errand>> needs = new ArrayList<>();
        for (Way way : ways) {
            need(way.news(), now).ifPresent(need -> {
                needs.add(need);
                wanted.put(need.peer(), way);
            });
        }
        for (Errand errand : planner.due(needs, now)) {
            Way way = Optional.ofNullable(wanted.get(errand)).orElseThrow();
            if (!errand.answers()) {
                probe(way.news());
            }
            way.news().alone().ifPresent(way::send);
        }
    }

    private Optional<Need<Errand>> need(LinkNews news, long now) {
        if (news.owesAnswer()) {
            Errand answer = new Errand(news.peer(), true);
            return news.isDue(now) ? Optional.of(new Need<>(answer, ANSWER_OVERDUE, 1, BYTES, 0)) : Optional.empty();
        }
        long maximumNanos = settings.maximumAge().toNanos();
        OptionalLong age = desk.askedAgeNanos(news.peer(), now);
        if (age.isEmpty() || age.getAsLong() <= maximumNanos) {
            return Optional.empty();
        }
        if (!news.isDue(now)) {
            // Something is being sent: what leaves next asks, and the kernel measures it anyway.
            probe(news);
            return Optional.empty();
        }
        int bytes = news.isToldByKernel() ? BYTES : 2 * BYTES;
        return Optional.of(
                new Need<>(new Errand(news.peer(), false), age.getAsLong(), maximumNanos, bytes, maximumNanos));
    }

    private void probe(LinkNews news) {
        desk.probed(news.peer());
        if (!news.isToldByKernel()) {
            news.ask();
        }
    }
}
