package dev.foresail.eval.complexity;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.EmptyStatementTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.NewArrayTree;
import com.sun.source.tree.StatementTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePath;
import com.sun.source.util.TreePathScanner;
import java.util.Set;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Walks one syntax tree and counts. Used once. */
final class SyntaxCounter extends TreePathScanner<@Nullable Void, @Nullable Void> {
    private static final Set<Tree.Kind> ALWAYS_DECISIONS = Set.of(
            Tree.Kind.IF,
            Tree.Kind.CONDITIONAL_EXPRESSION,
            Tree.Kind.WHILE_LOOP,
            Tree.Kind.DO_WHILE_LOOP,
            Tree.Kind.ENHANCED_FOR_LOOP,
            Tree.Kind.CONDITIONAL_AND,
            Tree.Kind.CONDITIONAL_OR);

    private final CompilationUnitTree unit;
    private final SourcePositions positions;
    private final ChoiceRegions regions;

    private CodeCounts whole = CodeCounts.NONE;
    private CodeCounts choice = CodeCounts.NONE;
    private int handlers;
    private int ifsInHandlers;
    private int components;
    private boolean isInHandler;

    SyntaxCounter(CompilationUnitTree unit, SourcePositions positions, ChoiceRegions regions) {
        this.unit = unit;
        this.positions = positions;
        this.regions = regions;
    }

    SourceFigures figures(String name, int lines) {
        return new SourceFigures(name, lines, whole, choice, handlers, ifsInHandlers, components);
    }

    @Override
    public @Nullable Void scan(@Nullable Tree tree, @Nullable Void unused) {
        if (tree == null) {
            return null;
        }
        count(tree);
        boolean isHandler = tree instanceof MethodTree method && isHandler(method);
        if (!isHandler) {
            return super.scan(tree, null);
        }
        handlers++;
        isInHandler = true;
        super.scan(tree, null);
        isInHandler = false;
        return null;
    }

    private void count(Tree tree) {
        TreePath path = getCurrentPath();
        int statements = path == null ? 0 : statements(tree, path.getLeaf());
        int decisionPoints = decisionPoints(tree);
        whole = whole.plus(statements, decisionPoints);
        if (regions.contains(unit.getLineMap().getLineNumber(positions.getStartPosition(unit, tree)))) {
            choice = choice.plus(statements, decisionPoints);
        }
        if (path != null && isComponent(tree, path.getLeaf())) {
            components++;
        }
        if (isInHandler && tree instanceof IfTree) {
            ifsInHandlers++;
        }
    }

    private static int statements(Tree tree, Tree parent) {
        if (tree instanceof VariableTree variable) {
            return isDeclaration(variable, parent) ? 1 : 0;
        }
        if (tree instanceof ExpressionTree) {
            return isWholeBody(tree, parent) ? 1 : 0;
        }
        boolean isStructure = tree instanceof BlockTree
                || tree instanceof EmptyStatementTree
                || tree instanceof ClassTree
                || tree instanceof LabeledStatementTree
                || tree instanceof CaseTree
                || !(tree instanceof StatementTree);
        return isStructure || isForHeader(tree, parent) ? 0 : 1;
    }

    private static boolean isComponent(Tree tree, Tree parent) {
        return parent.getKind() == Tree.Kind.RECORD && tree instanceof VariableTree variable && !isStatic(variable);
    }

    private static boolean isStatic(VariableTree variable) {
        return variable.getModifiers().getFlags().contains(Modifier.STATIC);
    }

    /** A local variable or a field: not a parameter, a record's component, an enum's constant or a loop's variable. */
    private static boolean isDeclaration(VariableTree variable, Tree parent) {
        if (parent instanceof ClassTree type) {
            return type.getKind() == Tree.Kind.CLASS
                    || type.getKind() == Tree.Kind.INTERFACE
                    || type.getKind() == Tree.Kind.RECORD && isStatic(variable);
        }
        return parent instanceof BlockTree || parent instanceof CaseTree || parent instanceof TryTree;
    }

    private static boolean isWholeBody(Tree expression, Tree parent) {
        return parent instanceof LambdaExpressionTree lambda && lambda.getBody() == expression
                || parent instanceof CaseTree branch && branch.getBody() == expression;
    }

    private static boolean isForHeader(Tree tree, Tree parent) {
        return parent instanceof ForLoopTree loop && loop.getStatement() != tree;
    }

    private static int decisionPoints(Tree tree) {
        if (tree instanceof AnnotationTree annotation) {
            return guards(annotation);
        }
        boolean isDecision = ALWAYS_DECISIONS.contains(tree.getKind())
                || tree instanceof ForLoopTree loop && loop.getCondition() != null
                || tree instanceof CaseTree branch && !branch.getExpressions().isEmpty();
        return isDecision ? 1 : 0;
    }

    /** The entries of {@code when}. */
    private static int guards(AnnotationTree annotation) {
        int guards = 0;
        for (ExpressionTree argument : annotation.getArguments()) {
            if (argument instanceof AssignmentTree assignment
                    && assignment.getVariable().toString().equals("when")) {
                guards += assignment.getExpression() instanceof NewArrayTree array
                        ? array.getInitializers().size()
                        : 1;
            }
        }
        return guards;
    }

    private static boolean isHandler(MethodTree method) {
        return method.getModifiers().getAnnotations().stream()
                .anyMatch(
                        annotation -> annotation.getAnnotationType().toString().matches("On[A-Z]\\w*"));
    }
}
