package dev.foresail.choice.processor.encoding;

/** A part of the type {@link Record}: a message of some layer of the stack, whose machine writes and freezes it. */
final class PayloadEncoding extends Encoding {
    PayloadEncoding(String javaType) {
        super(javaType);
    }

    @Override
    public String schema() {
        return "Record";
    }

    @Override
    public String write(String value) {
        return "out.writeRecord(" + value + ");";
    }

    @Override
    public String read() {
        return "in.readRecord()";
    }

    @Override
    public boolean holdsCollections() {
        return true;
    }

    @Override
    public boolean holdsRecords() {
        return true;
    }

    /** In the scope of a {@code UnaryOperator<Record> records}. */
    @Override
    public String freeze(String value) {
        return "records.apply(" + value + ")";
    }
}
