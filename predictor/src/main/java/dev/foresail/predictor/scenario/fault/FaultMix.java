package dev.foresail.predictor.scenario.fault;

import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.network.random.RandomStream;
import dev.foresail.predictor.text.Nearest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which faults happen, and how often. Immutable.
 *
 * @param faults each kind at most once
 * @param churn how nodes come and go, where the kinds of it are among the faults; how often is not taken from here
 */
public record FaultMix(List<Fault> faults, Churn churn) {
    /** No faults. */
    public static final FaultMix NONE = new FaultMix(List.of());

    /** Each seed draws a mix of its own. */
    public static final String SWARM = "swarm";

    /** How often each kind happens that a swarm has drawn, before the factor that is drawn with it. */
    private static final double SWARM_PER_MINUTE = 4;

    static final double MOST_PER_MINUTE = 60_000;
    private static final Pattern FAULT =
            Pattern.compile("([a-z-]+)\\s+([0-9]+(?:\\.[0-9]+)?)\\s*/\\s*(s|min|h)(?:\\s+for\\s+(\\S+))?");

    public FaultMix {
        faults = List.copyOf(faults);
    }

    /** Nodes that come and go do so in the usual way. */
    public FaultMix(List<Fault> faults) {
        this(faults, Churn.NONE);
    }

    /**
     * A kind of fault.
     *
     * @param perMinute how often on average in the whole system, above 0, at most 60,000
     * @param lasting how long until it heals; zero of what is over at once
     */
    public record Fault(FaultKind kind, double perMinute, Duration lasting) {
        /** @throws IllegalArgumentException FS431 when the rate is none */
        public Fault {
            if (!isRate(perMinute)) {
                throw new IllegalArgumentException("[FS431] '" + kind.label() + "' happens more than 0 and at most "
                        + (long) MOST_PER_MINUTE + " times a minute, not " + perMinute);
            }
        }
    }

    /** @throws IllegalArgumentException when that kind is not in the mix */
    public Fault fault(FaultKind kind) {
        return faults.stream()
                .filter(fault -> fault.kind() == kind)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the mix has no '" + kind.label() + "'; it has "
                        + faults.stream().map(fault -> fault.kind().label()).toList()));
    }

    /** How often a kind happens, 0 when it is not of the mix. */
    double perMinute(FaultKind kind) {
        return faults.stream()
                .filter(fault -> fault.kind() == kind)
                .mapToDouble(Fault::perMinute)
                .sum();
    }

    /**
     * Reads a mix such as {@code crash 2/min for 5s, partition 0.5/min, pause 1/s}.
     *
     * @throws IllegalArgumentException saying which part is wrong and what was expected
     */
    public static FaultMix parse(String text) {
        List<Fault> faults = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Fault fault = fault(part.trim());
            if (faults.stream().anyMatch(other -> other.kind() == fault.kind())) {
                throw new IllegalArgumentException("'" + fault.kind().label() + "' is there twice");
            }
            faults.add(fault);
        }
        return new FaultMix(faults);
    }

    /**
     * The mix of each seed: of {@code swarm} another one for each, of anything else what {@link #parse} reads.
     *
     * @throws IllegalArgumentException as {@link #parse}
     */
    public static LongFunction<FaultMix> perSeed(String text) {
        if (text.trim().equals(SWARM)) {
            return seed -> swarm(RandomStream.of(seed, SWARM));
        }
        FaultMix mix = parse(text);
        return seed -> mix;
    }

    private static Fault fault(String part) {
        Matcher matcher = FAULT.matcher(part);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + part + "' is neither '" + SWARM
                    + "' nor a fault such as 'crash 2/min' or 'cut 1/min for 5s'" + kindHint(part));
        }
        FaultKind kind = kind(matcher.group(1))
                .orElseThrow(() -> new IllegalArgumentException(
                        "no fault is called '" + matcher.group(1) + "'" + Nearest.hint(matcher.group(1), labels())));
        double perMinute = perMinute(matcher);
        if (!isRate(perMinute)) {
            throw new IllegalArgumentException("'" + part + "': a rate is above 0 and at most 1000/s, not "
                    + matcher.group(2) + "/" + matcher.group(3));
        }
        return new Fault(kind, perMinute, lasting(part, kind, Optional.ofNullable(matcher.group(4))));
    }

    private static String kindHint(String part) {
        String word = part.split("\\s", 2)[0].toLowerCase(Locale.ROOT);
        return kind(word).isPresent() ? "" : Nearest.hint(word, labels());
    }

    private static Duration lasting(String part, FaultKind kind, Optional<String> given) {
        if (given.isPresent() && kind.usually().isZero()) {
            throw new IllegalArgumentException("'" + part + "': a " + kind.label() + " is over at once");
        }
        Duration lasting = given.map(FaultMix::duration).orElse(kind.usually());
        if (lasting.isNegative()) {
            throw new IllegalArgumentException("'" + part + "': no fault lasts less than no time");
        }
        return lasting;
    }

    private static Duration duration(String text) {
        try {
            return ParameterValues.duration(text);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("'" + text + "' is no duration such as 5s or 200ms", wrong);
        }
    }

    /**
     * Reads a rate such as {@code 2/min}; units are s, min and h.
     *
     * @return how often per minute, above 0
     * @throws IllegalArgumentException when it is none, or not above 0 and at most 1000/s
     */
    public static double rate(String text) {
        Matcher matcher = FAULT.matcher("any " + text.trim());
        if (!matcher.matches() || matcher.group(4) != null || !isRate(perMinute(matcher))) {
            throw new IllegalArgumentException("'" + text + "' is no rate such as 2/min");
        }
        return perMinute(matcher);
    }

    private static boolean isRate(double perMinute) {
        return perMinute > 0 && perMinute <= MOST_PER_MINUTE;
    }

    private static double perMinute(Matcher fault) {
        String unit = fault.group(3);
        return Double.parseDouble(fault.group(2)) * (unit.equals("s") ? 60 : unit.equals("min") ? 1 : 1 / 60.0);
    }

    private static Optional<FaultKind> kind(String label) {
        return Arrays.stream(FaultKind.values())
                .filter(kind -> kind.label().equals(label))
                .findFirst();
    }

    private static List<String> labels() {
        return Arrays.stream(FaultKind.values()).map(FaultKind::label).toList();
    }

    /**
     * A mix that is drawn: of the kinds that are for swarms each is in it or not by a coin of its own, from a quarter as often as usual to
     * four times. Many mixes find what one with everything in it hides (Groce et al., "Swarm Testing", ISSTA 2012).
     */
    public static FaultMix swarm(RandomGenerator random) {
        List<Fault> faults = new ArrayList<>();
        for (FaultKind kind : FaultKind.values()) {
            boolean isIn = random.nextBoolean();
            double factor = StrictMath.pow(4, 2 * random.nextDouble() - 1);
            if (isIn && kind.isOfConnections() && kind.isOfSwarms()) {
                faults.add(new Fault(kind, SWARM_PER_MINUTE * factor, kind.usually()));
            }
        }
        return new FaultMix(faults);
    }
}
