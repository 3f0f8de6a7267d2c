package dev.foresail.eval.replica;

import dev.foresail.eval.replica.Replica.Disturbance;
import dev.foresail.network.random.RandomStream;
import java.util.ArrayList;
import java.util.List;

/** What the client's world is like. */
enum Setting {
    EQUAL("equal", 0.5),
    BUSY("busy", 0.8),
    UNEQUAL("unequal", 0.5),
    FAR("far", 0.5),
    DEGRADED("degraded", 0.4),
    PAUSES("pauses", 0.5),
    FAILING("failing", 0.4);

    static final int REPLICAS = 5;
    static final int WORKERS = 3;
    static final double WORK_NANOS = 40e6;

    private static final double NANOS_PER_SECOND = 1e9;

    private final String label;
    private final double load;

    Setting(String label, double load) {
        this.label = label;
        this.load = load;
    }

    String label() {
        return label;
    }

    /** How many requests a second there are: so that replicas that are all as usual have this share of their time to work. */
    double requestsPerSecond() {
        return load * REPLICAS * WORKERS * NANOS_PER_SECOND / WORK_NANOS;
    }

    /** The replicas, which are different ones with every seed. */
    List<Replica> replicas(long seed, long lengthNanos) {
        RandomStream random = RandomStream.of(seed, "replicas of " + label);
        List<Replica> replicas = new ArrayList<>();
        for (int index = 0; index < REPLICAS; index++) {
            replicas.add(Replica.usual());
        }
        int affected = random.nextInt(REPLICAS);
        switch (this) {
            case UNEQUAL -> replicas.replaceAll(usual -> usual.slower(0.5 + random.nextDouble(1.5)));
            case FAR -> replicas.replaceAll(usual -> usual.farther((long) random.nextDouble(80e6)));
            case DEGRADED ->
                replicas.set(
                        affected,
                        Replica.usual().disturbed(List.of(Disturbance.slow(lengthNanos / 6, lengthNanos * 5 / 6, 10))));
            case PAUSES -> replicas.replaceAll(usual -> usual.disturbed(pauses(random, lengthNanos)));
            case FAILING ->
                replicas.set(
                        affected,
                        Replica.usual()
                                .disturbed(List.of(Disturbance.failing(lengthNanos / 6, lengthNanos * 5 / 6, 0.5))));
            default -> {}
        }
        return replicas;
    }

    /** Some 300 ms, some 8 s apart. */
    private static List<Disturbance> pauses(RandomStream random, long lengthNanos) {
        List<Disturbance> pauses = new ArrayList<>();
        long from = (long) (8e9 * random.nextExponential());
        while (from < lengthNanos) {
            long until = from + (long) random.nextDouble(200e6, 400e6);
            pauses.add(Disturbance.pause(from, until));
            from = until + (long) (8e9 * random.nextExponential());
        }
        return pauses;
    }
}
