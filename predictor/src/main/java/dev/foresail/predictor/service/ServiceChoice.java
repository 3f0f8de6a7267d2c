package dev.foresail.predictor.service;

import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.service.ServiceDecision.Source;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/** One choice that a service makes again and again: the candidates it has met, what is under way, and how it went. Thread-safe. */
final class ServiceChoice {
    /** Candidates that are remembered; of more, those that were not among the candidates for longest are forgotten. */
    private static final int MOST_REMEMBERED = 10_000;
    /** Decisions that can be read back. */
    private static final int MOST_DECISIONS = 256;

    private final ServiceSettings settings;
    private final LongSupplier clock;
    private final RandomStream random;
    private final Map<Object, Candidate> known = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Object, Candidate> eldest) {
            return size() > MOST_REMEMBERED && eldest.getValue().inFlight() == 0;
        }
    };
    private final Deque<ServiceDecision> latest = new ArrayDeque<>();

    private long decisions;
    private long explored;
    private double exploredCost;
    private long fallback;
    private long ended;
    private long failed;
    private long answersAsExpected;

    ServiceChoice(ServiceSettings settings, LongSupplier clock, RandomStream random) {
        this.settings = settings;
        this.clock = clock;
        this.random = random;
    }

    /** A request that has begun. */
    record Ticket(ServiceDecision decision, Candidate candidate, Candidate.Request request) {
        Forecast forecast() {
            return decision.forecasts().get(decision.chosen());
        }
    }

    /** @param candidates at least one */
    synchronized <T> Chosen<T> choose(List<T> candidates) {
        long now = clock.getAsLong();
        List<T> distinct = distinct(candidates);
        List<Candidate> histories = new ArrayList<>(distinct.size());
        for (T candidate : distinct) {
            histories.add(
                    known.computeIfAbsent(candidate, met -> new Candidate(new OutcomeHistory(settings.memory()), now)));
        }
        histories.forEach(history -> {
            history.giveUp(now);
            history.history.forget(now);
        });
        Forecast[] forecasts = Forecaster.forecasts(histories, now);
        CandidateCosts costs = CandidateCosts.of(settings.objectives(), forecasts);
        decisions++;
        Pick pick = costs.areUnknown()
                ? new Pick(random.nextInt(distinct.size()), Source.FALLBACK)
                : pick(histories, costs, now);
        fallback += pick.source == Source.FALLBACK ? 1 : 0;
        ServiceDecision decision = new ServiceDecision(
                decisions, now, distinct, List.of(forecasts), costs.asLists(), pick.candidate, pick.source);
        remember(decision);
        Ticket ticket = new Ticket(decision, histories.get(pick.candidate), new Candidate.Request(decisions, now));
        ticket.candidate.begin(ticket.request);
        return new Chosen<>(distinct.get(pick.candidate), this, ticket);
    }

    /** What is taken, and who decided. */
    private record Pick(int candidate, Source source) {}

    private Pick pick(List<Candidate> histories, CandidateCosts costs, long now) {
        int best = costs.best(random);
        histories.get(best).wasBest(now);
        int unexplored = unexplored(histories, best, now);
        if (unexplored < 0) {
            return new Pick(best, Source.PREDICTED);
        }
        explored++;
        exploredCost += costs.difference(unexplored, best);
        histories.get(unexplored).wasExplored(now);
        return new Pick(unexplored, Source.EXPLORED);
    }

    private static <T> List<T> distinct(List<T> candidates) {
        LinkedHashSet<T> distinct = new LinkedHashSet<>(candidates);
        return distinct.size() == candidates.size() ? candidates : List.copyOf(distinct);
    }

    /** A candidate that is worth a look, within what may be spent on it; -1 when there is none. */
    private int unexplored(List<Candidate> histories, int best, long now) {
        if (settings.explored() == 0 || explored >= 1 + settings.explored() * decisions) {
            return -1;
        }
        int first = random.nextInt(histories.size());
        for (int step = 0; step < histories.size(); step++) {
            int index = (first + step) % histories.size();
            if (index != best && histories.get(index).isToBeExplored(now)) {
                return index;
            }
        }
        return -1;
    }

    private void remember(ServiceDecision decision) {
        if (latest.size() == MOST_DECISIONS) {
            latest.removeFirst();
        }
        latest.addLast(decision);
    }

    synchronized void ended(Ticket ticket, boolean hasFailed) {
        long now = clock.getAsLong();
        ended++;
        if (!ticket.candidate.end(ticket.request)) {
            failed++;
            return;
        }
        double tookNanos = now - ticket.request.atNanos();
        if (hasFailed) {
            failed++;
        } else if (ticket.forecast().expects(tookNanos)) {
            answersAsExpected++;
        }
        ticket.candidate.history.add(now, ticket.forecast().inFlight(), tookNanos, hasFailed);
        if (ticket.decision.source() == Source.EXPLORED && !hasFailed && isPromising(ticket.decision, tookNanos)) {
            ticket.candidate.isPromising(now);
        }
    }

    /** Whether an explored candidate has answered no later than it may take the best one. */
    private static boolean isPromising(ServiceDecision decision, double tookNanos) {
        double least = decision.forecasts().stream()
                .mapToDouble(Forecast::latencyNanos)
                .min()
                .orElse(Double.MAX_VALUE);
        return tookNanos <= 2 * least;
    }

    synchronized List<ServiceDecision> decisions() {
        return List.copyOf(latest);
    }

    synchronized ServiceFigures figures() {
        long answers = ended - failed;
        return new ServiceFigures(
                decisions,
                explored,
                exploredCost,
                fallback,
                ended,
                failed,
                answers == 0 ? Double.NaN : (double) answersAsExpected / answers);
    }
}
