package dev.foresail.randtree.trial;

import dev.foresail.choice.machine.Machine;
import dev.foresail.choice.machine.ParameterValues;
import dev.foresail.predictor.objective.Objective;
import dev.foresail.predictor.resolve.ResolverSettings;
import dev.foresail.randtree.AdaptiveRandTreeMachine;
import dev.foresail.randtree.BaselineRandTreeMachine;
import dev.foresail.randtree.RandTreeMachine;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * A form of RandTree and who makes its choices.
 *
 * @param name as in the demo's table and JSON
 * @param parameters the protocol's configuration values
 */
public record Variant<S>(String name, Machine<S> machine, List<Object> parameters, ResolverSettings resolver) {
    private static final ResolverSettings NO_CHOICES = ResolverSettings.policy(ResolverSettings.Kind.FIRST);

    private static <S> Variant<S> of(
            String name, Machine<S> machine, Map<String, String> parameters, ResolverSettings resolver) {
        return new Variant<>(name, machine, ParameterValues.read(machine.parameters(), parameters), resolver);
    }

    /** Hard-coded: a random child, as in the published source. */
    public static Variant<?> baseline() {
        return of("baseline", new BaselineRandTreeMachine(), Map.of("policy", "random"), NO_CHOICES);
    }

    /** Hard-coded: the children in turn. */
    public static Variant<?> roundRobin() {
        return of("round-robin", new BaselineRandTreeMachine(), Map.of("policy", "round-robin"), NO_CHOICES);
    }

    /** Hard-coded: the child that got the fewest Joins so far. */
    public static Variant<?> leastDelegated() {
        return of("least-delegated", new BaselineRandTreeMachine(), Map.of("policy", "least-delegated"), NO_CHOICES);
    }

    /** Hard-coded: reports up the tree and a ledger of its own. */
    public static Variant<?> adaptive() {
        return of("adaptive", new AdaptiveRandTreeMachine(), Map.of(), NO_CHOICES);
    }

    /** The exposed choice, resolved at random: prediction switched off. */
    public static Variant<?> random() {
        return of("random", new RandTreeMachine(), Map.of(), ResolverSettings.policy(ResolverSettings.Kind.RANDOM));
    }

    /** The exposed choice, resolved by prediction. */
    public static Variant<?> predicted(Objective objective) {
        return of("predicted", new RandTreeMachine(), Map.of(), ResolverSettings.predicted(objective));
    }

    /** The objective of the demo's configuration file. */
    public static Objective meanDepth() {
        return Objective.minimize("meanDepth", Duration.ofSeconds(2));
    }
}
