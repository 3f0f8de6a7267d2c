package dev.foresail.eval.churn;

import dev.foresail.choice.NodeId;
import dev.foresail.eval.churn.Consistency.Told;
import dev.foresail.eval.churn.LivePart.Played;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a {@link LivePartJvm} says, line by line: that it is ready, and what it has played. Other lines are not its own, such as those of a JVM that was told to log, and are passed over. Stateless.
 */
final class PlayedLines {
    static final String READY = "foresail-ready";
    private static final String FIGURE = "foresail-figure";
    private static final String JUDGED = "foresail-judged";
    private static final String SCHEDULE = "foresail-schedule";
    private static final String OUT_OF_FILES = "foresail-out-of-files";
    private static final String DONE = "foresail-done";
    private static final String NOBODY = "-";

    private PlayedLines() {}

    static List<String> of(Played played) {
        List<String> lines = new ArrayList<>();
        played.figures().forEach((name, value) -> lines.add(FIGURE + " " + name + " " + value));
        played.judged().forEach((number, members) -> {
            StringBuilder line = new StringBuilder(JUDGED + " " + number);
            members.forEach(member -> line.append(' ')
                    .append(member.root()
                            .map(NodeId::value)
                            .map(String::valueOf)
                            .orElse(NOBODY))
                    .append(' ')
                    .append(member.tookNanos()));
            lines.add(line.toString());
        });
        lines.add(SCHEDULE + " " + played.schedule());
        if (played.isOutOfFiles()) {
            lines.add(OUT_OF_FILES);
        }
        lines.add(DONE);
        return lines;
    }

    /**
     * Waits for {@link #READY}.
     *
     * @throws IOException when there are no more lines
     */
    static void awaitReady(BufferedReader said) throws IOException {
        while (!line(said).equals(READY)) {
            // Not said by the part.
        }
    }

    /**
     * Waits for everything.
     *
     * @throws IOException when there are no more lines
     */
    static Played read(BufferedReader said) throws IOException {
        SortedMap<Integer, List<Told>> judged = new TreeMap<>();
        SortedMap<String, Double> figures = new TreeMap<>();
        String schedule = "";
        boolean isOutOfFiles = false;
        for (String line = line(said); !line.equals(DONE); line = line(said)) {
            String[] words = line.split(" ", -1);
            switch (words[0]) {
                case FIGURE -> figures.put(words[1], Double.parseDouble(words[2]));
                case JUDGED -> judged.put(Integer.parseInt(words[1]), members(words));
                case SCHEDULE -> schedule = words[1];
                case OUT_OF_FILES -> isOutOfFiles = true;
                default -> {
                    // Not said by the part.
                }
            }
        }
        return new Played(judged, figures, schedule, isOutOfFiles);
    }

    private static List<Told> members(String[] words) {
        List<Told> members = new ArrayList<>();
        for (int word = 2; word < words.length; word += 2) {
            Optional<NodeId> root =
                    words[word].equals(NOBODY) ? Optional.empty() : Optional.of(NodeId.of(Long.parseLong(words[word])));
            members.add(new Told(root, Long.parseLong(words[word + 1])));
        }
        return members;
    }

    private static String line(BufferedReader said) throws IOException {
        String line = said.readLine();
        if (line == null) {
            throw new IOException("a JVM with live nodes has ended before it was told to");
        }
        return line;
    }
}
