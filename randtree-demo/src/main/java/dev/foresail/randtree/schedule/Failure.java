package dev.foresail.randtree.schedule;

/** Who fails in a {@link TreeSchedule}. */
public enum Failure {
    /** Nobody. */
    NONE("none"),
    /** The subtree of the root's child whose size is nearest to half of the nodes, and it comes back. */
    HALF("half"),
    /** Five random inner nodes other than the root, for good; their orphans join again with their subtrees. */
    INTERIOR("interior");

    private final String label;

    Failure(String label) {
        this.label = label;
    }

    /** The name in parameters. */
    public String label() {
        return label;
    }

    static Failure of(String label) {
        for (Failure failure : values()) {
            if (failure.label.equals(label)) {
                return failure;
            }
        }
        throw new IllegalArgumentException("'" + label + "' is no kind of failure; write none, half or interior");
    }
}
