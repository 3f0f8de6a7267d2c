package dev.foresail.steering.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The command that repeats one run of many. Pure functions. */
final class Repetition {
    /** What it does without, each with the value that follows. */
    private static final Set<String> OF_MANY =
            Set.of("--seed", "--seeds", "--jobs", "--cluster", "--listen", "--member-silence");

    private Repetition() {}

    /**
     * The command line as it was given, but for one seed.
     *
     * @param arguments from the verb on
     */
    static String of(List<String> arguments, long seed) {
        List<String> words = new ArrayList<>(List.of("foresail"));
        for (int index = 0; index < arguments.size(); index++) {
            String argument = arguments.get(index);
            if (OF_MANY.contains(argument)) {
                index++;
            } else if (OF_MANY.stream().noneMatch(option -> argument.startsWith(option + "="))) {
                words.add(Quoted.forShell(argument));
            }
        }
        words.add("--seed");
        words.add(Long.toString(seed));
        return String.join(" ", words);
    }
}
