package dev.foresail.eval.register;

import dev.foresail.choice.NodeId;

/**
 * Histories as texts, for tests: steps in order, each a client's number and what happens to it. {@code 1w(A)} begins a
 * write, {@code 1r} a read; {@code 1ok} answers a write, {@code 1=A} a read, {@code 1=} one of nothing.
 */
final class HistoryText {
    private HistoryText() {}

    static Operations read(String steps) {
        Operations operations = Operations.NONE;
        for (String step : steps.split(" ", -1)) {
            NodeId client = NodeId.of(Character.digit(step.charAt(0), 10));
            String what = step.substring(1);
            if (what.startsWith("w")) {
                operations = operations.begun(client, Operation.Kind.WRITE, what.substring(2, 3));
            } else if (what.equals("r")) {
                operations = operations.begun(client, Operation.Kind.READ, RegisterMessages.UNWRITTEN);
            } else {
                operations = operations.answered(client, what.startsWith("=") ? what.substring(1) : "");
            }
        }
        return operations;
    }
}
