package dev.foresail.eval.determinism;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Plays all runs in a process of its own and writes their digests, a run's with each number of workers on one line. Arguments: how many
 * programs, how many seeds, the seed base.
 */
public final class DigestsProcess {
    private DigestsProcess() {}

    public static void main(String[] arguments) {
        List<RandomRun> runs = RandomRun.all(
                Integer.parseInt(arguments[0]), Integer.parseInt(arguments[1]), Long.parseLong(arguments[2]));
        ExecutorService helpers = Executors.newCachedThreadPool();
        StringBuilder said = new StringBuilder();
        for (RandomRun run : runs) {
            for (int workers : Determinism.WORKERS) {
                said.append(run.play(workers, helpers).digest()).append(' ');
            }
            said.append('\n');
        }
        helpers.shutdownNow();
        System.out.print(said);
    }
}
