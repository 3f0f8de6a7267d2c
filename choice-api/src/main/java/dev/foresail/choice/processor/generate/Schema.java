package dev.foresail.choice.processor.generate;

import dev.foresail.choice.machine.StateWriter;
import dev.foresail.choice.processor.encoding.Encoding;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.HandlerParameter;
import javax.lang.model.element.ExecutableElement;

/** The fingerprint of everything that peers must agree on. */
final class Schema {
    private Schema() {}

    static long of(Unit unit) {
        StateWriter out = new StateWriter();
        out.writeString(text(unit));
        return out.fingerprint();
    }

    private static String text(Unit unit) {
        StringBuilder text = new StringBuilder("protocol ").append(unit.model.name());
        for (StateField field : unit.stateFields) {
            text.append("\nstate ").append(field.name()).append(field.isNullable() ? "?:" : ":");
            text.append(field.encoding().schema()).append(field.isStable() ? " stable" : "");
        }
        for (Encoding message : unit.messages) {
            text.append("\nmessage ").append(message.schema());
        }
        for (HandlerModel call : unit.model.handlersOf(HandlerModel.Kind.CALL)) {
            text.append("\ncall ").append(call.name());
            for (HandlerParameter each : call.with(HandlerParameter.Role.ARGUMENT)) {
                text.append(' ').append(unit.valueEncoding(each.type()).schema());
            }
        }
        for (String timer : unit.model.timers()) {
            text.append("\ntimer ").append(timer);
        }
        for (ExecutableElement aggregate : unit.model.aggregates()) {
            text.append("\naggregate ").append(aggregate.getSimpleName()).append(':');
            text.append(unit.valueEncoding(aggregate.getReturnType()).schema());
        }
        return text.toString();
    }
}
