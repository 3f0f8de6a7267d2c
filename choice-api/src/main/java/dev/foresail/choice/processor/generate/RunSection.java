package dev.foresail.choice.processor.generate;

import dev.foresail.choice.processor.encoding.Source;
import dev.foresail.choice.processor.model.HandlerModel;
import dev.foresail.choice.processor.model.HandlerParameter;
import dev.foresail.choice.processor.model.PhaseModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Running a handler. */
final class RunSection {
    private final Unit unit;

    RunSection(Unit unit) {
        this.unit = unit;
    }

    void addTo(Source source) {
        boolean hasEnd = StepEndSection.isNeeded(unit.model);
        if (hasEnd) {
            source.blank().add("""
                            @Override
                            public void run(%s state, Event event, Alternative alternative, Node node) {
                            Object before = STEP_END.watched(state, node);
                            handle(state, event, alternative, node);
                            StepEnds.finish(this, STEP_END, state, before, node);
                            }
                            """, unit.self());
        }
        source.blank().add("""
                        @Override
                        public void %s(%s state, Event event, Alternative alternative, Node node) {
                        """, hasEnd ? "handle" : "run", unit.self());
        DetectorSection detectors = new DetectorSection(unit);
        detectors.addSignsOfLife(source);
        PhaseSection phases = new PhaseSection(unit);
        phases.addHearing(source);
        source.add("switch (alternative.handler()) {");
        for (HandlerModel handler : unit.model.handlers()) {
            if (handler.kind() == HandlerModel.Kind.SILENCE) {
                source.add("case %1$s -> probe%1$s(state, node);", handler.index());
            } else {
                addCall(source, handler);
            }
        }
        detectors.addAnswers(source);
        phases.addCases(source);
        source.add("default -> throw new IllegalArgumentException(\"no such handler: \" + alternative);")
                .add("}")
                .add("}");
        detectors.addTo(source);
        phases.addMessages(source);
    }

    private void addCall(Source source, HandlerModel handler) {
        String arguments = String.join(", ", arguments(handler));
        Optional<PhaseModel> answered = PhaseModel.answeredBy(handler, unit.model);
        if (answered.isPresent()) {
            PhaseSection.addAnswering(source, handler, answered.get(), unit, arguments);
        } else {
            source.add("case %s -> state.%s(%s);", handler.index(), handler.name(), arguments);
        }
    }

    private List<String> arguments(HandlerModel handler) {
        List<String> arguments = new ArrayList<>();
        int binding = 0;
        for (HandlerParameter parameter : handler.parameters()) {
            String type = unit.names.boxed(parameter.type());
            arguments.add(
                    switch (parameter.role()) {
                        case MESSAGE ->
                            PhaseModel.answeredBy(handler, unit.model).isPresent()
                                    ? "ask.asked()"
                                    : "(" + type + ") ((Event.Delivery) event).message()";
                        case FROM -> peer(handler);
                        case CHOICE -> "(" + type + ") alternative.bindings().get(" + binding++ + ")";
                        case ARGUMENT ->
                            "(" + type + ") ((Event.Call) event).arguments().get(" + parameter.argument() + ")";
                        default -> "node";
                    });
        }
        return arguments;
    }

    private static String peer(HandlerModel handler) {
        return switch (handler.kind()) {
            case MESSAGE -> "((Event.Delivery) event).from()";
            case SUSPICION -> "((Event.Suspicion) event).peer()";
            default -> "((Event.ConnectionError) event).peer()";
        };
    }
}
