package dev.foresail.choice.processor.check;

import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.IdentifierTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MemberSelectTree;
import com.sun.source.tree.MethodInvocationTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewClassTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.TreePathScanner;
import dev.foresail.choice.processor.model.ProtocolModel;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.lang.model.element.VariableElement;

/** Finds what the methods of a protocol ask of {@code Node} by a name or type that stands in the text. */
@SuppressWarnings("VoidUsed")
final class NodeUses extends TreePathScanner<Void, Void> {
    private static final Set<String> OWN = Set.of("this", "super");
    private static final Set<String> TIMER_METHODS = Set.of("setTimer", "cancelTimer", "isArmed");

    /** A timer's name in a method. */
    record TimerUse(String name, boolean arms, Tree tree) {}

    /** A {@code new Foo(...)} that is sent. */
    record Sent(String typeName, Tree tree) {}

    private final ProtocolModel protocol;
    private final List<TimerUse> timers = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();
    private final Set<String> nodes = new HashSet<>();
    private boolean mayArmOthers;

    NodeUses(ProtocolModel protocol) {
        this.protocol = protocol;
    }

    List<TimerUse> timers() {
        return timers;
    }

    List<Sent> sent() {
        return sent;
    }

    /** Whether timers may be armed whose names do not stand in the text, or by other classes. */
    boolean mayArmOthers() {
        return mayArmOthers;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
        nodes.clear();
        for (VariableTree parameter : method.getParameters()) {
            String type = String.valueOf(parameter.getType());
            if (type.equals("Node") || type.equals("dev.foresail.choice.Node")) {
                nodes.add(parameter.getName().toString());
            }
        }
        return super.visitMethod(method, unused);
    }

    @Override
    public Void visitMethodInvocation(MethodInvocationTree call, Void unused) {
        if (call.getMethodSelect() instanceof MemberSelectTree select) {
            if (isNode(select.getExpression())) {
                visitNodeCall(select.getIdentifier().toString(), call.getArguments());
            }
            mayArmOthers |= call.getArguments().stream().anyMatch(this::isNode)
                    && !OWN.contains(select.getExpression().toString());
        }
        return super.visitMethodInvocation(call, unused);
    }

    @Override
    public Void visitNewClass(NewClassTree created, Void unused) {
        mayArmOthers |= created.getArguments().stream().anyMatch(this::isNode);
        return super.visitNewClass(created, unused);
    }

    private boolean isNode(ExpressionTree expression) {
        return expression instanceof IdentifierTree identifier
                && nodes.contains(identifier.getName().toString());
    }

    private void visitNodeCall(String method, List<? extends ExpressionTree> arguments) {
        if (TIMER_METHODS.contains(method) && !arguments.isEmpty()) {
            Optional<String> name = constant(arguments.get(0));
            name.ifPresent(each -> timers.add(new TimerUse(each, method.equals("setTimer"), arguments.get(0))));
            mayArmOthers |= name.isEmpty();
        } else if (method.equals("send")
                && arguments.size() == 2
                && arguments.get(1) instanceof NewClassTree created
                && created.getIdentifier() != null) {
            String type = created.getIdentifier().toString();
            sent.add(new Sent(type.replaceFirst("<.*", ""), created));
        }
    }

    private Optional<String> constant(ExpressionTree expression) {
        if (expression instanceof LiteralTree literal && literal.getValue() instanceof String text) {
            return Optional.of(text);
        }
        for (VariableElement field : protocol.lineage().fields()) {
            if (field.getSimpleName().contentEquals(expression.toString())
                    && field.getConstantValue() instanceof String text) {
                return Optional.of(text);
            }
        }
        return Optional.empty();
    }
}
