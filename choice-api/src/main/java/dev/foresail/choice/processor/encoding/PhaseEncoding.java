package dev.foresail.choice.processor.encoding;

/** A {@link dev.foresail.choice.Phase}: an immutable state in an object that can be given another one. */
final class PhaseEncoding extends Encoding {
    private final Encoding state;

    /** @param state that of the phase's {@link dev.foresail.choice.machine.PhaseState} */
    PhaseEncoding(String javaType, Encoding state) {
        super(javaType);
        this.state = state;
    }

    @Override
    public String schema() {
        return "phase " + state.schema();
    }

    @Override
    public boolean isMutable() {
        return true;
    }

    @Override
    public String write(String value) {
        return state.write(value + ".state()");
    }

    /** A phase is a final field, which is read into. */
    @Override
    public String read() {
        throw new UnsupportedOperationException(javaType());
    }

    @Override
    public String readInto(String target) {
        return target + ".restore(" + state.read() + ");";
    }

    @Override
    public String copy(String value) {
        return "Phases.copy(" + value + ")";
    }

    @Override
    public String copyInto(String target, String source) {
        return "Phases.copyInto(" + target + ", " + source + ");";
    }

    @Override
    public boolean holdsRecords() {
        return state.holdsRecords();
    }
}
