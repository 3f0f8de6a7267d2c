/**
 * What experiments have measured as one page for people: {@link dev.foresail.steering.report.ResultReader} reads what
 * {@code foresail eval --json} writes, {@link dev.foresail.steering.report.ReportPage} makes a self-contained page of HTML
 * of it. Nothing here knows a single experiment: {@link dev.foresail.steering.report.FiguresView} shows whatever their
 * results hold, by its shape.
 */
package dev.foresail.steering.report;
