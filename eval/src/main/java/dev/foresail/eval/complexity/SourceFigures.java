package dev.foresail.eval.complexity;

/**
 * The figures of one source file.
 *
 * @param name the file's name
 * @param lines lines with code: neither blank nor comment only nor import
 * @param whole the counts of the whole file
 * @param choice the counts of the regions marked as choice code
 * @param handlers methods that handle an event (annotated {@code @On...})
 * @param ifsInHandlers if statements in the bodies of those methods
 * @param components components of records: fields too, but counted apart, as a record's header is one declaration
 */
public record SourceFigures(
        String name, int lines, CodeCounts whole, CodeCounts choice, int handlers, int ifsInHandlers, int components) {
    /** If statements per handler, as in "Simplifying Distributed System Development" (HotOS'09); 0 without handlers. */
    public double ifsPerHandler() {
        return handlers == 0 ? 0 : (double) ifsInHandlers / handlers;
    }
}
