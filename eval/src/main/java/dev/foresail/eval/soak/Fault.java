package dev.foresail.eval.soak;

/** What is done to live nodes. */
enum Fault {
    /** A node ends and comes back with its durable state. */
    CRASH("crash"),
    /** A node ends and comes back as if it never had run. */
    CRASH_FORGETTING("crash without durable state"),
    /** A node begins anew and nobody is told. */
    SILENT_RESET("silent reset"),
    /** The connection of two nodes breaks. */
    BREAK("broken connection"),
    /** Two nodes cannot reach each other for a while. */
    CUT("cut"),
    /** A group of nodes cannot reach the others for a while. */
    PARTITION("partition"),
    /** For a while nothing that one node sends reaches another; then it arrives. */
    HOLD("one direction held back"),
    /** A node handles nothing for a while. */
    PAUSE("pause");

    private final String label;

    Fault(String label) {
        this.label = label;
    }

    /** As in reports. */
    String label() {
        return label;
    }
}
