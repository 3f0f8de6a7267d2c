package dev.foresail.eval.replica;

import dev.foresail.network.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** The requests of all clients: the same for every rule that is compared. Stateless. */
final class Demand {
    static final int CLIENTS = 3;
    /** A failed request is sent again at once, to whoever the rule picks then. */
    static final int MOST_TRIES = 4;

    private Demand() {}

    /**
     * One request.
     *
     * @param atNanos when it comes up, since the beginning
     * @param workNanos how long a usual replica works on it
     * @param luck of each of its tries, in [0, 1)
     */
    record Request(int number, int client, long atNanos, double workNanos, List<Double> luck) {}

    /** In the order in which they come up. */
    static List<Request> of(Setting setting, long seed, long lengthNanos) {
        RandomStream random = RandomStream.of(seed, "demand of " + setting.label());
        List<Request> requests = new ArrayList<>();
        double gapNanos = 1e9 / setting.requestsPerSecond();
        long at = (long) (gapNanos * random.nextExponential());
        while (at < lengthNanos) {
            int client = random.nextInt(CLIENTS);
            double work = Setting.WORK_NANOS * random.nextExponential();
            List<Double> luck = new ArrayList<>();
            for (int attempt = 0; attempt < MOST_TRIES; attempt++) {
                luck.add(random.nextDouble());
            }
            requests.add(new Request(requests.size(), client, at, work, luck));
            at += (long) (gapNanos * random.nextExponential());
        }
        return requests;
    }
}
